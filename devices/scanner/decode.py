"""Reads codes in pictures: zxing-cpp, then ZBar, then both on the likely regions worked over; never a guess.

Symbologies are spelled as zxing spells them: QRCode, DataMatrix, Code128, EAN13, PDF417, … ; an UPC-A is an EAN13.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.contract import Frame
from devices.clock import Clock, SystemClock
from devices.scanner.contract import Code
from devices.scanner.grammar import PayloadRefused, accept
from devices.scanner.picture_file import read_grey
from devices.scanner.variants import Blurred, Plain, Striped, regions, variants
from devices.scanner.zbar import read_zbar
from devices.scanner.zxing import MATRIX, STRONG, read_zxing

Grey = NDArray[np.uint8]
LONGEST_SIDE = 1920  # px; beyond the first look nothing is gained by more
QUIET_ZONE = 40  # px of white put around a picture cropped to its code
SECOND_LOOK = 1.4  # the scale at which a linear code is read again
# Symbologies that mend errors are believed at once; of linear ones two readings must agree, since one check digit
# lets one damaged reading in a hundred pass (seen here: far Code128, read wrong by zxing-cpp and by ZBar).
SELF_MENDING = frozenset(MATRIX)


@dataclass(frozen=True)
class ImageReading:
    """`codes` passed the payload grammar; `refused` says why others did not; `ms` is the time it took."""

    codes: tuple[Code, ...]
    ms: float
    refused: tuple[str, ...] = ()


def _grey(frame: Frame) -> Grey:
    return np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY) if frame.ndim == 3 else frame, np.uint8)


def decode_fast(frame: Frame) -> tuple[Code, ...]:
    """One look by zxing-cpp, about 5 ms for 1280×720, and a second one at linear codes; for every frame."""
    grey = _grey(frame)
    return _confirmed(grey, read_zxing(grey))


def decode(frame: Frame) -> tuple[Code, ...]:
    """The whole cascade on a BGR or grey picture; about 0.15 s for 1280×720 where there is nothing to find."""
    grey = _grey(frame)
    seen = read_zxing(grey)
    return _confirmed(grey, seen) or _first_trusted(chain(seen, _sightings(_shrunk(grey))))


def read_image(path: Path, clock: Clock | None = None) -> ImageReading:
    """Raises PictureRefused where there is no picture to look at."""
    clock = clock or SystemClock()
    started = clock.monotonic()
    found: tuple[Code, ...] = ()
    for grey in read_grey(path):
        found = decode(grey) or decode_fast(_with_quiet_zone(_shrunk(grey)))
        if found:
            break
    codes: list[Code] = []
    refused: list[str] = []
    for code in found:
        try:
            codes.append(Code(code.symbology, accept(code.text)))
        except PayloadRefused as refusal:
            refused.append(str(refusal))
    return ImageReading(tuple(codes), (clock.monotonic() - started) * 1000, tuple(refused))


def _confirmed(grey: Grey, seen: tuple[Code, ...]) -> tuple[Code, ...]:
    """Each code once; of the linear ones those that a second look reads the same."""
    doubtful = any(code.symbology not in SELF_MENDING for code in seen)
    again = read_zxing(_scaled(grey, SECOND_LOOK)) if doubtful else ()
    return tuple(code for code in dict.fromkeys(seen) if code.symbology in SELF_MENDING or code in again)


def _scaled(grey: Grey, scale: float) -> Grey:
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC), np.uint8)


def _shrunk(grey: Grey) -> Grey:
    scale = LONGEST_SIDE / max(grey.shape)
    return grey if scale >= 1 else _scaled(grey, scale)


def _with_quiet_zone(grey: Grey) -> Grey:
    zone = (QUIET_ZONE,) * 4
    return np.asarray(cv2.copyMakeBorder(grey, *zone, cv2.BORDER_CONSTANT, value=(255,)), np.uint8)


def _sightings(grey: Grey) -> Iterator[Code]:
    yield from read_zbar(grey)
    for region in regions(grey):
        for variant in variants(region):
            match variant:
                case Plain(picture):
                    yield from read_zxing(picture, STRONG)
                    yield from read_zbar(picture)
                case Striped(picture):
                    yield from read_zxing(picture, STRONG)
                case Blurred(picture, sigma):
                    yield from read_zxing(picture, STRONG) if sigma < 10 else read_zbar(picture)


def _first_trusted(sightings: Iterable[Code]) -> tuple[Code, ...]:
    seen: set[Code] = set()
    for code in sightings:
        if code.symbology in SELF_MENDING or code in seen:
            return (code,)
        seen.add(code)
    return ()
