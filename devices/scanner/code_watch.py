"""When a camera's frame is worth a look for codes: a quick one where something moved, the whole cascade now and then.

A desk on which nothing happens is looked at once a second; what was read in a picture stays read while it stays still.
"""

import os
import threading
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor, wait

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.contract import Frame
from devices.clock import Clock
from devices.scanner.contract import Code
from devices.scanner.decode import decode, decode_fast

THUMBNAIL = (64, 36)  # px; a cell is the mean of 400 px at 1280×720, so that grain is no movement
STIR = 6  # of 255; a cell that differs by more has moved
SETTLED = 1.5  # s without movement before a picture counts as still: a camera needs them to focus and to set its light
STILL_LOOK = 1.0  # s from one look at a still picture to the next
CASCADE_REST = 0.5  # s from the beginning of one cascade to the next
STILL_CASCADE = 5.0  # s, the same for a still picture
FORGOTTEN = 1.0  # s; who looked away for so long begins anew
NEVER = float("-inf")  # s
BEHIND = 10  # niceness of the cascade: the screen and everything else go first

Codes = tuple[Code, ...]


class CodeWatch:
    """Used by one thread. `looks` counts what was done: `quick`, `cascade`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._workers: ThreadPoolExecutor | None = None
        self.looks: Counter[str] = Counter()
        self.forget()

    def forget(self) -> None:
        """The next frame is the first one."""
        self._seen: NDArray[np.int16] | None = None
        self._held: Codes = ()
        self._moved = self._looked = self._quick = self._begun = NEVER
        self._cascade: Future[Codes] | None = None
        self._cascade_of = 0.0

    def close(self) -> None:
        """Waits for a cascade under way."""
        self.forget()
        if self._workers is not None:
            self._workers.shutdown(cancel_futures=True)
            self._workers = None

    def wait(self) -> None:
        """For a cascade under way; its result is in the next look."""
        if self._cascade is not None:
            wait([self._cascade])

    @property
    def still(self) -> bool:
        """Nothing moved for a while: the next frame may come later."""
        return self._looked - self._moved > SETTLED

    def look(self, frame: Frame) -> Codes:
        """The codes that are in view, as far as they were read; each time for as long as they stay."""
        now = self._clock.monotonic()
        if now - self._looked > FORGOTTEN:
            self.forget()
        self._looked = now
        self._notice(frame, now)
        late = self._from_cascade()
        if not self.still or now - self._quick >= STILL_LOOK:
            self._quick = now
            self.looks["quick"] += 1
            found = decode_fast(frame)
            self._hold(found)
            if not found and not late:
                self._begin_cascade(frame, now)
        return tuple(dict.fromkeys((*self._held, *late)))

    def _notice(self, frame: Frame, now: float) -> None:
        small = cv2.resize(frame, THUMBNAIL, interpolation=cv2.INTER_AREA)
        grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY) if small.ndim == 3 else small
        seen = np.asarray(grey, np.int16)
        if self._seen is None or int(np.abs(seen - self._seen).max()) > STIR:
            self._seen, self._moved, self._held = seen, now, ()

    def _hold(self, found: Codes) -> None:
        self._held = tuple(dict.fromkeys((*found, *self._held)))

    def _begin_cascade(self, frame: Frame, now: float) -> None:
        unsure = self._held and self.still  # it was read here before: is it still?
        rest = STILL_CASCADE if self.still and not unsure else CASCADE_REST
        if self._cascade is not None or now - self._begun < rest:
            return
        if self._workers is None:
            self._workers = ThreadPoolExecutor(1, "codes", initializer=_stand_back)
        self.looks["cascade"] += 1
        self._begun, self._cascade_of = now, self._moved
        self._cascade = self._workers.submit(decode, frame)

    def _from_cascade(self) -> Codes:
        """What it found since. Held is only what it found in the picture that is still there."""
        if self._cascade is None or not self._cascade.done():
            return ()
        codes, self._cascade = self._cascade.result(), None
        if self._cascade_of == self._moved:
            if self._held and not codes:
                self._held, self._quick = (), NEVER  # a quick look has the last word
            self._hold(codes)
        return codes


def _stand_back() -> None:
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BEHIND)  # of this thread alone, on Linux
