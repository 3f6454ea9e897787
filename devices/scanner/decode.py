"""Reads codes in pictures: zxing-cpp, then the frame worked over, then ZBar, then rarer symbologies; never a guess.

Symbologies are spelled as zxing spells them: QRCode, DataMatrix, Code128, EAN13, PDF417, … ; an UPC-A is an EAN13.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.contract import Frame
from devices.scanner.bars import bands, find_bars, upright
from devices.scanner.contract import Code
from devices.scanner.variants import (
    as_it_is,
    black_and_white,
    enlarged,
    halved,
    scaled,
    seven_tenths,
    sharpened,
    without_specks,
)
from devices.scanner.zbar import read_zbar
from devices.scanner.zxing import BARS, COMMON, MATRIX, QR, read_worked_over, read_zxing

Grey = NDArray[np.uint8]
Look = Callable[[Grey], Iterable[Code]]
LONGEST_SIDE = 1920  # px; beyond the first look nothing is gained by more
QUIET_ZONE = 40  # px of white put around a picture cropped to its code
SECOND_LOOK = 1.4  # the scale at which a linear code is read again
# Symbologies that mend errors are believed at once; of linear ones two readings must agree, since one check digit
# lets one damaged reading in a hundred pass (seen here: far Code128, read wrong by zxing-cpp and by ZBar).
SELF_MENDING = frozenset(MATRIX)
AGREEING = 3  # readings of a linear code in a worked-over picture: two from one place were once wrong alike


def _grey(frame: Frame) -> Grey:
    return np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY) if frame.ndim == 3 else frame, np.uint8)


def decode_fast(frame: Frame) -> tuple[Code, ...]:
    """One look for QR codes and Code128, about 5 ms for 1280×720, a second one at linear codes; for every frame."""
    grey = _grey(frame)
    return _confirmed(grey, read_zxing(grey, COMMON))


def decode(frame: Frame) -> tuple[Code, ...]:
    """The whole cascade on a BGR or grey picture; about 0.1 s for 1280×720 where there is nothing to find."""
    grey = _grey(frame)
    seen = read_zxing(grey, COMMON)
    return _confirmed(grey, seen) or _first_trusted(chain(seen, _sightings(_shrunk(grey)))) or _rare(grey)


def decode_still(grey: Grey) -> tuple[Code, ...]:
    """As `decode`, of a picture that somebody made: it may be huge, or cropped to its code."""
    return decode(grey) or decode(_with_quiet_zone(_shrunk(grey)))


def _rare(grey: Grey) -> tuple[Code, ...]:
    return _confirmed(grey, read_zxing(grey))


def _confirmed(grey: Grey, seen: tuple[Code, ...]) -> tuple[Code, ...]:
    """Each code once; of the linear ones those that a second look reads the same."""
    doubtful = any(code.symbology not in SELF_MENDING for code in seen)
    common = all(code.symbology in ("QRCode", "Code128") for code in seen)
    again = _second_look(grey, common=common) if doubtful else ()
    return tuple(code for code in dict.fromkeys(seen) if code.symbology in SELF_MENDING or code in again)


def _second_look(grey: Grey, *, common: bool) -> tuple[Code, ...]:
    larger = scaled(grey, SECOND_LOOK)
    return read_worked_over(larger, BARS) if common else read_zxing(larger)


def _shrunk(grey: Grey) -> Grey:
    scale = LONGEST_SIDE / max(grey.shape)
    return grey if scale >= 1 else scaled(grey, scale)


def _with_quiet_zone(grey: Grey) -> Grey:
    zone = (QUIET_ZONE,) * 4
    return np.asarray(cv2.copyMakeBorder(grey, *zone, cv2.BORDER_CONSTANT, value=(255,)), np.uint8)


def _worked(work: Callable[[Grey], Grey], threshold: str, grey: Grey) -> Iterable[Code]:
    return read_worked_over(work(grey), QR, threshold=threshold)


def _halved_and_sharpened(grey: Grey) -> Grey:
    """For a blur of most of a module: 4 px where modules have 6."""
    return sharpened(halved(grey), 2, 8)


def _bars(grey: Grey) -> Iterator[Code]:
    """Twice at most from one place: its halves, or the whole by both decoders."""
    bars = find_bars(grey)
    if bars is None:
        return
    for band in bands(upright(grey, bars)):
        yield from read_worked_over(band, BARS)


# In the order of what they bring for what they cost; see the last table of benchmarks/decode.py.
LOOKS: dict[str, Look] = {
    "half of white": partial(_worked, as_it_is, "FixedThreshold"),
    "halved": partial(_worked, halved, "LocalAverage"),
    "one threshold": partial(_worked, as_it_is, "GlobalHistogram"),
    "without specks": partial(_worked, without_specks, "LocalAverage"),
    "sharpened": partial(_worked, sharpened, "LocalAverage"),
    "halved and sharpened": partial(_worked, _halved_and_sharpened, "LocalAverage"),
    "bars": _bars,
    "black and white": partial(_worked, black_and_white, "LocalAverage"),
    "seven tenths": partial(_worked, seven_tenths, "LocalAverage"),
    "enlarged": partial(_worked, enlarged, "LocalAverage"),
    "ZBar": read_zbar,
}


def _sightings(grey: Grey) -> Iterator[Code]:
    for look in LOOKS.values():
        yield from look(grey)


def _first_trusted(sightings: Iterable[Code]) -> tuple[Code, ...]:
    """The first of a self-mending symbology, or the first linear one that `AGREEING` looks agree on."""
    seen: Counter[Code] = Counter()
    for code in sightings:
        seen[code] += 1
        if code.symbology in SELF_MENDING or seen[code] == AGREEING:
            return (code,)
    return ()
