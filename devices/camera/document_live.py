"""Live hints for a document, and when it has lain still long enough to be taken by itself."""

import numpy as np

from devices.camera.contract import Frame
from devices.camera.document_lines import Floats
from devices.camera.document_quality import LIVE, document_problems
from devices.clock import Clock

STILL_FOR = 1.0  # s without a move before the sheet is ready
MOVE = 0.012  # of the picture's width; a hand that trembles moves the paper less than this
READY, HOLD_STILL = "ready", "holdStill"


class DocumentLook:
    """Called with live frames in turn: what is wrong; else `holdStill` while the sheet moves, nothing while it settles,
    and `ready` once it lay still for STILL_FOR."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._place: Floats | None = None  # where the sheet settled
        self._since = 0.0

    def __call__(self, frame: Frame) -> tuple[str, ...]:
        problems, sheet = document_problems(frame, LIVE)
        if problems or sheet is None:
            self._place = None
            return problems
        now = self._clock.monotonic()
        before, far = self._place, MOVE * frame.shape[1]
        if before is None or float(np.abs(sheet.corners - before).max()) > far:
            self._place, self._since = sheet.corners, now
            return () if before is None else (HOLD_STILL,)
        # follows a slow drift, so that trembling about one place is no move and walking away is one
        self._place = np.asarray(0.8 * before + 0.2 * sheet.corners, np.float32)
        return (READY,) if now - self._since >= STILL_FOR else ()
