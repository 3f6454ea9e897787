"""Which four-cornered outline in a small picture is a sheet: all along it one colour lies within, another without."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.contract import Frame
from devices.camera.document_lines import (
    Floats,
    Lines,
    clockwise,
    line_through,
    long_segments_of,
    merged,
    outlines_from,
    segments_of,
)

SEARCH_WIDTH = 640  # px
FLOOR = 20.0  # grey levels added before the logarithm, so that a dark desk's grain does not count
STEPS = (-8.0, -3.0, 3.0, 8.0)  # px across a side where the colours are looked at, outside to inside
SAMPLES = 24  # places along a side
MOST_SEGMENTS = 140
LEAST_STEPPING = 0.4  # of a segment's samples, else it is a stroke or a grain and no sheet's side
STRONG = 0.4  # of the logarithm; a stronger step says no more
LEAST_STEP = 0.016  # of the logarithm: 1.6 % lighter or darker
LEAST_SIDE = 0.45  # of a side may be hidden by a hand or a shadow's edge
LEAST_ALL = 0.80  # of the samples of all four sides
LEAST_SHARE = 0.022  # of the picture; an ID card under a camera for A4 covers some 4 %
LEAST_CUT = 0.9  # the same where one side lies outside the picture
LEAST_DARK = 0.15  # of the picture; a smaller thing darker than what is around it is a photograph, not a sheet


@dataclass(frozen=True)
class Outline:
    """Corners in pixels of the small picture, clockwise; `open_sides` lie on the picture's rim."""

    corners: Floats
    open_sides: int
    score: float


def logarithmic(picture: Frame) -> Floats:
    """A shadow only adds the same everywhere: edges of the paper stay what they are."""
    return np.asarray(np.log(picture.astype(np.float32) + FLOOR), np.float32)


def find_outline(small: Frame) -> Outline | None:
    """The best, or none; `small` is SEARCH_WIDTH wide."""
    tones = logarithmic(np.asarray(cv2.GaussianBlur(small, (0, 0), 0.8), np.uint8))
    light, tint = tones.mean(axis=2), tones[..., 2] - tones[..., 0]
    found = [segments_of(_raised(np.asarray(plane, np.float32))) for plane in (light, tint)]
    segments = np.concatenate((*found, long_segments_of(_flat(np.asarray(light, np.float32)))))
    if not len(segments):
        return None
    even = np.asarray(cv2.blur(tones, (5, 5)), np.float32)
    return _best(_stepping(segments, even), even)


def _raised(plane: Floats) -> NDArray[np.uint8]:
    """Weak edges made strong: local differences, four times."""
    level = cv2.blur(plane, (61, 61))
    return np.asarray(np.clip((plane - level) * 400 + 128, 0, 255), np.uint8)


def _flat(plane: Floats) -> NDArray[np.uint8]:
    """The logarithm as grey levels."""
    return np.asarray(np.clip((plane - np.log(FLOOR)) * 96, 0, 255), np.uint8)


def _stepping(segments: Floats, even: Floats) -> Lines:
    """The lines with most of a step from one colour to another along them."""
    directions = segments[:, 2:] - segments[:, :2]
    lengths = np.hypot(directions[:, 0], directions[:, 1])
    across = np.stack((-directions[:, 1], directions[:, 0]), axis=1) / lengths[:, None]
    good, typical = _steps(segments[:, :2], segments[:, 2:], across, even)
    inverse, _ = _steps(segments[:, :2], segments[:, 2:], -across, even)
    share = np.maximum(good.mean(axis=1), inverse.mean(axis=1))
    speaks = lengths * share * np.minimum(np.linalg.norm(typical, axis=1), STRONG) ** 0.5
    order = np.argsort(-np.where(share > LEAST_STEPPING, speaks, 0))[:MOST_SEGMENTS]
    order = order[share[order] > LEAST_STEPPING]
    edges = merged(segments[order], order)
    normals = np.array([line_through(segments[edge]) for edge in edges], np.float32).reshape(-1, 3)
    owner, every = np.repeat(np.arange(len(edges)), [len(edge) for edge in edges]), np.concatenate([*edges, order[:0]])
    turned = np.sign((across[every] * normals[owner, :2]).sum(axis=1))
    weight = lengths[every] / np.maximum(1e-6, np.bincount(owner, lengths[every])[owner])
    rises = _summed(owner, typical[every] * (turned * weight)[:, None], len(edges))
    middles = _summed(owner, (segments[every, :2] + segments[every, 2:]) / 2 * weight[:, None], len(edges))
    held = np.bincount(owner, speaks[every], minlength=len(edges))
    return Lines(normals, middles, rises).best(np.asarray(held, np.float32))


def _summed(owner: NDArray[np.int64], values: Floats, count: int) -> Floats:
    total = np.zeros((count, values.shape[1]), np.float32)
    np.add.at(total, owner, values.astype(np.float32))
    return total


def _best(lines: Lines, even: Floats) -> Outline | None:
    height, width = even.shape[:2]
    corners, sides = outlines_from(lines.with_rim(width, height), width, height)
    areas, open_sides = _areas(corners), (sides >= len(lines)).sum(axis=1)
    kept = (areas > LEAST_SHARE * width * height) & (areas < 0.97 * width * height) & (open_sides <= 1)
    corners, areas, open_sides = corners[kept], areas[kept], open_sides[kept]
    if not len(corners):
        return None
    support, lighter = _support(corners, even)
    ranked = np.sort(support, axis=1)
    cut = open_sides > 0
    weakest = np.where(cut, ranked[:, 1], ranked[:, 0])
    mean = np.where(cut, ranked[:, 1:].mean(axis=1), ranked.mean(axis=1))
    passes = (weakest > LEAST_SIDE) & (mean > np.where(cut, LEAST_CUT, LEAST_ALL))
    passes &= lighter | (areas > LEAST_DARK * width * height)
    if not passes.any():
        return None
    scores = np.where(passes, np.sqrt(areas) * mean**3 * np.where(cut, 0.7, 1.0) * np.where(lighter, 1.0, 0.6), 0)
    best = int(np.argmax(scores))
    return Outline(clockwise(corners[best]), int(open_sides[best]), float(scores[best]))


def _areas(corners: Floats) -> Floats:
    following = np.roll(corners, -1, axis=1)
    twice = (corners[..., 0] * following[..., 1] - corners[..., 1] * following[..., 0]).sum(axis=1)
    return np.asarray(np.abs(twice) / 2, np.float32)


def _support(corners: Floats, even: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """The share of each side, (n, 4), where the picture steps to the paper's colour; whether that is the lighter."""
    ends = np.roll(corners, -1, axis=1)
    along = ends - corners
    along = along / np.maximum(1e-6, np.hypot(along[..., 0], along[..., 1]))[..., None]
    inward = np.stack((-along[..., 1], along[..., 0]), axis=-1)
    good, typical = _steps(corners.reshape(-1, 2), ends.reshape(-1, 2), inward.reshape(-1, 2), even)
    good, typical = good.reshape(-1, 4, SAMPLES), typical.reshape(len(corners), 4, -1)
    whole = np.median(typical, axis=1)
    sizes = np.linalg.norm(typical, axis=-1) * np.linalg.norm(whole, axis=-1)[:, None]
    same_way = np.einsum("nkc,nc->nk", typical, whole) > 0.5 * sizes
    return np.asarray(good.mean(axis=2) * same_way, np.float32), np.asarray(whole.mean(axis=1) > 0, np.bool_)


def _steps(starts: Floats, ends: Floats, normals: Floats, even: Floats) -> tuple[NDArray[np.bool_], Floats]:
    """At SAMPLES places of each stretch, (n, SAMPLES): whether the picture steps there; and the step typical of it."""
    height, width = even.shape[:2]
    places = np.linspace(0.05, 0.95, SAMPLES, dtype=np.float32)
    points = starts[:, None] + (ends - starts)[:, None] * places[:, None]
    looked = points[..., None, :] + normals[:, None, None] * np.array(STEPS, np.float32)[:, None]
    x, y = np.rint(looked[..., 0]).astype(np.int32), np.rint(looked[..., 1]).astype(np.int32)
    seen = ((x >= 0) & (x < width) & (y >= 0) & (y < height))[..., 1:3].all(axis=-1)
    tones = even[y.clip(0, height - 1), x.clip(0, width - 1)]
    rise = tones[:, :, 2] - tones[:, :, 1]
    wide = tones[:, :, 2] - tones[:, :, 0]
    before = np.linalg.norm(tones[:, :, 1] - tones[:, :, 0], axis=-1)
    typical = np.median(rise, axis=1)
    least = 0.4 * (typical * typical).sum(axis=-1)[:, None]
    agrees = np.einsum("nsc,nc->ns", rise, typical) > least
    agrees &= (np.einsum("nsc,nc->ns", wide, typical) > 0) & (np.linalg.norm(wide, axis=-1) > LEAST_STEP)
    whole = np.median(tones[:, :, 3] - tones[:, :, 0], axis=1)  # a thin line is no step
    agrees &= (((whole * typical).sum(axis=1) > 0) & (np.linalg.norm(whole, axis=1) > LEAST_STEP))[:, None]
    strength = np.linalg.norm(rise, axis=-1)
    good = agrees & (strength > 1.2 * before) & (strength > LEAST_STEP) & seen
    return np.asarray(good, np.bool_), np.asarray(typical, np.float32)
