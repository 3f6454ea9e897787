"""Reads the codes in a picture file; those whose text fits no payload of ours are told apart from them."""

from dataclasses import dataclass
from pathlib import Path

from devices.clock import Clock, SystemClock
from devices.scanner.contract import Code
from devices.scanner.decode import decode_still
from devices.scanner.grammar import PayloadRefused, accept
from devices.scanner.picture_file import read_grey


@dataclass(frozen=True)
class ImageReading:
    """`codes` passed the payload grammar; `refused` says why others did not; `ms` is the time it took."""

    codes: tuple[Code, ...]
    ms: float
    refused: tuple[str, ...] = ()


def read_image(path: Path, clock: Clock | None = None) -> ImageReading:
    """Raises PictureRefused where there is no picture to look at."""
    clock = clock or SystemClock()
    started = clock.monotonic()
    found: tuple[Code, ...] = ()
    for grey in read_grey(path):
        found = decode_still(grey)
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
