"""What the kinds of line share: reads in slices that end when cancelled, and the words of their errors."""

import threading

from devices.clock import Clock
from devices.device import CommandCancelled, DeviceLost
from devices.lines.line import SLICE

REASON_LENGTH = 120  # characters of a foreign error's own words


class CancellableLine:
    """A kind of line brings `_read_once` and `close`."""

    def __init__(self, port: str, clock: Clock, what: str, write_limit: float) -> None:
        self.port = port
        self._clock = clock
        self._what = what
        self._write_limit = write_limit
        self._cancelled = threading.Event()

    def read(self, size: int, limit: float = SLICE) -> bytes:
        until = self._clock.monotonic() + limit
        while True:
            if self._cancelled.is_set():
                raise CommandCancelled(f"{self.port}: the command was cancelled")
            left = until - self._clock.monotonic()
            data = self._read_once(size, max(0.0, min(SLICE, left)))
            if data or left <= SLICE:
                return data

    def begin(self) -> None:
        self._cancelled.clear()

    def cancel(self) -> None:
        self._cancelled.set()

    def close(self) -> None:
        raise NotImplementedError

    def _read_once(self, size: int, patience: float) -> bytes:
        """At most `size` bytes as soon as there are any; `patience` is never above SLICE."""
        raise NotImplementedError

    def _not_open(self) -> DeviceLost:
        return DeviceLost(f"{self.port}: the {self._what}'s port is not open")

    def _lost(self, error: Exception) -> DeviceLost:
        self.close()
        reason = " ".join(str(error).split())[:REASON_LENGTH]
        return DeviceLost(f"{self.port}: the {self._what} is gone ({reason}); check its cable and power")
