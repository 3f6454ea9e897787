"""Stills and live hints: what a picture is good for, and the picture as JPEG."""

import cv2
import numpy as np

from devices.camera.contract import Frame, Still
from devices.camera.quality import document_problems, face_problems
from devices.camera.sheet import lay_flat

STILL_QUALITY = 92
PREVIEW_QUALITY = 75
PURPOSES = ("document", "face")


def _jpeg(picture: Frame, quality: int) -> bytes:
    return cv2.imencode(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, quality))[1].tobytes()


def _check(purpose: str) -> None:
    if purpose not in PURPOSES:
        raise ValueError(f"no purpose {purpose!r}; known: {', '.join(PURPOSES)}")


def compose_still(frame: Frame, purpose: str) -> Still:
    """For `document` the sheet cut out and laid flat where a whole one was found, else the frame as it is."""
    _check(purpose)
    if purpose == "face":
        problems, picture = face_problems(frame), frame
    else:
        problems, sheet = document_problems(frame)
        picture = frame if sheet is None or sheet.cut_off else lay_flat(frame, sheet)
    return Still(_jpeg(picture, STILL_QUALITY), picture.shape[1], picture.shape[0], problems)


def hints(frame: Frame, purpose: str) -> tuple[str, ...]:
    """The problems a still of this frame would have; 10 ms (document) to 40 ms (face) of work for 1280×720."""
    _check(purpose)
    return face_problems(frame) if purpose == "face" else document_problems(frame)[0]


def preview_jpeg(frame: Frame, width: int = 640) -> bytes:
    """The frame, `width` pixels wide, for the screen."""
    height = max(1, round(frame.shape[0] * width / frame.shape[1]))
    small = cv2.resize(frame, (width, height), interpolation=cv2.INTER_AREA)
    return _jpeg(small.astype(np.uint8), PREVIEW_QUALITY)
