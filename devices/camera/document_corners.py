"""Corners to a fraction of a pixel: every side is fitted anew to the steepest places of the full-size picture."""

import cv2
import numpy as np

from devices.camera.contract import Frame
from devices.camera.document_lines import Floats

SAMPLES = 96  # places along a side
ROUNDS = 6  # of the robust fit
REACH = 4.5  # px at the search width, both ways


def refine(frame: Frame, corners: Floats, scale: float) -> Floats:
    """`corners` clockwise in pixels of `frame`; `scale` is its width over the search width."""
    refined = corners.astype(np.float32)
    for reach in (REACH * max(1.0, scale), max(4.0, 1.5 * scale)):
        sides = [_side(frame, refined[k], refined[(k + 1) % 4], reach) for k in range(4)]
        moved = np.array([_meeting(sides[k - 1], sides[k]) for k in range(4)], np.float32)
        far = np.abs(moved - refined).max()
        if not np.isfinite(far) or far > 4 * reach:
            return refined
        refined = moved
    return refined


def _side(frame: Frame, start: Floats, end: Floats, reach: float) -> tuple[float, float, float]:
    """a, b, c of a*x + b*y = c along the edge nearest to the line from `start` to `end`."""
    step = end - start
    length = max(1e-6, float(np.hypot(*step)))
    inward = np.array((-step[1], step[0]), np.float32) / length
    fine = 0.5 if reach < 12 else 1.0  # px between two looks
    offsets = np.arange(-reach, reach + fine, fine, dtype=np.float32)
    places = np.linspace(0.04, 0.96, SAMPLES, dtype=np.float32)
    base = start + step * places[:, None]
    looked = base[:, None] + inward * offsets[:, None]
    profile = cv2.remap(
        frame, looked[..., 0].astype(np.float32), looked[..., 1].astype(np.float32), cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.float32)  # fmt: skip
    smooth = cv2.GaussianBlur(profile, (0, 0), sigmaX=1.0 / fine, sigmaY=1.2)
    slope = np.gradient(smooth, axis=1)
    way = np.median(slope.reshape(-1, 3)[np.argsort(-np.abs(slope).sum(axis=2), axis=None)[: SAMPLES * 2]], axis=0)
    steep = slope @ (way / max(1e-6, float(np.linalg.norm(way)))).astype(np.float32)
    peak = steep.argmax(axis=1).clip(1, len(offsets) - 2)
    rows = np.arange(SAMPLES)
    left, top, right = steep[rows, peak - 1], steep[rows, peak], steep[rows, peak + 1]
    bow = left - 2 * top + right
    shift = np.where(np.abs(bow) > 1e-6, 0.5 * (left - right) / np.where(np.abs(bow) > 1e-6, bow, 1), 0).clip(-1, 1)
    at = offsets[peak] + shift * fine
    slant, height = _robust(places, at, np.maximum(top, 0))
    first, last = start + inward * height, end + inward * (height + slant)
    direction = (last - first) / max(1e-6, float(np.hypot(*(last - first))))
    normal = (-float(direction[1]), float(direction[0]))
    return normal[0], normal[1], normal[0] * float(first[0]) + normal[1] * float(first[1])


def _robust(places: Floats, at: Floats, weight: Floats) -> tuple[float, float]:
    """Slope and height of the line through `at`, by reweighted least squares: a finger's edge is left out."""
    height, slant = float(np.median(at)), 0.0
    spread = max(0.6, 1.5 * float(np.median(np.abs(at - height))))
    for _ in range(ROUNDS):
        off = (at - height - slant * places) / spread
        use = weight * np.where(np.abs(off) < 2.5, (1 - (off / 2.5) ** 2) ** 2, 0)
        total = float(use.sum())
        if total <= 1e-6:
            break
        mean_place, mean_at = float((use * places).sum()) / total, float((use * at).sum()) / total
        away = places - mean_place
        turning = float((use * away * away).sum())
        slant = float((use * away * (at - mean_at)).sum()) / turning if turning > 1e-9 else 0.0
        height = mean_at - slant * mean_place
        spread = max(0.4, 0.7 * spread)
    return slant, height


def _meeting(a: tuple[float, float, float], b: tuple[float, float, float]) -> tuple[float, float]:
    det = a[0] * b[1] - a[1] * b[0]
    if abs(det) < 1e-9:
        return float("nan"), float("nan")
    return (a[2] * b[1] - b[2] * a[1]) / det, (a[0] * b[2] - b[0] * a[2]) / det
