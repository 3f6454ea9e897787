"""What a picture may be used for, written across it: whoever copies it on finds another purpose in it (目的水印)."""

import io
import math
from functools import lru_cache

from PIL import Image, ImageChops, ImageFilter

from devices.camera.jpeg_size import checked_size, density_of
from devices.device import Action, DeviceError
from devices.printer.glyphs import draw_line, pen

SLOPE = 28  # degrees; no line of a document runs so
ACROSS = 0.72  # of the page's width: one line of the mark
APART = 7.0  # heights of a line from one to the next below
INK = (255, 168, 168)  # multiplied with what is there: black stays black, white paper shows a pale red
QUALITY = 92  # of the JPEG; what the camera gave was a JPEG too


def marked(jpeg: bytes, words: str) -> bytes:
    """The same page with the words across it, over and over. Raises DeviceError (`invalidMedia`, or without a font)."""
    checked_size(jpeg)
    dpi = density_of(jpeg)
    try:
        page = Image.open(io.BytesIO(jpeg)).convert("RGB")
    except (OSError, ValueError, SyntaxError) as error:
        raise DeviceError("document: a page is damaged; take it again", code="invalidMedia") from error
    written = io.BytesIO()
    ImageChops.multiply(page, _ink(page.size, words)).save(written, "JPEG", quality=QUALITY, dpi=(dpi, dpi))
    return written.getvalue()


@lru_cache(maxsize=2)
def _ink(size: tuple[int, int], words: str) -> Image.Image:
    """What a page of this size is multiplied with: the pages of a document are mostly alike."""
    mark = _pattern(size, _line(words, round(size[0] * ACROSS)))
    return Image.composite(Image.new("RGB", size, INK), Image.new("RGB", size, (255, 255, 255)), mark)


def _line(words: str, width: int) -> Image.Image:
    """White letters on black, so wide."""
    bold = pen(bold=True, scale=3)
    if bold is None:
        raise DeviceError(
            "document: no Chinese font to mark pages with; apt-get install fonts-noto-cjk",
            code="internalError",
            action=Action.CALL_MAINTENANCE,
        )
    drawn = ImageChops.invert(draw_line(words, scale=3, with_pen=bold).convert("L"))
    height = max(1, round(drawn.height * width / drawn.width))
    return drawn.resize((width, height), Image.Resampling.LANCZOS)


def _pattern(size: tuple[int, int], line: Image.Image) -> Image.Image:
    """Lines aslant over all of the page, each second one shifted by half."""
    reach = math.ceil(math.hypot(*size))
    sheet = Image.new("L", (reach, reach), 0)
    gap = round(line.width * 0.25)
    for row, top in enumerate(range(0, reach, max(1, round(line.height * APART)))):
        start = -(line.width + gap) // 2 if row % 2 else 0
        for left in range(start, reach, line.width + gap):
            sheet.paste(line, (left, top))
    turned = sheet.rotate(SLOPE, Image.Resampling.BILINEAR).filter(ImageFilter.SMOOTH)
    left, top = (reach - size[0]) // 2, (reach - size[1]) // 2
    return turned.crop((left, top, left + size[0], top + size[1]))
