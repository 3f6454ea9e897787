"""What is wrong with the picture of a face, and what the person could change, as codes the screen has words for."""

from devices.camera.contract import Frame
from devices.camera.face_watch import FaceObservation, FaceWatch
from devices.camera.quality import BRIGHT, DARK, SOFTEST

LEAST_FACE = 0.25  # of the frame's height; smaller is too far away to compare with a card's picture
MOST_FACE = 0.62  # of the frame's height; the head is half as high again, and is cut off then
OFF_CENTRE = 0.16  # of the frame's height, sideways; the oval on the screen allows no more
OFF_MIDDLE = 0.15  # the same up and down
FACE_DARK = 60  # mean grey level of a face in which no features are left
BACKLIGHT = 70  # grey levels by which the frame is lighter than a dark face, when the light is behind it
TURNED = 0.35  # of FoundFace.turn; beyond it the face does not look here


def problems_of(seen: FaceObservation) -> tuple[str, ...]:
    """Why a still of this frame cannot be used; what a cascade merely fails to see is no reason (closed eyes)."""
    light = _light(seen)
    if light:
        return light
    face = seen.face
    if face is None:
        return ("severalFaces",) if seen.faces else ("noFace",)
    if abs(face.turn) > TURNED:
        return ("lookStraight",)
    height = face.box[3]
    if height < LEAST_FACE * seen.size[1]:
        return ("faceTooSmall",)
    if height > MOST_FACE * seen.size[1]:
        return ("faceTooLarge",)
    return ("blurred",) if seen.softness is not None and seen.softness > SOFTEST else ()


def advice_of(seen: FaceObservation, *, eyes_known: bool) -> tuple[str, ...]:
    """What to say while the preview runs: problems first, then place, then eyes.

    Sides are the person's own, as in the mirrored picture. `eyes_known`: open eyes were seen in this preview, so that
    nobody whose eyes the cascade cannot see is told to open them.
    """
    problems = problems_of(seen)
    face = seen.face
    if problems or face is None:
        return problems
    left, top, width, height = face.box
    unit = seen.size[1]
    sideways = (left + width / 2 - seen.size[0] / 2) / unit
    if abs(sideways) > OFF_CENTRE:
        return ("moveRight",) if sideways > 0 else ("moveLeft",)
    upright = (top + height / 2 - unit / 2) / unit
    if abs(upright) > OFF_MIDDLE:
        return ("moveDown",) if upright < 0 else ("moveUp",)
    return ("eyesClosed",) if eyes_known and face.eyes_open is False else ()


def face_problems(frame: Frame) -> tuple[str, ...]:
    """Of one frame alone, searched thoroughly with OpenCV's own cascades."""
    return problems_of(FaceWatch().look(frame, 0.0, thorough=True))


def _light(seen: FaceObservation) -> tuple[str, ...]:
    if seen.light > BRIGHT:
        return ("tooBright",)
    if seen.face_light is not None and seen.face_light < FACE_DARK:
        return ("backlit",) if seen.light - seen.face_light > BACKLIGHT else ("tooDark",)
    return ("tooDark",) if seen.light < DARK else ()
