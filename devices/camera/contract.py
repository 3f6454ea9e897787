"""Camera (XFS4IoT): preview frames and stills. A frame is a BGR uint8 array of shape (height, width, 3)."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from devices.device import Device

Frame = NDArray[np.uint8]


@dataclass(frozen=True)
class Still:
    """A picture taken for a purpose (`face` or `document`).

    `problems`: tooDark, tooBright, blurred; document: noSheet, cutOff; face: noFace, severalFaces, faceTooSmall.
    """

    jpeg: bytes
    width: int
    height: int
    problems: tuple[str, ...] = ()


class Camera(Device, Protocol):
    def frame(self) -> Frame:
        """The newest frame. Raises DeviceLost, DeviceTimeout."""
        ...

    def take(self, purpose: str) -> Still: ...
