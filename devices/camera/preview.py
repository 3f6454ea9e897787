"""The live picture as the screen shows it: small, and of the face camera only the part around the face's place."""

import cv2
import numpy as np

from devices.camera.contract import Frame

WIDTH = 640  # px of a document camera's whole picture
FACE_SIDE = 480  # px of the square in which the face stands


def small_picture(frame: Frame, purpose: str) -> Frame:
    """`face`: the middle square, at most FACE_SIDE a side; else the whole frame, WIDTH wide; widths in fours of px."""
    height, width = frame.shape[:2]
    if purpose == "face":
        side = min(height, width)
        top, left = (height - side) // 2, (width - side) // 2
        frame = frame[top : top + side, left : left + side]
        size = (min(side, FACE_SIDE) & ~3,) * 2
    else:
        wide = min(WIDTH, width) & ~3
        size = (wide, max(1, round(height * wide / width)))
    if size == (frame.shape[1], frame.shape[0]):
        return np.ascontiguousarray(frame)
    return np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_LINEAR), np.uint8)
