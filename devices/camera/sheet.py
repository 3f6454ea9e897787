"""Finds the sheet on the desk and lays it flat."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.contract import Frame

SEARCH_WIDTH = 640  # px; outlines are looked for at this width
LEAST_SHARE = 0.12  # of the frame; smaller is no sheet laid under this camera
LEAST_FILL = 0.80  # of its own four-cornered outline: a sheet fills it, a hand does not
EDGE = 3  # px at SEARCH_WIDTH; closer to the frame's edge is cut off
LEAST_CONTRAST = 24  # grey levels between paper and desk


@dataclass(frozen=True)
class Sheet:
    """Corners in frame pixels, shape (4, 2): upper left, upper right, lower right, lower left."""

    corners: NDArray[np.float32]
    cut_off: bool


def _paper_mask(small: Frame) -> NDArray[np.uint8] | None:
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (0, 0), 2)
    _threshold, mask = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright, dark = grey[mask > 0], grey[mask == 0]
    if not bright.size or not dark.size or float(bright.mean()) - float(dark.mean()) < LEAST_CONTRAST:
        return None
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    return closed.astype(np.uint8)


def _four_corners(outline: NDArray[np.int32]) -> NDArray[np.float32]:
    """The outline's own corners where it has four, else those of the box around it; ordered as in Sheet."""
    hull = cv2.convexHull(outline)
    polygon = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, True), True).reshape(-1, 2)
    points = polygon if len(polygon) == 4 else cv2.boxPoints(cv2.minAreaRect(hull))
    points = np.asarray(points, np.float32)
    total, difference = points.sum(axis=1), points[:, 0] - points[:, 1]
    order = (total.argmin(), difference.argmax(), total.argmax(), difference.argmin())
    return np.asarray(points[list(order)], np.float32)


def find_sheet(frame: Frame) -> Sheet | None:
    """The largest bright four-cornered thing; none where nothing stands out or it is too small."""
    scale = SEARCH_WIDTH / frame.shape[1]
    small = cv2.resize(frame, (SEARCH_WIDTH, round(frame.shape[0] * scale)), interpolation=cv2.INTER_AREA)
    mask = _paper_mask(small.astype(np.uint8))
    if mask is None:
        return None
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    outline = max(outlines, key=cv2.contourArea)
    corners = _four_corners(outline.astype(np.int32))
    area = cv2.contourArea(outline)
    if area < LEAST_SHARE * mask.size or area < LEAST_FILL * cv2.contourArea(corners):
        return None
    left, top, width, height = cv2.boundingRect(outline)
    inside = min(left, top, mask.shape[1] - left - width, mask.shape[0] - top - height) > EDGE
    return Sheet((corners / scale).astype(np.float32), cut_off=not inside)


def lay_flat(frame: Frame, sheet: Sheet) -> Frame:
    """The sheet alone, seen from straight above, as large as its longer sides are in the frame."""
    upper_left, upper_right, lower_right, lower_left = sheet.corners
    width = round(max(np.linalg.norm(upper_right - upper_left), np.linalg.norm(lower_right - lower_left)))
    height = round(max(np.linalg.norm(lower_left - upper_left), np.linalg.norm(lower_right - upper_right)))
    flat = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float32)
    pull = cv2.getPerspectiveTransform(sheet.corners, flat)
    return cv2.warpPerspective(frame, pull, (width, height), flags=cv2.INTER_CUBIC).astype(np.uint8)
