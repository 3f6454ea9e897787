"""Finds faces that look at the camera, with the Haar cascade that OpenCV 4 ships."""

from functools import cache
from pathlib import Path

import cv2

from devices.camera.contract import Frame

SEARCH_WIDTH = 480  # px; faces are looked for at this width
LEAST_FACE = 36  # px at SEARCH_WIDTH
NEIGHBOURS = 6  # hits that must agree on a face

Box = tuple[int, int, int, int]  # left, top, width, height in frame pixels


@cache
def _cascade() -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / "haarcascade_frontalface_alt2.xml"))


def find_faces(frame: Frame) -> tuple[Box, ...]:
    """Largest first. The classifier keeps state: callers on several threads must take turns."""
    scale = SEARCH_WIDTH / frame.shape[1]
    small = cv2.resize(frame, (SEARCH_WIDTH, round(frame.shape[0] * scale)), interpolation=cv2.INTER_AREA)
    grey = cv2.equalizeHist(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY))
    found = _cascade().detectMultiScale(grey, 1.1, NEIGHBOURS, minSize=(LEAST_FACE, LEAST_FACE))
    boxes = [(round(x / scale), round(y / scale), round(w / scale), round(h / scale)) for x, y, w, h in found]
    return tuple(sorted(boxes, key=lambda box: box[2] * box[3], reverse=True))
