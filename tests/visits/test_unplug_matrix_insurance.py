"""Each device pulled and plugged in again in each state of a visit: resident-medical-insurance.

`pytest -s` on this file prints how long the screen took to say the cause. The cells go through one visit after another
at one terminal: run the file, not a cell.
"""

from collections.abc import Iterator

import pytest

from kiosk.demo.stage import Stage
from tests.shipped import catalog
from tests.visits.unplug_cells import Cell, cells_of
from tests.visits.unplug_matrix import check_ends, walk_through
from tests.visits.unplug_walk import Walk

MATTER = catalog()["resident-medical-insurance"]


@pytest.fixture(scope="module")
def walk(stage: Stage) -> Iterator[Walk]:
    yield from walk_through(stage, MATTER)


@pytest.mark.parametrize("cell", cells_of(MATTER), ids=str)
def test_pulled_it_is_said_where_it_is_needed_and_plugged_in_the_visit_goes_on(walk: Walk, cell: Cell) -> None:
    walk.pulls(cell)


def test_every_visit_became_one_case(stage: Stage, walk: Walk, capsys: pytest.CaptureFixture[str]) -> None:
    check_ends(stage, walk, capsys)
