"""Fifty terminals and one center under mixed faults, all decided by one seed; at the end nothing may be missing.

Real are: outboxes, sealing, sync, keeping, the center's HTTP, database, blobs, backup and restore. Simulated are: time,
the network, and when somebody pulls a plug.
"""

import heapq
import random  # noqa: TID251 - the seed is the point of it
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from center.app import app_of
from center.backup import restore_backup, write_backup
from center.services import open_center
from flows.canonical import sha256_hex
from flows.case import Applicant, Attachment, Case
from tests.shipped import catalog
from tests.simulation.clocks import Clock, OwnClock
from tests.simulation.network import Network, Server, Trouble
from tests.simulation.template import MATTER, Template
from tests.simulation.terminal import Make, Terminal

MIDDLE = 200.0  # s of faults; afterwards all is well
END = 3600.0  # s by which everything must have been delivered
LOOK_EVERY = 20.0  # s between two looks whether all is delivered
SWITCHED_ON = 0.4  # of the terminals to which nobody comes
DECADE = timedelta(days=3652)


@dataclass
class World:
    """`run` raises AssertionError where something was lost, doubled or wrongly acknowledged."""

    seed: int
    folder: Path
    server: Server
    template: Template
    make: Make = field(default_factory=Make)
    restores: int = 0
    acts: int = 0
    log: list[str] = field(default_factory=list)
    visits: list[list[str]] = field(default_factory=list)  # of each visit the ids its case was handed in under

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.clock = Clock()
        self.network = Network(self.server, random.Random(self.seed + 1), self._trouble(), self.clock, self._note)
        self.center_folder = self.folder / "center-0"
        self.template.copy_center(self.center_folder)
        self._open_center()
        self.terminals = [self._new_terminal(number) for number in range(len(self.template.identities))]
        self.queue: list[tuple[float, int, Callable[[], None]]] = []

    def _trouble(self) -> Trouble:
        dice = self.chance.uniform
        return Trouble(dice(0, 0.3), dice(0, 0.2), dice(0, 0.2), dice(0, 0.1), dice(0, 0.1), dice(0, 0.1))

    def _note(self, what: str) -> None:
        self.log.append(f"{self.clock.seconds:.6f} {what}")

    # --- the center

    def _open_center(self) -> None:
        self.center = open_center(self.template.settings(self.center_folder), self.clock)
        self.network.app = app_of(self.center, "http://center")

    def _close_center(self) -> None:
        self.network.app = None
        self.center.close()

    def crash_center(self) -> None:
        self._note("the center crashes")
        self._close_center()
        self.after(self.chance.uniform(1, 90), self._open_center)

    def back_up(self) -> None:
        if self.network.app is not None:
            self._note("the center is backed up")
            write_backup(self.center, self.folder / "backups")

    def lose_center(self) -> None:
        """Its disk is gone: a new one, the keys from the safe, the newest backup."""
        if self.network.app is None or not list((self.folder / "backups").glob("center-*.sqlite3")):
            return
        self._note("the center is restored")
        self._close_center()
        self.restores += 1
        fresh = self.folder / f"center-{self.restores}"
        shutil.copytree(self.center_folder / "keys", fresh / "keys")
        shutil.rmtree(self.center_folder)
        self.center_folder = fresh
        self.template.copy_empty_database(fresh)
        restore_backup(self.template.settings(fresh), self.folder / "backups", self.clock)
        self._open_center()

    # --- terminals

    def _new_terminal(self, number: int) -> Terminal:
        name, chance = f"t{number}", random.Random(self.seed + number)
        self.template.copy_terminal(self.folder / name)
        identity = self.template.identities[number]
        clock = OwnClock(self.clock)
        terminal = Terminal(name, self.folder / name, identity, clock, self.network, chance, self.make)
        terminal.start()
        return terminal

    def _visit(self, terminal: Terminal) -> None:
        """Somebody hands in a case; the disk may be full, or the power may go in the middle of it."""
        picture = self.chance.randbytes(300) if self.chance.random() < 0.4 else b""
        case, fate = self._case(terminal, picture), self.chance.random()
        self.visits.append([case.case_id])
        if fate < 0.1:
            terminal.fills_its_disk(True)
            terminal.takes_a_case(case, picture)
            terminal.fills_its_disk(False)
        elif fate < 0.2:
            terminal.crash_within(lambda: terminal.hands_in(case, picture), self.chance.randint(7, 14))
            if self.chance.random() < 0.7:  # the visit goes on, and hands in again
                case = case if self.make.same_id_again else self._case(terminal, picture)
                self.visits[-1].append(case.case_id)
                terminal.takes_a_case(case, picture)
        else:
            terminal.takes_a_case(case, picture)
        terminal.sync.wake()
        self._plan_sync(terminal, 0.0)
        self._note(f"{terminal.name} a case, done: {case.case_id in terminal.confirmed}")

    def _case(self, terminal: Terminal, picture: bytes) -> Case:
        told = Attachment(
            name="material-1", sha256=sha256_hex(picture), size=300, media_type="image/jpeg", step="material"
        )
        card = {"kind": "citizen", "name": "测试甲", "number": "330381189901010015"}
        return Case(
            case_id=f"{self.chance.getrandbits(128):032x}",
            terminal_id=terminal.identity.terminal_id,
            matter=MATTER,
            matter_version=catalog()[MATTER].version,
            kind="accepted",
            language="zh",
            created_at=f"{terminal.clock.now():%Y-%m-%dT%H:%M:%SZ}",
            applicant=Applicant(**card),
            answers={"who": card},
            attachments=(told,) if picture else (),
        )

    def _sync(self, terminal: Terminal) -> None:
        if self.clock.seconds < MIDDLE and self.chance.random() < 0.03:
            terminal.crash_within(terminal.sync.turn, self.chance.randint(1, 20))
        else:
            terminal.sync.turn()
        terminal.checks_what_is_delivered()
        self._plan_sync(terminal, terminal.sync.pause())

    def _plan_sync(self, terminal: Terminal, pause: float) -> None:
        """The one that was planned before is off."""
        terminal.turn += 1
        turn = terminal.turn
        self.after(pause, lambda: self._sync(terminal) if terminal.turn == turn else None)

    def _sets_clock(self, terminal: Terminal, wrong_by: timedelta) -> None:
        terminal.clock.wrong_by = wrong_by

    # --- time

    def after(self, seconds: float, act: Callable[[], None]) -> None:
        self.acts += 1
        heapq.heappush(self.queue, (self.clock.seconds + seconds, self.acts, act))

    def _plan(self) -> None:
        chance = self.chance
        for terminal in self.terminals:
            visits = chance.choice((0, 0, 0, 0, 1, 2))
            if visits or chance.random() < SWITCHED_ON:
                self._plan_sync(terminal, chance.uniform(0, 30))
            for _ in range(visits):
                self.after(chance.uniform(0, MIDDLE), lambda t=terminal: self._visit(t))
            if chance.random() < 0.2:
                self.after(chance.uniform(0, MIDDLE), terminal.crash)
            if chance.random() < 0.2:
                self._plan_cuts(terminal)
            if chance.random() < 0.2:
                wrong_by = chance.choice((DECADE, -DECADE)) * chance.random()
                self.after(chance.uniform(0, MIDDLE), lambda t=terminal, w=wrong_by: self._sets_clock(t, w))
        for act, most in ((self.back_up, 3), (self.crash_center, 2), (self.lose_center, 2)):
            for _ in range(chance.randint(0, most)):
                self.after(chance.uniform(10, MIDDLE), act)

    def _plan_cuts(self, terminal: Terminal) -> None:
        """One long one, or a cable that flaps."""
        begin = self.chance.uniform(0, MIDDLE)
        for _ in range(self.chance.choice((1, 5))):
            end = begin + self.chance.uniform(1, 100)
            self.after(begin, lambda t=terminal: self.network.cut.add(t.name))
            self.after(end, lambda t=terminal: self.network.cut.discard(t.name))
            begin = end + self.chance.uniform(1, 10)

    def run(self) -> None:
        self._plan()
        healed, looked = False, 0.0
        try:
            while self.queue and self.clock.seconds < END:
                when, _, act = heapq.heappop(self.queue)
                self.clock.seconds = max(self.clock.seconds, when)
                if not healed and when > MIDDLE + 100:
                    healed, self.network.trouble = True, Trouble()
                if healed and self.clock.seconds > looked + LOOK_EVERY:
                    looked = self.clock.seconds
                    if self._all_delivered():
                        break
                act()
            self._check()
        finally:
            self._close()

    def _all_delivered(self) -> bool:
        if self.network.app is None:
            return False
        return not any(terminal.owes(self.center.epoch) for terminal in self.terminals)

    def _check(self) -> None:
        with closing(sqlite3.connect(self.center_folder / "center.sqlite3")) as database:
            rows = dict(database.execute("SELECT case_id, case_number FROM cases").fetchall())
            (envelopes,) = database.execute("SELECT count(*) FROM envelopes").fetchone()
            (conflicts,) = database.execute("SELECT count(*) FROM conflicts").fetchone()
        confirmed = {case_id for terminal in self.terminals for case_id in terminal.confirmed}
        assert confirmed <= set(rows), f"lost: {sorted(confirmed - set(rows))}"
        handed_in = {case_id for ids in self.visits for case_id in ids}
        assert set(rows) <= handed_in, f"from nowhere: {sorted(set(rows) - handed_in)}"
        doubled = [ids for ids in self.visits if len(set(ids) & set(rows)) > 1]
        assert not doubled, f"doubled: {doubled}"
        assert len(rows) == len(set(rows.values())) == envelopes, "doubled"
        assert not conflicts, "conflicts"
        told = {case_id: number for terminal in self.terminals for case_id, number in terminal.numbers.items()}
        changed = {case_id: (number, rows[case_id]) for case_id, number in told.items() if rows[case_id] != number}
        assert not changed, f"numbers that were told changed: {changed}"
        waiting = [entry for terminal in self.terminals for entry in terminal.outbox.waiting()]
        assert not waiting, f"still waiting: {[entry.last_error for entry in waiting]}"

    def _close(self) -> None:
        for terminal in self.terminals:
            with suppress(sqlite3.Error):
                terminal.stop()
        if self.network.app is not None:
            self._close_center()
