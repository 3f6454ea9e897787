"""A list of frozen dataclasses as a Qt model: one role a field, changed in place when only values differ."""

from collections.abc import Sequence
from dataclasses import fields
from itertools import takewhile
from typing import TypeVar

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.journey.screens import FormField, GroupItem, MatterGroup, MatterTile, Option, RateLevel, Row

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

Item = Option | Row | MatterTile | MatterGroup | GroupItem | FormField | RateLevel
Index = QModelIndex | QPersistentModelIndex

_FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1


Given = TypeVar("Given", bound=type[QObject])


def given_by_shell(kind: Given) -> Given:
    """QML knows the type and never makes one."""
    QmlUncreatable("the shell gives it")(kind)  # type: ignore[operator]  # the stub has no call
    return kind


def camel(name: str) -> str:
    """QML's spelling of a field; `id` is a keyword there."""
    head, *tail = name.split("_")
    return "itemId" if name == "id" else head + "".join(part.title() for part in tail)


@QmlElement
@given_by_shell
class ValuesModel(QAbstractListModel):
    """Rows of one item dataclass; a nested tuple of items is a ValuesModel of its own."""

    countChanged = Signal()

    def __init__(self, kind: type[Item], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = [field.name for field in fields(kind)]
        self._items: list[Item] = []
        self._nested: list[dict[str, ValuesModel]] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._items)

    def roleNames(self) -> dict[int, QByteArray]:
        return {_FIRST_ROLE + i: QByteArray(camel(name).encode()) for i, name in enumerate(self._names)}

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        position = role - _FIRST_ROLE
        if not index.isValid() or not 0 <= position < len(self._names):
            return None
        name = self._names[position]
        nested = self._nested[index.row()].get(name)
        return nested if nested is not None else getattr(self._items[index.row()], name)

    def _count(self) -> int:
        return len(self._items)

    count = Property(int, _count, notify=countChanged)

    def update(self, items: Sequence[Item]) -> None:
        """Show these; from the first on, delegates stay alive as long as the rows are the same ones."""
        new, before = list(items), len(self._items)
        pairs = zip(self._items, new, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: _identity(pair[0]) == _identity(pair[1]), pairs))
        for row in range(same):
            self._replace(row, new[row])
        if before > same:
            self._remove_from(same)
        if len(new) > same:
            self._append(new[same:])
        if len(new) != before:
            self.countChanged.emit()

    def _remove_from(self, row: int) -> None:
        gone = [model for nested in self._nested[row:] for model in nested.values()]
        self.beginRemoveRows(QModelIndex(), row, len(self._items) - 1)
        del self._items[row:], self._nested[row:]
        self.endRemoveRows()
        for model in gone:
            model.deleteLater()

    def _append(self, items: list[Item]) -> None:
        row = len(self._items)
        self.beginInsertRows(QModelIndex(), row, row + len(items) - 1)
        self._items += items
        self._nested += [_nest(item, self) for item in items]
        self.endInsertRows()

    def _replace(self, row: int, item: Item) -> None:
        if self._items[row] == item:
            return
        self._items[row] = item
        for name, model in self._nested[row].items():
            model.update(getattr(item, name))
        here = self.index(row, 0)
        self.dataChanged.emit(here, here)


def _identity(item: Item) -> object:
    """What makes a row the same one when its values change; a tile is all that it shows, so any may become another."""
    if isinstance(item, MatterTile):
        return None
    if isinstance(item, Row):
        return item.step
    return item.level if isinstance(item, RateLevel) else item.id


def _nest(item: Item, parent: QObject) -> dict[str, ValuesModel]:
    nested: dict[str, ValuesModel] = {}
    for field in fields(item):
        value = getattr(item, field.name)
        if isinstance(value, tuple):
            nested[field.name] = ValuesModel(Option, parent)
            nested[field.name].update(value)
    return nested
