"""What is wrong with a picture of a document: light, sheet, glare and sharpness of what is written on it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.contract import Frame
from devices.camera.document_lines import Floats
from devices.camera.quality import SOFTEST, light_problems, softness
from devices.camera.sheet import Sheet, find_sheet

FINE = 1400  # px; a sheet's longer side is looked at with so many at most
MARGIN = 0.93  # of the sheet; its own rim and what a finger holds tell nothing of the writing
INK = 4.0  # grey levels a pixel; an edge steeper than this is ink
BLOWN = 251  # grey level in all three channels: nothing of the paper is left
SPOT = 0.0012  # of the sheet; a smaller spot hides no character
AROUND = 0.035  # of the sheet's longer side; writing this near to a spot may go on beneath it
WRITTEN = 0.012  # of that ring is ink
SHADED = 60  # grey level of the paper itself below which it is too dark


@dataclass(frozen=True)
class Limits:
    """Live hints ask for a little more than the picture has to have, so that what they call good is good."""

    crispness: float  # see crispness(); a blur of 2.2 px at FINE has 1.5, a sharp picture 1.9 to 3.5
    longest: float  # px of the sheet's longer side
    spot: float  # of the sheet


LIVE = Limits(crispness=1.58, longest=420, spot=SPOT * 0.8)
TAKEN = Limits(crispness=1.5, longest=400, spot=SPOT)


def document_problems(frame: Frame, limits: Limits = TAKEN) -> tuple[tuple[str, ...], Sheet | None]:
    """tooDark, tooBright, noSheet, cutOff, tooSmall, glare, blurred; and, where one was found, the sheet."""
    light = light_problems(frame)
    sheet = find_sheet(frame)
    if sheet is None:
        return light or ("noSheet",), None
    if sheet.cut_off:
        return ("cutOff",), sheet
    grey, lowest, mask = _looked_at(frame, sheet)
    if float(np.percentile(grey[mask > 0], 80)) < SHADED:
        return ("tooDark",), sheet
    if _longest(sheet.corners) < limits.longest:
        return ("tooSmall",), sheet
    if _glares(grey, lowest, mask, limits.spot):
        return ("glare",), sheet
    return (("blurred",) if _is_blurred(grey, mask, limits.crispness) else ()), sheet


def _longest(corners: Floats) -> float:
    return float(np.hypot(*(np.roll(corners, -1, axis=0) - corners).T).max())


def _looked_at(frame: Frame, sheet: Sheet) -> tuple[Frame, Frame, Frame]:
    """The sheet's box in grey and the lowest of its channels, at FINE, and where in it the sheet is without its rim."""
    left, top = np.maximum(np.floor(sheet.corners.min(axis=0)), 0).astype(int)
    right, bottom = np.ceil(sheet.corners.max(axis=0)).astype(int) + 1
    box = frame[top:bottom, left:right]
    shrink = max(1.0, _longest(sheet.corners) / FINE)
    if shrink > 1:
        size = (round(box.shape[1] / shrink), round(box.shape[0] / shrink))
        box = np.asarray(cv2.resize(box, size, interpolation=cv2.INTER_AREA), np.uint8)
    corners = (sheet.corners - (left, top)) / shrink
    middle = corners.mean(axis=0)
    mask = np.zeros(box.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, (middle + (corners - middle) * MARGIN).round().astype(np.int32), 1)
    blue, green, red = cv2.split(box)
    lowest = np.minimum(np.minimum(blue, green), red)
    return np.asarray(cv2.cvtColor(box, cv2.COLOR_BGR2GRAY), np.uint8), np.asarray(lowest, np.uint8), mask


def _slope(grey: Frame, blur: float) -> Floats:
    even = cv2.GaussianBlur(grey, (0, 0), blur).astype(np.float32)
    across, down = cv2.Sobel(even, cv2.CV_32F, 1, 0), cv2.Sobel(even, cv2.CV_32F, 0, 1)
    return np.asarray(cv2.magnitude(across, down) / 8, np.float32)


def _is_blurred(grey: Frame, mask: Frame, least: float) -> bool:
    crisp = crispness(grey, mask)
    if crisp is not None:
        return crisp < least
    return softness(np.repeat(grey[..., None], 3, axis=2)) > SOFTEST  # nothing is written on it: its rim tells


def crispness(grey: Frame, mask: Frame) -> float | None:
    """How much the steepest edges lose when blurred once more: 3 where sharp, 1 where blurred already; None: no ink.

    A ratio, so that pale print and black print count the same.
    """
    fine, coarse = _slope(grey, 1.0), _slope(grey, 2.5)
    inside = fine[mask > 0]
    if not inside.size:
        return None
    ink = (mask > 0) & (fine >= float(np.percentile(inside, 98)))
    steep = float(fine[ink].mean())
    return None if steep < INK else steep / max(1e-6, float(coarse[ink].mean()))


def _glares(grey: Frame, lowest: Frame, mask: Frame, least: float) -> bool:
    """A spot of nothing but white beside writing, on paper that is not as white elsewhere."""
    area = float(mask.sum())
    even = cv2.GaussianBlur(lowest, (0, 0), 2.0)
    blown = ((even >= BLOWN) & (mask > 0)).astype(np.uint8)
    if float(blown.sum()) < least * area or float(blown.sum()) > 0.6 * area:
        return False
    side = max(3, round(AROUND * max(grey.shape))) | 1
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(blown)
    ink: NDArray[np.bool_] = (_slope(grey, 1.0) > INK) & (mask > 0)
    for label in range(1, count):
        if boxes[label][4] >= least * area:
            spot = (labels == label).astype(np.uint8)
            ring = cv2.dilate(spot, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * side + 1, 2 * side + 1)))
            near = (ring > 0) & (spot == 0) & (mask > 0)
            if near.any() and float(ink[near].mean()) > WRITTEN:
                return True
    return False
