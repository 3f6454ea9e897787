"""A live picture on its way to the screen: raw pixels, as decoding JPEG costs the screen more than carrying them."""

import struct
from typing import NamedTuple

_HEAD = struct.Struct("!4sHH")  # mark, width, height in pixels
MARK = b"BGR8"


class LivePicture(NamedTuple):
    """`pixels`: rows of blue, green, red bytes without any padding; `width` is a multiple of four, as Qt wants it."""

    width: int
    height: int
    pixels: bytes


def pack(picture: LivePicture) -> bytes:
    return _HEAD.pack(MARK, picture.width, picture.height) + picture.pixels


def unpack(blob: bytes) -> LivePicture | None:
    """None where it is something else, such as the JPEG of a still."""
    if len(blob) < _HEAD.size or not blob.startswith(MARK):
        return None
    _, width, height = _HEAD.unpack_from(blob)
    pixels = blob[_HEAD.size :]
    return LivePicture(width, height, pixels) if len(pixels) == width * height * 3 and width % 4 == 0 else None
