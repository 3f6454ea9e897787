"""What a JPEG says of itself, read without decoding it: a picture that would fill the memory is refused first."""

import struct

from devices.device import DeviceError

MOST_PIXELS = 40_000_000  # a 4:3 camera of 13 MP has 13 million
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended and progressive Huffman (ITU-T T.81, table B.1)
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})


def checked_size(jpeg: bytes) -> tuple[int, int, int]:
    """Width and height in px, and the number of colours. Raises DeviceError (`invalidMedia`)."""
    at = 2 if jpeg[:2] == b"\xff\xd8" else len(jpeg)
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        kind = jpeg[at + 1]
        if kind in _ALONE or kind == 0xFF:
            at += 1 if kind == 0xFF else 2
            continue
        (length,) = struct.unpack_from("!H", jpeg, at + 2)
        if kind in _FRAMES and at + 10 <= len(jpeg):
            height, width, colours = struct.unpack_from("!HHB", jpeg, at + 5)
            if width and height and colours in (1, 3) and width * height <= MOST_PIXELS:
                return width, height, colours
            break
        if kind == 0xDA or length < 2:
            break
        at += 2 + length
    raise DeviceError("picture: no JPEG of a sensible size; take it again", code="invalidMedia")


def density_of(jpeg: bytes) -> float:
    """Dots per inch as its JFIF header says; 96 where it says nothing."""
    if jpeg[2:4] != b"\xff\xe0" or jpeg[6:11] != b"JFIF\0" or len(jpeg) < 18:
        return 96.0
    unit, across = struct.unpack_from("!BH", jpeg, 13)
    return float(across) if unit == 1 and across else 96.0


def with_density(jpeg: bytes, dpi: float) -> bytes:
    """The same picture, its JFIF header telling the dots per inch."""
    if jpeg[2:4] != b"\xff\xe0" or jpeg[6:11] != b"JFIF\0":
        return jpeg
    dots = max(1, min(65535, round(dpi)))
    return jpeg[:13] + struct.pack("!BHH", 1, dots, dots) + jpeg[18:]
