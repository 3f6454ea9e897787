"""Stills and live hints: what a picture is good for, and the picture as JPEG."""

import cv2
import numpy as np

from devices.camera.contract import Frame, Still
from devices.camera.document_quality import LIVE, document_problems
from devices.camera.document_still import document_still
from devices.camera.face_quality import face_problems

STILL_QUALITY = 92
PREVIEW_QUALITY = 75
PURPOSES = ("document", "face")


def _jpeg(picture: Frame, quality: int) -> bytes:
    return cv2.imencode(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, quality))[1].tobytes()


def _check(purpose: str) -> None:
    if purpose not in PURPOSES:
        raise ValueError(f"no purpose {purpose!r}; known: {', '.join(PURPOSES)}")


def compose_still(frame: Frame, purpose: str) -> Still:
    """For `document` the page laid flat and cleaned where a whole sheet was found, else the frame as it is."""
    _check(purpose)
    if purpose == "document":
        return document_still(frame)
    return Still(_jpeg(frame, STILL_QUALITY), frame.shape[1], frame.shape[0], face_problems(frame))


def hints(frame: Frame, purpose: str) -> tuple[str, ...]:
    """The problems a still of this frame would have; about 40 ms of work for 1280×720."""
    _check(purpose)
    return face_problems(frame) if purpose == "face" else document_problems(frame, LIVE)[0]


def preview_jpeg(frame: Frame, width: int = 640) -> bytes:
    """The frame, `width` pixels wide, for the screen."""
    height = max(1, round(frame.shape[0] * width / frame.shape[1]))
    small = cv2.resize(frame, (width, height), interpolation=cv2.INTER_AREA)
    return _jpeg(small.astype(np.uint8), PREVIEW_QUALITY)
