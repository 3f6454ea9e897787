"""One device on the desk: its state in words, its buttons, and for the printer the latest receipt."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kiosk.ui.desk.every_verb import EveryVerb
from kiosk.ui.desk.panels import CHOICES, Fact, Panel, Push, Row, Words
from kiosk.ui.desk.verb_rows import Verbs

Give = Callable[[str, str, Mapping[str, str]], None]  # twin, verb, arguments
PAPER_WIDTH = 230  # pixels of the receipt on the desk
PAPER_EDGE = 12


class PanelBox(QFrame):
    """`give` is called for every button; `show_state` brings what the twin said."""

    def __init__(self, panel: Panel, give: Give) -> None:
        super().__init__()
        self.setObjectName(panel.twin)
        self.setProperty("role", "panel")
        self._panel = panel
        self._give = give
        self._values: dict[str, QLabel] = {}
        self._choosers: list[tuple[str, QComboBox]] = []
        self._latest = ""
        across = QHBoxLayout(self)
        across.setContentsMargins(18, 12, 18, 14)
        across.setSpacing(20)
        column = QVBoxLayout()
        column.setSpacing(8)
        across.addLayout(column, 1)
        column.addLayout(_title(panel.words))
        column.addLayout(self._facts())
        for row in panel.rows:
            column.addWidget(self._row(row))
        self._every = EveryVerb(self._order)
        column.addWidget(self._every)
        column.addStretch(1)
        self._paper = _paper() if panel.receipt else None
        if self._paper is not None:
            across.addWidget(_scrolling(self._paper))

    def show_state(self, state: Mapping[str, object]) -> None:
        for fact in self._panel.facts:
            label = self._values[fact.key]
            label.setText(_in_words(fact, state.get(fact.key)))
            label.setToolTip(label.text())
            label.setProperty("bad", state.get(fact.key) is False or state.get(fact.key) in ("out", "open", "jammed"))
            label.style().polish(label)
        self._every.show_state(state)
        for key, chooser in self._choosers:
            _offer(chooser, state.get(key))
        if self._paper is not None:
            self._show_receipt(str(state.get("latest") or ""), self._paper)

    def show_verbs(self, verbs: Verbs) -> None:
        self._every.show_verbs(verbs)

    def show_obeyed(self, line: str) -> None:
        self._every.show_obeyed(line)

    def _order(self, verb: str, arguments: Mapping[str, str]) -> None:
        self._give(self._panel.twin, verb, arguments)

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for number, fact in enumerate(self._panel.facts):
            value = QLabel("…")
            value.setObjectName(fact.key)
            value.setProperty("role", "value")
            value.setMinimumWidth(60)
            self._values[fact.key] = value
            grid.addWidget(_small(f"{fact.words.zh} {fact.words.en}"), number, 0)
            grid.addWidget(value, number, 1)
        return grid

    def _row(self, row: Row) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        read = self._input(row, column)
        line = QHBoxLayout()
        line.setSpacing(8)
        for push in row.pushes:
            line.addWidget(self._button(push, read))
        column.addLayout(line)
        return holder

    def _input(self, row: Row, column: QVBoxLayout) -> Callable[[], str]:
        if row.choices:
            chooser = QComboBox()
            chooser.setObjectName(row.choices)
            self._choosers.append((row.choices, chooser))
            column.addWidget(chooser)
            return lambda: str(chooser.currentData() or "")
        if row.text is None:
            return str
        line = QHBoxLayout()
        text = QLineEdit()
        text.setObjectName(row.pushes[0].verb)
        text.setPlaceholderText(f"{row.text.zh}  {row.text.en}")
        line.addWidget(text)
        if row.file is not None:
            choose = QPushButton(row.file.zh)
            choose.setToolTip(row.file.en)
            choose.clicked.connect(lambda: self._choose_picture(text))
            line.addWidget(choose)
        column.addLayout(line)
        return text.text

    def _choose_picture(self, text: QLineEdit) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "选择图片 Choose a picture", "", "图片 (*.png *.jpg *.jpeg *.bmp)")
        if path:
            text.setText(path)

    def _button(self, push: Push, read: Callable[[], str]) -> QPushButton:
        button = QPushButton(("{} {}" if push.flat else "{}\n{}").format(push.words.zh, push.words.en))
        button.setObjectName("-".join((push.verb, *push.arguments.values())))
        button.setProperty("role", "flat" if push.flat else "strong" if push.strong else "push")

        def pushed() -> None:
            given = {push.takes: read()} if push.takes else {}
            self._give(push.twin or self._panel.twin, push.verb, {**push.arguments, **given})

        button.clicked.connect(pushed)
        return button

    def _show_receipt(self, path: str, paper: QLabel) -> None:
        if path == self._latest:
            return
        self._latest = path
        picture = QPixmap(path)
        if picture.isNull():
            return
        paper.setPixmap(picture.scaledToWidth(PAPER_WIDTH, Qt.TransformationMode.SmoothTransformation))


def _in_words(fact: Fact, value: object) -> str:
    words = fact.values.get(value)
    if words is None:
        return "…" if value is None else str(value)
    return f"{words.zh}  {words.en}"


def _offer(chooser: QComboBox, items: object) -> None:
    """Fills the choice when the twin's list is new; what was chosen stays chosen."""
    if not isinstance(items, list) or [chooser.itemData(i) for i in range(chooser.count())] == items:
        return
    chosen = chooser.currentData()
    chooser.clear()
    for item in items:
        words = CHOICES.get(item, Words(str(item), ""))
        chooser.addItem(f"{words.zh}  {words.en}".strip(), item)
    chooser.setCurrentIndex(max(0, chooser.findData(chosen), items.index("sheet") if "sheet" in items else 0))
    if chosen is None and "face" in items:
        chooser.setCurrentIndex(chooser.findData("face"))


def _title(words: Words) -> QHBoxLayout:
    line = QHBoxLayout()
    title = QLabel(words.zh)
    title.setProperty("role", "title")
    line.addWidget(title)
    line.addWidget(_small(words.en), 1, Qt.AlignmentFlag.AlignBottom)
    return line


def _small(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "small")
    return label


def _paper() -> QLabel:
    paper = QLabel("还没有小票\nno receipt yet")
    paper.setObjectName("latest")
    paper.setProperty("role", "paper")
    paper.setAlignment(Qt.AlignmentFlag.AlignCenter)
    paper.setContentsMargins(PAPER_EDGE, PAPER_EDGE, PAPER_EDGE, PAPER_EDGE)
    return paper


def _scrolling(paper: QLabel) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(paper)
    area.setWidgetResizable(True)
    area.setFixedWidth(PAPER_WIDTH + 2 * PAPER_EDGE + 24)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
