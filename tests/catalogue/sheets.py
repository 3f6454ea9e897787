"""Contact sheets: the pages of one matter side by side, as small as they can still be judged."""

from pathlib import Path

from PIL import Image, ImageDraw

COLUMNS = {"portrait": 6, "landscape": 4}
WIDTHS = {"portrait": 360, "landscape": 560}  # px of one page
GAP = 12
CAPTION = 18
PAPER, INK = "#d9d9d9", "#222222"


def make_sheet(pictures: list[Path], orientation: str, out: Path) -> Path:
    """One picture with every page and its name; `pictures` must not be empty."""
    width, columns = WIDTHS[orientation], COLUMNS[orientation]
    pages = [_page(path, width) for path in pictures]
    height = max(page.height for page in pages)
    rows = -(-len(pages) // columns)
    size = (GAP + columns * (width + GAP), GAP + rows * (height + CAPTION + GAP))
    sheet = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(sheet)
    for place, (path, page) in enumerate(zip(pictures, pages, strict=True)):
        x = GAP + place % columns * (width + GAP)
        y = GAP + place // columns * (height + CAPTION + GAP)
        pen.text((x, y), path.stem, fill=INK)
        sheet.paste(page, (x, y + CAPTION))
    out.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(128, dither=Image.Dither.NONE).save(out, optimize=True)
    return out


def _page(path: Path, width: int) -> Image.Image:
    with Image.open(path) as full:
        return full.convert("RGB").resize((width, round(full.height * width / full.width)), Image.Resampling.LANCZOS)
