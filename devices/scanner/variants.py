"""Where in a frame a code may be, upright and alone, and worked over in the few ways that make decoders see it."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
SEARCH_WIDTH = 640  # px; regions are looked for at this width
SPREAD = 9  # px at SEARCH_WIDTH; stripes closer than this are one region
BUSY = 0.35  # of the busiest place's slope; what is less busy is background
EMPTY = 4.0  # slope of the busiest place below which there is nothing but a sensor's grain
MOST_REGIONS = 2
MARGIN = 0.12  # of the region's longer side; decoders want a quiet zone
LONG_SIDE = 900  # px; regions are brought to this, or as near as MOST_ENLARGED lets them
MOST_ENLARGED = 4.0
SMALLEST = 16  # px at SEARCH_WIDTH

STRIPES = 60  # px; height of averaged bars


@dataclass(frozen=True)
class Plain:
    """Upright, enlarged, contrast stretched."""

    picture: Grey


@dataclass(frozen=True)
class Striped:
    """Bars averaged along their length: for linear codes in noise or faint print."""

    picture: Grey


@dataclass(frozen=True)
class Blurred:
    """Smoothed against noise, or brought back into focus from a blur of `sigma` pixels."""

    picture: Grey
    sigma: float


Variant = Plain | Striped | Blurred


def _busyness(grey: Grey) -> NDArray[np.float32]:
    smooth = cv2.GaussianBlur(grey, (0, 0), 1.2).astype(np.float32)
    slope = cv2.magnitude(cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1))
    return np.asarray(cv2.GaussianBlur(slope, (0, 0), SPREAD), np.float32)


def _upright(grey: Grey, box: tuple[tuple[float, float], tuple[float, float], float]) -> Grey:
    """The turned box cut out of the frame, its longer side across, enlarged."""
    (x, y), (width, height), angle = box
    if width < height:
        width, height, angle = height, width, angle - 90
    margin = 2 * MARGIN * max(width, height)
    width, height = width + margin, height + margin
    scale = min(MOST_ENLARGED, LONG_SIDE / width)
    turn = cv2.getRotationMatrix2D((x, y), angle, scale)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    turn[:, 2] += np.array((size[0] / 2 - x, size[1] / 2 - y))
    cut = cv2.warpAffine(grey, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.uint8)


def regions(grey: Grey) -> Iterator[Grey]:
    """Largest first, at most `MOST_REGIONS`."""
    scale = SEARCH_WIDTH / grey.shape[1]
    size = (SEARCH_WIDTH, max(1, round(grey.shape[0] * scale)))
    busy = _busyness(np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8))
    if float(busy.max()) < EMPTY:
        return
    mask = (busy > BUSY * float(busy.max())).astype(np.uint8)
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:MOST_REGIONS]:
        (x, y), (width, height), angle = cv2.minAreaRect(outline)
        if min(width, height) >= SMALLEST:
            yield _upright(grey, ((x / scale, y / scale), (width / scale, height / scale), angle))


def _stretched(grey: NDArray[np.uint8] | NDArray[np.float32]) -> Grey:
    low, high = np.percentile(grey[::2, ::2], (1, 99))
    return np.asarray(np.clip((np.asarray(grey, np.float32) - low) * (255 / max(8.0, high - low)), 0, 255), np.uint8)


def _refocused(grey: Grey, sigma: float, noise: float = 0.003) -> Grey:
    """Wiener's filter for a blur of `sigma` pixels; `noise` is the share of power that is not picture."""
    height, width = (cv2.getOptimalDFTSize(side) for side in grey.shape)
    padded = cv2.copyMakeBorder(grey, 0, height - grey.shape[0], 0, width - grey.shape[1], cv2.BORDER_REPLICATE)
    down, across = np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None, :]
    blur = np.exp(-2 * (np.pi * sigma) ** 2 * (down**2 + across**2)).astype(np.float32)
    spectrum = np.fft.rfft2(padded.astype(np.float32)) * (blur / (blur**2 + noise))
    restored = np.fft.irfft2(spectrum, (height, width))[: grey.shape[0], : grey.shape[1]]
    return np.asarray(np.clip(restored, 0, 255), np.uint8)


def _averaged(rows: Grey) -> Grey:
    """Stripes across the picture: every row is the mean of all rows, in which only bars stay."""
    row = rows.mean(axis=0, dtype=np.float32)
    soft = cv2.GaussianBlur(row[None, :], (0, 0), 6)
    return _stretched(np.repeat(np.asarray(row * 2.2 - soft[0] * 1.2, np.float32)[None, :], STRIPES, axis=0))


def variants(region: Grey) -> Iterator[Variant]:
    """The region with its contrast stretched, then worked over; cheapest and likeliest first."""
    plain = _stretched(region)
    yield Plain(plain)
    third = max(1, region.shape[0] // 6)
    middle = region.shape[0] // 2
    yield Striped(_averaged(region[max(0, middle - third) : middle]))
    yield Striped(_averaged(region[middle : middle + third]))
    yield Blurred(np.asarray(cv2.GaussianBlur(plain, (0, 0), 4), np.uint8), 4)
    for sigma in (6.0, 10.0, 14.0):
        yield Blurred(_refocused(plain, sigma), sigma)
