"""One terminal and its center for many walks, and what a case must hold when it arrives."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from traceback import extract_tb

from pydantic import JsonValue
from typer.testing import CliRunner

from center.clock import CHINA_TIME
from center.commands.cases import app
from devices.clock import SystemClock
from flows.visit import Visit
from kiosk.demo.stage import Stage
from kiosk.ui.app import ScreenSettings
from kiosk.ui.terminal import Terminal
from kiosk.ui.visitor import Visitor
from tests.catalogue.walker import Walker
from tests.catalogue.walks import Walk

PICTURED = ("capture", "sign")


def today() -> date:
    return SystemClock().now().astimezone(CHINA_TIME).date()


@contextmanager
def walker_at(stage: Stage, cards: Path, size: tuple[int, int] = (540, 960)) -> Iterator[Walker]:
    """Somebody in front of a terminal that was just switched on; people come to it one after the other.

    However many pixels, the screen is as large as the usual one: few are drawn in less time.
    """
    dense = ScreenSettings().pixels_per_mm * max(size) / 1920
    settings = ScreenSettings(windowed=True, width=size[0], height=size[1], pixels_per_mm=dense)
    terminal = Terminal(stage.config, settings, SystemClock())
    terminal.open()
    visitor = Visitor(terminal.window, lambda: terminal.journey, SystemClock())
    yield Walker(visitor, stage.twins, cards)
    terminal.close()


def wrong_with(error: Exception) -> str:
    """In one line, with the place in our own code where it was noticed."""
    place = extract_tb(error.__traceback__)[-1]
    said = " ".join(str(error).split())[:300] or place.line
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}: {said}"


def case_at_center(stage: Stage, number: str) -> dict[str, JsonValue]:
    """As `kiosk-center cases show` prints it."""
    done = CliRunner().invoke(app, ["show", number, "--json", "--state", str(stage.folder / "center")])
    assert done.exit_code == 0, done.output
    shown: dict[str, JsonValue] = json.loads(done.stdout)
    return shown


def check_case(stage: Stage, number: str, visit: Visit, walk: Walk) -> None:
    """The case as received holds exactly the answers given, and its decision is the one expected."""
    shown = case_at_center(stage, number)
    case, decision = shown["case"], shown["decision"] or {"outcome": "accepted"}
    assert isinstance(case, dict)
    assert isinstance(decision, dict)
    answers = case["answers"]
    assert isinstance(answers, dict)
    assert plain_answers(visit, answers) == plain_answers(visit, visit.answers)
    assert decision["outcome"] == walk.outcome


def plain_answers(visit: Visit, answers: Mapping[str, JsonValue]) -> dict[str, object]:
    """Without what differs by nature: the bytes of pictures, and what a card has besides its text."""
    kinds = {step.id: step.kind for step in visit.matter.steps}
    plain: dict[str, object] = {}
    for step, answer in answers.items():
        if kinds[step] in PICTURED:
            plain[step] = len(answer) if isinstance(answer, list) else isinstance(answer, dict) or answer
        elif kinds[step] == "identify" and isinstance(answer, dict):
            plain[step] = (answer["name"], answer["number"], answer["address"])
        elif kinds[step] == "lookup" and isinstance(answer, dict):
            plain[step] = {key: value for key, value in answer.items() if key != "source"}
        elif kinds[step] != "review":
            plain[step] = answer
    return plain
