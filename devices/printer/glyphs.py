"""Characters drawn as dots, in the cells of a receipt printer: 12 × 24 for ASCII, 24 × 24 for everything else."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from devices.printer.text import GETA, clusters, columns_of

CELL = 12  # dots across one column
HEIGHT = 24  # dots down one line
FONT_SIZE = 22  # dots in a cell of HEIGHT, so that letters with a tail fit
BASE_LINE = 0.79  # of the cell
DARK = 112  # of 255: grey above this is burnt
RULE = "─"
CJK_FAMILY = "Noto Sans Mono CJK SC"  # its Latin letters are exactly half as wide as its Chinese ones
RARE = ("HanaMinA.ttf", "HanaMinB.ttf")  # all of Unicode's Chinese characters up to extension F
REGULAR = (
    "NotoSansCJK-Regular.ttc",
    "NotoSerifCJK-Regular.ttc",
    *RARE,
    "NotoSansSymbols2-Regular.ttf",
    "DejaVuSans.ttf",
)
BOLD = (
    "NotoSansCJK-Bold.ttc",
    "NotoSerifCJK-Bold.ttc",
    *RARE,
    "NotoSansSymbols2-Regular.ttf",
    "DejaVuSans-Bold.ttf",
)
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
NO_CHARACTER = "\U0010ffff"  # no font has it: what is drawn for it is the font's "missing" box


class Pen:
    """Draws with the first font that has the character; `fonts` are best first and never empty."""

    def __init__(self, fonts: Sequence[ImageFont.FreeTypeFont]) -> None:
        self._fonts = tuple(fonts)
        self._missing = tuple(self._dots(font, NO_CHARACTER) for font in fonts)

    def draw(self, paper: ImageDraw.ImageDraw, at: tuple[int, int], cluster: str, size: tuple[int, int]) -> None:
        """Draws one cluster into the cell of `size` dots whose upper left corner is `at`."""
        font = self._font_with(cluster)
        if font is None:
            cluster, font = GETA, self._fonts[0]
        left, top = at
        width, height = size
        if cluster == RULE:  # reaches its neighbours, as printer fonts draw it
            paper.line((left, top + height // 2, left + width, top + height // 2), fill=0, width=2)
            return
        shift = (width - font.getlength(cluster)) / 2
        paper.text((left + shift, top + height * BASE_LINE), cluster, font=font, fill=0, anchor="ls")

    def _font_with(self, cluster: str) -> ImageFont.FreeTypeFont | None:
        for font, missing in zip(self._fonts, self._missing, strict=True):
            if all(self._dots(font, character) != missing for character in cluster):
                return font
        return None

    @staticmethod
    @lru_cache(maxsize=4096)
    def _dots(font: ImageFont.FreeTypeFont, character: str) -> bytes:
        return bytes(font.getmask(character))


@lru_cache(maxsize=8)
def pen(bold: bool, scale: int) -> Pen | None:
    """The machine's pen for cells `scale` times as large; None where the machine has no Chinese font."""
    names = BOLD if bold else REGULAR
    found = [_font(path, FONT_SIZE * scale) for name in names if (path := _font_file(name))]
    if not found or "CJK" not in str(found[0].getname()[0]):
        return None
    return Pen(found)


@lru_cache(maxsize=16)
def _font_file(name: str) -> Path | None:
    return next((path for folder in FONT_FOLDERS for path in sorted(folder.rglob(name))), None)


def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """From a collection, the member with Chinese (simplified) forms and half-width Latin letters."""
    if path.suffix != ".ttc":
        return ImageFont.truetype(str(path), size)
    for index in range(16):
        try:
            font = ImageFont.truetype(str(path), size, index=index)
        except OSError:
            break
        if font.getname()[0] == CJK_FAMILY:
            return font
    return ImageFont.truetype(str(path), size)


def draw_line(text: str, *, scale: int, with_pen: Pen) -> Image.Image:
    """One line of text as a black and white image, as wide as the text and one cell high."""
    width, height = columns_of(text) * CELL * scale, HEIGHT * scale
    image = Image.new("L", (max(width, 1), height), 255)
    paper = ImageDraw.Draw(image)
    left = 0
    for cluster in clusters(text):
        cell = (1 if cluster.isascii() else 2) * CELL * scale
        with_pen.draw(paper, (left, 0), cluster, (cell, height))
        left += cell
    return burnt(image)


def burnt(image: Image.Image) -> Image.Image:
    """Grey to dots: a thermal head knows only black and white."""
    return image.point(lambda value: 0 if value < 255 - DARK else 255).convert("1")
