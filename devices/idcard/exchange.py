"""How a reader's SAM is asked, over a wire or through a vendor's library, within the time a command has."""

import math
import threading
from typing import Protocol

from devices.clock import Clock
from devices.device import CommandCancelled, DeviceTimeout
from devices.idcard.frames import Command, Reply
from devices.lines.line import SLICE


class Exchange(Protocol):
    """`port` names it in error texts. `ask` and `listen` raise what Wire's do."""

    port: str

    @property
    def is_open(self) -> bool: ...
    def open(self) -> None: ...
    def close(self) -> None: ...
    def is_there(self) -> bool: ...
    def begin(self, limit: float = math.inf) -> None: ...
    def within(self, limit: float) -> None: ...
    def cancel(self) -> None: ...
    def pause(self, seconds: float) -> None: ...
    def ask(self, command: Command, limit: float) -> Reply: ...
    def listen(self, limit: float) -> Reply: ...
    def more_follows(self) -> bool: ...
    def distrust(self) -> None: ...


class CommandTime:
    """The time a command has, and its cancelling."""

    def __init__(self, port: str, clock: Clock) -> None:
        self.port = port
        self._clock = clock
        self._cancelled = threading.Event()
        self._given, self._until = math.inf, math.inf

    def begin(self, limit: float = math.inf) -> None:
        """A new command of the caller's: an earlier cancel is past, and it has `limit` s."""
        self._cancelled.clear()
        self.within(limit)

    def within(self, limit: float) -> None:
        """The exchanges from here on have `limit` s together."""
        self._given, self._until = limit, self._clock.monotonic() + limit

    def cancel(self) -> None:
        """Ends the exchange under way; from any thread."""
        self._cancelled.set()

    def check_cancelled(self) -> None:
        if self._cancelled.is_set():
            raise CommandCancelled(f"{self.port}: the command was cancelled")

    def pause(self, seconds: float) -> None:
        """Waits, and can be cancelled."""
        until = self._clock.monotonic() + seconds
        while (left := until - self._clock.monotonic()) > 0:
            self.check_cancelled()
            self._clock.sleep(min(left, SLICE))

    def time_left(self) -> float:
        """In s. Raises DeviceTimeout where there is none, CommandCancelled."""
        self.check_cancelled()
        left = self._until - self._clock.monotonic()
        if left <= 0:
            raise DeviceTimeout(
                f"{self.port}: the card reader did not come to an end within {self._given:g} s; check its cable"
            )
        return left
