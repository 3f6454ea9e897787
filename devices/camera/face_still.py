"""The best of a short burst: people blink and move, and one picture in eight is a good one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import cv2

from devices.camera.contract import Frame, Still
from devices.camera.face_quality import advice_of, problems_of
from devices.camera.face_watch import FaceObservation, FaceWatch

if TYPE_CHECKING:
    from devices.clock import Clock

BURST = 0.6  # s
BETWEEN = 0.01  # s, while the camera has no newer frame
MOST_FRAMES = 8
STILL_QUALITY = 92  # of JPEG

Shot = tuple[Frame, FaceObservation]


def take_burst(frame: Callable[[], Frame], clock: "Clock", seen: Callable[[Frame], None] | None = None) -> Still:
    """Each frame is handed to `seen` as it comes. Raises what `frame` raises."""
    watch = FaceWatch()
    shots: list[Shot] = []
    begun = clock.monotonic()
    while not shots or (clock.monotonic() - begun < BURST and len(shots) < MOST_FRAMES):
        picture = frame()
        if shots and picture is shots[-1][0]:
            clock.sleep(BETWEEN)
            continue
        if seen is not None:
            seen(picture)
        shots.append((picture, watch.look(picture, clock.monotonic(), thorough=not shots)))
    return still_of(*best_of(shots))


def best_of(shots: list[Shot]) -> Shot:
    """Without problems before with, eyes open before closed, straight before turned, then the sharpest."""
    eyes_known = any(face.eyes_open for _, seen in shots for face in seen.faces)

    def worth(shot: Shot) -> tuple[int, int, float, float]:
        seen = shot[1]
        turn = abs(seen.face.turn) if seen.face else 1.0
        softness = seen.softness if seen.softness is not None else 99.0
        return len(problems_of(seen)), len(advice_of(seen, eyes_known=eyes_known)), round(turn, 1), softness

    return min(shots, key=worth)


def still_of(picture: Frame, seen: FaceObservation) -> Still:
    jpeg = cv2.imencode(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, STILL_QUALITY))[1].tobytes()
    return Still(jpeg, picture.shape[1], picture.shape[0], problems_of(seen))
