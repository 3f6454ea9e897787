"""Where a finger goes: `python -m benchmarks.places WIDTH HEIGHT` prints centres of buttons in pixels, as JSON."""

import json
import os
import sys

from PySide6.QtCore import QEventLoop, QPointF, QTimer, QUrl
from PySide6.QtQuick import QQuickView

from kiosk.ui.app import ScreenSettings, application, open_window
from kiosk.ui.gallery import find
from kiosk.ui.samples import samples
from kiosk.ui.shell import Shell

BUTTONS = (("attract", "start"), ("matters", "home"))  # (sample, objectName)
SETTLE = 500  # ms for the page to be made and laid out


def centre(view: QQuickView, name: str) -> list[int]:
    item = find(view.rootObject(), name)
    if item is None:
        raise SystemExit(f"error: the page has no '{name}'; see kiosk/shell")
    middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
    return [round(middle.x()), round(middle.y())]


def settle() -> None:
    loop = QEventLoop()
    QTimer.singleShot(SETTLE, loop.quit)
    loop.exec()


def main(width: int, height: int) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    settings = ScreenSettings(width, height)
    app = application(settings)
    shell = Shell(settings.pixels_per_mm)
    view = open_window(shell, settings)
    views, places = samples("zh"), {}
    for sample, name in BUTTONS:
        shell.show(views[sample])
        settle()
        places[name] = centre(view, name)
    print(json.dumps(places))
    view.setSource(QUrl())  # the pages go before the shell they look at
    app.processEvents()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
