"""A camera's picture as Qt draws it."""

from PySide6.QtGui import QImage

from kiosk.messages.live_picture import unpack


def picture_of(blob: bytes) -> QImage:
    """A live picture's pixels, or a still's JPEG; a null image where it is neither."""
    live = unpack(blob)
    if live is None:
        return QImage.fromData(blob)
    pixels = QImage(live.pixels, live.width, live.height, live.width * 3, QImage.Format.Format_BGR888)
    return pixels.convertToFormat(QImage.Format.Format_RGB32)  # owns its bytes, and is what the window is made of
