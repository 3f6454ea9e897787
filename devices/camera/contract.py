"""Camera (XFS4IoT): preview frames and stills. A frame is a BGR uint8 array of shape (height, width, 3)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from devices.device import Device

Frame = NDArray[np.uint8]


@dataclass(frozen=True)
class Still:
    """A picture taken for a purpose (`face` or `document`).

    `problems`: tooDark, tooBright, blurred; document: noSheet, cutOff, tooSmall, glare, moved;
    face: noFace, severalFaces, faceTooSmall.
    """

    jpeg: bytes
    width: int
    height: int
    problems: tuple[str, ...] = ()
    thumbnail: bytes = b""  # JPEG; document


@dataclass(frozen=True)
class FaceCheck:
    """Whether two pictures show one person, as far as a model can tell; `score` is the cosine of their features."""

    result: Literal["same", "different", "toBeCheckedByStaff"]
    score: float | None = None
    reason: str = ""

    @property
    def said(self) -> str:
        """For staff, in one line: `same 0.52`, `toBeCheckedByStaff: no face found in the picture`."""
        score = "" if self.score is None else f" {self.score:.2f}"
        return f"{self.result}{score}" + (f": {self.reason}" if self.reason else "")


class Challenge(Protocol):
    """Something a person before the camera is asked to do, `blink` or `turn`; called with live frames in turn."""

    @property
    def asked(self) -> str: ...
    def __call__(self, frame: Frame) -> bool:
        """Whether it was done by now."""
        ...


class Camera(Device, Protocol):
    @property
    def comparison(self) -> Callable[[Frame, Frame], FaceCheck] | None:
        """What compares a face with a card's portrait, from any thread; None where no models are configured."""
        ...

    def frame(self) -> Frame:
        """The newest frame. Raises DeviceLost, DeviceTimeout."""
        ...

    def take(self, purpose: str, seen: Callable[[Frame], None] | None = None) -> Still:
        """The best picture for a purpose; where that takes several, `seen` is handed each. As `frame` raises."""
        ...

    def challenge(self) -> Challenge | None:
        """Begun anew; None where nothing is asked before a picture of the face. A hint that a person is there, no
        proof."""
        ...

    def hints_for(self, purpose: str) -> Callable[[Frame], tuple[str, ...]]:
        """What to call with live frames, in turn and from one thread: codes of what should be changed, worst first."""
        ...
