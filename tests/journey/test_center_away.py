"""The center is slow or away: the visit goes on, and what was missed follows by itself."""

import pytest

from kiosk.messages.from_backroom import SyncChanged
from kiosk.messages.to_backroom import AskCenter, PrintReceipt


def test_lookup_without_the_center_goes_on(terminal):
    terminal.certificate_to_lookup()
    assert terminal.screen.state == "asking"
    terminal.center_answers("unavailable")
    assert terminal.screen.state == "unavailable"
    assert terminal.screen.message
    terminal.journey.proceed()
    assert terminal.page == "Review"


def test_lookup_is_asked_again_when_the_network_is_back(terminal):
    terminal.certificate_to_lookup()
    terminal.waits(13)
    assert terminal.screen.state == "unavailable"
    terminal.hears(SyncChanged(waiting=0, reachable=True))
    assert terminal.screen.state == "asking"
    assert len(terminal.backroom.all(AskCenter)) == 2
    terminal.center_answers()
    assert (terminal.screen.state, "示例" in terminal.screen.sample) == ("found", True)
    assert terminal.screen.rows


@pytest.mark.parametrize("status", ["notFound", "refused"])
def test_lookup_that_found_nothing_goes_on(terminal, status):
    terminal.certificate_to_lookup()
    terminal.center_answers(status)
    assert terminal.screen.message
    terminal.journey.proceed()
    assert terminal.page == "Review"


def test_an_answer_the_matter_cannot_read_is_no_answer(terminal):
    terminal.certificate_to_lookup()
    terminal.center_answers("found", {"status": "found", "data": {"area": 3}, "source": "示例"})
    assert terminal.screen.state == "unavailable"
    terminal.journey.proceed()
    assert terminal.page == "Review"


def test_offline_the_visit_finishes_with_a_local_number(terminal):
    terminal.hears(SyncChanged(waiting=0, reachable=False))
    assert terminal.journey.view.offline
    assert terminal.screen.notice
    terminal.certificate_to_lookup()
    terminal.center_answers("unavailable")
    terminal.journey.proceed()
    terminal.journey.proceed()
    case_id = terminal.commits()
    screen = terminal.screen
    assert (screen.number, screen.number_kind, screen.waiting_for_center) == ("L0001-000007", "local", False)
    assert screen.next_steps
    receipt = terminal.backroom.last(PrintReceipt)
    assert receipt.values["number"] == "L0001-000007"
    terminal.prints()
    terminal.hears(SyncChanged(waiting=0, reachable=True))
    terminal.delivers(case_id, {"outcome": "pending", "message": {"zh": "稍候", "en": "Later"}})
    assert (terminal.screen.number, terminal.screen.message) == ("OEB20261123000042", "稍候")
    terminal.journey.print_again()
    assert terminal.backroom.last(PrintReceipt).values["number"] == "OEB20261123000042"


def test_a_slow_center_is_waited_for_eight_seconds(terminal):
    terminal.certificate_to_result()
    terminal.waits(7)
    assert terminal.screen.waiting_for_center
    assert not terminal.backroom.all(PrintReceipt)
    terminal.waits(2)
    assert not terminal.screen.waiting_for_center
    assert terminal.backroom.last(PrintReceipt).values["number"] == "L0001-000007"
