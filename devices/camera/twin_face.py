"""A face drawn from ellipses: nobody's, yet one that OpenCV's frontal cascade takes for a face."""

import cv2
import numpy as np

from devices.camera.contract import Frame

Colour = tuple[int, int, int]  # blue, green, red
WALL: Colour = (150, 140, 132)
HAIR: Colour = (40, 42, 48)
SKIN: Colour = (150, 180, 222)
LIGHT: Colour = (185, 212, 245)
SHADE: Colour = (92, 118, 160)
BROW: Colour = (45, 50, 60)
LIPS: Colour = (95, 95, 175)
SIZE = 360  # px; the square the shapes below are given in, from its middle


def _oval(picture: Frame, centre: tuple[int, int], half_axes: tuple[int, int], colour: Colour, tilt: int = 0) -> None:
    middle = (SIZE // 2 + centre[0], SIZE // 2 + centre[1])
    cv2.ellipse(picture, middle, half_axes, tilt, 0, 360, colour, -1, cv2.LINE_AA)


def _shading(picture: Frame) -> None:
    _oval(picture, (0, -55), (70, 35), LIGHT)
    _oval(picture, (0, 20), (13, 45), LIGHT)
    _oval(picture, (0, 62), (24, 8), SHADE)
    _oval(picture, (0, 122), (30, 9), SHADE)
    for side in (-1, 1):
        _oval(picture, (side * 52, 45), (32, 28), LIGHT)
        _oval(picture, (side * 44, -8), (34, 20), SHADE)
        _oval(picture, (side * 44, -32), (36, 7), BROW, side * -3)


def _features(picture: Frame) -> None:
    for side in (-1, 1):
        _oval(picture, (side * 44, -6), (23, 10), (225, 228, 232))
        _oval(picture, (side * 44, -6), (10, 10), HAIR)
        _oval(picture, (side * 44 + 3, -9), (3, 3), (250, 250, 250))
        _oval(picture, (side * 44, -34), (34, 6), BROW, side * -3)
        _oval(picture, (side * 10, 60), (5, 3), (70, 85, 120))
    _oval(picture, (0, 96), (38, 11), LIPS)


def draw_face(height: int) -> Frame:
    """A square picture, `height` pixels a side, of one face before the booth's wall; the face fills about 0.8 of it."""
    picture = np.full((SIZE, SIZE, 3), WALL, np.uint8)
    _oval(picture, (0, -10), (118, 160), HAIR)
    _oval(picture, (0, 18), (102, 140), SKIN)
    _shading(picture)
    picture = cv2.GaussianBlur(picture, (0, 0), 5).astype(np.uint8)
    _features(picture)
    return cv2.resize(picture, (height, height), interpolation=cv2.INTER_AREA).astype(np.uint8)
