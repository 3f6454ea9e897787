"""What every driver that talks bytes stands on: a line that is opened, written, read with a time limit, cancelled."""

from typing import Protocol

SLICE = 0.1  # s; longest a read blocks before time limits and cancelling are looked at


class Line(Protocol):
    """One device's bytes. Every method but `close`, `cancel`, `begin` and `is_there` raises DeviceLost where the port
    is gone; its text names port, cause and what to do, in one line. Not shared between threads but for `cancel`.
    """

    port: str

    def open(self) -> None:
        """Does nothing where it is open already."""
        ...

    def close(self) -> None:
        """Never raises."""
        ...

    @property
    def is_open(self) -> bool: ...

    def is_there(self) -> bool:
        """Cheap and never blocking: whether the node or device is still plugged in. A network port is always there."""
        ...

    def waiting(self) -> int:
        """How many bytes have come and were not read; never blocks."""
        ...

    def write(self, data: bytes) -> None:
        """Raises DeviceTimeout where the device takes no more."""
        ...

    def read(self, size: int, limit: float = SLICE) -> bytes:
        """At most `size` bytes, as soon as there are any; empty after `limit` s. Raises CommandCancelled."""
        ...

    def discard(self) -> None:
        """Forgets what has come and was not read."""
        ...

    def begin(self) -> None:
        """A new command of the caller's: an earlier cancel is past."""
        ...

    def cancel(self) -> None:
        """Ends a read under way within `SLICE` with CommandCancelled, and the next one; from any thread."""
        ...
