"""Finds faces, from the front and the side, and whether their eyes are open: by the cascades that OpenCV 4 ships."""

import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.contract import Frame

QUICK_WIDTH = 320  # px; live frames are searched at this width
THOROUGH_WIDTH = 480  # px; stills
LEAST_FACE = 0.075  # of the width searched
NEIGHBOURS = 6  # hits of the cascade that must agree on a face
NEAR_FACE = 60  # px; a face is looked for again, near where it was, at this size
EYES_WIDTH = 100  # px of a face's width, eyes are looked for at

Box = tuple[int, int, int, int]  # left, top, width, height in frame pixels
Grey = NDArray[np.uint8]


@dataclass(frozen=True)
class FoundFace:
    """`turn`: -1 to 1, towards the frame's left or right, 0 straight. `eyes_open`: None where it cannot be told."""

    box: Box
    turn: float = 0.0
    eyes_open: bool | None = None


@cache
def _cascade(name: str) -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / f"haarcascade_{name}.xml"))


_taking_turns = threading.Lock()  # the classifiers keep state


def _hits(name: str, grey: Grey, step: float, least: int, most: int = 0, agree: int = NEIGHBOURS) -> list[Box]:
    with _taking_turns:
        found = _cascade(name).detectMultiScale(grey, step, agree, minSize=(least, least), maxSize=(most, most))
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h in found]


def _grey(picture: Frame, size: tuple[int, int]) -> Grey:
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if size[0] < picture.shape[1] else cv2.INTER_LINEAR)
    return np.asarray(cv2.equalizeHist(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)), np.uint8)


def _around(box: Box, frame: Frame, more: float) -> Box:
    """The box grown by `more` of its size on every side, within the frame."""
    left, top, width, height = box
    from_x, from_y = max(0, round(left - more * width)), max(0, round(top - more * height))
    to_x = min(frame.shape[1], round(left + width * (1 + more)))
    to_y = min(frame.shape[0], round(top + height * (1 + more)))
    return from_x, from_y, to_x - from_x, to_y - from_y


def _part(frame: Frame, box: Box) -> Frame:
    left, top, width, height = box
    return frame[top : top + height, left : left + width]


class CascadeFinder:
    """Frontal faces, whether both eyes are seen open, and in profile a face that has turned far away."""

    def find(self, frame: Frame, near: Box | None = None, *, thorough: bool = False) -> tuple[FoundFace, ...]:
        """Largest first; with `near` only there."""
        boxes = self._near(frame, near) if near is not None else self._anywhere(frame, thorough)
        faces = [FoundFace(box, 0.0, self._eyes_open(frame, box)) for box in boxes]
        if not faces and near is not None:
            faces = self._turned(frame, near)
        return tuple(sorted(faces, key=lambda face: face.box[2] * face.box[3], reverse=True))

    def _anywhere(self, frame: Frame, thorough: bool) -> list[Box]:
        width = THOROUGH_WIDTH if thorough else QUICK_WIDTH
        scale = width / frame.shape[1]
        grey = _grey(frame, (width, round(frame.shape[0] * scale)))
        step = 1.1 if thorough else 1.15
        hits = _hits("frontalface_alt2", grey, step, round(LEAST_FACE * width))
        return [(round(x / scale), round(y / scale), round(w / scale), round(h / scale)) for x, y, w, h in hits]

    def _near(self, frame: Frame, near: Box) -> list[Box]:
        return self._hits_near("frontalface_alt2", frame, near, mirrored=False)

    def _turned(self, frame: Frame, near: Box) -> list[FoundFace]:
        """The profile cascade knows faces that look to the picture's left; mirrored it finds the others."""
        for mirrored in (False, True):
            boxes = self._hits_near("profileface", frame, near, mirrored=mirrored)
            if boxes:
                return [FoundFace(boxes[0], 1.0 if mirrored else -1.0)]
        return []

    def _hits_near(self, name: str, frame: Frame, near: Box, *, mirrored: bool) -> list[Box]:
        region = _around(near, frame, 0.5)
        scale = NEAR_FACE / near[3]
        grey = _grey(_part(frame, region), (max(1, round(region[2] * scale)), max(1, round(region[3] * scale))))
        if mirrored:
            grey = np.ascontiguousarray(grey[:, ::-1])
        boxes = []
        for x, y, width, height in _hits(name, grey, 1.1, round(NEAR_FACE * 0.65), round(NEAR_FACE * 1.5), 4):
            left = grey.shape[1] - x - width if mirrored else x
            place = (region[0] + round(left / scale), region[1] + round(y / scale))
            boxes.append((*place, round(width / scale), round(height / scale)))
        return boxes

    def _eyes_open(self, frame: Frame, box: Box) -> bool:
        """This cascade sees an open eye, with and without glasses, and passes over a closed one."""
        left, top, width, height = box
        upper = _part(frame, (left, top + height // 8, width, height // 2))
        if upper.size == 0:
            return False
        grey = _grey(upper, (EYES_WIDTH, EYES_WIDTH // 2))
        least, most = round(EYES_WIDTH * 0.12), round(EYES_WIDTH * 0.4)
        eyes = _hits("eye_tree_eyeglasses", grey, 1.15, least, most, 3)
        sides = {x + w // 2 < grey.shape[1] // 2 for x, _, w, _ in eyes}
        return len(sides) == 2
