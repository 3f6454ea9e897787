"""Somebody with a keyboard of their own and many fingers looks for a way out of the pages."""

import random  # noqa: TID251 - the type only; the generator is given
import re
from collections.abc import Iterator, Sequence
from itertools import chain, combinations
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPointingDevice, QWindow
from PySide6.QtTest import QTest

SHELL = Path(__file__).parents[2] / "kiosk" / "shell"
PAGES = frozenset(path.stem for path in SHELL.glob("*.qml")) - {"Main"}
_HELD = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)
FINGERS = 4
ON_NO_TEST_KEYBOARD = 0x01000060  # key codes from here on: of other scripts, media players, telephones


def chords() -> Iterator[tuple[Qt.Key, Qt.KeyboardModifier]]:
    """Every key with every combination of four modifiers."""
    for held in chain.from_iterable(combinations(_HELD, count) for count in range(len(_HELD) + 1)):
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= one
        for key in Qt.Key:
            yield key, modifiers


def presses(window: QWindow, chord: tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    """As a keyboard does, shortcuts first; keys that Qt's own test keyboard lacks are handed to the window."""
    key, held = chord
    if key.value < ON_NO_TEST_KEYBOARD and key is not Qt.Key.Key_micro:
        QTest.keyPress(window, key, held)
        QTest.keyRelease(window, key, held)
        return
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QGuiApplication.sendEvent(window, QKeyEvent(kind, key.value, held))


def touches(window: QWindow, finger: QPointingDevice, chance: random.Random) -> None:
    """A tap, a stroke or a gesture of up to four fingers, anywhere, from the edges too."""
    count = chance.choice((1, 1, 1, 2, 3, FINGERS))
    places = [_somewhere(window, chance) for _ in range(count)]
    for kind in ("press", *("move",) * chance.randrange(3), "release"):
        sequence = QTest.touchEvent(window, finger)
        for number, place in enumerate(places):
            getattr(sequence, kind)(number, place, window)
        sequence.commit()
        if kind == "press":
            places = [_somewhere(window, chance) for _ in places]


def _somewhere(window: QWindow, chance: random.Random) -> QPoint:
    return QPoint(
        chance.choice((0, window.width() - 1, *[chance.randrange(window.width())] * 4)),
        chance.choice((0, window.height() - 1, *[chance.randrange(window.height())] * 4)),
    )


class Way:
    """Out of the pages: `found` says what changed that no stranger may change."""

    def __init__(self, window: QWindow) -> None:
        self._window = window
        self._quits: list[str] = []
        QGuiApplication.instance().aboutToQuit.connect(self._ends)
        QGuiApplication.instance().lastWindowClosed.connect(self._ends)
        self._before = self._seen()

    def _ends(self) -> None:
        self._quits.append("the program ends")

    def close(self) -> None:
        QGuiApplication.instance().aboutToQuit.disconnect(self._ends)
        QGuiApplication.instance().lastWindowClosed.disconnect(self._ends)

    def found(self, page: str) -> Sequence[str]:
        now = self._seen()
        changed = [
            f"{what}: {self._before[what]} became {now[what]}" for what in now if now[what] != self._before[what]
        ]
        return [*self._quits, *changed, *([] if page in PAGES else [f"page {page}"])]

    def _seen(self) -> dict[str, object]:
        windows = [window for window in QGuiApplication.topLevelWindows() if window.isVisible()]
        return {
            "windows": len(windows),
            "visible": self._window.isVisible(),
            "state": self._window.windowState(),
            "place": (self._window.position().x(), self._window.position().y()),
            "size": (self._window.width(), self._window.height()),
            "processes": _children(),
        }


def _children() -> int:
    words = [path.read_text() for path in Path("/proc/self/task").glob("*/children")]
    return len(re.findall(r"\d+", " ".join(words)))
