"""Chinese fonts for A4 pages: one to embed if the machine has it, else the reader's own Song; more for rare names."""

from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

# Fonts with TrueType outlines, the only ones reportlab embeds: Noto CJK has PostScript outlines.
_EMBEDDABLE = (
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",  # Debian: fonts-droid-fallback
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",  # Debian: fonts-wqy-microhei
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",  # Debian: fonts-wqy-zenhei
)
_RARE = (  # Debian: fonts-hanazono; all of Unicode's Chinese characters up to extension F, which names have
    "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf",
    "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
)
_LATIN = "Helvetica"
Anchor = Literal["start", "middle", "end"]
_READERS_OWN = "STSong-Light"  # every PDF reader with Chinese support brings a Song for this name


@lru_cache(maxsize=1)
def document_font() -> str:
    """The name to draw with; registered with reportlab on the first call."""
    for found in map(_registered, _EMBEDDABLE):
        if found is not None:
            return str(found.fontName)
    pdfmetrics.registerFont(UnicodeCIDFont(_READERS_OWN))
    return _READERS_OWN


def marked(text: str) -> str:
    """For a reportlab paragraph: escaped, and each character in a font that has it."""
    runs = ((name, "".join(run)) for name, run in groupby(text, _font_for))
    return "".join(f'<font name="{name}">{escape(run)}</font>' if name else escape(run) for name, run in runs)


def set_line(canvas: Canvas, place: tuple[float, float], text: str, size: float, anchor: Anchor = "start") -> None:
    """One line on the canvas, each character in a font that has it; `place` in points is where the anchor stands."""
    runs = [(name or document_font(), "".join(run)) for name, run in groupby(text, _font_for)]
    width = sum(pdfmetrics.stringWidth(run, name, size) for name, run in runs)
    x, y = place
    x -= {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    for name, run in runs:
        canvas.setFont(name, size)
        canvas.drawString(x, y, run)
        x += pdfmetrics.stringWidth(run, name, size)


def _font_for(character: str) -> str:
    """Empty: the document's own, also where no font has the character."""
    main = pdfmetrics.getFont(document_font())
    if not isinstance(main, TTFont) or ord(character) in main.face.charToGlyph:
        return ""
    if character.isascii():
        return _LATIN  # the fallback fonts of Chinese have none
    rare = (font for path in _RARE if (font := _registered(path)) is not None)
    return next((font.fontName for font in rare if ord(character) in font.face.charToGlyph), "")


@lru_cache(maxsize=8)
def _registered(path: str) -> TTFont | None:
    """None where the file is not there or cannot be embedded."""
    if not Path(path).exists():
        return None
    try:
        font = TTFont(Path(path).stem, path)
    except (TTFError, OSError):
        return None
    pdfmetrics.registerFont(font)
    return font
