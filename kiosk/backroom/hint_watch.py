"""Looks at every few live pictures and says what the person should change; behind everything else on the processor."""

import os
import threading
from collections.abc import Callable

from devices.camera.contract import Frame
from devices.camera.steady import Steady
from devices.clock import Clock
from kiosk.backroom.rounds import Rounds

INTERVAL = 0.2  # s between the starts of two looks
SHARE = 1 / 12  # of the time at most is spent looking: a slow look, or a busy processor, makes looks rarer
BEHIND = 5  # niceness on top of the backroom's own

Look = Callable[[Frame], tuple[str, ...]]


class HintWatch:
    """`hints` is what to show now; frames that come while it looks are passed over."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._look: Look | None = None
        self._steady = Steady()
        self._frame: Frame | None = None
        self._due = clock.monotonic()
        self._niced = False
        self.hints: tuple[str, ...] = ()
        self._rounds = Rounds("hints", self._turn)

    def start(self) -> None:
        self._rounds.start()

    def begin(self, look: Look | None) -> None:
        """None: nobody wants hints now."""
        with self._lock:
            self._look, self._steady, self._frame, self.hints = look, Steady(), None, ()

    def offer(self, frame: Frame) -> None:
        with self._lock:
            first, self._frame = self._frame is None, frame
        if first:
            self._rounds.wake()

    def stop(self) -> None:
        self._rounds.stop()

    def _turn(self) -> float | None:
        if not self._niced:
            self._niced = True
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), os.getpriority(os.PRIO_PROCESS, 0) + BEHIND)
        with self._lock:
            rest = self._due - self._clock.monotonic()
            look, frame, steady = self._look, self._frame, self._steady
            if look is None or frame is None:
                return None
            if rest > 0:
                return rest
            self._frame = None
        begun = self._clock.monotonic()
        codes = look(frame)
        self._due = begun + max(INTERVAL, (self._clock.monotonic() - begun) / SHARE)
        with self._lock:
            if steady is self._steady:
                self.hints = steady.settle(codes, self._clock.monotonic())
        return 0.0
