"""A wire without a machine under it: twin and driver joined byte by byte, on a clock that only waiting moves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from devices.device import DeviceLost
from devices.printer.escpos_receipt import EscposReceiptPrinter, Options
from devices.printer.interpreter import Character, Interpreter
from devices.printer.twin import PrinterTwin

HERE = Options("memory://wire")
START = datetime(2026, 11, 24, tzinfo=UTC)


class Killed(BaseException):
    """The driver's process ends here."""


@dataclass
class HandClock:
    at: float = 0.0

    def monotonic(self) -> float:
        return self.at

    def now(self) -> datetime:
        return START + timedelta(seconds=self.at)

    def sleep(self, seconds: float) -> None:
        self.at += seconds


@dataclass
class MemoryWire:
    """Both ends: the twin's port and the driver's line. `strike` happens when byte `strike_at` of a run has gone over;
    what the twin says arrives `late` s later.

    Implements devices.pty_port.Port and devices.lines.line.Line.
    """

    clock: HandClock
    address: str = "memory://wire"
    port: str = "memory://wire"
    plugged: bool = False
    is_open: bool = False
    sent: int = 0
    strike_at: int | None = None
    strike: Callable[[], None] = lambda: None
    _on_bytes: Callable[[bytes], None] = lambda _data: None
    late: float = 0.0
    _waiting: bytearray = field(default_factory=bytearray)
    _under_way: list[tuple[float, bytes]] = field(default_factory=list)  # when it arrives, and what

    def joined(self, _path: Path, on_bytes: Callable[[bytes], None]) -> "MemoryWire":
        self._on_bytes = on_bytes
        return self

    def plug(self) -> None:
        self.plugged = True

    def unplug(self) -> None:
        self.plugged = False
        self._waiting.clear()
        self._under_way.clear()

    def says(self, data: bytes) -> None:
        """The twin does."""
        self._under_way.append((self.clock.at + self.late, data))

    def _arrive(self) -> None:
        while self._under_way and self._under_way[0][0] <= self.clock.at:
            self._waiting += self._under_way.pop(0)[1]

    def open(self) -> None:
        if not self.plugged:
            raise DeviceLost("memory://wire: the receipt printer is not there; plug it in")
        self.is_open = True

    def close(self) -> None:
        self.is_open = False
        self._waiting.clear()
        self._under_way.clear()

    def is_there(self) -> bool:
        return self.plugged

    def waiting(self) -> int:
        self._arrive()
        return len(self._waiting)

    def discard(self) -> None:
        self._waiting.clear()

    def begin(self) -> None:
        pass

    def cancel(self) -> None:
        pass

    def read(self, size: int, limit: float = 0.1) -> bytes:
        self._check()
        self._arrive()
        data, self._waiting = bytes(self._waiting[:size]), self._waiting[size:]
        if not data:
            self.clock.at += limit
        return data

    def write(self, data: bytes) -> None:
        """The twin's side while it has something to say, the driver's otherwise: told apart by who calls."""
        self._check()
        at = None if self.strike_at is None else self.strike_at - self.sent
        self.sent += len(data)
        if at is None or not 0 <= at <= len(data):
            self._on_bytes(data)
            return
        if at:
            self._on_bytes(data[:at])
        self.strike_at = None
        self.strike()
        self._check()
        if data[at:]:
            self._on_bytes(data[at:])

    def _check(self) -> None:
        if not (self.plugged and self.is_open):
            self.is_open = False
            raise DeviceLost("memory://wire: the receipt printer is gone; check its cable and power")


@dataclass
class TwinEnd:
    """The twin's port on a MemoryWire: what it writes waits for the driver, or is lost where none is there."""

    wire: MemoryWire

    @property
    def address(self) -> str:
        return self.wire.address

    @property
    def plugged(self) -> bool:
        return self.wire.plugged

    @property
    def attended(self) -> bool:
        return self.wire.is_open

    def plug(self) -> None:
        self.wire.plug()

    def unplug(self) -> None:
        self.wire.unplug()

    def write(self, data: bytes) -> None:
        if self.wire.plugged and self.wire.is_open:
            self.wire.says(data)


@dataclass
class Bench:
    """One twin, and as many runs of the driver, one after the other, as the story has."""

    folder: Path
    options: Options = HERE
    clock: HandClock = field(default_factory=HandClock)

    def __post_init__(self) -> None:
        self.wire = MemoryWire(self.clock)

        def make_port(path: Path, on_bytes: Callable[[bytes], None]) -> TwinEnd:
            self.wire.joined(path, on_bytes)
            return TwinEnd(self.wire)

        self.twin = PrinterTwin(self.clock, make_port)
        self.twin.start(self.folder)

    def driver(self) -> EscposReceiptPrinter:
        """A new run of the program: nothing of an earlier one is known."""
        self.wire.close()
        return EscposReceiptPrinter("receipt_printer", self.options, self.clock, self.wire)

    def shown(self, mark: str) -> int:
        """On how many pieces of paper, whole or scrap, that text stands as a line of its own."""
        pieces = sorted((self.folder / "receipts").glob("*.bytes"))
        return sum(text_of(piece.read_bytes()).count(f"{mark}\n") for piece in pieces)


def text_of(raw: bytes) -> str:
    interpreter = Interpreter()
    interpreter.feed(raw)
    codes = []
    for element, _ in interpreter.elements():
        if isinstance(element, Character):
            codes.append(element.code)
        elif element.name == b"\n":
            codes.append(b"\n")
    return b"".join(codes).decode("gbk", errors="replace")
