"""A stage for each file of journeys: real center, real twins, and a terminal for each test."""

from collections.abc import Iterator

import pytest

from devices.clock import SystemClock
from kiosk.demo.citizen import Citizen
from kiosk.demo.stage import Stage
from kiosk.ui.app import ScreenSettings
from kiosk.ui.terminal import Terminal
from kiosk.ui.visitor import Visitor
from tests.visits.quick_stage import QuickStage


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with QuickStage(tmp_path_factory.mktemp("stage"), SystemClock()) as stage:
        yield stage


@pytest.fixture
def visitor(stage: Stage) -> Iterator[Visitor]:
    """A person in front of a terminal that was just switched on."""
    terminal = Terminal(stage.config, ScreenSettings(windowed=True), SystemClock())
    terminal.open()
    visitor = Visitor(terminal.window, lambda: terminal.journey, SystemClock())
    visitor.sees("Attract")
    yield visitor
    terminal.close()


@pytest.fixture
def citizen(stage: Stage, visitor: Visitor) -> Citizen:
    return Citizen(visitor, stage.twins)
