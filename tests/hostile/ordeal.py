"""A terminal delivers its cases to a real center through a hostile network: none lost, none doubled, none believed to
be delivered that is not."""

import random  # noqa: TID251 - the seed is the point of it
import shutil
import socket
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from center.app import app_of
from center.services import open_center
from center.supervision import uvicorn_config
from devices.clock import SystemClock
from flows.keys import decode_verify_key
from flows.wire import Receipt, digest, verify_receipt
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.clerk import Clerk
from kiosk.backroom.outbox import Outbox
from kiosk.backroom.sync import Rhythm, Sync
from kiosk.backroom.uploads import PIECE
from kiosk.messages.from_backroom import Committed, Delivered
from kiosk.messages.to_backroom import Attach
from tests.backroom.running import make_case, told
from tests.hostile.network import Fault, HostileNetwork
from tests.simulation.template import Template, make_template

PATIENCE = 0.5  # s, the terminal's time limit here
SLACK = 3.0  # s more on a machine that is busy; a trickled answer takes longer, one that never comes a minute
RHYTHM = Rhythm(ceiling=4.0, ping_when_away=1.0, ping_when_there=400.0)
SIZES = (0, 2_000, 0, PIECE * 2 + 1, 0, 0)  # bytes of the picture of each case
TURNS = 400


class LeapingClock(SystemClock):
    """Pauses between two tries take no time."""

    def __init__(self) -> None:
        self._leapt = 0.0  # s

    def monotonic(self) -> float:
        return super().monotonic() + self._leapt

    def leap(self, seconds: float) -> None:
        self._leapt += seconds


@dataclass
class Ordeal:
    """What all terminals share: a center over HTTP, enrolled terminals, a network."""

    template: Template
    database: Path  # of the center
    network: HostileNetwork
    folder: Path
    used: int = 0

    def meets(self, faults: Sequence[Fault], seed: int) -> int:
        """Raises AssertionError; how many cases were delivered until all faults were met."""
        identity = self.template.identities[self.used]
        self.used += 1
        place = self.folder / f"terminal-{self.used}"
        self.template.copy_terminal(place)
        terminal = _Terminal(place, identity, self.network.url, random.Random(seed), self.used)
        self.network.meets(faults)
        try:
            delivered = self._until_delivered(terminal)
        finally:
            terminal.close()
            shutil.rmtree(place)
        assert self.network.longest < PATIENCE + SLACK, f"an answer was awaited for {self.network.longest:.1f} s"
        return delivered

    def link(self) -> CenterLink:
        """Of the first terminal, for a question."""
        return CenterLink(self.network.url, self.template.identities[0], SystemClock(), PATIENCE)

    def _until_delivered(self, terminal: "_Terminal") -> int:
        for _ in range(TURNS):
            terminal.sync.turn()
            terminal.clock.leap(terminal.sync.pause() + 0.001)
            terminal.checks_what_it_believes(self._at_the_center(terminal))
            if terminal.outbox.count_waiting():
                continue
            if self.network.quiet:
                terminal.has_delivered_all(self._at_the_center(terminal))
                return len(terminal.cases)
            terminal.takes_cases()
        raise AssertionError(f"still waiting: {[entry.last_error for entry in terminal.outbox.waiting()]}")

    def _at_the_center(self, terminal: "_Terminal") -> dict[str, str]:
        """Envelope id → case number, of this terminal's."""
        query = (
            "SELECT envelope_id, case_number FROM envelopes JOIN cases ON case_id = envelope_id WHERE terminal_id = ?"
        )
        with closing(sqlite3.connect(self.database)) as database:
            return dict(database.execute(query, [terminal.identity.terminal_id]).fetchall())


class _Terminal:
    def __init__(self, folder: Path, identity, url: str, chance: random.Random, number: int) -> None:
        self.clock, self.told = LeapingClock(), []
        self.identity = identity
        self.outbox = Outbox(folder, self.clock, _damaged, patience=0.0)
        self.link = CenterLink(url, identity, self.clock, PATIENCE)
        self.sync = Sync(self.outbox, self.link, self.clock, chance, self.told.append, RHYTHM, 7)
        self.clerk, self.chance = Clerk(self.outbox, identity, self.clock, folder, 1), chance
        self.cases: list[str] = []
        self.takes_cases()

    def takes_cases(self) -> None:
        for size in SIZES:
            attachments = ()
            if size:
                picture = self.chance.randbytes(size)
                self.clerk.attach(Attach(request="a", name="material-1", media_type="image/jpeg"), picture)
                attachments = (told("material-1", picture),)
            case = make_case(self.identity.terminal_id, attachments)
            answer, _ = self.clerk.submit_case("s", case.model_dump(mode="json"))
            assert isinstance(answer, Committed), answer
            self.cases.append(case.case_id)

    def checks_what_it_believes(self, there: dict[str, str]) -> None:
        """Delivered is only what the center has, by a receipt that is the center's."""
        center_key = decode_verify_key(self.identity.center_signing_key)
        for entry in map(self.outbox.entry, self.cases):
            assert entry.state in ("waiting", "delivered"), f"{entry.state}: {entry.last_error}"
            if entry.state == "delivered":
                assert there.get(entry.envelope_id) == entry.case_number, "believed to be delivered"
                query = "SELECT receipt FROM outbox WHERE envelope_id = ?"
                ((kept,),) = self.outbox.database.execute(query, [entry.envelope_id]).fetchall()
                receipt = Receipt.model_validate_json(kept)
                known = digest(self.outbox.envelope(entry.envelope_id))
                verify_receipt(receipt, envelope_id=entry.envelope_id, digest=known, center_key=center_key)

    def has_delivered_all(self, there: dict[str, str]) -> None:
        assert there.keys() == set(self.cases), "lost"
        numbers = {message.case_id: message.case_number for message in self.told if isinstance(message, Delivered)}
        assert numbers == there, "the screen was told otherwise"

    def close(self) -> None:
        self.link.close()
        self.outbox.close()


@contextmanager
def ordeal(folder: Path, terminals: int) -> Iterator[Ordeal]:
    template = make_template(folder, terminals, SystemClock())
    template.copy_center(folder / "running")
    with closing(open_center(template.settings(folder / "running"), SystemClock())) as center:
        listening = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn_config(app_of(center, "http://center")))
        serving = threading.Thread(target=server.run, args=([listening],), daemon=True)
        serving.start()
        network = HostileNetwork(listening.getsockname(), random.Random(0))
        try:
            yield Ordeal(template, folder / "running" / "center.sqlite3", network, folder)
        finally:
            network.close()
            server.should_exit = True
            serving.join(15)
            listening.close()


def _damaged(aside: Path) -> None:
    raise AssertionError(f"the outbox was damaged: {aside.name}")
