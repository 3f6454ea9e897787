"""Start of the screen process: the window and its first frame before anything heavy is imported."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QColor, QGuiApplication, QKeyEvent
from PySide6.QtQuick import QQuickView

from kiosk.ui import preview
from kiosk.ui.pictures import IconProvider, QrProvider
from kiosk.ui.shell import Shell

MAIN = Path(__file__).parents[1] / "shell" / "Main.qml"
SWITCH_INTERVAL = 0.0005  # s; busy Python threads let the screen through (ux.md, section 3)
FAMILY = "Noto Sans CJK SC"
ONCE = Qt.ConnectionType.QueuedConnection.value | Qt.ConnectionType.SingleShotConnection.value

REGISTERED = (preview.Preview,)  # importing it makes its QML type known


class ShellBroken(RuntimeError):
    """The QML of the shell does not load; the text is Qt's own, one line a problem."""


@dataclass(frozen=True)
class ScreenSettings:
    """What the window needs to know; sizes in pixels. `gpu` leaves the choice of renderer to Qt."""

    width: int = 1080
    height: int = 1920
    pixels_per_mm: float = 4.03
    windowed: bool = False
    contact: str = ""
    gpu: bool = False


def application(settings: ScreenSettings) -> QGuiApplication:
    """The one QGuiApplication, software-rendered unless a GPU is configured."""
    if not settings.gpu:
        os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ.setdefault("QT_QPA_UPDATE_IDLE_TIME", "0")  # ms; Qt's own 5 would be added to every touch
    sys.setswitchinterval(SWITCH_INTERVAL)
    running = QGuiApplication.instance()
    app = running if isinstance(running, QGuiApplication) else QGuiApplication(sys.argv[:1])
    font = app.font()
    font.setFamily(FAMILY)
    app.setFont(font)
    return app


class Screen(QQuickView):
    """The window. Whoever plugs in a keyboard finds no key that does anything: people write with the keys on the
    screen. Where it is a terminal's, nothing closes it but the end of the program.
    """

    def __init__(self, *, closable: bool) -> None:
        super().__init__()
        self._closable = closable

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self._closable)


def open_window(
    shell: Shell, settings: ScreenSettings, visible: bool = True, icons: IconProvider | None = None
) -> QQuickView:
    """The shell's window, loaded. Raises ShellBroken."""
    view = Screen(closable=settings.windowed)
    engine = view.engine()
    engine.addImageProvider("icon", icons or IconProvider())
    engine.addImageProvider("qr", QrProvider())
    shell.languageChanged.connect(engine.retranslate)
    view.setTitle("瓯e办")
    view.setColor(QColor("#faf8f4"))
    view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
    view.resize(QSize(settings.width, settings.height))
    view.setInitialProperties({"shell": shell})
    view.setSource(QUrl.fromLocalFile(str(MAIN)))
    if view.status() != QQuickView.Status.Ready:
        raise ShellBroken("; ".join(problem.toString() for problem in view.errors()))
    if not settings.windowed:
        view.setFlags(Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
    view.frameSwapped.connect(shell.painted, Qt.ConnectionType(ONCE))
    if visible:
        _fill_screen(view, settings)
    return view


def _fill_screen(view: QQuickView, settings: ScreenSettings) -> None:
    screen = view.screen()
    if not settings.windowed and screen is not None and screen.size() == QSize(settings.width, settings.height):
        view.showFullScreen()
    else:
        view.show()
