"""A shell with its real QML offscreen, a finger that sends touch events, and a journey that keeps what it is told."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, QUrl
from PySide6.QtGui import QPointingDevice
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem, QQuickView
from PySide6.QtTest import QTest

from kiosk.journey.screens import View
from kiosk.messages.from_backroom import FromBackroom
from kiosk.ui.app import MAIN, ScreenSettings, application, open_window
from kiosk.ui.gallery import find
from kiosk.ui.samples import samples
from kiosk.ui.shell import Shell


class WrittenJourney:
    """Keeps one view and the list of intents, in the order they came."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.told: list[tuple[object, ...]] = []
        self.typed: dict[str, str] = {}  # by field, the newest

    def _note(self, *intent: object) -> None:
        self.told.append(intent)

    def start(self) -> None:
        self._note("start")

    def go_back(self) -> None:
        self._note("go_back")

    def go_home(self) -> None:
        self._note("go_home")

    def set_language(self, language: str) -> None:
        self._note("set_language", language)
        self.view = replace(self.view, language=language)

    def touched(self) -> None:
        self._note("touched")

    def stay(self) -> None:
        self._note("stay")

    def open_matter(self, matter_id: str) -> None:
        self._note("open_matter", matter_id)

    def open_progress(self) -> None:
        self._note("open_progress")

    def search(self, question: str) -> None:
        self._note("search", question)

    def open_group(self, group_id: str) -> None:
        self._note("open_group", group_id)

    def show_more(self) -> None:
        self._note("show_more")

    def report(self) -> None:
        self._note("report")

    def keep(self) -> None:
        self._note("keep")

    def ask_progress(self, number: str) -> None:
        self._note("ask_progress", number)

    def bring_missing(self, number: int) -> None:
        self._note("bring_missing", number)

    def agree(self) -> None:
        self._note("agree")

    def decline(self) -> None:
        self._note("decline")

    def select(self, option_ids: list[str]) -> None:
        self._note("select", option_ids)

    def fill(self, values: Mapping[str, str]) -> None:
        self._note("fill", dict(values))

    def type_in(self, field_id: str, text: str) -> None:
        self.typed[field_id] = text

    def add_item(self) -> None:
        self._note("add_item")

    def change_item(self, number: int) -> None:
        self._note("change_item", number)

    def remove_item(self, number: int) -> None:
        self._note("remove_item", number)

    def take_picture(self) -> None:
        self._note("take_picture")

    def retake(self) -> None:
        self._note("retake")

    def accept_picture(self) -> None:
        self._note("accept_picture")

    def take_by_hand(self, by_hand: bool) -> None:
        self._note("take_by_hand", by_hand)

    def delete_page(self, number: int) -> None:
        self._note("delete_page", number)

    def skip(self) -> None:
        self._note("skip")

    def sign(self, png: bytes) -> None:
        self._note("sign", png)

    def change(self, step_id: str) -> None:
        self._note("change", step_id)

    def proceed(self) -> None:
        self._note("proceed")

    def print_again(self) -> None:
        self._note("print_again")

    def print_document(self) -> None:
        self._note("print_document")

    def rate(self, level: int, tags: list[str], text: str) -> None:
        self._note("rate", level, tags, text)

    def receive(self, message: FromBackroom, blob: bytes) -> None:
        self._note("receive", type(message).__name__)

    def tick(self) -> None:
        """The journey's clock stands still here."""


class Terminal:
    """The window and one finger."""

    def __init__(self, shell: Shell, window: QQuickView, finger: QPointingDevice) -> None:
        self.shell = shell
        self.window = window
        self.finger = finger
        self.journey = WrittenJourney(View())
        shell.attach(self.journey)

    def shows(self, name: str, language: str = "zh") -> None:
        self.journey.view = samples(language)[name]
        self.shell.show(self.journey.view)
        QTest.qWait(20)

    def item(self, name: str) -> QQuickItem:
        found = find(self.window.rootObject(), name)
        assert found is not None, f"no {name} on {self.shell.pageName}"
        return found

    def has(self, name: str) -> bool:
        return find(self.window.rootObject(), name) is not None

    def touches(self, name: str) -> None:
        item = self.item(name)
        self.presses(item.mapToScene(QPointF(item.width() / 2, item.height() / 2)))

    def presses(self, at: QPointF, lift: QPointF | None = None) -> None:
        self.event("press", at)
        if lift is not None:
            self.event("move", lift)
        self.event("release", lift or at)

    def event(self, kind: str, at: QPointF) -> None:
        place = QPoint(round(at.x()), round(at.y()))
        sequence = QTest.touchEvent(self.window, self.finger)
        getattr(sequence, kind)(0, place, self.window)
        sequence.commit()
        QTest.qWait(2)

    def draws(self, name: str) -> None:
        item = self.item(name)
        points = [item.mapToScene(QPointF(item.width() * x, item.height() * 0.4)) for x in (0.2, 0.4, 0.6, 0.8)]
        self.event("press", points[0])
        for point in points[1:]:
            self.event("move", point)
        self.event("release", points[-1])

    def intents(self) -> list[tuple[object, ...]]:
        return [intent for intent in self.journey.told if intent[0] != "touched"]

    def theme(self) -> QObject:
        """The QML singleton with every size and colour."""
        engine = self.window.engine()
        component = QQmlComponent(engine)
        source = b'import QtQuick; import "."; QtObject { property QtObject theme: Theme }'
        component.setData(source, QUrl.fromLocalFile(str(MAIN.parent / "parts" / "Seen.qml")))
        self._seen = component.create()
        theme = self._seen.property("theme")
        assert isinstance(theme, QObject)
        return theme

    def words(self) -> str:
        """Every text that can be read on the screen now."""
        return "\n".join(_texts(self.window.rootObject()))


def _texts(item: QQuickItem) -> list[str]:
    if not item.isVisible() or item.opacity() == 0:
        return []
    own = item.property("text") if item.inherits("QQuickText") else None
    return ([str(own)] if own else []) + [text for child in item.childItems() for text in _texts(child)]


@pytest.fixture(scope="session")
def finger(qapp: object) -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture
def terminal(qapp: object, finger: QPointingDevice, request: pytest.FixtureRequest) -> Iterator[Terminal]:
    width, height = getattr(request, "param", (1080, 1920))
    settings = ScreenSettings(width=width, height=height, contact="0577-12345")
    application(settings)
    shell = Shell(settings.pixels_per_mm, settings.contact)
    window = open_window(shell, settings)
    QTest.qWait(20)
    made = Terminal(shell, window, finger)
    yield made
    made.journey.view = View()
    shell.show(View())
    shell.pinyin.close()
    window.close()
    window.deleteLater()
    QTest.qWait(1)
