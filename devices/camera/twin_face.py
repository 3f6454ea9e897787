"""A face drawn from ellipses: nobody's, yet one that OpenCV's cascades take for a face, from the front and the side."""

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


def _eye(picture: Frame, middle: int, *, closed: bool) -> None:
    if closed:
        _oval(picture, (middle, -4), (23, 9), SKIN)
        _oval(picture, (middle, 2), (21, 2), SHADE)
        return
    _oval(picture, (middle, -6), (23, 10), (225, 228, 232))
    _oval(picture, (middle, -6), (10, 10), HAIR)
    _oval(picture, (middle + 3, -9), (3, 3), (250, 250, 250))


def _features(picture: Frame, *, eyes_closed: bool) -> None:
    for side in (-1, 1):
        _eye(picture, side * 44, closed=eyes_closed)
        _oval(picture, (side * 44, -34), (34, 6), BROW, side * -3)
        _oval(picture, (side * 10, 60), (5, 3), (70, 85, 120))
    _oval(picture, (0, 96), (38, 11), LIPS)


def draw_face(height: int, *, eyes_closed: bool = False) -> Frame:
    """A square picture, `height` pixels a side, of one face before the booth's wall; the face fills about 0.8 of it."""
    picture = np.full((SIZE, SIZE, 3), WALL, np.uint8)
    _oval(picture, (0, -10), (118, 160), HAIR)
    _oval(picture, (0, 18), (102, 140), SKIN)
    _shading(picture)
    picture = cv2.GaussianBlur(picture, (0, 0), 5).astype(np.uint8)
    _features(picture, eyes_closed=eyes_closed)
    return cv2.resize(picture, (height, height), interpolation=cv2.INTER_AREA).astype(np.uint8)


def _shape(picture: Frame, points: tuple[tuple[int, int], ...], colour: Colour) -> None:
    """Of points in the square's own pixels."""
    cv2.fillPoly(picture, [np.array(points, np.int32)], colour, cv2.LINE_AA)


def draw_profile(height: int) -> Frame:
    """The same square with the face seen from its left side, looking to the picture's left."""
    picture = np.full((SIZE, SIZE, 3), WALL, np.uint8)
    _oval(picture, (8, -55), (110, 108), HAIR)
    front = ((96, 90), (96, 151), (78, 189), (100, 209), (90, 218), (104, 236), (96, 250), (96, 284))
    _shape(picture, (*front, (174, 296), (250, 270), (240, 360), (300, 360), (290, 200), (230, 130), (200, 70)), SKIN)
    crown = ((101, 85), (120, 40), (220, 30), (300, 100), (300, 220), (250, 230), (235, 150), (190, 110), (140, 85))
    _shape(picture, crown, HAIR)
    _oval(picture, (-31, 38), (31, 31), LIGHT)
    _oval(picture, (-48, -28), (30, 17), SHADE)
    _oval(picture, (35, 9), (21, 17), SHADE)
    picture = cv2.GaussianBlur(picture, (0, 0), 3).astype(np.uint8)
    _oval(picture, (-54, -30), (7, 15), (225, 228, 232))
    _oval(picture, (-59, -30), (14, 14), HAIR)
    _oval(picture, (-55, -48), (30, 1), BROW)
    cv2.line(picture, (104, 236), (129, 239), LIPS, 4, cv2.LINE_AA)
    return cv2.resize(picture, (height, height), interpolation=cv2.INTER_AREA).astype(np.uint8)
