"""Finds the sheet on the desk and lays it flat."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.contract import Frame
from devices.camera.document_corners import refine
from devices.camera.document_outline import SEARCH_WIDTH, find_outline
from devices.camera.document_shape import Shape, shape_of

EDGE = 2.0  # px at SEARCH_WIDTH; closer to the frame's edge is cut off


@dataclass(frozen=True)
class Sheet:
    """Corners in frame pixels, shape (4, 2): upper left, upper right, lower right, lower left."""

    corners: NDArray[np.float32]
    cut_off: bool


def find_sheet(frame: Frame) -> Sheet | None:
    """The sheet with its corners to a fraction of a pixel; none where nothing four-cornered stands out."""
    height, width = frame.shape[:2]
    scale = width / SEARCH_WIDTH
    size = (SEARCH_WIDTH, max(1, round(height / scale)))
    outline = find_outline(np.asarray(cv2.resize(_halved(frame), size, interpolation=cv2.INTER_AREA), np.uint8))
    if outline is None:
        return None
    coarse = ((outline.corners + 0.5) * scale - 0.5).astype(np.float32)  # of pixels' middles, as OpenCV counts
    if outline.open_sides:
        return Sheet(coarse, cut_off=True)
    corners = refine(frame, coarse, scale)
    room = min(float(corners.min()), width - 1 - float(corners[:, 0].max()), height - 1 - float(corners[:, 1].max()))
    return Sheet(corners, cut_off=room < EDGE * scale)


def _halved(frame: Frame) -> Frame:
    """Where the search needs less than half of it: to halve first and then to any size takes half as long."""
    height, width = frame.shape[:2]
    if width < 4 * SEARCH_WIDTH or width % 2 or height % 2:
        return frame
    return np.asarray(cv2.resize(frame, (width // 2, height // 2), interpolation=cv2.INTER_AREA), np.uint8)


def lay_flat(frame: Frame, sheet: Sheet) -> tuple[Frame, Shape]:
    """The sheet alone, seen from straight above, in its true proportions."""
    shape = shape_of(sheet.corners, frame.shape[1], frame.shape[0])
    width, height = shape.pixels
    right, under = width - 0.5, height - 0.5
    flat = np.array(((-0.5, -0.5), (right, -0.5), (right, under), (-0.5, under)), np.float32)
    pull = cv2.getPerspectiveTransform(sheet.corners.astype(np.float32), flat)
    page = cv2.warpPerspective(
        _as_fine(frame, sheet, shape), pull, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(page, np.uint8), shape


def _as_fine(frame: Frame, sheet: Sheet, shape: Shape) -> Frame:
    """Softened first where the page will be coarser than the picture, so that fine print does not break up."""
    sides = np.hypot(*(np.roll(sheet.corners, -1, axis=0) - sheet.corners).T)
    shrink = float(max(sides)) / max(shape.pixels)
    if shrink < 1.3:
        return frame
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), 0.35 * shrink), np.uint8)
