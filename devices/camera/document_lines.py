"""Straight lines in a picture, and the four-cornered outlines they can make."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
LEAST_SEGMENT = 0.045  # of the picture's width
SAME_ANGLE = np.radians(2.5)
SAME_PLACE = 3.0  # px between a segment's ends and the line it belongs to
MOST_LINES = 40
ALONG = np.radians(28)  # two opposite sides lean against each other no more than this
ACROSS = np.radians(55)  # two neighbouring sides at least this
APART = 0.07  # of the picture's width between two opposite sides
BEYOND = 0.02  # of the picture's width; how far a corner may lie outside


def segments_of(grey: NDArray[np.uint8]) -> Floats:
    """Ends of the straight edges, shape (n, 4): x, y, x, y."""
    detector = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE, 0.5)
    found: NDArray[np.float32] | None = detector.detect(grey)[0]  # type: ignore[assignment]
    if found is None:
        return np.empty((0, 4), np.float32)
    ends = np.asarray(found, np.float32).reshape(-1, 4)
    lengths = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    return np.asarray(ends[lengths > LEAST_SEGMENT * grey.shape[1]], np.float32)


def long_segments_of(grey: NDArray[np.uint8]) -> Floats:
    """The same for strong edges that a grain or a pattern breaks to pieces: gaps are bridged."""
    edges = cv2.Canny(grey, 40, 110, L2gradient=True)
    least = LEAST_SEGMENT * grey.shape[1]
    found = cv2.HoughLinesP(edges, 1, np.pi / 360, 45, minLineLength=2 * least, maxLineGap=least / 2)
    return np.empty((0, 4), np.float32) if found is None else np.asarray(found, np.float32).reshape(-1, 4)


@dataclass(frozen=True)
class Lines:
    """Edges that are straight over a stretch; the picture's own rim has no rise."""

    normals: Floats  # (n, 3): a, b, c of a*x + b*y = c, (a, b) of length 1
    middles: Floats  # (n, 2)
    rises: Floats  # (n, channels): how the picture steps along (a, b)

    def __len__(self) -> int:
        return len(self.normals)

    def best(self, weights: Floats) -> "Lines":
        order = np.argsort(-weights)[:MOST_LINES]
        return Lines(self.normals[order], self.middles[order], self.rises[order])

    def with_rim(self, width: int, height: int) -> "Lines":
        """And the picture's rim: a side of whatever lies half outside."""
        right, under = width - 1, height - 1
        rim = np.array(((0, 1, 0), (1, 0, right), (0, 1, under), (1, 0, 0)), np.float32)
        middles = np.array(((right / 2, 0), (right, under / 2), (right / 2, under), (0, under / 2)), np.float32)
        still = np.zeros((4, self.rises.shape[1]), np.float32)
        parts = (self.normals, rim), (self.middles, middles), (self.rises, still)
        return Lines(*(np.concatenate(part) for part in parts))


def merged(ends: Floats, numbers: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """The `numbers` of the segments that make one edge, edge by edge."""
    known = np.empty((len(ends), 3), np.float32)
    members: list[list[int]] = []
    for number, segment in enumerate(ends):
        place = _place_among(segment, known[: len(members)])
        if place == len(members):
            members.append([])
        members[place].append(number)
        known[place] = line_through(ends[members[place]])
    return [numbers[edge] for edge in members]


def _place_among(segment: Floats, known: Floats) -> int:
    """The line that this segment lies on; as many as are known where it is a new one."""
    step = segment[2:] - segment[:2]
    normal = np.array((-step[1], step[0]), np.float32) / max(1e-6, float(np.hypot(*step)))
    leaning = np.abs(known[:, 0] * normal[1] - known[:, 1] * normal[0])
    far = np.abs(known[:, :2] @ segment.reshape(2, 2).T - known[:, 2:]).max(axis=1)
    fits = (leaning < np.sin(SAME_ANGLE)) & (far < SAME_PLACE)
    return int(np.argmin(np.where(fits, far, np.inf))) if fits.any() else len(known)


def line_through(segments: Floats) -> Floats:
    points = segments.reshape(-1, 2)
    middle = points.mean(axis=0)
    across, down = (points - middle).T
    angle = 0.5 * np.arctan2(2 * (across * down).sum(), (across * across - down * down).sum())
    normal = np.array((-np.sin(angle), np.cos(angle)))
    return np.array((normal[0], normal[1], normal @ middle), np.float32)


def outlines_from(lines: Lines, width: int, height: int) -> tuple[Floats, NDArray[np.int64]]:
    """Every four corners that two pairs of lines can make: (n, 4, 2) clockwise, and which lines they are, (n, 4).

    All sides step the same way inward.
    """
    nothing = np.empty((0, 4, 2), np.float32), np.empty((0, 4), np.int64)
    first, second, inward = _opposite(lines, width)
    if len(first) < 2:
        return nothing
    one, other = np.triu_indices(len(first), 1)
    crossing = np.abs(_cross(lines.normals[first[one]], lines.normals[first[other]])) > np.sin(ACROSS)
    fits = crossing & _alike(inward[one], inward[other])
    one, other = one[fits], other[fits]
    if not one.size:
        return nothing
    sides = np.stack((first[one], first[other], second[one], second[other]), axis=1)
    at = lines.normals
    corners = np.stack([_meeting(at[sides[:, k - 1]], at[sides[:, k]]) for k in range(4)], axis=1)
    return _inside(corners, sides, width, height)


def _opposite(lines: Lines, width: int) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Pairs of lines that may be opposite sides, and the step inward that both have."""
    one, other = np.triu_indices(len(lines), 1)
    a, b = lines.normals[one], lines.normals[other]
    to_other = (a[:, :2] * lines.middles[other]).sum(axis=1) - a[:, 2]
    to_one = (b[:, :2] * lines.middles[one]).sum(axis=1) - b[:, 2]
    own, others = lines.rises[one] * np.sign(to_other)[:, None], lines.rises[other] * np.sign(to_one)[:, None]
    apart = np.minimum(np.abs(to_other), np.abs(to_one)) > APART * width
    fits = (np.abs(_cross(a, b)) < np.sin(ALONG)) & apart & _alike(own, others)
    inward = np.where(np.linalg.norm(own, axis=1)[:, None] > 0, own, others)
    return one[fits], other[fits], np.asarray(inward[fits], np.float32)


def _alike(a: Floats, b: Floats) -> NDArray[np.bool_]:
    """Two steps of one direction and about one size; a step of nothing is like any."""
    sizes = np.linalg.norm(a, axis=1), np.linalg.norm(b, axis=1)
    together = (a * b).sum(axis=1) > 0.6 * sizes[0] * sizes[1]
    near = np.minimum(*sizes) > 0.25 * np.maximum(*sizes)
    return np.asarray((np.minimum(*sizes) == 0) | (together & near), np.bool_)


def _cross(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0], np.float32)


def _meeting(a: Floats, b: Floats) -> Floats:
    det = _cross(a, b)
    det = np.where(np.abs(det) < 1e-6, 1e-6, det)
    x = (a[:, 2] * b[:, 1] - b[:, 2] * a[:, 1]) / det
    y = (a[:, 0] * b[:, 2] - b[:, 0] * a[:, 2]) / det
    return np.stack((x, y), axis=1).astype(np.float32)


def _inside(corners: Floats, sides: NDArray[np.int64], width: int, height: int) -> tuple[Floats, NDArray[np.int64]]:
    """Those that lie in the picture, are wide enough and convex; ordered clockwise from the upper left."""
    slack = BEYOND * width
    low, high = corners.min(axis=(1, 2)), corners.max(axis=1)
    fits = (low > -slack) & (high[:, 0] < width + slack) & (high[:, 1] < height + slack)
    corners, sides = corners[fits], sides[fits]
    edges = np.roll(corners, -1, axis=1) - corners
    after = np.roll(edges, -1, axis=1)
    bends = edges[..., 0] * after[..., 1] - edges[..., 1] * after[..., 0]
    lengths = np.hypot(edges[..., 0], edges[..., 1])
    whole = (np.abs(np.sign(bends).sum(axis=1)) == 4) & (lengths.min(axis=1) > APART * width)
    corners, sides, bends = corners[whole], sides[whole], bends[whole]
    backward = bends.sum(axis=1) < 0
    corners[backward] = corners[backward][:, ::-1]
    return corners, sides


def clockwise(corners: Floats) -> Floats:
    """The same four corners, clockwise from the one that is the upper left of a sheet turned by less than 45°."""
    middle = corners.mean(axis=0)
    order = np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))
    ring = corners[order]
    level = [float((ring[(k + 1) % 4] - ring[k])[0]) for k in range(4)]
    edges = [float(np.hypot(*(ring[(k + 1) % 4] - ring[k]))) for k in range(4)]
    start = int(np.argmax([level[k] / max(1e-6, edges[k]) for k in range(4)]))
    return np.asarray(np.roll(ring, -start, axis=0), np.float32)
