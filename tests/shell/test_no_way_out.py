"""No key, no chord and no gesture leads out of the pages. A million touches: `python -m tests.shell`."""

import random  # noqa: TID251 - the seed is the picture
from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest

from kiosk.ui.samples import samples
from tests.shell.strangers import Way, chords, presses, touches

PAGES = sorted(samples("zh"))
CHORDS_A_PAGE = 200
TOUCHES = 1500
TOUCHES_A_PAGE = 50


@pytest.fixture
def way(terminal) -> Iterator[Way]:
    watched = Way(terminal.window)
    yield watched
    watched.close()


def test_no_key_with_any_modifiers_does_anything(terminal, way):
    tried = 0
    for tried, chord in enumerate(chords(), 1):
        if tried % CHORDS_A_PAGE == 1:
            terminal.shows(PAGES[tried // CHORDS_A_PAGE % len(PAGES)])
        presses(terminal.window, chord)
        if tried % CHORDS_A_PAGE == 0:
            assert not way.found(terminal.shell.pageName), chord
    assert terminal.journey.told == []
    assert not way.found(terminal.shell.pageName)
    print(f"{tried} chords, 0 did anything")
    assert tried > 16 * 400


def test_no_touch_leads_out_of_the_pages(terminal, way):
    chance = random.Random(5)
    for number in range(TOUCHES):
        if number % TOUCHES_A_PAGE == 0:
            terminal.shows(chance.choice(PAGES))
        touches(terminal.window, terminal.finger, chance)
        if number % TOUCHES_A_PAGE == TOUCHES_A_PAGE - 1:
            QTest.qWait(1)
            assert not way.found(terminal.shell.pageName), number
    assert terminal.intents(), "no touch reached a page"


def test_the_window_does_not_close_when_it_is_asked_to(terminal, way):
    terminal.window.close()
    QTest.qWait(1)
    assert not way.found(terminal.shell.pageName)
