"""What every page is for QML, and how a field of its screen becomes a property."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.journey import screens
from kiosk.ui.values import Item, ValuesModel, given_by_shell

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@given_by_shell
class PageObject(QObject):
    """What every page has. `lists` names the fields that are lists of items; those in `stays` are never emptied."""

    changed = Signal()
    screen_class: ClassVar[type[screens.Screen]] = screens.Screen
    lists: ClassVar[Mapping[str, type[Item]]] = {}
    stays: ClassVar[Sequence[str]] = ()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen: screens.Screen = self.screen_class()
        self._models = {name: ValuesModel(kind, self) for name, kind in self.lists.items()}

    def show(self, screen: screens.Screen) -> None:
        """Take this screen's values; nothing is announced where nothing changed."""
        if screen == self._screen:
            return
        self._screen = screen
        for name, model in self._models.items():
            if name not in self.stays or getattr(screen, name):
                model.update(getattr(screen, name))
        self.changed.emit()
        self.announce()

    def announce(self) -> None:
        """Qt resolves a property's signal in its own class only: each page announces with its own."""
        own = getattr(self, "updated", None)
        if own is not None:
            own.emit()

    def clear(self) -> None:
        """Forget what was shown: nothing of one person stays for the next."""
        self.show(self.screen_class())

    def value(self, name: str) -> Any:  # noqa: ANN401 - as many types as fields
        return getattr(self._screen, name)

    def model(self, name: str) -> ValuesModel:
        return self._models[name]

    @property
    def screen(self) -> screens.Screen:
        return self._screen

    def _title(self) -> str:
        return self._screen.title

    def _subtitle(self) -> str:
        return self._screen.subtitle

    def _step(self) -> int:
        return self._screen.step

    def _steps(self) -> int:
        return self._screen.steps

    def _can_go_back(self) -> bool:
        return self._screen.can_go_back

    def _can_go_home(self) -> bool:
        return self._screen.can_go_home

    def _can_keep(self) -> bool:
        return self._screen.can_keep

    def _help_text(self) -> str:
        return self._screen.help_text

    def _note(self) -> str:
        return self._screen.note

    title = Property(str, _title, notify=changed)
    subtitle = Property(str, _subtitle, notify=changed)
    step = Property(int, _step, notify=changed)
    steps = Property(int, _steps, notify=changed)
    canGoBack = Property(bool, _can_go_back, notify=changed)
    canGoHome = Property(bool, _can_go_home, notify=changed)
    canKeep = Property(bool, _can_keep, notify=changed)
    helpText = Property(str, _help_text, notify=changed)
    note = Property(str, _note, notify=changed)


def _field(kind: type | str, name: str, notify: Signal) -> Property:
    def read(page: PageObject) -> object:
        return page.value(name)

    return Property(kind, read, notify=notify)  # type: ignore[arg-type]


def text_field(name: str, notify: Signal) -> Property:
    return _field(str, name, notify)


def flag_field(name: str, notify: Signal) -> Property:
    return _field(bool, name, notify)


def number_field(name: str, notify: Signal) -> Property:
    return _field(int, name, notify)


def lines_field(name: str, notify: Signal) -> Property:
    def read(page: PageObject) -> list[str]:
        return list(page.value(name))

    return Property("QStringList", read, notify=notify)  # type: ignore[arg-type]


def items_field(name: str) -> Property:
    def read(page: PageObject) -> ValuesModel:
        return page.model(name)

    return Property(ValuesModel, read, constant=True)
