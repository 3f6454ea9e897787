"""What every page is for QML, and how a field of its screen becomes a property."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, ClassVar, get_args, get_origin

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.journey import screens
from kiosk.ui.values import Item, ValuesModel, camel, given_by_shell

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1
COMMON = frozenset(field.name for field in fields(screens.Screen))  # what every page has


def _property(name: str, kind: object, notify: Signal) -> Property:
    """`kind`: the field's type; a Literal is a text."""
    if _holds_items(kind):
        return _items(name)
    if get_origin(kind) is tuple:
        return _lines(name, notify)
    return _value(name, kind if isinstance(kind, type) else str, notify)


def _holds_items(kind: object) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[0] is not str


def _value(name: str, kind: type, notify: Signal) -> Property:
    def read(page: "PageObject") -> object:
        return page.value(name)

    return Property(kind, read, notify=notify)


def _lines(name: str, notify: Signal) -> Property:
    def read(page: "PageObject") -> list[str]:
        return list(page.value(name))

    return Property("QStringList", read, notify=notify)  # type: ignore[arg-type]


def _items(name: str) -> Property:
    def read(page: "PageObject") -> ValuesModel:
        return page.model(name)

    return Property(ValuesModel, read, constant=True)


@QmlElement
@given_by_shell
class PageObject(QObject):
    """What every page has, and each field that its screen has beyond: texts, numbers, flags, lines, or lists of items.

    `stays`: lists that are never emptied.
    """

    changed = Signal()
    updated: ClassVar[Signal]
    screen_class: ClassVar[type[screens.Screen]] = screens.Screen
    lists: ClassVar[Mapping[str, type[Item]]] = {}
    stays: ClassVar[Sequence[str]] = ()

    def __init_subclass__(cls) -> None:
        """Qt resolves a property's signal in its own class only: each page announces its own fields with its own."""
        super().__init_subclass__()
        cls.updated = cls.__dict__.get("updated") or Signal()
        own = {field.name: field.type for field in fields(cls.screen_class) if field.name not in COMMON}
        cls.lists = {name: get_args(kind)[0] for name, kind in own.items() if _holds_items(kind)}
        for name, kind in own.items():
            setattr(cls, camel(name), _property(name, kind, cls.updated))

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
        self.updated.emit()

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

    title = _value("title", str, changed)
    subtitle = _value("subtitle", str, changed)
    step = _value("step", int, changed)
    steps = _value("steps", int, changed)
    canGoBack = _value("can_go_back", bool, changed)
    canGoHome = _value("can_go_home", bool, changed)
    canKeep = _value("can_keep", bool, changed)
    helpText = _value("help_text", str, changed)
    note = _value("note", str, changed)
