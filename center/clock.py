"""The one place where the center reads the machine's clock; everything else is handed a Clock."""

import time
from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

CHINA_TIME = timezone(timedelta(hours=8), "UTC+8")  # 北京时间, without summer time since 1992


class Clock(Protocol):
    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


class SystemClock:
    def now(self) -> datetime:
        """Wall time, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds from some moment on; never goes back."""
        return time.monotonic()
