"""One simulated terminal: the real outbox, clerk and sync over a simulated network, and a plug that can be pulled."""

import random  # noqa: TID251 - the seed is the point of it
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from flows.case import Case
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.clerk import Clerk
from kiosk.backroom.outbox import Outbox
from kiosk.backroom.sync import Rhythm, Sync
from kiosk.identity import Identity
from kiosk.messages.from_backroom import Committed
from kiosk.messages.to_backroom import Attach
from tests.simulation.clocks import OwnClock
from tests.simulation.network import Network

RHYTHM = Rhythm(ceiling=60.0, ping_when_away=60.0, ping_when_there=400.0)


@dataclass(frozen=True)
class Make:
    """What terminals are made of; a broken one shows that the simulation can find a fault."""

    outbox: type[Outbox] = Outbox
    link: type[CenterLink] = CenterLink
    same_id_again: bool = True  # a visit that goes on after a restart hands in the same case


@dataclass
class Terminal:
    """`confirmed`: the citizen was told "done"; `numbers`: and which number the terminal told."""

    name: str
    folder: Path
    identity: Identity
    clock: OwnClock
    network: Network
    chance: random.Random
    make: Make
    confirmed: set[str] = field(default_factory=set)
    numbers: dict[str, str] = field(default_factory=dict)
    crashes: int = 0
    turn: int = 0  # of its sync

    def start(self) -> None:
        self.outbox = self.make.outbox(self.folder, self.clock, self._damaged, patience=0.0)
        cable = self.network.for_terminal(self.name)
        self.link = self.make.link("http://center", self.identity, self.clock, 5.0, cable)
        self.sync = Sync(self.outbox, self.link, self.clock, self.chance, lambda _: None, RHYTHM, 0)
        self.clerk = Clerk(self.outbox, self.identity, self.clock, self.folder, 1)

    def stop(self) -> None:
        self.link.close()
        self.outbox.close()

    def _damaged(self, aside: Path) -> None:
        raise AssertionError(f"{self.name}: the outbox was damaged: {aside.name}")

    def crash(self) -> None:
        self.crashes += 1
        self.stop()
        self.start()

    def crash_within(self, act: Callable[[], object], statement: int) -> None:
        """Killed when `act` comes to its so manieth SQL statement, or right after it: the disk is as it was then, and
        nothing it said or sent afterwards was ever said.
        """
        image, was_cut, left = self.folder.with_name(f"{self.name}.image"), self.name in self.network.cut, [statement]

        def counted(_statement: str) -> None:
            left[0] -= 1
            if left[0] == 0:
                shutil.copytree(self.folder, image)
                self.network.cut.add(self.name)

        self.outbox.database.conn.set_trace_callback(counted)
        act()
        self.outbox.database.conn.set_trace_callback(None)
        self.stop()
        if image.exists():
            shutil.rmtree(self.folder)
            image.rename(self.folder)
            if not was_cut:
                self.network.cut.discard(self.name)
        self.crashes += 1
        self.start()

    def takes_a_case(self, case: Case, picture: bytes) -> None:
        self.hands_in(case, picture)
        if self.told_done:
            self.confirmed.add(case.case_id)

    def hands_in(self, case: Case, picture: bytes) -> None:
        """`told_done` afterwards: whether the screen would say so."""
        if picture:
            self.clerk.attach(Attach(request="a", name="material-1", media_type="image/jpeg"), picture)
        answer, _ = self.clerk.submit_case("s", case.model_dump(mode="json"))
        self.told_done = isinstance(answer, Committed)
        self.clerk.end_visit()

    def fills_its_disk(self, full: bool) -> None:
        """By SQLite's own limit: the next page that is wanted is not there."""
        pages = int(self.outbox.database.execute("PRAGMA page_count").fetchone()[0]) if full else 1_000_000
        self.outbox.database.execute(f"PRAGMA max_page_count = {pages}")

    def checks_what_is_delivered(self) -> None:
        """Only what the center took, and each under the number it was told first."""
        rows = self._rows("SELECT envelope_id, case_number FROM outbox WHERE state = 'delivered'")
        for envelope_id, number in rows:
            assert envelope_id in self.network.acknowledged, f"{self.name}: acknowledged by nobody: {envelope_id}"
            known = self.numbers.setdefault(envelope_id, number)
            assert known == number, f"{self.name}: {known} became {number}"

    def owes(self, epoch: str) -> bool:
        """Whether anything is not yet at the center as it is now."""
        return bool(self._rows("SELECT 1 FROM outbox WHERE state <> 'delivered' OR epoch <> ? LIMIT 1", epoch))

    def _rows(self, query: str, *values: str) -> list[tuple[str, ...]]:
        return self.outbox.database.conn.execute(query, values).fetchall()
