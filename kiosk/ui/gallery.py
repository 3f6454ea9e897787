"""`python -m kiosk.ui.gallery --out DIR`: every page through the real QML to PNG, in one language and display.

`--pictures DIR` makes the pictures of the documentation instead, from whole demo visits and the gallery.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import cast

from PySide6.QtCore import QBuffer, QByteArray, QEventLoop, QIODevice, QMetaObject, QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQuick import QQuickItem, QQuickView

from kiosk.journey.screens import Capture, MatterList, View
from kiosk.ui.app import ScreenSettings, application, open_window
from kiosk.ui.pinyin import Pinyin
from kiosk.ui.samples import samples
from kiosk.ui.shell import CONTRASTS, Shell

SETTLE = 120  # ms for late layout and pictures
ENGINE_TURNS = 60  # times 50 ms for the pinyin engine


def sample_frame() -> bytes:
    """A drawn sheet on a desk as JPEG, for pages with a camera."""
    image = QImage(960, 720, QImage.Format.Format_RGB32)
    image.fill(QColor("#6d7f84"))
    painter = QPainter(image)
    painter.fillRect(QRect(150, 80, 660, 560), QColor("#f6f2e8"))
    for line in range(9):
        painter.fillRect(QRect(200, 150 + line * 50, 560 - (line % 3) * 90, 14), QColor("#9aa5a3"))
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 85)  # type: ignore[call-overload]
    return bytes(held.data())


def settle(milliseconds: int = SETTLE) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def find(item: QQuickItem, name: str) -> QQuickItem | None:
    """The first shown item of that objectName."""
    if item.objectName() == name and item.isVisible():
        return item
    for child in item.childItems():
        found = find(child, name)
        if found is not None:
            return found
    return None


def touch(view: QQuickView, name: str) -> None:
    """As if tapped; nothing where the page has no such item."""
    item = find(view.rootObject(), name)
    if item is not None:
        QMetaObject.invokeMethod(item, "tapped", Qt.ConnectionType.DirectConnection)


def show(shell: Shell, sample: View) -> None:
    shell.show(
        View(screen=MatterList(), language=sample.language)
    )  # so that no page keeps what the one before it was given
    shell.show(sample)
    if isinstance(sample.screen, Capture) and sample.screen.state != "starting":
        shell.show_preview(sample.screen.purpose, sample_frame())


def extras(shell: Shell, view: QQuickView, options: argparse.Namespace, views: dict[str, View]) -> None:
    """The keyboards and the sheets, which no view shows by itself."""
    wanted = (
        ("form_digits", "form", "field:mobile"),
        ("form_id_number", "form", "field:number"),
        ("form_month", "form", "field:since"),
        ("form_latin", "form", "field:email"),
        ("form_provinces", "fields", "field:plate"),
        ("form_plate", "fields", "field:plate2"),
        ("form_amount", "fields", "field:amount"),
        ("form_code", "fields", "field:code"),
        ("sheet_display", "notice", "display"),
        ("sheet_help", "notice", "help"),
        ("sheet_home", "notice", "home"),
    )
    for picture, sample, name in wanted:
        shell.show(views["matters"])
        shell.show(views[sample])
        settle(30)
        touch(view, name)
        save(view, options.out / f"{picture}.png")
    write_pinyin(shell, view, views["form"])
    save(view, options.out / "form_chinese.png")
    pinyin_of(shell).close()


def pinyin_of(shell: Shell) -> Pinyin:
    return cast(Pinyin, shell.pinyin)


def write_pinyin(shell: Shell, view: QQuickView, form: View) -> None:
    """Some letters of Chinese with the candidates they bring; letters only where there is no engine."""
    shell.show(View(screen=MatterList(), language=form.language))
    shell.show(form)
    settle(30)
    touch(view, "field:name")
    for _ in range(ENGINE_TURNS):
        if pinyin_of(shell).property("available"):
            break
        settle(50)
    settle(50)
    for letter in "ouhai":
        touch(view, f"key:{letter}")


def save(view: QQuickView, path: Path) -> None:
    settle()
    view.grabWindow().save(str(path))


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kiosk.ui.gallery", description=__doc__)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, help="folder for the full-size pictures")
    where.add_argument("--pictures", type=Path, help="folder for the documentation's reduced pictures")
    parser.add_argument("--size", default="1080x1920")
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    parser.add_argument("--text-size", type=int, choices=range(4), default=1)
    parser.add_argument("--contrast", choices=CONTRASTS, default=CONTRASTS[0])
    parser.add_argument("--only", default="", help="names that begin with this")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    if options.pictures is not None:
        from kiosk.ui.picture_book import make

        return make(options.pictures)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    width, height = (int(part) for part in options.size.split("x"))
    settings = ScreenSettings(width=width, height=height, contact="0577-12345 (示例)")
    app = application(settings)
    shell = Shell(settings.pixels_per_mm, settings.contact)
    view = open_window(shell, settings)
    options.out.mkdir(parents=True, exist_ok=True)
    views = samples(options.language)
    for name, sample in views.items():
        if name.startswith(options.only):
            show(shell, sample)
            shell.setTextStep(options.text_size)
            shell.setContrast(options.contrast)
            save(view, options.out / f"{name}.png")
    if not options.only:
        extras(shell, view, options, views)
    view.close()
    view.setSource(QUrl())  # the pages go before the shell they look at
    app.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())
