"""What a person touches becomes exactly one intent, and nothing else does."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest

ONE_TOUCH = [
    ("attract", "start", ("start",)),
    ("matters", "tile:social-insurance-certificate", ("open_matter", "social-insurance-certificate")),
    ("matters", "progress", ("open_progress",)),
    ("notice", "agree", ("agree",)),
    ("notice", "back", ("go_back",)),
    ("notice_consent", "decline", ("decline",)),
    ("choose_multiple", "forward", ("select", ["pension"])),
    ("lookup_found", "forward", ("proceed",)),
    ("capture_taken", "retake", ("retake",)),
    ("capture_taken", "accept", ("accept_picture",)),
    ("capture_document", "skip", ("skip",)),
    ("capture_document", "byHand", ("take_by_hand", True)),
    ("capture_several", "delete:2", ("delete_page", 2)),
    ("capture_refused", "accept", ("accept_picture",)),
    ("review", "change:group", ("change", "group")),
    ("review", "forward", ("proceed",)),
    ("result_issued", "forward", ("proceed",)),
    ("result_local", "printAgain", ("print_again",)),
    ("result_a4", "printDocument", ("print_document",)),
    ("rate", "level:5", ("rate", 5, [], "")),
    ("rate_chosen", "forward", ("proceed",)),
    ("rate", "skip", ("skip",)),
    ("farewell", "finish", ("go_home",)),
    ("progress_not_found", "forward", ("ask_progress", "3303002026")),
    ("progress_found", "bring:0", ("bring_missing", 0)),
    ("progress_found", "stuck", ("report",)),
    ("progress_missing_parts", "bring:2", ("bring_missing", 2)),
    ("trouble_paper", "forward", ("proceed",)),
    ("idle_warning", "stay", ("stay",)),
]


@pytest.mark.parametrize(("page", "name", "intent"), ONE_TOUCH, ids=[f"{p}-{n}" for p, n, _ in ONE_TOUCH])
def test_one_touch_is_one_intent(terminal, page, name, intent):
    terminal.shows(page)
    terminal.touches(name)
    assert terminal.intents() == [intent]


def test_a_touch_counts_only_when_pressed_and_released_on_the_same_target(terminal):
    terminal.shows("notice")
    button = terminal.item("agree")
    inside = button.mapToScene(QPointF(button.width() / 2, button.height() / 2))
    terminal.presses(inside, inside - QPointF(0, 400))
    assert terminal.intents() == []


def test_a_second_strike_at_once_does_not_count(terminal):
    terminal.shows("notice")
    terminal.touches("agree")
    terminal.touches("agree")
    assert terminal.intents() == [("agree",)]


def test_every_touch_restarts_the_time_left(terminal):
    terminal.shows("notice")
    terminal.presses(QPointF(540, 700))
    assert ("touched",) in terminal.journey.told


def test_home_asks_before_it_wipes(terminal):
    terminal.shows("form")
    terminal.touches("home")
    assert terminal.intents() == []
    terminal.touches("home:cancel")
    terminal.shows("review")
    QTest.qWait(600)
    terminal.touches("home")
    terminal.touches("home:confirm")
    assert terminal.intents() == [("go_home",)]


def test_several_choices_are_kept_until_continue(terminal):
    terminal.shows("choose_multiple")
    terminal.touches("option:injury")
    terminal.touches("option:pension")
    terminal.touches("option:unemployment")
    terminal.touches("forward")
    assert terminal.intents() == [("select", ["injury", "unemployment"])]


def test_a_rating_with_its_reason(terminal):
    terminal.shows("rate")
    assert not terminal.item("forward").isEnabled()
    terminal.touches("level:4")
    terminal.touches("tag:412")
    terminal.touches("forward")
    assert terminal.intents() == [("rate", 4, [], ""), ("rate", 4, ["412"], ""), ("proceed",)]


def test_a_promise_must_be_read_to_its_end(terminal):
    terminal.shell.setTextStep(3)
    terminal.shows("promise")
    QTest.qWait(80)
    assert not terminal.item("agree").isEnabled()
    while terminal.has("more"):
        terminal.touches("more")
    QTest.qWait(20)
    terminal.touches("agree")
    assert terminal.intents() == [("agree",)]


def test_what_a_person_writes_goes_with_the_rating(terminal):
    terminal.shows("rate", "en")
    terminal.touches("level:2")
    terminal.window.grabWindow()
    terminal.item("field:text").tapped.emit()
    terminal.window.grabWindow()
    for letter in "slow":
        terminal.touches(f"key:{letter}")
    terminal.touches("key:next")
    terminal.touches("forward")
    assert terminal.intents()[-2:] == [("rate", 2, [], "slow"), ("proceed",)]
