"""Every matter that is allowed while the center is away: taken at the real screen, and compared once it arrived."""

from collections.abc import Callable, Iterator, Sequence

from flows.visit import Visit
from kiosk.demo.stage import Stage
from kiosk.ui.visitor import VisitorStuckError
from tests.catalogue.playing import check_case, today, wrong_with
from tests.catalogue.walker import Walker
from tests.catalogue.walks import Walk, walks
from tests.shipped import catalog

ARRIVAL = 120.0  # s until all are delivered, opened and decided


def walks_away() -> list[Walk]:
    """The first walk of each matter that is queued."""
    firsts = {walk.matter: walk for walk in reversed(walks())}
    return [firsts[matter.id] for matter in catalog().values() if matter.offline == "queue"]


def play_away(stage: Stage, walker: Walker, wanted: Sequence[Walk], language: str) -> Iterator[str]:
    """A line a walk; the center is gone until all of them were walked."""
    stage.kill_center()
    walker.online = False
    given: dict[str, tuple[Walk, Visit]] = {}
    for walk in wanted:
        failure = _said(lambda walk=walk: given.__setitem__(walk.matter, (walk, _taken(walker, walk, language))))
        if failure:
            yield f"FAILED away-{language} {walk}: {failure}"
    known = {case["case_id"] for case in _before(stage)}
    walker.online = True

    def arrived() -> dict[str, str]:
        fresh = [case for case in stage.cases() if case["case_id"] not in known]
        return {str(case["matter"]): str(case["case_id"]) for case in fresh if _settled(given, case)}

    failure = _said(lambda: walker.visitor.waits_until(lambda: set(arrived()) == set(given), "all cases", ARRIVAL))
    there = arrived()
    for matter, (walk, visit) in given.items():
        failure = _said(lambda m=matter, v=visit, w=walk: check_case(stage, there[m], v, w))
        yield f"FAILED away-{language} {walk}: {failure}" if failure else f"well away-{language} {walk}"


def _before(stage: Stage) -> list[dict[str, object]]:
    """The cases of earlier walks, before the terminal has reached the center that comes back."""
    cases = stage.cases()
    stage.start_center()
    return cases


def _taken(walker: Walker, walk: Walk, language: str) -> Visit:
    walker.begins(walk, language)
    visit = walker.walks(walk, today())
    walker.leaves()
    assert walker.result is not None
    assert walker.result.number_kind == "local"
    return visit


def _settled(given: dict[str, tuple[Walk, Visit]], case: dict[str, object]) -> bool:
    known = given.get(str(case["matter"]))
    return known is not None and (known[0].outcome == "accepted" or case["state"] == "finished")


def _said(act: Callable[[], object]) -> str:
    """What was wrong, in one line; empty for nothing."""
    try:
        act()
    except (AssertionError, VisitorStuckError, ValueError, KeyError) as error:
        return wrong_with(error)
    return ""
