"""`kiosk demo`: whole visits on the real screens, with pictures, receipts and the case as the center has it."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from devices.clock import Clock, SystemClock
from kiosk.demo.stage import Stage, StageError

if TYPE_CHECKING:
    from kiosk.ui.visitor import Visitor

SHOWN = ("resident-medical-insurance", "social-insurance-certificate")  # one that people decide, one that rules do


class DemoError(Exception):
    """The demo could not go on; one line."""


@dataclass(frozen=True)
class VisitReport:
    matter: str
    language: str
    case_id: str
    case_number: str
    seconds: float
    pictures: tuple[str, ...]
    receipt: str
    case: str

    def as_json(self) -> dict[str, object]:
        return {**self.__dict__, "pictures": list(self.pictures)}

    def in_words(self) -> str:
        return (
            f"{self.matter} ({self.language}): case {self.case_number} in {self.seconds:.1f} s; "
            f"{len(self.pictures)} pictures, receipt {self.receipt}, case {self.case}"
        )


def turns_of(visits: int) -> list[tuple[str, str]]:
    """Matters take turns, and each is met in the other language the next time round."""
    places = [divmod(turn, len(SHOWN)) for turn in range(visits)]
    return [(SHOWN[index], ("zh", "en")[(around + index) % 2]) for around, index in places]


def run_demo(visits: int, out: Path, *, landscape: bool = False) -> Iterator[VisitReport]:
    """Each visit as it ends. Raises DemoError where a page did not come or a part did not start."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from kiosk.ui.visitor import VisitorStuckError

    _clear(out)
    size = (1920, 1080) if landscape else (1080, 1920)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="oue-demo-") as folder,
            Stage(Path(folder), SystemClock(), size=size) as stage,
        ):
            yield from _play(stage, turns_of(visits), out, size)
    except (StageError, VisitorStuckError) as error:
        raise DemoError(str(error)) from error


def _clear(out: Path) -> None:
    """An earlier demo's pictures go; a folder with anything else in it is left alone. Raises DemoError, OSError."""
    if out.exists() and not (out.is_dir() and all(entry.name[:2].isdigit() for entry in out.iterdir())):
        raise DemoError(f"{out}: is there already and holds no demo; empty it, or name another with --out")
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)


def _play(stage: Stage, turns: list[tuple[str, str]], out: Path, size: tuple[int, int]) -> Iterator[VisitReport]:
    from kiosk.ui.app import ScreenSettings
    from kiosk.ui.terminal import Terminal
    from kiosk.ui.visitor import Visitor

    clock = SystemClock()
    terminal = Terminal(stage.config, ScreenSettings(*size, windowed=True), clock)
    terminal.open()
    visitor = Visitor(terminal.window, lambda: terminal.journey, clock)
    try:
        for number, (matter, language) in enumerate(turns, start=1):
            folder = out / f"{number:02}-{matter}-{language}"
            yield _visit(stage, visitor, matter, language, folder, clock, by_code=number % 2 == 1)
    finally:
        terminal.close()


def _visit(
    stage: Stage, visitor: "Visitor", matter: str, language: str, folder: Path, clock: Clock, *, by_code: bool
) -> VisitReport:
    from kiosk.demo.citizen import Citizen

    started = clock.monotonic()
    known = {str(case["case_id"]) for case in stage.cases()}
    citizen = Citizen(visitor, stage.twins, folder)
    visitor.sees("Attract", within=30)
    citizen.speaks(language)
    if by_code:
        citizen.holds_matter_code(matter)
    else:
        citizen.touches_matter(matter)
    citizen.goes_through()
    assert citizen.result is not None
    case = next(case for case in stage.cases() if str(case["case_id"]) not in known)
    number = str(case["case_number"])
    citizen.looks_up(citizen.result.follow_url or f"OEB1:C:{number}")  # a document issued at once leads to itself
    receipt = shutil.copy(sorted((stage.twin_folder / "receipts").glob("*.png"))[-1], folder / "receipt.png")
    kept = folder / "case.json"
    shown = stage.case(number, folder / "case")
    kept.write_text(json.dumps(shown, ensure_ascii=False, indent=2), encoding="utf-8")
    pictures = tuple(str(path) for path in citizen.pictured)
    seconds = round(clock.monotonic() - started, 1)
    return VisitReport(matter, language, str(case["case_id"]), number, seconds, pictures, str(receipt), str(kept))
