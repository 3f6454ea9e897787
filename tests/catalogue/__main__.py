"""`python -m tests.catalogue --out DIR`: every walk of every matter at the real screen, and sheets of all its pages.

`python -m tests.catalogue --away`: those that are queued, with the center away, and what arrives once it is back.

In Chinese and English, portrait and landscape unless told otherwise; `--large` in the largest text and high contrast.
Each page is DIR/<display>-<language>/<matter>/*.png, each sheet DIR/sheets/<matter>-<display>-<language>.png. Every
case is compared with what was answered. The exit code is 1 where a walk did not end as it should, with a line that
says which.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.catalogue.walks import Walk, walks
from tests.shipped import catalog

SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.catalogue", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path, help="folder for pages and sheets")
    what.add_argument("--away", action="store_true", help="matters that are queued, with the center away")
    parser.add_argument("--language", choices=("zh", "en"), action="append")
    parser.add_argument("--display", choices=tuple(SIZES), action="append")
    parser.add_argument("--matter", choices=tuple(catalog()), action="append")
    parser.add_argument("--large", action="store_true", help="with the largest text and the highest contrast")
    parser.add_argument("--first", action="store_true", help="only the first walk of each matter")
    return parser.parse_args(arguments)


def chosen(options: argparse.Namespace) -> list[Walk]:
    wanted = [walk for walk in walks() if walk.matter in (options.matter or catalog())]
    firsts = {walk.matter: walk for walk in reversed(wanted)}
    return [walk for walk in wanted if not options.first or firsts[walk.matter] is walk]


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    failed = 0
    for display in options.display or SIZES:
        for line in play(options, display):
            failed += line.startswith("FAILED")
            print(line, flush=True)
    return 1 if failed else 0


def play(options: argparse.Namespace, display: str) -> Iterator[str]:
    """A line a walk."""
    from devices.clock import SystemClock
    from kiosk.demo.stage import Stage
    from tests.catalogue.away import play_away, walks_away
    from tests.catalogue.playing import walker_at

    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        size = SIZES[display]
        with Stage(folder / "stage", SystemClock(), size=size) as stage, walker_at(stage, folder, size) as walker:
            walker.large = options.large
            for language in options.language or ("zh", "en"):
                if options.away:
                    wanted = [walk for walk in walks_away() if walk in chosen(options)]
                    yield from play_away(stage, walker, wanted, language)
                    continue
                for walk in chosen(options):
                    yield one(stage, walker, walk, language, options.out / f"{display}-{language}")
                sheets(options, display, language)


def one(stage: "Stage", walker: "Walker", walk: Walk, language: str, folder: Path) -> str:  # noqa: F821
    """Walk it, picture each page the first time a matter shows it; what came of it."""
    from kiosk.ui.visitor import VisitorStuckError
    from tests.catalogue.playing import check_case, today, wrong_with

    place = folder / walk.matter
    place.mkdir(parents=True, exist_ok=True)

    def looks(name: str) -> None:
        if not list(place.glob(f"[0-9][0-9]-{name}.png")):
            walker.visitor.takes_picture(place / f"{len(list(place.iterdir())) + 1:02}-{name}.png")

    walker.looks = looks
    try:
        walker.begins(walk, language)
        visit = walker.walks(walk, today())
        if visit.current is not None and visit.current.kind == "submit":
            walker.leaves()
            assert walker.result is not None
            check_case(stage, walker.result.number, visit, walk)
        else:
            walker.goes_home()
    except (AssertionError, VisitorStuckError, ValueError) as error:
        return f"FAILED {folder.name} {walk}: {wrong_with(error)}"
    return f"well {folder.name} {walk}"


def sheets(options: argparse.Namespace, display: str, language: str) -> None:
    from tests.catalogue.sheets import make_sheet

    for folder in sorted((options.out / f"{display}-{language}").iterdir()):
        pictures = sorted(folder.glob("*.png"))
        if pictures:
            make_sheet(pictures, display, options.out / "sheets" / f"{folder.name}-{display}-{language}.png")


if __name__ == "__main__":
    sys.exit(main())
