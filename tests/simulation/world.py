"""Fifty terminals and one center under mixed faults, all decided by one seed; at the end nothing may be missing.

Real are: outboxes, sealing, sync, keeping, the center's HTTP, database, blobs, backup and restore. Simulated are: time,
the network, and when somebody pulls a plug.
"""

import asyncio
import heapq
import random  # noqa: TID251 - the seed is the point of it
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from center.app import app_of
from center.backup import restore_backup, write_backup
from center.services import open_center
from center.settings import CenterSettings
from center.terminals import add_code, enrol
from flows.api import EnrolmentRequest
from flows.canonical import sha256_hex
from flows.case import Applicant, Attachment, Case
from flows.keys import encode_signing_key, encode_verify_key, new_signing_key
from flows.wire import Receipt
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.clerk import Clerk
from kiosk.backroom.messages import Attach, Committed
from kiosk.backroom.outbox import Outbox
from kiosk.backroom.sync import Rhythm, Sync
from kiosk.identity import Identity
from tests.simulation.network import Network, Trouble

START = datetime(2026, 11, 24, tzinfo=UTC)
MIDDLE = 300.0  # s of faults; afterwards all is well
RHYTHM = Rhythm(ceiling=60.0, ping_when_away=20.0, ping_when_there=60.0)
END = 3600.0  # s by which everything must have been delivered


class Clock:
    """Time goes on only when the world says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@dataclass
class Terminal:
    """`confirmed`: the citizen was told "done"; `numbers`: and which number the terminal told."""

    name: str
    folder: Path
    identity: Identity
    clock: Clock
    network: Network
    chance: random.Random
    confirmed: dict[str, str] = field(default_factory=dict)  # case id → digest of its envelope
    numbers: dict[str, str] = field(default_factory=dict)
    crashes: int = 0

    def start(self) -> None:
        self.outbox = Outbox(self.folder, self.clock, self._damaged, patience=0.0)
        self.link = CenterLink("http://center", self.identity, self.clock, 5.0, self.network.for_terminal(self.name))
        self.sync = Sync(self.outbox, self.link, self.clock, self.chance, lambda _: None, RHYTHM, 0)
        self.clerk = Clerk(self.outbox, self.identity, self.clock, self.folder, 1)

    def _damaged(self, aside: Path) -> None:
        raise AssertionError(f"{self.name}: the outbox was damaged: {aside}")

    def crash(self) -> None:
        """The process is gone; whatever was not committed is rolled back."""
        self.crashes += 1
        self.link.close()
        self.outbox.close()
        self.start()

    def takes_a_case(self, case: Case, picture: bytes) -> None:
        if picture:
            self.clerk.attach(Attach(request="a", name="material-1", media_type="image/jpeg"), picture)
        answer, _ = self.clerk.submit_case("s", case.model_dump(mode="json"))
        if isinstance(answer, Committed):
            self.confirmed[case.case_id] = ""
        self.clerk.wipe()

    def fills_its_disk(self, full: bool) -> None:
        """By SQLite's own limit: the next page that is wanted is not there."""
        pages = int(self.outbox.database.execute("PRAGMA page_count").fetchone()[0]) if full else 1_000_000
        self.outbox.database.execute(f"PRAGMA max_page_count = {pages}")

    def notes_numbers(self) -> None:
        for entry in self.outbox._entries("state = 'delivered'", []):
            known = self.numbers.setdefault(entry.envelope_id, entry.case_number)
            assert known == entry.case_number, f"{self.name}: {known} became {entry.case_number}"


@dataclass
class World:
    """`run` raises AssertionError where something was lost, doubled or wrongly acknowledged."""

    seed: int
    folder: Path
    loop: asyncio.AbstractEventLoop
    terminals_count: int = 50
    restores: int = 0
    acts: int = 0
    log: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.clock = Clock()
        self.network = Network(self.loop, random.Random(self.seed + 1), self._trouble())
        self.center_folder = self.folder / "center-0"
        self._open_center()
        self.terminals = [self._new_terminal(number) for number in range(self.terminals_count)]
        self.queue: list[tuple[float, int, Callable[[], None]]] = []
        self.number = 0

    def _trouble(self) -> Trouble:
        dice = self.chance.uniform
        return Trouble(dice(0, 0.3), dice(0, 0.2), dice(0, 0.2), dice(0, 0.1), dice(0, 0.1), dice(0, 0.1))

    # --- the center

    def _settings(self) -> CenterSettings:
        return CenterSettings(state_folder=self.center_folder)

    def _open_center(self) -> None:
        self.center = open_center(self._settings(), self.clock)
        self.network.app = app_of(self.center, "http://center")

    def _close_center(self) -> None:
        self.network.app = None
        self.center.close()

    def crash_center(self) -> None:
        self._close_center()
        self.after(self.chance.uniform(1, 90), self._open_center)

    def back_up(self) -> None:
        if self.network.app is not None:
            write_backup(self.center, self.folder / "backups")

    def lose_center(self) -> None:
        """Its disk is gone: a new one, the keys from the safe, the newest backup."""
        if self.network.app is None or not list((self.folder / "backups").glob("center-*.sqlite3")):
            return
        self._close_center()
        self.restores += 1
        fresh = self.folder / f"center-{self.restores}"
        shutil.copytree(self.center_folder / "keys", fresh / "keys")
        shutil.rmtree(self.center_folder)
        self.center_folder = fresh
        restore_backup(self._settings(), self.folder / "backups", self.clock)
        self._open_center()

    # --- terminals

    def _new_terminal(self, number: int) -> Terminal:
        name, folder = f"t{number}", self.folder / f"t{number}"
        folder.mkdir()
        key, keys = new_signing_key(), self.center.keys
        code, _ = add_code(self.center.database, name, keys.signing.public_key(), self.clock.now())
        asked = EnrolmentRequest(code=code, public_key=encode_verify_key(key.public_key()), name=name)
        row = enrol(self.center.database, asked, keys.signing.public_key(), self.clock.now())
        identity = Identity(
            terminal_id=row.terminal_id,
            site=name,
            center_sealing_key=keys.sealing.public.text,
            center_signing_key=encode_verify_key(keys.signing.public_key()),
            epoch=self.center.epoch,
            signing_key=encode_signing_key(key),
            center_url="http://center",
        )
        terminal = Terminal(name, folder, identity, self.clock, self.network, random.Random(self.seed + number))
        terminal.start()
        return terminal

    def _a_case(self, terminal: Terminal) -> None:
        self.number += 1
        picture = self.chance.randbytes(300) if self.chance.random() < 0.4 else b""
        told = (
            Attachment(
                name="material-1", sha256=sha256_hex(picture), size=300, media_type="image/jpeg", step="material"
            ),
        )
        card = {"kind": "citizen", "name": "测试甲", "number": "330381189901010015"}
        case = Case(
            case_id=f"{self.seed:016x}{self.number:016x}",
            terminal_id=terminal.identity.terminal_id,
            matter="resident-medical-insurance",
            matter_version=1,
            kind="accepted",
            language="zh",
            created_at=f"{self.clock.now():%Y-%m-%dT%H:%M:%SZ}",
            applicant=Applicant(**card),
            answers={"who": card},
            attachments=told if picture else (),
        )
        full = self.chance.random() < 0.1
        if full:
            terminal.fills_its_disk(True)
        terminal.takes_a_case(case, picture)
        if full:
            terminal.fills_its_disk(False)

    def _sync(self, terminal: Terminal) -> None:
        terminal.sync.turn()
        terminal.notes_numbers()
        self.after(terminal.sync.pause(), lambda: self._sync(terminal))

    # --- time

    def after(self, seconds: float, act: Callable[[], None]) -> None:
        self.acts += 1
        heapq.heappush(self.queue, (self.clock.seconds + seconds, self.acts, act))

    def _plan(self) -> None:
        chance = self.chance
        for terminal in self.terminals:
            self.after(chance.uniform(0, 30), lambda t=terminal: self._sync(t))
            for _ in range(chance.choice((1, 1, 2))):
                self.after(chance.uniform(0, MIDDLE), lambda t=terminal: self._a_case(t))
            if chance.random() < 0.3:
                self.after(chance.uniform(0, MIDDLE), terminal.crash)
            if chance.random() < 0.3:
                begin = chance.uniform(0, MIDDLE)
                self.after(begin, lambda t=terminal: self.network.cut.add(t.name))
                self.after(begin + chance.uniform(1, 300), lambda t=terminal: self.network.cut.discard(t.name))
        for act, most in ((self.back_up, 4), (self.crash_center, 2), (self.lose_center, 2)):
            for _ in range(chance.randint(0, most)):
                self.after(chance.uniform(10, MIDDLE), act)

    def run(self) -> None:
        self._plan()
        healed = False
        while self.queue and self.clock.seconds < END:
            when, _, act = heapq.heappop(self.queue)
            self.clock.seconds = max(self.clock.seconds, when)
            if not healed and when > MIDDLE + 200:
                healed, self.network.trouble = True, Trouble()
            if healed and self._all_delivered():
                break
            act()
        self._check()
        self._close()

    def _all_delivered(self) -> bool:
        if self.network.app is None:
            return False
        epoch = self.center.epoch
        return all(
            entry.state == "delivered"
            and Receipt.model_validate_json(t.outbox.receipt(entry.envelope_id)).epoch == epoch
            for t in self.terminals
            for entry in t.outbox._entries("1", [])
        )

    def _check(self) -> None:
        database = sqlite3.connect(self.center_folder / "center.sqlite3")
        rows = dict(database.execute("SELECT case_id, case_number FROM cases").fetchall())
        (envelopes,) = database.execute("SELECT count(*) FROM envelopes").fetchone()
        (conflicts,) = database.execute("SELECT count(*) FROM conflicts").fetchone()
        database.close()
        confirmed = {case_id for terminal in self.terminals for case_id in terminal.confirmed}
        assert confirmed == set(rows), f"lost {confirmed - set(rows)}, from nowhere {set(rows) - confirmed}"
        assert len(rows) == len(set(rows.values())) == envelopes
        assert not conflicts
        told = {case_id: number for terminal in self.terminals for case_id, number in terminal.numbers.items()}
        changed = {case_id: (number, rows[case_id]) for case_id, number in told.items() if rows[case_id] != number}
        assert not changed, f"numbers that were told changed: {changed}"
        waiting = [entry for terminal in self.terminals for entry in terminal.outbox.waiting()]
        assert not waiting, f"still waiting: {[entry.last_error for entry in waiting]}"

    def _close(self) -> None:
        for terminal in self.terminals:
            with suppress(sqlite3.Error):
                terminal.link.close()
                terminal.outbox.close()
        if self.network.app is not None:
            self._close_center()
