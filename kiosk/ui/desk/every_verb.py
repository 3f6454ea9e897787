"""The foot of a panel: opened, it shows every verb of the twin, its whole state, and what it did last."""

from collections.abc import Mapping

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk.ui.desk.verb_rows import Give, VerbRows, Verbs

OPEN, CLOSED = "▾ 全部操作与故障  every verb and fault", "▸ 全部操作与故障  every verb and fault"


class EveryVerb(QWidget):
    """Closed at first, so that the desk stays small for who only lays cards."""

    def __init__(self, give: Give) -> None:
        super().__init__()
        self._give = give
        self._verbs: Verbs = {}
        self._rows: VerbRows | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._opener = QPushButton(CLOSED)
        self._opener.setObjectName("every")
        self._opener.setProperty("role", "opener")
        self._opener.setCheckable(True)
        self._opener.toggled.connect(self._open)
        self._column.addWidget(self._opener)
        self._obeyed = _line("obeyed")
        self._state = _line("state")
        self._column.addWidget(self._obeyed)
        self._column.addWidget(self._state)
        self._open(False)

    def show_verbs(self, verbs: Verbs) -> None:
        """What was typed stays while the twin's list is the same."""
        if verbs == self._verbs:
            return
        self._verbs = verbs
        if self._rows is not None:
            self._column.removeWidget(self._rows)
            self._rows.deleteLater()
        self._rows = VerbRows(verbs, self._give)
        self._column.insertWidget(1, self._rows)
        self._open(self._opener.isChecked())

    def show_state(self, state: Mapping[str, object]) -> None:
        """Lists are what a choice offers, and stand there."""
        plain = {key: value for key, value in state.items() if not isinstance(value, list)}
        self._state.setText("   ".join(f"{key}={_said(value)}" for key, value in plain.items()))
        self._open(self._opener.isChecked())

    def show_obeyed(self, line: str) -> None:
        self._obeyed.setText(f"✓ {line}")
        self._open(self._opener.isChecked())

    def _open(self, opened: bool) -> None:
        self._opener.setText(OPEN if opened else CLOSED)
        if self._rows is not None:
            self._rows.setVisible(opened)
        for line in (self._obeyed, self._state):
            line.setVisible(opened and bool(line.text()))


def _line(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", "small")
    label.setWordWrap(True)
    return label


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).rpartition("/")[2] if value else "–" if value in (None, "") else str(value)
