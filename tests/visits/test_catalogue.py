"""Every matter of the catalogue at the real screen: the case at the center holds exactly what was answered."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from typer.testing import CliRunner

from center.clock import CHINA_TIME
from center.commands.cases import app
from devices.clock import SystemClock
from flows.visit import Visit
from kiosk.demo.stage import Stage
from kiosk.ui.app import ScreenSettings
from kiosk.ui.terminal import Terminal
from kiosk.ui.visitor import Visitor
from tests.catalogue.walker import Walker, by_keys
from tests.catalogue.walks import Walk, catalog, walks

FIRST = [next(walk for walk in walks() if walk.matter == matter) for matter in catalog()]
PICTURED = ("capture", "sign")


@pytest.fixture(scope="module")
def walker(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walker]:
    """One terminal for all: people come one after the other."""
    terminal = Terminal(stage.config, ScreenSettings(windowed=True), SystemClock())
    terminal.open()
    visitor = Visitor(terminal.window, lambda: terminal.journey, SystemClock())
    yield Walker(visitor, stage.twins, tmp_path_factory.mktemp("cards"))
    terminal.close()


def today() -> date:
    return SystemClock().now().astimezone(CHINA_TIME).date()


def case_at_center(stage: Stage, number: str) -> dict[str, object]:
    """As `kiosk-center cases show` prints it."""
    done = CliRunner().invoke(app, ["show", number, "--json", "--state", str(stage.folder / "center")])
    assert done.exit_code == 0, done.output
    shown: dict[str, object] = json.loads(done.stdout)
    return shown


def answers_of(visit: Visit, answers: dict[str, object]) -> dict[str, object]:
    """Without what differs by nature: the bytes of pictures, and what a card has besides name and number."""
    kinds = {step.id: step.kind for step in visit.matter.steps}
    plain: dict[str, object] = {}
    for step, answer in answers.items():
        if kinds[step] in PICTURED:
            plain[step] = len(answer) if isinstance(answer, list) else isinstance(answer, dict) or answer
        elif kinds[step] == "identify" and isinstance(answer, dict):
            plain[step] = (answer["name"], answer["number"], answer["address"])
        elif kinds[step] != "review":
            plain[step] = answer
    return plain


@pytest.mark.parametrize("walk", FIRST, ids=str)
def test_a_matter_is_walked_to_its_end(stage: Stage, walker: Walker, walk: Walk) -> None:
    walk = by_keys(walk)
    walker.begins(walk)
    visit = walker.walks(walk, today())
    walker.leaves()
    assert walker.result is not None
    case = case_at_center(stage, walker.result.number)
    assert answers_of(visit, case["case"]["answers"]) == answers_of(visit, dict(visit.answers))
    assert case["decision"]["outcome"] == walk.outcome
