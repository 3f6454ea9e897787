"""Takes the picture by itself once the sheet lies ready, after a countdown that can be seen and stopped."""

import math

from devices.clock import Clock

READY = "ready"  # the hint of a sheet that lay still; see devices.camera.document_live
COUNTED = 2.0  # s from ready to the picture
STALE = 1.0  # s without a live picture: nobody knows how the sheet lies


class SelfTimer:
    """One sheet is taken once: after `stop` it waits until the sheet was moved. A hand that trembles moves nothing:
    that is judged where the hints come from."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._armed = True
        self._since: float | None = None
        self._looked = clock.monotonic()
        self.off = False

    def look(self, hints: tuple[str, ...], *, may_count: bool) -> None:
        """What one live picture says."""
        now = self._clock.monotonic()
        stale, self._looked = now - self._looked > STALE, now
        if hints and hints[0] != READY:
            self._armed = True
        if not (may_count and self._armed and not self.off and hints[:1] == (READY,)):
            self._since = None
        elif self._since is None or stale:
            self._since = now

    def stop(self) -> None:
        self._armed, self._since = False, None

    def switch_off(self, off: bool) -> None:
        self.off, self._since = off, None

    @property
    def moved(self) -> bool:
        """Whether something happened on the desk since `stop`."""
        return self._armed

    @property
    def seconds_left(self) -> int | None:
        """None: it does not count; 0: take it now."""
        now = self._clock.monotonic()
        if self._since is None or now - self._looked > STALE:
            return None
        return max(0, math.ceil(self._since + COUNTED - now))
