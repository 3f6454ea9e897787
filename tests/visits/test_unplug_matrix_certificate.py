"""Each device pulled and plugged in again where a visit for a certificate has a kind of page that insurance has not.

Every cell of every matter: `python -m tests.visits.unplug`.
`pytest -s` on this file prints how long the screen took to say the cause. The cells go through one visit after another
at one terminal: run the file, not a cell.
"""

from collections.abc import Iterator

import pytest

from kiosk.demo.stage import Stage
from tests.shipped import catalog
from tests.visits.unplug_cells import Cell, cells_beside
from tests.visits.unplug_matrix import check_ends, walk_through
from tests.visits.unplug_walk import Walk

MATTER = catalog()["social-insurance-certificate"]


@pytest.fixture(scope="module")
def walk(stage: Stage) -> Iterator[Walk]:
    yield from walk_through(stage, MATTER)


@pytest.mark.parametrize("cell", cells_beside(MATTER, catalog()["resident-medical-insurance"]), ids=str)
def test_pulled_it_is_said_where_it_is_needed_and_plugged_in_the_visit_goes_on(walk: Walk, cell: Cell) -> None:
    walk.pulls(cell)


def test_every_visit_became_one_case(stage: Stage, walk: Walk, capsys: pytest.CaptureFixture[str]) -> None:
    check_ends(stage, walk, capsys)
