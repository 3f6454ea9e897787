"""Whether the face before the camera blinks or turns when asked to: a hint that a person is there, and no proof of it.

A film of somebody passes, and so may a photo that is moved cleverly; a photo that is held still does not.
"""

from collections.abc import Sequence

from devices.camera.contract import Frame
from devices.camera.face_quality import TURNED
from devices.camera.face_watch import FaceObservation, FaceWatch
from devices.camera.faces import FoundFace
from devices.clock import Clock

GAP = 1.0  # s without the face; after that it may be another one
LONGEST = 3.0  # s a blink or a turn takes at most


def is_shown(asked: str, seen: Sequence[FaceObservation]) -> bool:
    """`asked`: blink or turn. The face is seen at rest, then in the movement, then at rest, each in two looks in a row,
    so that one look at which a cascade fails is nothing.
    """
    phases: list[tuple[bool, float]] = []  # whether it moves, and since which moment; in turn
    before: bool | None = None
    last = 0.0
    for look in seen:
        if len(look.faces) > 1 or (phases and look.moment - last > GAP):
            phases, before = [], None
        if look.face is None:
            continue
        last = look.moment
        moves = _moves(asked, look.face)
        if moves is not None and moves is before and (not phases or phases[-1][0] is not moves):
            phases.append((moves, look.moment))
            if not moves and len(phases) > 2 and look.moment - phases[-2][1] <= LONGEST:
                return True
        before = moves
    return False


def _moves(asked: str, face: FoundFace) -> bool | None:
    """None where it cannot be told: a face that looks aside shows no eyes."""
    turned = abs(face.turn) > TURNED
    if asked == "turn":
        return turned
    return None if turned or face.eyes_open is None else not face.eyes_open


class FaceChallenge:
    """Called with live frames in turn; `asked` is what the person is to do."""

    def __init__(self, asked: str, clock: Clock) -> None:
        self.asked = asked
        self._clock = clock
        self._watch = FaceWatch()
        self._seen: list[FaceObservation] = []
        self._newest: Frame | None = None

    def __call__(self, frame: Frame) -> bool:
        """Whether it was done by now."""
        if frame is not self._newest:
            self._newest = frame
            self._seen.append(self._watch.look(frame, self._clock.monotonic()))
        return is_shown(self.asked, self._seen)
