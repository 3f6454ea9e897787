"""Every verb of a twin as the twin itself lists them: one row each, a button and a field for every argument."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

Verbs = Mapping[str, Mapping[str, Sequence[str] | None]]  # verb → argument → what it may be, None for anything
Give = Callable[[str, Mapping[str, str]], None]  # verb, arguments
FIELDS_ACROSS = 2  # beside the button; further ones stand below
BUTTON_WIDTH = 168  # px
FIELD_WIDTH = 88  # px at least

VERB_WORDS: Mapping[str, str] = {
    "lay": "放卡",
    "lift": "拿走卡",
    "lift_during_read": "中途拿",
    "plug": "插上电缆",
    "unplug": "拔掉电缆",
    "silent": "没有应答",
    "delay": "应答变慢",
    "baud": "波特率",
    "noise": "线路干扰",
    "fault": "故障",
    "scan": "扫码",
    "show": "放到镜头前",
    "hold_code": "举码",
    "remove_code": "拿开码",
    "freeze": "画面停住",
    "thaw": "画面恢复",
    "paper": "纸",
    "cover": "上盖",
    "take": "撕下小票",
    "out_after": "打几行后缺纸",
    "brown_out": "电压不足重启",
    "presenter": "出纸器",
    "roll": "纸卷宽度",
    "door": "机盖",
    "toner": "墨粉",
    "queue": "队列",
    "speed": "打印速度",
    "forget": "忘掉任务",
}


class VerbRows(QWidget):
    """A field left empty is not given: the twin then takes its own default, or says what it needs."""

    def __init__(self, verbs: Verbs, give: Give) -> None:
        super().__init__()
        self._give = give
        self.setProperty("role", "verbs")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for column in range(1, FIELDS_ACROSS + 1):
            grid.setColumnStretch(column, 1)
        for verb, arguments in verbs.items():
            self._add(grid, verb, arguments)

    def _add(self, grid: QGridLayout, verb: str, arguments: Mapping[str, Sequence[str] | None]) -> None:
        row = grid.rowCount()
        fields = {name: _field(verb, name, allowed) for name, allowed in arguments.items()}
        button = QPushButton(f"{VERB_WORDS.get(verb, '')} {verb}".strip())
        button.setObjectName(f"verb-{verb}")
        button.setProperty("role", "verb")
        button.setFixedWidth(BUTTON_WIDTH)
        button.clicked.connect(lambda: self._push(verb, fields))
        grid.addWidget(button, row, 0)
        for number, field in enumerate(fields.values()):
            grid.addWidget(field, row + number // FIELDS_ACROSS, 1 + number % FIELDS_ACROSS)

    def _push(self, verb: str, fields: Mapping[str, QComboBox | QLineEdit]) -> None:
        read = {name: _read(field) for name, field in fields.items()}
        self._give(verb, {name: value for name, value in read.items() if value})


def _field(verb: str, name: str, allowed: Sequence[str] | None) -> QComboBox | QLineEdit:
    field: QComboBox | QLineEdit
    if allowed is None:
        field = QLineEdit()
        field.setPlaceholderText(name)
    else:
        field = QComboBox()
        field.addItem(f"{name} …", "")
        for value in allowed:
            field.addItem(value, value)
    field.setObjectName(f"{verb}.{name}")
    field.setToolTip(f"{verb} {name}=…")
    field.setMinimumWidth(FIELD_WIDTH)
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return field


def _read(field: QComboBox | QLineEdit) -> str:
    return str(field.currentData() or "") if isinstance(field, QComboBox) else field.text().strip()
