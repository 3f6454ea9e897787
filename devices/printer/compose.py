"""A receipt document as ESC/POS bytes, through python-escpos; slow to import, so import it late."""

import io
import shutil
from typing import assert_never

import segno
from escpos import capabilities
from escpos.constants import PAPER_PART_CUT, QR_ECLEVEL_M
from escpos.escpos import Escpos
from PIL import Image, UnidentifiedImageError

from devices.device import Action, DeviceError
from devices.printer.contract import Align, ReceiptDocument
from devices.printer.glyphs import CELL, HEIGHT, draw_line, pen
from devices.printer.layout import DOTS, PaperLine, PictureLine, QrLine, TextLine, set_on_paper
from devices.printer.status_bytes import PUSH
from devices.printer.text import GETA, in_printer_font, needs_drawing

shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)  # python-escpos leaves one behind on every import

CHINESE_MODE = b"\x1c&"  # FS &
LINE_FEED = b"\n"
RASTER = b"\x1dv0"  # GS v 0: mode, width in bytes, height in dots, then the dots
RASTER_HEADER = 8
REAL_TIME = tuple(b"\x10" + follower for follower in (b"\x04", b"\x05", b"\x14"))  # DLE EOT, DLE ENQ, DLE DC4
LINE_SPACING = 34  # dots from one line to the next
QR_DOTS = 240  # about 30 mm across
QR_LIMIT = 512  # bytes; the grammar of codes allows no longer one
PIXELS = 16_000_000  # of a picture, before it is narrowed
LINES_TO_CUTTER = 5
PART = 2048  # bytes; 0.2 s at 115200 baud, less than a printer takes to start anew after a power dip
IMAGE_ROWS = 96  # of one image command, so that a command cut short is soon ended


def compose(document: ReceiptDocument, width: int) -> tuple[bytes, ...]:
    """The receipt, from initialise to cut, for paper `width` mm wide (58 or 80). Raises DeviceError.

    In parts of whole commands, each about `PART` bytes: between two of them the printer may be asked.
    """
    page = Page(DOTS[width])
    for line in set_on_paper(document, DOTS[width] // CELL):
        page.write(line)
    return page.finish()


def without_real_time_commands(dots: bytes) -> bytes:
    """Clears the dot that makes image data look like DLE EOT, ENQ or DC4: printers obey those even inside an image."""
    for command in REAL_TIME:
        dots = dots.replace(command, b"\x00" + command[1:])
    return dots


def picture(png: bytes, dots: int) -> Image.Image:
    """The picture in grey, at most `dots` wide. Raises DeviceError where it cannot be read or is too large."""
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            if opened.width * opened.height > PIXELS:
                raise DeviceError("picture too large to print: more than 16 megapixels", code="invalidData")
            image = opened.convert("LA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise DeviceError("picture is not a readable PNG", code="invalidData", action=Action.CLEAR) from error
    paper = Image.new("L", image.size, 255)
    paper.paste(image.getchannel("L"), mask=image.getchannel("A"))
    if paper.width > dots:
        paper = paper.resize((dots, max(1, round(paper.height * dots / paper.width))))
    return paper


def _narrowest_qr(text: str) -> int:
    """Dots a module, so that the code comes out near `QR_DOTS` across."""
    modules = int(segno.make_qr(text, error="m").symbol_size(border=4)[0])
    return max(3, min(8, QR_DOTS // modules))


class RollProfile(capabilities.Profile):  # type: ignore[misc]
    """A receipt printer with a cutter and a head of known width, in python-escpos' words."""

    def __init__(self, dots: int) -> None:
        super().__init__(columns=dots // CELL, features={"paperFullCut": True, "paperPartCut": True})
        self.profile_data = {
            **capabilities.get_profile_class("default").profile_data,
            "media": {"width": {"pixels": dots}},
        }


class Page(Escpos):  # type: ignore[misc]
    """Collects what python-escpos would send for one receipt."""

    def __init__(self, dots: int) -> None:
        super().__init__(profile=RollProfile(dots))
        self._dots = dots
        self._parts = [bytearray()]
        self.hw("INIT")
        self._raw(PUSH + CHINESE_MODE)
        self.line_spacing(LINE_SPACING)

    def _raw(self, msg: bytes) -> None:
        if msg.startswith(RASTER):
            msg = msg[:RASTER_HEADER] + without_real_time_commands(msg[RASTER_HEADER:])
        if len(self._parts[-1]) >= PART:
            self._parts.append(bytearray())
        self._parts[-1] += msg

    def write(self, line: PaperLine) -> None:
        match line:
            case TextLine():
                self._write_text(line)
            case QrLine():
                self._write_qr(line)
            case PictureLine():
                self._write_image(picture(line.png, self._dots), Align.CENTER)
            case _:
                assert_never(line)

    def _write_text(self, line: TextLine) -> None:
        scale = 2 if line.large else 1
        drawing = needs_drawing(line.text)
        with_pen = pen(line.bold, scale) if drawing else None
        if with_pen is not None:
            image = draw_line(line.text, scale=scale, with_pen=with_pen)
            self._write_image(_spaced(image), line.align)
            return
        text = "".join(character if in_printer_font(character) else GETA for character in line.text)
        self.set(align=line.align.value, bold=line.bold, custom_size=True, width=scale, height=scale)
        self._raw(text.encode("gbk") + LINE_FEED)

    def _write_image(self, image: Image.Image, align: Align) -> None:
        """No wider than its ink: white paper beside it costs time on a serial line."""
        self.set(align=align.value)
        self.image(image, fragment_height=IMAGE_ROWS)
        self.set(align="left")

    def _write_qr(self, line: QrLine) -> None:
        if len(line.text.encode()) > QR_LIMIT:
            raise DeviceError(f"QR code longer than {QR_LIMIT} bytes", code="invalidData", action=Action.CLEAR)
        if not line.text:
            return
        self.set(align="center", bold=False, custom_size=True, width=1, height=1)
        self.qr(line.text, ec=QR_ECLEVEL_M, size=_narrowest_qr(line.text), native=True)
        self.set(align="left")

    def finish(self) -> tuple[bytes, ...]:
        self.set(align="left", bold=False, custom_size=True, width=1, height=1)
        self.print_and_feed(LINES_TO_CUTTER)
        self._raw(PAPER_PART_CUT)
        return tuple(map(bytes, self._parts))


def _spaced(image: Image.Image) -> Image.Image:
    """A drawn line with the space below it that printed ones have."""
    line = Image.new("1", (image.width, image.height + LINE_SPACING - HEIGHT), 1)
    line.paste(image, (0, 0))
    return line
