"""The home page stands before anything is loaded; the journey that comes later must not change what it says."""

from dataclasses import replace

import pytest
from PySide6.QtTest import QTest

from kiosk.journey.screens import Attract
from kiosk.journey.words import load_words
from kiosk.places import ASSETS
from kiosk.ui.shell import FIRST


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_on_the_home_page_changes_when_the_journey_arrives(terminal, language):
    terminal.shell.show(replace(FIRST, language=language))
    QTest.qWait(20)
    before = terminal.words()
    words = load_words(ASSETS / "words")
    title, subtitle = words.say(language, "attract.title"), words.say(language, "attract.subtitle")
    said = Attract(title=title, subtitle=subtitle, can_go_back=False, can_go_home=False)
    terminal.shell.show(replace(FIRST, screen=said, language=language))
    QTest.qWait(20)
    assert title in before
    assert terminal.words() == before
