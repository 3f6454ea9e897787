"""A real center in its own process, and real terminals of it."""

from collections.abc import Iterator

import pytest

from tests.center.running import RunningCenter
from tests.center.terminals import Terminal


@pytest.fixture(scope="session")
def center(tmp_path_factory) -> Iterator[RunningCenter]:
    """One for all tests that do not hurt it."""
    running = RunningCenter(tmp_path_factory.mktemp("center") / "state").start()
    yield running
    assert running.stop() == 0
    assert "Traceback" not in running.log


@pytest.fixture
def fragile_center(tmp_path) -> Iterator[RunningCenter]:
    """One of its own for a test that kills it."""
    running = RunningCenter(tmp_path / "state").start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def new_terminal() -> Iterator:
    """Makes enrolled terminals of a center."""
    made = []

    def make(center, *, enrolled=True) -> Terminal:
        terminal = Terminal(center)
        made.append(terminal)
        if enrolled:
            assert terminal.enrol(center.code()).status_code == 201
        return terminal

    yield make
    for terminal in made:
        terminal.http.close()


@pytest.fixture(scope="session")
def terminal(center, new_terminal) -> Terminal:
    """One that sends what most tests send."""
    return new_terminal(center)
