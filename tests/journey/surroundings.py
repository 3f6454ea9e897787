"""What stands around a journey without hardware: a clock moved by hand, and a port that records."""

from datetime import UTC, datetime, timedelta
from typing import Any

from kiosk.messages.to_backroom import ToBackroom


class HandClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self._passed = 0.0

    def monotonic(self) -> float:
        return 1000.0 + self._passed

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 4, 0, tzinfo=UTC) + timedelta(seconds=self._passed)

    def sleep(self, seconds: float) -> None:
        self._passed += seconds


class RecordingBackroom:
    """The port's own double: keeps what was sent."""

    def __init__(self) -> None:
        self.sent: list[ToBackroom] = []
        self.blobs: list[bytes] = []

    def send(self, message: ToBackroom, blob: bytes = b"") -> None:
        self.sent.append(message)
        self.blobs.append(blob)

    def last(self, kind: type) -> Any:
        return next(message for message in reversed(self.sent) if isinstance(message, kind))

    def all(self, kind: type) -> list[Any]:
        return [message for message in self.sent if isinstance(message, kind)]

    def forget(self) -> None:
        self.sent.clear()
        self.blobs.clear()
