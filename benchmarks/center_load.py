"""A center of its own and a load that costs little: envelopes sealed beforehand, sent as bytes that are ready."""

import asyncio
import random
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from center.clock import SystemClock
from center.keys import CenterKeys
from center.services import open_center
from center.settings import CenterSettings
from center.tables import Terminal
from flows.case import Applicant, Case, iso_seconds
from flows.keys import encode_verify_key, new_signing_key
from flows.wire import Envelope, seal_envelope
from tests.shipped import catalog

MATTER = "resident-medical-insurance"  # accepted, not decided at once: what is measured is taking in
NUMBER = "330381189001010014"
TAKEN = 201
WHEN = datetime(2026, 11, 24, tzinfo=UTC)


@dataclass
class BenchedCenter:
    """`kiosk-center serve` over one folder and database, with terminals that were enrolled beforehand."""

    folder: Path
    database: str = ""
    workers: int = 1
    url: str = ""
    process: subprocess.Popen[str] | None = None

    def settings(self) -> CenterSettings:
        return CenterSettings(state_folder=self.folder, database=self.database)

    def enrol(self, count: int) -> tuple[dict[str, Ed25519PrivateKey], CenterKeys]:
        """Terminal id → its key, and the center's keys; straight into the database."""
        keys = {f"T{number:012d}": new_signing_key() for number in range(count)}
        with closing(open_center(self.settings(), SystemClock())) as center, center.database.writing() as session:
            for terminal_id, key in keys.items():
                public = encode_verify_key(key.public_key())
                session.add(
                    Terminal(terminal_id=terminal_id, site="示例", name="", public_key=public, enrolled_at=WHEN)
                )
            return keys, center.keys

    def start(self, *more: str) -> "BenchedCenter":
        where = ["--state", str(self.folder), *(["--database", self.database] if self.database else [])]
        if self.workers > 1:
            where += ["--workers", str(self.workers)]
        command = [sys.executable, "-m", "center", "serve", "--port", "0", *where, *more]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line.startswith("center ready on "):
            raise SystemExit(f"error: the center did not start; see {self.folder / 'log'}")
        self.url = line.split()[-1]
        return self

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)


def seal_cases(keys: dict[str, Ed25519PrivateKey], center: CenterKeys, each: int = 1) -> list[Envelope]:
    """`each` small cases of every terminal, as a terminal seals them."""
    return [
        seal_envelope(
            _case(terminal_id),
            terminal_id=terminal_id,
            sequence=sequence,
            created_at=WHEN,
            center_key=center.sealing.public,
            signing_key=key,
        )
        for sequence in range(1, each + 1)
        for terminal_id, key in keys.items()
    ]


def _case(terminal_id: str) -> Case:
    card = {"kind": "citizen", "name": "测试甲", "number": NUMBER}
    return Case(
        case_id=secrets.token_hex(16),
        terminal_id=terminal_id,
        matter=MATTER,
        matter_version=catalog()[MATTER].version,
        kind="accepted",
        language="zh",
        created_at=iso_seconds(WHEN),
        applicant=Applicant(**card),
        answers={"who": card, "period": "months12", "phone": "13800000000"},
        follow_hash=secrets.token_hex(32),
    )


def put(envelope: Envelope) -> bytes:
    """The request as it goes over the wire."""
    body = envelope.to_bytes()
    head = (
        f"PUT /v1/envelopes/{envelope.envelope_id} HTTP/1.1\r\nHost: center\r\n"
        f"OEB-Terminal: {envelope.terminal_id}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@dataclass(frozen=True)
class Answer:
    """`seconds` with the way there, a new connection included."""

    status: int
    seconds: float
    retry_after: float


@dataclass
class Line:
    """One connection, opened anew when the other side closed it."""

    host: str
    port: int
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes) -> Answer:
        began = perf_counter()
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        assert self.reader is not None
        self.writer.write(request)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
        await self.reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection") == "close":
            self.close()
        return Answer(int(head[0].split()[1]), perf_counter() - began, float(headers.get("retry-after", "0")))

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


@dataclass
class Load:
    """Sends everything over `connections` lines; one that is told to wait hangs up, waits, and comes again."""

    url: str
    connections: int
    answers: list[Answer] = field(default_factory=list)

    async def run(self, requests: Sequence[bytes]) -> float:
        """Seconds until the last one was taken."""
        queue, began = iter(requests), perf_counter()
        await asyncio.gather(*(self._work(queue) for _ in range(self.connections)))
        return perf_counter() - began

    def taken(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.status == TAKEN]

    async def _work(self, queue: Iterable[bytes]) -> None:
        place = urlsplit(self.url)
        line = Line(place.hostname or "", place.port or 80)
        for request in queue:
            while (answer := await self._ask(line, request)).status in (429, 503):
                line.close()
                await asyncio.sleep(answer.retry_after * random.uniform(0.5, 1.5))
        line.close()

    async def _ask(self, line: Line, request: bytes) -> Answer:
        while True:
            try:
                answer = await line.ask(request)
            except (OSError, asyncio.IncompleteReadError):  # too many at the door: knock again
                line.close()
                await asyncio.sleep(random.uniform(0.5, 5))
                continue
            self.answers.append(answer)
            return answer


def percentile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
