"""A line in memory under a clock that only moves when somebody waits: seconds of waiting cost microseconds."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from devices.device import CommandCancelled
from devices.lines.line import SLICE

Deliveries = Iterable[tuple[float, bytes]]  # s after the request, and what comes then


class VirtualClock:
    def __init__(self) -> None:
        self.at = 0.0

    def monotonic(self) -> float:
        return self.at

    def now(self) -> datetime:
        return datetime(2026, 11, 24, tzinfo=UTC)

    def sleep(self, seconds: float) -> None:
        self.at += max(0.0, seconds)


class MemoryLine:
    """`hear(written)` says what comes back and when; it comes in order, as on any wire."""

    port = "memory"

    def __init__(self, clock: VirtualClock, hear: Callable[[bytes], Deliveries]) -> None:
        self._clock = clock
        self._hear = hear
        self._coming: list[tuple[float, bytes]] = []
        self._here = b""
        self._cancelled = False
        self.meanwhile: tuple[float, Callable[[], None]] | None = None  # what another thread does at this time
        self.is_open = False

    def open(self) -> None:
        self.is_open = True

    def close(self) -> None:
        self.is_open = False
        self._here = b""

    def is_there(self) -> bool:
        return True

    def waiting(self) -> int:
        self._arrive()
        return len(self._here)

    def write(self, data: bytes) -> None:
        for after, piece in self._hear(data):
            earliest = self._coming[-1][0] if self._coming else 0.0
            self._coming.append((max(earliest, self._clock.at + after), piece))

    def read(self, size: int, limit: float = SLICE) -> bytes:
        if self._cancelled:
            raise CommandCancelled("memory: the command was cancelled")
        until = self._clock.at + limit
        self._arrive()
        if not self._here and self._coming and self._coming[0][0] <= until:
            self._clock.at = self._coming[0][0]
            self._arrive()
        if not self._here:
            self._clock.at = until
        if self.meanwhile is not None and self._clock.at >= self.meanwhile[0]:
            (_, act), self.meanwhile = self.meanwhile, None
            act()
        taken, self._here = self._here[:size], self._here[size:]
        return taken

    def discard(self) -> None:
        self._arrive()
        self._here = b""

    def begin(self) -> None:
        self._cancelled = False

    def cancel(self) -> None:
        self._cancelled = True

    @property
    def busy_until(self) -> float:
        """When the last of what is coming will have come."""
        return self._coming[-1][0] if self._coming else self._clock.at

    def _arrive(self) -> None:
        while self._coming and self._coming[0][0] <= self._clock.at:
            self._here += self._coming.pop(0)[1]
