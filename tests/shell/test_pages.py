"""Every page loads without a word from Qt, in both orientations, and what a finger can press is big enough."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.ui.samples import samples
from kiosk.ui.shell import CONTRASTS

PIXELS_PER_MM = 4.03
LEAST = 12.7  # mm, VVSG 2.0 7.2-I
QUIET = ("page", "keyboard")


def _pressables(item: QQuickItem) -> list[QQuickItem]:
    if not item.isVisible():
        return []
    own = [item] if item.metaObject().indexOfSignal("tapped()") >= 0 else []
    return own + [found for child in item.childItems() for found in _pressables(child)]


@pytest.mark.parametrize("terminal", [(1080, 1920), (1920, 1080)], indirect=True, ids=["portrait", "landscape"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_loads_and_stays_inside_the_window(terminal, language):
    for name in samples(language):
        terminal.shows(name, language)
        for step, contrast in ((1, "standard"), (3, "high")):
            terminal.shell.setTextStep(step)
            terminal.shell.setContrast(contrast)
        edge = QRectF(0, 0, terminal.window.width(), terminal.window.height())
        for item in _pressables(terminal.window.rootObject()):
            box = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))
            assert box.left() >= -1, (name, item.objectName())
            assert box.right() <= edge.right() + 1, (name, item.objectName())
    assert terminal.shell.contrast in CONTRASTS


def test_everything_that_can_be_pressed_is_named_and_at_least_the_least_size(terminal):
    for name in samples("zh"):
        terminal.shows(name)
        for item in _pressables(terminal.window.rootObject()):
            assert item.objectName(), (name, item)
            small = min(item.width(), item.height()) / PIXELS_PER_MM
            assert small >= LEAST - 0.15, (name, item.objectName(), small)


def test_the_keys_are_at_least_the_least_size(terminal):
    for field in ("mobile", "number", "since", "email", "name"):
        terminal.shows("matters")
        terminal.shows("form")
        terminal.item(f"field:{field}").tapped.emit()
        terminal.window.grabWindow()
        for item in _pressables(terminal.item("keyboard")):
            assert item.objectName().startswith(("key:", "candidate"))
            assert min(item.width(), item.height()) / PIXELS_PER_MM >= LEAST - 0.15, item.objectName()


def test_a_change_of_the_time_left_keeps_the_page(terminal):
    from dataclasses import replace

    terminal.shows("form")
    before = terminal.item("field:mobile")
    view = terminal.journey.view
    terminal.shell.show(replace(view, idle=replace(view.idle, seconds_left=12)))
    assert terminal.item("field:mobile") is before
    assert "0:12" in terminal.words()


def test_a_page_on_which_nothing_moves_is_not_painted_again(terminal):
    painted = []
    terminal.window.frameSwapped.connect(lambda: painted.append(terminal.shell.pageName))

    def comes_to_rest() -> bool:
        """On a busy machine the first frames are late; what turns never rests."""
        for _ in range(20):
            painted.clear()
            QTest.qWait(60)
            if not painted:
                return True
        return False

    for name in ("identify", "capture_starting", "trouble_card", "farewell", "out_of_service"):
        terminal.shows(name)
        QTest.qWait(60)
        assert comes_to_rest(), name
    terminal.shows("submit")  # here something turns
    QTest.qWait(60)
    assert painted
