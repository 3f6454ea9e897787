"""Follows the face before the camera from frame to frame, and says of each frame what can be seen of it."""

from dataclasses import dataclass

import numpy as np

from devices.camera.contract import Frame
from devices.camera.faces import Box, CascadeFinder, FoundFace
from devices.camera.quality import softness

ALL_AROUND = 4  # looks; so often the whole frame is searched, for a second person too
PATIENCE = 3  # looks without it, after which a face is no longer looked for where it was
FACE_PATCH = 224  # px; of the face's middle the sharpness is taken
STEP = 8  # px between the pixels whose light is taken


@dataclass(frozen=True)
class FaceObservation:
    """One frame: `moment` in s, `size` and boxes in px, light as mean grey 0 to 255, `softness` see quality.py."""

    moment: float
    size: tuple[int, int]  # width, height
    faces: tuple[FoundFace, ...]
    light: float
    face_light: float | None = None
    softness: float | None = None

    @property
    def face(self) -> FoundFace | None:
        return self.faces[0] if len(self.faces) == 1 else None


class FaceWatch:
    """For one thread at a time."""

    def __init__(self) -> None:
        self._finder = CascadeFinder()
        self._near: Box | None = None
        self._looks = 0
        self._missed = 0

    def look(self, frame: Frame, moment: float, *, thorough: bool = False) -> FaceObservation:
        """A few milliseconds while one face is followed, some twenty when the whole frame is searched."""
        faces = self._found(frame, thorough)
        self._follow(faces)
        size = (frame.shape[1], frame.shape[0])
        light = float(frame[::STEP, ::STEP].mean())
        if not faces:
            return FaceObservation(moment, size, faces, light)
        left, top, width, height = faces[0].box
        top, left = max(0, top), max(0, left)
        face = frame[top : top + height, left : left + width]
        return FaceObservation(moment, size, faces, light, _light(face), softness(_middle(face)))

    def _follow(self, faces: tuple[FoundFace, ...]) -> None:
        """A face that turned is looked for where it was seen from the front: in profile its box jumps."""
        self._missed = 0 if faces else self._missed + 1
        if len(faces) == 1 and not faces[0].turn:
            self._near = faces[0].box
        elif len(faces) > 1 or self._missed > PATIENCE:
            self._near = None

    def _found(self, frame: Frame, thorough: bool) -> tuple[FoundFace, ...]:
        self._looks += 1
        near = self._near
        if near is not None and (self._looks % ALL_AROUND or thorough):
            faces = self._finder.find(frame, near)
            if faces:
                return faces
        faces = self._finder.find(frame, None, thorough=thorough)
        return faces if faces or near is None else self._finder.find(frame, near)


def _light(face: Frame) -> float:
    height, width = face.shape[:2]
    return float(face[height // 4 : height - height // 8 : STEP, width // 5 : width - width // 5 : STEP].mean())


def _middle(face: Frame) -> Frame:
    height, width = face.shape[:2]
    top, left = max(0, (height - FACE_PATCH) // 2), max(0, (width - FACE_PATCH) // 2)
    return np.ascontiguousarray(face[top : top + FACE_PATCH, left : left + FACE_PATCH])
