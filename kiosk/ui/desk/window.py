"""The device desk window: the devices to work by hand, and whether their host is there."""

import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from kiosk.ui.desk.link import TwinLink
from kiosk.ui.desk.panel_box import PanelBox
from kiosk.ui.desk.panels import PANELS
from kiosk.ui.desk.verb_rows import Verbs

STYLE = (Path(__file__).parent / "desk.qss").read_text("utf-8")
SIZE = (1180, 1040)
ALONE = 4  # the panel in a row of its own
SIGNAL_INTERVAL = 300  # ms between two chances for Python to act on Ctrl-C


class DeskWindow(QWidget):
    """Connects as soon as it is shown, and again whenever the host comes back."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setWindowTitle("瓯e办 设备台 · device desk")
        self.setObjectName("desk")
        self.setStyleSheet(STYLE)
        self.resize(*SIZE)
        self._folder = folder
        self.link = TwinLink(folder)
        self.panels = {panel.twin: PanelBox(panel, self.link.order) for panel in PANELS}
        self._grid = QWidget()
        self._connection = QLabel()
        self._connection.setObjectName("connection")
        self._refusal = QLabel()
        self._refusal.setObjectName("refusal")
        self._refusal.setWordWrap(True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 24)
        column.setSpacing(14)
        head = QHBoxLayout()
        title = QLabel("设备台")
        title.setObjectName("head")
        head.addWidget(title)
        head.addWidget(QLabel("Device desk"), 1)
        head.addWidget(self._connection)
        column.addLayout(head)
        column.addWidget(self._refusal)
        self._refusal.hide()
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(16)
        for number, box in enumerate(self.panels.values()):
            grid.addWidget(box, number // 2, number % 2, 1, 1 if number < ALONE else 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        scrolled = QScrollArea()  # a low screen does not hold them all
        scrolled.setObjectName("scrolled")
        self._grid.setObjectName("grid")
        scrolled.setWidget(self._grid)
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        column.addWidget(scrolled, 1)

    def _connect(self) -> None:
        self._show_connected(False)
        self.link.connected.connect(self._show_connected)
        self.link.listed.connect(self._show_verbs)
        self.link.changed.connect(self._show_state)
        self.link.obeyed.connect(self._show_obeyed)
        self.link.refused.connect(self._show_refusal)
        self.link.start()

    def _show_connected(self, connected: bool) -> None:
        self._grid.setEnabled(connected)
        self._connection.setProperty("bad", not connected)
        self._connection.setText(
            "● 虚拟设备已连接  connected"
            if connected
            else f"● 虚拟设备未运行，正在重连…  no twins running in {self._folder}; trying again"
        )
        self._connection.style().polish(self._connection)
        if connected:
            self._refusal.hide()

    def _show_verbs(self, verbs: Mapping[str, Verbs]) -> None:
        for twin, box in self.panels.items():
            box.setEnabled(twin in verbs)
            box.show_verbs(verbs.get(twin, {}))

    def _show_state(self, twin: str, state: Mapping[str, object]) -> None:
        if twin in self.panels:
            self.panels[twin].show_state(state)

    def _show_obeyed(self, twin: str, line: str) -> None:
        self._refusal.hide()
        self.panels[twin].show_obeyed(line)

    def _show_refusal(self, line: str) -> None:
        self._refusal.setText(f"做不到：{line}")
        self._refusal.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.link.stop()
        super().closeEvent(event)


def main(folder: Path, left: int = 0) -> int:
    """Runs the desk until its window is closed; gives the exit code. `left`: pixels from the screen's edge."""
    application = QApplication(sys.argv[:1])
    signal.signal(signal.SIGINT, lambda *_: application.closeAllWindows())
    signal.signal(signal.SIGTERM, lambda *_: application.closeAllWindows())
    awake = QTimer()
    awake.timeout.connect(lambda: None)  # Python acts on signals only between its own instructions
    awake.start(SIGNAL_INTERVAL)
    window = DeskWindow(folder)
    window.move(left, 0)
    window.show()
    return application.exec()
