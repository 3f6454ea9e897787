"""Every matter of the catalogue at the real screen: the case at the center holds exactly what was answered.

Every matter that is queued without a network goes without a screen in journey/test_offline_walks.py, and at the screen,
in both languages and displays, by `python -m tests.catalogue --away`.
"""

from collections.abc import Iterator

import pytest

from kiosk.demo.stage import Stage
from tests.catalogue.away import play_away
from tests.catalogue.playing import check_case, today, walker_at
from tests.catalogue.walker import Walker
from tests.catalogue.walks import Walk, walks
from tests.shipped import catalog

FIRST = [next(walk for walk in walks() if walk.matter == matter) for matter in catalog()]
AWAY = [next(walk for walk in FIRST if walk.matter == name) for name in ("tax-certificate", "did-not-work-out")]
STOPPED = next(walk for walk in walks() if walk.stopped and walk.matter == "driving-licence-renewal")


@pytest.fixture(scope="module")
def walker(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walker]:
    with walker_at(stage, tmp_path_factory.mktemp("cards")) as walker:
        yield walker


@pytest.mark.parametrize("walk", FIRST, ids=str)
def test_a_matter_is_walked_to_its_end(stage: Stage, walker: Walker, walk: Walk) -> None:
    walker.begins(walk)
    visit = walker.walks(walk, today())
    walker.leaves()
    assert walker.result is not None
    check_case(stage, walker.result.number, visit, walk)


def test_without_a_network_one_of_each_kind_is_taken_and_arrives_later(stage: Stage, walker: Walker) -> None:
    assert [catalog()[walk.matter].kind for walk in AWAY] == ["instant", "accepted"]
    walked = list(play_away(stage, walker, AWAY, "zh"))
    assert [line.partition(" ")[0] for line in walked] == ["well", "well"], walked


def test_somebody_whose_licence_is_far_from_its_end_is_told_so_at_once(walker: Walker) -> None:
    walker.begins(STOPPED)
    visit = walker.walks(STOPPED, today())
    assert visit.current is not None
    assert visit.current.id == "licence"
    walker.goes_home()
