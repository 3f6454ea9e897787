"""What to tell the person while the face camera's preview runs."""

from devices.camera.contract import Frame
from devices.camera.face_quality import advice_of
from devices.camera.face_watch import FaceWatch
from devices.clock import Clock


class FaceLook:
    """Called with live frames in turn: follows the face and gives codes, worst first."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._watch = FaceWatch()
        self._eyes_known = False

    def __call__(self, frame: Frame) -> tuple[str, ...]:
        seen = self._watch.look(frame, self._clock.monotonic())
        self._eyes_known = bool(seen.face) and (self._eyes_known or bool(seen.face and seen.face.eyes_open))
        return advice_of(seen, eyes_known=self._eyes_known)
