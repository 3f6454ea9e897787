"""Idle, home, back, finish: every visit ends, and nothing of a person stays behind."""

import pytest

from kiosk.messages.to_backroom import Stop, VisitEnded
from tests.journey.leftovers import left_behind


def test_the_search_for_leftovers_finds_what_is_there(terminal):
    terminal.enrolment_to_review()
    assert len(left_behind(terminal)) >= 4


@pytest.mark.parametrize("ending", ["idle", "home", "back", "finish"])
def test_nothing_of_a_person_stays(terminal, ending):
    terminal.enrolment_to_review()
    if ending == "idle":
        terminal.waits(151)
        assert terminal.page == "Attract"
    elif ending == "home":
        terminal.journey.go_home()
        assert terminal.page == "Attract"
    elif ending == "back":
        for _ in range(12):
            terminal.journey.go_back()
        assert terminal.page == "Attract"
    else:
        terminal.journey.proceed()
        terminal.delivers(terminal.commits())
        terminal.journey.proceed()
        terminal.journey.skip()
        assert terminal.page == "Farewell"
    assert terminal.backroom.all(VisitEnded)
    assert left_behind(terminal) == []


def test_a_warning_comes_before_the_wipe_and_one_tap_stays(terminal):
    terminal.journey.set_language("en")
    terminal.enrolment_to_form()
    assert terminal.journey.view.idle.seconds_left == 150
    terminal.waits(119)
    assert not terminal.journey.view.idle.warning
    terminal.waits(2)
    assert terminal.journey.view.idle.warning
    assert terminal.screen.personal
    terminal.journey.stay()
    assert not terminal.journey.view.idle.warning
    assert terminal.page == "Form"
    terminal.backroom.forget()
    terminal.waits(150)
    assert (terminal.page, terminal.journey.view.language) == ("Attract", "zh")
    assert [type(message) for message in terminal.backroom.sent[:2]] == [Stop, VisitEnded]


def test_the_idle_clock_stands_still_while_the_terminal_works(terminal):
    terminal.enrolment_to_review()
    terminal.waits(100)
    terminal.journey.proceed()
    terminal.waits(29)
    assert terminal.page == "Submit"
    assert terminal.journey.view.idle.seconds_left == 150


def test_idle_after_submitting_finishes_normally(terminal):
    terminal.delivers(terminal.enrolment_to_result())
    terminal.prints()
    terminal.waits(151)
    assert terminal.page == "Farewell"
    terminal.waits(9)
    assert terminal.page == "Attract"


def test_the_list_does_not_stay_open_for_ever(terminal):
    terminal.journey.start()
    terminal.waits(151)
    assert terminal.page == "Attract"


def test_the_first_page_goes_back_to_chinese(terminal):
    terminal.journey.set_language("en")
    assert terminal.screen.subtitle.isascii()
    terminal.waits(121)
    assert terminal.journey.view.language == "zh"
