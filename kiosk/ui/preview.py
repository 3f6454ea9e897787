"""The camera's picture as a QML item: whole, so that every corner is seen, or filling its box; mirrored or not."""

from PySide6.QtCore import Property, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from kiosk.ui.shell import Shell

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class Preview(QQuickPaintedItem):
    """Repaints when the shell has a new frame; `live` says whether there is one at all."""

    shellChanged = Signal()
    liveChanged = Signal()
    mirroredChanged = Signal()
    fillingChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._shell: Shell | None = None
        self._mirrored = False
        self._filling = False
        self._live = False

    def paint(self, painter: QPainter) -> None:
        picture = self._shell.picture if self._shell is not None else None
        if picture is None or picture.isNull():
            return
        box = QRectF(0, 0, self.width(), self.height())
        fit = Qt.AspectRatioMode
        how = fit.KeepAspectRatioByExpanding if self._filling else fit.KeepAspectRatio
        shown = QSizeF(picture.size()).scaled(box.size(), how)
        place = QRectF(0, 0, shown.width(), shown.height())
        place.moveCenter(box.center())
        if self._mirrored:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, picture)

    def _pictured(self) -> None:
        live = self._shell is not None and not self._shell.picture.isNull()
        if live != self._live:
            self._live = live
            self.liveChanged.emit()
        self.update()

    def _get_shell(self) -> Shell | None:
        return self._shell

    def _set_shell(self, shell: Shell) -> None:
        if shell is not self._shell:
            self._shell = shell
            shell.pictured.connect(self._pictured)
            self.shellChanged.emit()
            self._pictured()

    def _get_mirrored(self) -> bool:
        return self._mirrored

    def _set_mirrored(self, mirrored: bool) -> None:
        self._mirrored = mirrored
        self.mirroredChanged.emit()

    def _get_live(self) -> bool:
        return self._live

    def _get_filling(self) -> bool:
        return self._filling

    def _set_filling(self, filling: bool) -> None:
        self._filling = filling
        self.fillingChanged.emit()

    shell = Property(Shell, _get_shell, _set_shell, notify=shellChanged)
    mirrored = Property(bool, _get_mirrored, _set_mirrored, notify=mirroredChanged)
    filling = Property(bool, _get_filling, _set_filling, notify=fillingChanged)
    live = Property(bool, _get_live, notify=liveChanged)
