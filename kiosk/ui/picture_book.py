"""The documentation's pictures: every page in both languages and orientations, from whole visits where they show it."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from kiosk.ui.samples import samples

SIZES = {"portrait": ("1080x1920", 540), "landscape": ("1920x1080", 960)}
LANGUAGES = ("zh", "en")
COLOURS = 128  # of the palette
VISITS = 4  # two matters in both languages
PREFERRED = ("form", "choose_multiple", "identify", "lookup_found", "result_issued", "rate_chosen", "progress_found")
NOT_FROM_VISITS = ("progress",)  # met after the visit, when the language is the terminal's own again
FIRST_OF_VISIT = ("notice", "attract")  # of the others the last picture is the filled-in one


def make(folder: Path) -> int:
    """Write `folder/{portrait,landscape}-{zh,en}-<page>.png`; the exit code of what failed, or 0."""
    folder.mkdir(parents=True, exist_ok=True)
    for orientation, (size, width) in SIZES.items():
        with tempfile.TemporaryDirectory() as kept:
            try:
                _picture(Path(kept), orientation, size)
            except subprocess.CalledProcessError as failed:
                return failed.returncode
            for language in LANGUAGES:
                for page, picture in _pages(Path(kept), language).items():
                    _reduce(picture, folder / f"{orientation}-{language}-{page}.png", width)
    return 0


def _picture(kept: Path, orientation: str, size: str) -> None:
    python = [sys.executable, "-m"]
    turned = ["--landscape"] if orientation == "landscape" else []
    demo = ["kiosk", "demo", "--visits", str(VISITS), "--out", str(kept / "visits"), *turned]
    subprocess.run([*python, *demo], check=True)
    for language in LANGUAGES:
        gallery = ["kiosk.ui.gallery", "--out", str(kept / language), "--size", size, "--language", language]
        subprocess.run([*python, *gallery], check=True)


def _pages(kept: Path, language: str) -> dict[str, Path]:
    """Page name in lower case -> its picture; the first visit that shows a page wins over later ones and samples."""
    found: dict[str, Path] = {}
    for visit in sorted((kept / "visits").glob(f"*-{language}")):
        own: dict[str, Path] = {}
        for picture in sorted(visit.glob("[0-9][0-9]-*.png")):
            page = picture.stem[3:]
            if page not in NOT_FROM_VISITS and not (page in FIRST_OF_VISIT and page in own):
                own[page] = picture
        found = own | found
    return dict(_sampled(kept, language)) | found


def _sampled(kept: Path, language: str) -> Iterator[tuple[str, Path]]:
    views = samples(language)
    names = [*reversed([name for name in views if name != "idle_warning"]), *PREFERRED]  # the last of a page stays
    for name in names:
        yield type(views[name].screen).__name__.lower(), kept / language / f"{name}.png"


def _reduce(picture: Path, out: Path, width: int) -> None:
    with Image.open(picture) as full:
        height = round(full.height * width / full.width)
        small = full.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
        small.quantize(COLOURS, dither=Image.Dither.NONE).save(out, optimize=True)
