"""A Chinese font for documents: one to embed where the machine has it, else the reader's own Song."""

from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont

# Fonts with TrueType outlines, the only ones reportlab embeds: Noto CJK has PostScript outlines.
_EMBEDDABLE = (
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",  # Debian: fonts-droid-fallback
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",  # Debian: fonts-wqy-microhei
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",  # Debian: fonts-wqy-zenhei
)
_READERS_OWN = "STSong-Light"  # every PDF reader with Chinese support brings a Song for this name


@lru_cache(maxsize=1)
def document_font() -> str:
    """The name to draw with; registered with reportlab on the first call."""
    for path in filter(Path.exists, map(Path, _EMBEDDABLE)):
        try:
            pdfmetrics.registerFont(TTFont(path.stem, str(path)))
        except (TTFError, OSError):
            continue
        return path.stem
    pdfmetrics.registerFont(UnicodeCIDFont(_READERS_OWN))
    return _READERS_OWN
