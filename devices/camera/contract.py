"""Camera (XFS4IoT): preview frames and stills. A frame is a BGR uint8 array of shape (height, width, 3)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

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


class Camera(Device, Protocol):
    def frame(self) -> Frame:
        """The newest frame. Raises DeviceLost, DeviceTimeout."""
        ...

    def take(self, purpose: str, seen: Callable[[Frame], None] | None = None) -> Still:
        """The best picture for a purpose; where that takes several, `seen` is handed each. As `frame` raises."""
        ...

    def hints_for(self, purpose: str) -> Callable[[Frame], tuple[str, ...]]:
        """What to call with live frames, in turn and from one thread: codes of what should be changed, worst first."""
        ...
