"""A scripted person at the real screen: finds what is shown by its name and touches it with real touch events."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QPointF, QTimer
from PySide6.QtGui import QPointingDevice
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from devices.clock import Clock
from kiosk.journey.intents import Journey
from kiosk.journey.screens import AnyScreen, View

PATIENCE = 45.0  # s a visitor waits for what should appear, on whatever machine
PACE = 0.55  # s from the end of a touch to the next one of that button; a faster one counts as a tremor
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 40.0  # ms between two looks: to look over a page is work for the screen it is on
LOOK = 0.9  # s a person looks at what came by itself; a page counts touches from 0.7 s on
SWIPE = 0.45  # of the viewport's height, one swipe


class VisitorStuckError(Exception):
    """What was looked for did not appear; the text names it and the page that was shown instead."""


class Visitor:
    """One finger and two eyes; never calls the journey, only reads what it shows."""

    def __init__(self, window: QQuickWindow, journey: Callable[[], Journey | None], clock: Clock) -> None:
        self._window = window
        self._journey = journey
        self._clock = clock
        self._finger: QPointingDevice = QTest.createTouchDevice()
        self._last = ("", 0.0)

    @property
    def view(self) -> View:
        journey = self._journey()
        if journey is None:
            self.waits_until(lambda: self._journey() is not None, "the terminal to be ready")
            journey = self._journey()
        assert journey is not None
        return journey.view

    @property
    def screen(self) -> AnyScreen:
        return self.view.screen

    @property
    def page(self) -> str:
        return type(self.screen).__name__

    def waits_until(self, condition: Callable[[], bool], what: str, within: float = PATIENCE) -> None:
        limit, pause = self._clock.monotonic() + within, FIRST_PAUSE
        while not condition():
            if self._clock.monotonic() > limit:
                shown = type(self.screen).__name__ if self._journey() else "no page yet"
                raise VisitorStuckError(f"waited {within:.0f} s for {what}; the page shown is {shown}")
            _lets_pass(round(pause))
            pause = min(LONGEST_PAUSE, pause * 1.5)

    def sees(self, *pages: str, within: float = PATIENCE) -> AnyScreen:
        self.waits_until(lambda: self.page in pages, f"page {' or '.join(pages)}", within)
        return self.screen

    def sees_item(self, name: str) -> bool:
        return self._find(name) is not None

    def reads(self, name: str, what: str) -> str:
        """A text of the named item, such as its `label`; "" where it has none."""
        return str(self._waits_for(name).property(what) or "")

    def touches(self, name: str, within: float = PATIENCE) -> None:
        """Bring the named item into view with swipes, then press and release at its centre."""
        item = self._waits_for(name, within)
        self._brings_into_view(item)
        rapid = bool(item.property("rapid"))  # a key or a field, which takes every touch
        if not rapid and self._keeps_pace(name) and self._find(name) is not item:  # the page changed: look again
            self.touches(name, within)
            return
        self._taps(_centre(item))
        if not rapid:
            self._last = (name, self._clock.monotonic())

    def _keeps_pace(self, name: str) -> bool:
        """Whether there was a pause before this touch; keys touched between the two do not replace it."""
        last, moment = self._last
        wait = moment + PACE - self._clock.monotonic()
        pause = name == last and wait > 0
        if pause:
            _lets_pass(round(wait * 1000))
        return pause

    def looks_for_a_moment(self) -> None:
        """Before touching what came by itself; a page counts no touch that was meant for the one before."""
        _lets_pass(round(LOOK * 1000))

    def types(self, text: str) -> None:
        for character in text:
            self.touches(f"key:{character}")

    def signs(self, name: str = "signature") -> None:
        """Three strokes across the named area."""
        item = self._waits_for(name)
        width, height = item.width(), item.height()
        for start, end in (((0.2, 0.3), (0.7, 0.3)), ((0.45, 0.15), (0.4, 0.8)), ((0.25, 0.75), (0.8, 0.6))):
            first, last = (item.mapToScene(QPointF(width * x, height * y)) for x, y in (start, end))
            self._drags(first, last, steps=12)

    def scrolls_to_end(self) -> None:
        """Touch the "more" button until it is gone."""
        for _ in range(40):
            if not self.sees_item("more"):
                return
            self.touches("more")
            _lets_pass(50)

    def takes_picture(self, path: Path) -> Path:
        """Save what the screen shows once it stands still for two frames."""
        path.parent.mkdir(parents=True, exist_ok=True)
        before = self._window.grabWindow()
        for _ in range(40):
            _lets_pass(40)
            now = self._window.grabWindow()
            if now == before:
                break
            before = now
        before.save(str(path))
        return path

    def _waits_for(self, name: str, within: float = PATIENCE) -> QQuickItem:
        self.waits_until(lambda: self._find(name) is not None, f"'{name}' to touch", within)
        item = self._find(name)
        assert item is not None
        return self._stands_still(item)

    def _stands_still(self, item: QQuickItem) -> QQuickItem:
        place = _centre(item)
        for _ in range(40):
            _lets_pass(16)
            now = _centre(item)
            if now == place:
                break
            place = now
        return item

    def _find(self, name: str) -> QQuickItem | None:
        return _search(self._window.contentItem(), name)

    def _brings_into_view(self, item: QQuickItem) -> None:
        view = _viewport(item)
        if view is None:
            return
        for _ in range(30):
            middle = view.mapToScene(QPointF(view.width() / 2, view.height() / 2))
            top, bottom = middle.y() - view.height() / 2, middle.y() + view.height() / 2
            place = _centre(item).y()
            if top + item.height() / 2 <= place <= bottom - item.height() / 2 or item.height() > view.height():
                return
            step = view.height() * SWIPE * (-1 if place > middle.y() else 1)
            step = max(-abs(place - middle.y()), min(abs(place - middle.y()), step))
            self._drags(QPointF(middle.x(), middle.y() - step / 2), QPointF(middle.x(), middle.y() + step / 2), steps=8)
            self._stands_still(item)

    def _taps(self, point: QPointF) -> None:
        place = QPoint(round(point.x()), round(point.y()))
        QTest.touchEvent(self._window, self._finger).press(0, place, self._window).commit()
        _lets_pass(30)
        QTest.touchEvent(self._window, self._finger).release(0, place, self._window).commit()
        _lets_pass(10)

    def _drags(self, first: QPointF, last: QPointF, steps: int) -> None:
        points = [first + (last - first) * (i / steps) for i in range(steps + 1)]
        places = [QPoint(round(point.x()), round(point.y())) for point in points]
        QTest.touchEvent(self._window, self._finger).press(0, places[0], self._window).commit()
        for place in places[1:]:
            _lets_pass(8)
            QTest.touchEvent(self._window, self._finger).move(0, place, self._window).commit()
        _lets_pass(120)  # a finger that rests before it lifts does not fling
        QTest.touchEvent(self._window, self._finger).release(0, places[-1], self._window).commit()
        _lets_pass(10)


def _lets_pass(milliseconds: int) -> None:
    """Run the event loop meanwhile; unlike QTest.qWait it lets other threads work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _centre(item: QQuickItem) -> QPointF:
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2))


def _search(item: QQuickItem, name: str) -> QQuickItem | None:
    if not item.isVisible() or not item.isEnabled():
        return None
    if item.objectName() == name:
        return item
    for child in reversed(item.childItems()):
        found = _search(child, name)
        if found is not None:
            return found
    return None


def _viewport(item: QQuickItem) -> QQuickItem | None:
    """The nearest scrolling parent; known by its contentY."""
    parent = item.parentItem()
    while parent is not None and parent.property("contentY") is None:
        parent = parent.parentItem()
    return parent
