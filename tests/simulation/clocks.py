"""Time of the simulation."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 24, tzinfo=UTC)


class Clock:
    """Time goes on only when the world says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


class OwnClock(Clock):
    """A terminal's: it counts the same seconds, and its date may be wrong by years."""

    def __init__(self, world: Clock) -> None:
        self._world = world
        self.wrong_by = timedelta()

    @property
    def seconds(self) -> float:
        return self._world.seconds

    def now(self) -> datetime:
        return self._world.now() + self.wrong_by
