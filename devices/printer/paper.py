"""The paper in the virtual printer: elements become dots, and a cut makes a picture of the receipt."""

from dataclasses import dataclass, field

import segno
from PIL import Image, ImageDraw

from devices.printer.glyphs import CELL, HEIGHT, burnt, pen
from devices.printer.interpreter import CUT, RASTER, TWO_DIMENSIONAL, Character, Command, Element

SPACING = 30  # dots from line to line after ESC @
TOP = 24  # dots of blank paper between the cutter and the print head
QR_LEVELS = {48: "l", 49: "m", 50: "q", 51: "h"}
QR_DATA, QR_PRINT, QR_SIZE, QR_LEVEL = 80, 81, 67, 69  # fn of GS ( k


@dataclass
class Style:
    bold: bool = False
    across: int = 1
    down: int = 1
    align: int = 0
    spacing: int = SPACING


@dataclass
class Qr:
    size: int = 3
    level: str = "l"
    data: bytes = b""


@dataclass
class Cell:
    text: str
    bold: bool
    across: int
    down: int

    @property
    def width(self) -> int:
        return (1 if self.text.isascii() else 2) * CELL * self.across


@dataclass
class Paper:
    """`dots` across; `lines` counts what was printed since the last cut: lines of text, images and codes."""

    dots: int
    lines: int = 0
    unknown_bytes: int = 0
    _style: Style = field(default_factory=Style)
    _qr: Qr = field(default_factory=Qr)
    _line: list[Cell] = field(default_factory=list)
    _strips: list[Image.Image] = field(default_factory=list)

    def apply(self, element: Element) -> Image.Image | None:
        """Prints one element; a cut gives the receipt as a picture."""
        if isinstance(element, Character):
            self._type(element.code)
            return None
        match element.name:
            case b"\n":
                self._end_line()
            case b"\x1bd":
                self._feed(element.arguments[0] * self._style.spacing)
            case b"\x1bJ":
                self._feed(element.arguments[0])
            case name if name == RASTER:
                self._raster(element.arguments)
            case name if name == TWO_DIMENSIONAL:
                self._code(element.arguments)
            case name if name == CUT:
                return self._cut()
            case b"":
                self.unknown_bytes += len(element.arguments)
            case _:
                self._set(element)
        return None

    def forget(self) -> None:
        """Power off: the settings are lost; what is on paper stays."""
        self._style, self._qr, self._line = Style(), Qr(), []

    def _set(self, command: Command) -> None:
        style, value = self._style, command.arguments[0] if command.arguments else 0
        match command.name:
            case b"\x1b@":
                self._style, self._line = Style(), []  # what stands in the line's buffer is never printed
            case b"\x1bE" | b"\x1bG":
                style.bold = bool(value & 1)
            case b"\x1ba":
                style.align = value % 48
            case b"\x1b!":
                style.bold = bool(value & 0x08)
                style.across, style.down = 1 + bool(value & 0x20), 1 + bool(value & 0x10)
            case b"\x1d!":
                style.across, style.down = (value >> 4 & 7) + 1, (value & 7) + 1
            case b"\x1b3":
                style.spacing = value
            case b"\x1b2":
                style.spacing = SPACING

    def _type(self, code: bytes) -> None:
        try:
            text = code.decode("gbk" if len(code) == 2 else "cp437")
        except UnicodeDecodeError:
            self.unknown_bytes += len(code)
            return
        cell = Cell(text, self._style.bold, self._style.across, self._style.down)
        if sum(other.width for other in self._line) + cell.width > self.dots:
            self._end_line()
        self._line.append(cell)

    def _end_line(self) -> None:
        height = max((cell.down for cell in self._line), default=1) * HEIGHT
        strip = Image.new("L", (self.dots, height + max(self._style.spacing - HEIGHT, 0)), 255)
        left = self._left(sum(cell.width for cell in self._line))
        for cell in self._line:
            _draw(strip, cell, left, height)
            left += cell.width
        self._put(burnt(strip))
        self._line = []

    def _left(self, width: int) -> int:
        return max(0, {1: (self.dots - width) // 2, 2: self.dots - width}.get(self._style.align, 0))

    def _feed(self, dots: int) -> None:
        if self._line:
            self._end_line()
        self._strips.append(Image.new("1", (self.dots, max(dots, 1)), 1))

    def _put(self, strip: Image.Image) -> None:
        self._strips.append(strip)
        self.lines += 1

    def _raster(self, arguments: bytes) -> None:
        across, height = int.from_bytes(arguments[1:3], "little") * 8, int.from_bytes(arguments[3:5], "little")
        if not across or not height:
            return
        dots = Image.frombytes("1", (across, height), bytes(~byte & 0xFF for byte in arguments[5:]))
        strip = Image.new("1", (self.dots, height), 1)
        strip.paste(dots, (self._left(across), 0))
        self._put(strip)

    def _code(self, arguments: bytes) -> None:
        function, values = arguments[3], arguments[4:]
        if arguments[2] != 49 or not (values or function == QR_PRINT):
            self.unknown_bytes += len(arguments)
        elif function == QR_SIZE:
            self._qr.size = values[0]
        elif function == QR_LEVEL:
            self._qr.level = QR_LEVELS.get(values[0], "l")
        elif function == QR_DATA:
            self._qr.data = values[1:]
        elif function == QR_PRINT and self._qr.data:
            self._print_qr()

    def _print_qr(self) -> None:
        code = segno.make_qr(self._qr.data, error=self._qr.level, boost_error=False)
        scale, border = self._qr.size, 2
        rows = [list(row) for row in code.matrix_iter(scale=scale, border=border)]
        image = Image.new("1", (len(rows[0]), len(rows)), 1)
        image.putdata([0 if dark else 255 for row in rows for dark in row])
        strip = Image.new("1", (self.dots, image.height), 1)
        strip.paste(image, (self._left(image.width), 0))
        self._put(strip)

    def _cut(self) -> Image.Image:
        if self._line:
            self._end_line()
        receipt = Image.new("L", (self.dots, TOP + sum(strip.height for strip in self._strips)), 255)
        top = TOP
        for strip in self._strips:
            receipt.paste(strip, (0, top))
            top += strip.height
        self._strips, self.lines = [], 0
        return receipt


def _draw(strip: Image.Image, cell: Cell, left: int, height: int) -> None:
    """Draws at the cell's own size on the common base line; without a font on this machine the cell is a box."""
    scale = min(cell.across, cell.down)
    image = Image.new("L", (cell.width * scale // cell.across, HEIGHT * scale), 255)
    drawing = ImageDraw.Draw(image)
    with_pen = pen(cell.bold, scale)
    if with_pen is None:
        drawing.rectangle((2, 2, image.width - 3, image.height - 3), outline=0)
    elif cell.text != " ":
        with_pen.draw(drawing, (0, 0), cell.text, image.size)
    size = (cell.width, HEIGHT * cell.down)
    if image.size != size:
        image = image.resize(size, Image.Resampling.NEAREST)
    strip.paste(image, (left, height - image.height))
