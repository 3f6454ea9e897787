"""A camera's JPEG as a frame: measured before it is decoded, so that no header fills the memory."""

import cv2
import numpy as np

from devices.camera.contract import Frame
from devices.camera.jpeg_size import checked_size
from devices.device import DeviceError


def decoded(jpeg: bytes) -> Frame:
    """Raises DeviceError (`invalidMedia`) for what is no picture, or more pixels than any camera has."""
    checked_size(jpeg)
    try:
        frame = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        frame = None
    if frame is None:
        raise DeviceError("picture: it is damaged; take it again", code="invalidMedia")
    return np.asarray(frame, np.uint8)
