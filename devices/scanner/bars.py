"""Finds the bars of a linear code at any angle, turns them upright and averages them along their length.

Bars are where all slopes point one way: print, QR codes and tables have slopes in two directions, noise in all. The
structure tensor tells both how strongly and which way (Bigün and Granlund, Optimal Orientation Detection, 1987).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.scanner.variants import Grey, sharpened

SEARCH_WIDTH = 640  # px; bars are looked for at this width
WINDOW = 25  # px at SEARCH_WIDTH over which slopes are compared
GRAIN = 50.0  # slope energy that a sensor's noise has
EDGE = 0.25  # of the strongest place; what is less belongs to something else
WEAKEST = 300.0  # energy in one direction below which there are no bars
ENLARGED = 2.0
MARGIN = 60  # px; decoders want a quiet zone
LEAST_HEIGHT = 40.0  # px
KEPT_HEIGHT = 0.8  # of the bars' height: the ends are frayed by the window


@dataclass(frozen=True)
class Bars:
    """Middle in px of the frame; `angle` in degrees, across the bars; `length` across them, `height` along."""

    middle: tuple[float, float]
    angle: float
    length: float
    height: float


def find_bars(grey: Grey) -> Bars | None:
    """The strongest place in the frame; about 5 ms for 1280×720."""
    scale = SEARCH_WIDTH / grey.shape[1]
    size = (SEARCH_WIDTH, max(1, round(grey.shape[0] * scale)))
    small = cv2.GaussianBlur(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), (0, 0), 0.8)
    across, down = cv2.Sobel(small, cv2.CV_32F, 1, 0), cv2.Sobel(small, cv2.CV_32F, 0, 1)
    window = (WINDOW, WINDOW)
    squares, product = across * across, across * down
    downs = down * down
    even, odd = cv2.blur(squares - downs, window), cv2.blur(2 * product, window)
    one_way = even * even + odd * odd
    strength = one_way / (cv2.blur(squares + downs, window) + GRAIN)
    _, strongest, _, (x, y) = cv2.minMaxLoc(strength)
    if strongest < WEAKEST:
        return None
    angle = float(0.5 * np.arctan2(odd[y, x], even[y, x]))
    _, labels = cv2.connectedComponents((strength > EDGE * strongest).astype(np.uint8))
    return _measured(np.argwhere(labels == labels[y, x])[:, ::-1].astype(np.float32), angle, scale)


def _measured(places: NDArray[np.float32], angle: float, scale: float) -> Bars:
    along = np.array((np.cos(angle), np.sin(angle)), np.float32)
    beside = np.array((-along[1], along[0]), np.float32)
    reach, width = places @ along, places @ beside
    middle = (along * (reach.min() + reach.max()) + beside * (width.min() + width.max())) / 2 / scale
    length, height = (float(side.max() - side.min()) / scale for side in (reach, width))
    return Bars((float(middle[0]), float(middle[1])), float(np.degrees(angle)), length, height)


def upright(grey: Grey, bars: Bars) -> Grey:
    """Cut out of the frame, bars standing, enlarged, with a margin left and right."""
    width = bars.length + 2 * MARGIN
    height = max(LEAST_HEIGHT, bars.height * KEPT_HEIGHT)
    size = (max(8, round(width * ENLARGED)), max(8, round(height * ENLARGED)))
    turn = cv2.getRotationMatrix2D(bars.middle, bars.angle, ENLARGED)
    turn[:, 2] += np.array((size[0] / 2 - bars.middle[0], size[1] / 2 - bars.middle[1]))
    cut = cv2.warpAffine(grey, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.uint8)


def bands(standing: Grey) -> Iterator[Grey]:
    """The bars' upper and lower half, then the whole, each averaged over 15 rows and sharpened: halves have no pixel
    in common, so that what both say is said by two witnesses.
    """
    half = standing.shape[0] // 2
    for band in (standing[:half], standing[half:], standing):
        yield sharpened(np.asarray(cv2.blur(np.ascontiguousarray(band), (1, 15)), np.uint8), 3, 3)
