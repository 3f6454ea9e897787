"""The list of many matters under a finger: writing, what is found meanwhile, groups, and taking it back."""

from dataclasses import replace

import pytest
from PySide6.QtTest import QTest

BOTH = pytest.mark.parametrize("terminal", [(1080, 1920), (1920, 1080)], indirect=True, ids=["portrait", "landscape"])


def follow(terminal, **change):
    """What the journey would show now."""
    view = terminal.journey.view
    terminal.journey.view = replace(view, screen=replace(view.screen, **change))
    terminal.shell.show(terminal.journey.view)
    QTest.qWait(5)


def letters(terminal, text):
    for letter in text:
        terminal.touches(f"key:{letter}")
        follow(terminal, question=terminal.intents()[-1][1])


@BOTH
def test_each_letter_is_searched_for_at_once(terminal):
    terminal.shows("matters_many", "en")
    assert not terminal.has("keyboard")
    terminal.touches("search")
    terminal.window.grabWindow()
    letters(terminal, "tax")
    assert terminal.intents() == [("search", "t"), ("search", "ta"), ("search", "tax")]


def test_pinyin_is_searched_for_before_a_character_is_picked(terminal, qtbot):
    terminal.shows("matters_many")
    terminal.touches("search")
    if not terminal.shell.pinyin.property("available"):
        qtbot.waitUntil(lambda: terminal.has("candidates:before"), timeout=8000)
    terminal.window.grabWindow()
    letters(terminal, "sbzm")
    assert terminal.intents()[-1] == ("search", "sbzm")
    terminal.touches("key:next")
    assert not terminal.has("keyboard")
    assert "sbzm" in terminal.words()


def test_one_touch_takes_back_what_was_written(terminal):
    terminal.shows("matters_many", "en")
    terminal.touches("search")
    terminal.window.grabWindow()
    letters(terminal, "ab")
    terminal.touches("clear")
    assert terminal.intents()[-1] == ("search", "")
    follow(terminal, question="")
    assert not terminal.has("clear")


def test_back_empties_the_box_too(terminal):
    terminal.shows("matters_many", "en")
    terminal.touches("search")
    terminal.window.grabWindow()
    letters(terminal, "ab")
    follow(terminal, question="")
    assert terminal.item("search").property("text") == ""


def test_what_was_said_stands_in_the_box(terminal):
    terminal.shows("matters_many")
    follow(terminal, question="我要打社保证明")
    assert "我要打社保证明" in terminal.words()


def test_a_group_a_matter_and_more(terminal):
    terminal.shows("matters_many")
    terminal.touches("group:event:papers")
    terminal.shows("matters_group")
    terminal.touches("moreMatters")
    terminal.touches("tile:sample-0")
    assert terminal.intents() == [("open_group", "event:papers"), ("show_more",), ("open_matter", "sample-0")]


def test_where_nothing_is_found_three_ways_lead_on(terminal):
    terminal.shows("matters_nothing")
    assert "0577-12345" in terminal.words()
    terminal.touches("report")
    terminal.touches("group:all")
    terminal.touches("progress")
    assert terminal.intents() == [("report",), ("search", ""), ("open_group", "all"), ("open_progress",)]
