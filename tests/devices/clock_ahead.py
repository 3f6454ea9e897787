"""A clock that a test puts forward."""

from devices.clock import SystemClock


class ClockAhead(SystemClock):
    """The machine's clock, and so many seconds more."""

    ahead = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead
