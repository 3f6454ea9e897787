"""Each matter while the center is away: delivered later with exactly the answers given, or refused at the beginning."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from center.cases import attachments_of, decision_of, open_case
from center.clock import CHINA_TIME
from kiosk.messages.from_backroom import SyncChanged
from tests.catalogue.playing import plain_answers
from tests.catalogue.walks import Walk, walks
from tests.catalogue.without_center import TerminalAlone
from tests.center.desk import Desk, open_desk
from tests.shipped import catalog

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)  # in the months in which every matter is open
FIRST = [next(walk for walk in walks() if walk.matter == name) for name in catalog()]
TAKEN = [walk for walk in FIRST if catalog()[walk.matter].offline == "queue"]
REFUSED = [matter for matter in catalog().values() if matter.offline == "refuse"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk") / "state", "") as desk:
        desk.clock.moment = NOON
        yield desk


@pytest.fixture(scope="module")
def alone(desk, tmp_path_factory, words) -> Iterator[TerminalAlone]:
    terminal = TerminalAlone(desk, tmp_path_factory.mktemp("alone"), words)
    yield terminal
    terminal.close()


@pytest.mark.parametrize("walk", TAKEN, ids=str)
def test_it_is_queued_and_delivered_with_exactly_the_answers_given(desk: Desk, alone: TerminalAlone, walk: Walk):
    visit = alone.walks(walk, NOON.astimezone(CHINA_TIME).date())
    assert (type(alone.screen).__name__, alone.screen.number_kind) == ("Result", "local")
    assert alone.screen.message == visit.matter.step("result").waiting.zh
    (entry,) = alone.outbox.waiting()
    alone.leaves()
    done = alone.delivers()
    assert (done.delivered, done.waiting, done.last_error) == (1, 0, "")
    arrived = open_case(desk.center, entry.envelope_id)
    assert plain_answers(visit, arrived.case.answers) == plain_answers(visit, visit.answers)
    pictures = attachments_of(desk.center, arrived.envelope, arrived.case)
    assert {name: plain for name, _, plain in pictures} == alone.handed
    decision = decision_of(desk.center, entry.envelope_id)
    assert (decision.outcome if decision else "accepted") == walk.outcome


@pytest.mark.parametrize("matter", REFUSED, ids=lambda matter: matter.id)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_needs_the_center_says_so_and_why_before_it_is_begun(terminal, matter, language):
    terminal.journey.set_language(language)
    terminal.hears(SyncChanged(waiting=0, reachable=False))
    terminal.journey.start()
    terminal.journey.open_group("all")
    terminal.journey.show_more()
    (tile,) = [tile for tile in terminal.screen.tiles if tile.id == matter.id]
    assert (tile.available, tile.unavailable_reason) == (False, matter.offline_reason.in_language(language))
    terminal.journey.open_matter(matter.id)
    assert terminal.page == "MatterList"
    terminal.hears(SyncChanged(waiting=0, reachable=True))
    terminal.journey.open_matter(matter.id)
    assert terminal.page == "Notice"
