"""The pages that show nobody's data stay while others are shown; what somebody looked for in them does not."""

from dataclasses import replace

from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest

TILE, GROUP = "tile:sample-0", "group:event:papers"


def looks_for(terminal, question):
    """What the journey shows to somebody who wrote this and found something."""
    view = terminal.journey.view
    found = replace(view.screen, question=question, tiles=view.screen.tiles[:1], events=(), departments=())
    terminal.shell.show(replace(view, screen=found))
    QTest.qWait(5)


def test_the_next_person_finds_the_list_drawn_already(terminal):
    terminal.shows("matters_many")
    first, group = terminal.item(TILE), terminal.item(GROUP)
    terminal.shows("attract")
    assert not terminal.has(GROUP)
    terminal.shows("matters_many")
    assert terminal.item(TILE) is first
    assert terminal.item(GROUP) is group


def test_what_one_person_looked_for_is_gone_for_the_next(terminal):
    terminal.shows("matters_many")
    group = terminal.item(GROUP)
    looks_for(terminal, "测试甲")
    terminal.shows("attract")
    kept = terminal.shell.matterList
    assert (kept.property("question"), kept.tiles.rowCount()) == ("", 0)
    terminal.shows("matters_many")
    assert "测试甲" not in terminal.words()
    assert terminal.item(GROUP) is group


def test_what_was_being_written_is_gone_too(terminal):
    terminal.shows("matters_many", "en")
    terminal.touches("search")
    terminal.touches("key:a")
    terminal.shows("attract", "en")
    terminal.shows("matters_many", "en")
    assert not terminal.has("keyboard")
    assert terminal.item("search").property("text") == ""


def test_a_long_list_begins_at_its_top_again(terminal):
    terminal.shows("matters_many")
    top = terminal.item(TILE).mapToScene(QPointF()).y()
    terminal.touches("more")
    assert terminal.item(TILE).mapToScene(QPointF()).y() < top
    terminal.shows("attract")
    terminal.shows("matters_many")
    assert terminal.item(TILE).mapToScene(QPointF()).y() == top


def test_a_list_that_was_hidden_while_the_display_changed_follows_it(terminal):
    terminal.shows("matters_many")
    small = terminal.item(GROUP).height()
    terminal.shows("notice")
    terminal.shell.setTextStep(3)
    terminal.shows("matters_many")
    assert terminal.item(GROUP).height() > small
