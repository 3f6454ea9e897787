"""How long nobody has touched the terminal: the clock that warns, and then wipes."""

from dataclasses import dataclass

from devices.clock import Clock
from kiosk.journey.screens import IdleState


@dataclass(frozen=True, kw_only=True)
class IdleSettings:
    """Whole seconds: without a touch before the warning, and of warning before everything is wiped."""

    seconds: int = 120
    warning_seconds: int = 30


class IdleWatch:
    """Counts only the time in which the person could have acted: it stands still while held."""

    def __init__(self, clock: Clock, settings: IdleSettings) -> None:
        self._clock = clock
        self._settings = settings
        self._spent = 0.0
        self._seen = clock.monotonic()

    def change(self, settings: IdleSettings) -> None:
        """From now on."""
        self._settings = settings

    def restart(self) -> None:
        self._spent = 0.0
        self._seen = self._clock.monotonic()

    def pass_time(self, *, held: bool) -> None:
        """Count the seconds since the last call, unless the terminal itself was busy in them."""
        now = self._clock.monotonic()
        if not held:
            self._spent += now - self._seen
        self._seen = now

    @property
    def quiet(self) -> bool:
        """The time before the warning is over."""
        return self._spent >= self._settings.seconds

    @property
    def over(self) -> bool:
        return self._spent >= self._settings.seconds + self._settings.warning_seconds

    @property
    def state(self) -> IdleState:
        left = self._settings.seconds + self._settings.warning_seconds - self._spent
        return IdleState(seconds_left=max(0, -int(-left // 1)), warning=self.quiet, running=True)
