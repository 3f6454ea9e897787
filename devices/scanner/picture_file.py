"""Opens a picture file somebody hands in: any common format, of bounded size, as grey pixels."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from devices.device import Action, DeviceError

Grey = NDArray[np.uint8]
MOST_PIXELS = 60_000_000  # a picture of more is a bomb, or no use here
MOST_BYTES = 100_000_000
FORMATS = ("PNG", "JPEG", "BMP", "WEBP", "TIFF", "GIF", "PPM")  # no format that starts another program
WIDE_MODES = ("I", "F")  # and I;16…: more than 8 bits a pixel


class PictureRefused(DeviceError):
    """No picture to look at: the text names the file and says what to do."""

    code = "invalidMedia"
    action = Action.RETRY


def read_grey(path: Path) -> Iterator[Grey]:
    """Shape (height, width); for a picture with transparency once on white, then on black. Raises PictureRefused."""
    try:
        layers = _opened(path)
    except UnidentifiedImageError as error:
        raise PictureRefused(f"{path}: no picture; give a PNG, JPEG, BMP, WebP, TIFF or GIF file") from error
    except Image.DecompressionBombError as error:
        raise PictureRefused(f"{path}: far too many pixels; give a picture of at most 60 megapixels") from error
    except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, MemoryError) as error:
        # What Pillow's decoders raise on damaged content is not narrower than this.
        raise PictureRefused(f"{path}: the picture is damaged; save it again or give another") from error
    yield from layers


def _opened(path: Path) -> list[Grey]:
    """Raises as Pillow does, and PictureRefused."""
    with warnings.catch_warnings(action="ignore"), Image.open(_bounded(path), formats=FORMATS) as picture:
        pixels = picture.width * picture.height  # Pillow's own remarks on size are ignored: the limits here are ours
        if pixels > MOST_PIXELS:
            raise PictureRefused(f"{path}: {pixels / 1e6:.0f} megapixels; give a picture of at most 60")
        return _layers(ImageOps.exif_transpose(picture))


def _bounded(path: Path) -> Path:
    if not path.exists():
        raise PictureRefused(f"{path}: no such file; check the name")
    if not path.is_file():
        raise PictureRefused(f"{path}: not a file; give a picture file")
    if path.stat().st_size > MOST_BYTES:
        raise PictureRefused(f"{path}: larger than {MOST_BYTES // 1_000_000} MB; give a smaller picture")
    try:
        path.open("rb").close()
    except OSError as error:
        raise PictureRefused(f"{path}: cannot be opened; check who may read it") from error
    return path


def _layers(picture: Image.Image) -> list[Grey]:
    if picture.mode.startswith(WIDE_MODES):
        return [_narrowed(np.asarray(picture, np.float64))]
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        return [_on(seen, "white"), _on(seen, "black")]
    return [np.asarray(picture.convert("L"), np.uint8)]


def _on(seen: Image.Image, colour: str) -> Grey:
    ground = Image.new("RGBA", seen.size, colour)
    ground.alpha_composite(seen)
    return np.asarray(ground.convert("L"), np.uint8)


def _narrowed(wide: NDArray[np.float64]) -> Grey:
    """To 8 bits, the picture's own darkest to its own lightest."""
    low, high = float(np.nanmin(wide)), float(np.nanmax(wide))
    return np.asarray((np.nan_to_num(wide, nan=low) - low) * (255 / max(high - low, 1e-9)), np.uint8)
