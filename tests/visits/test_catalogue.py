"""Every matter of the catalogue at the real screen: the case at the center holds exactly what was answered."""

from collections.abc import Iterator, Mapping

import pytest

from kiosk.demo.stage import Stage
from tests.catalogue.playing import check_case, today, walker_at
from tests.catalogue.walker import Walker
from tests.catalogue.walks import Walk, walks
from tests.shipped import catalog

FIRST = [next(walk for walk in walks() if walk.matter == matter) for matter in catalog()]
OFFLINE = next(walk for walk in FIRST if walk.matter == "tax-certificate")  # the others: journey/test_offline_walks.py
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


def test_without_a_network_it_is_taken_and_arrives_later(stage: Stage, walker: Walker) -> None:
    known = {case["case_id"] for case in stage.cases()}
    stage.kill_center()
    walker.online = False
    walker.begins(OFFLINE)
    visit = walker.walks(OFFLINE, today())
    walker.leaves()
    assert walker.result is not None
    assert walker.result.number_kind == "local"
    stage.start_center()
    walker.online = True

    def arrived() -> list[str]:
        return [str(case["case_id"]) for case in stage.cases() if case["case_id"] not in known and is_decided(case)]

    walker.visitor.waits_until(lambda: bool(arrived()), "the case to arrive and to be decided", 60)
    check_case(stage, arrived()[0], visit, OFFLINE)


def is_decided(case: Mapping[str, object]) -> bool:
    return case["state"] == "finished"


def test_somebody_whose_licence_is_far_from_its_end_is_told_so_at_once(walker: Walker) -> None:
    walker.begins(STOPPED)
    visit = walker.walks(STOPPED, today())
    assert visit.current is not None
    assert visit.current.id == "licence"
    walker.goes_home()
