"""How fast this terminal may send: a body is handed out in slices, with pauses that keep to the configured rate."""

import threading
from collections.abc import Iterator

from devices.clock import Clock

SLICE = 8192  # bytes
SLICES_A_SECOND = 4  # at least, so that a slow rate is a trickle and not a stutter


class Pace:
    """Shared by all that is sent. `kbit_per_second` 0: as fast as it goes."""

    def __init__(self, clock: Clock, kbit_per_second: int) -> None:
        self._clock = clock
        self._rate = kbit_per_second * 1000 / 8  # bytes a second
        self._free_at = 0.0  # s, monotonic; when all that was handed out has had its time
        self._lock = threading.Lock()

    @property
    def limited(self) -> bool:
        return self._rate > 0

    def slices(self, body: bytes) -> Iterator[bytes]:
        size = max(256, min(SLICE, int(self._rate / SLICES_A_SECOND)))
        for start in range(0, len(body), size):
            part = body[start : start + size]
            self._clock.sleep(self._wait_for(len(part)))
            yield part

    def _wait_for(self, size: int) -> float:
        with self._lock:
            now = self._clock.monotonic()
            begins = max(now, self._free_at)
            self._free_at = begins + size / self._rate
            return begins - now
