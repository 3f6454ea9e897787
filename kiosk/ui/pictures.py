"""Pictures for QML by address: icons in the theme's colours and QR codes."""

from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import unquote

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider

ICONS = Path(__file__).parents[2] / "assets" / "icons"
_SMALL = 100  # px; larger ones are few and take megabytes
_QUIET_ZONE = 4  # modules of white around a QR code (ISO/IEC 18004)


@cache
def _drawing(name: str, package: Path | None) -> str:
    """Ours, or that of a package of matters; a plain document where neither has it."""
    paths = [folder / f"{name}.svg" for folder in (ICONS, package) if folder is not None]
    known = (path for path in paths if path.parent in (ICONS, package) and path.is_file())
    return next(known, ICONS / "document.svg").read_text(encoding="utf-8")


def _drawn(drawing: str, line: str, fill: str, width: int, height: int) -> QImage:
    from PySide6.QtSvg import QSvgRenderer

    coloured = drawing.replace("currentColor", f"#{line}").replace("softColor", f"#{fill}")
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(coloured.encode())).render(painter, QRectF(image.rect()))
    painter.end()
    return image


_small = lru_cache(maxsize=256)(_drawn)  # Qt's own store of pictures holds too few of them


class IconProvider(QQuickImageProvider):
    """`image://icon/NAME/LINE/FILL`: the icon of that name with its two colours replaced (hex without #).

    `package` is the folder of icons that came with a package of matters.
    """

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self.package: Path | None = None

    def requestImage(self, address: str, size: QSize, requested: QSize) -> QImage:
        name, line, fill = address.rsplit("/", 2)
        width, height = (requested.width(), requested.height()) if requested.width() > 0 else (96, 96)
        draw = _small if max(width, height) <= _SMALL else _drawn
        size.setWidth(width)
        size.setHeight(height)
        return draw(_drawing(name, self.package), line, fill, width, height)


class QrProvider(QQuickImageProvider):
    """`image://qr/TEXT` (percent-encoded): black on white with its quiet zone, a whole number of pixels a module."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, address: str, size: QSize, requested: QSize) -> QImage:
        import segno

        matrix = segno.make(unquote(address), error="m", micro=False).matrix
        modules = len(matrix) + 2 * _QUIET_ZONE
        scale = max(1, requested.width() // modules)
        image = QImage(modules * scale, modules * scale, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        for y, line in enumerate(matrix):
            for x, dark in enumerate(line):
                if dark:
                    at = ((x + _QUIET_ZONE) * scale, (y + _QUIET_ZONE) * scale)
                    painter.fillRect(*at, scale, scale, Qt.GlobalColor.black)
        painter.end()
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
