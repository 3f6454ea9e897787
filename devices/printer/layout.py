"""A receipt document set on paper: what stands on which line, before anyone thinks of bytes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from devices.printer.contract import Align, Line, Pair, Picture, QrCode, ReceiptDocument, Rule
from devices.printer.text import columns_of, printable, wrap

DOTS = {58: 384, 80: 576}  # paper width in mm → dots of the print head
NUMBERED = re.compile(r"[0-9]{1,2}\. ")  # an item of a list: its further lines stand under its first word
GAP = 2  # columns between a label and its value
LABEL_SHARE = 0.42  # of the line; a longer label stands above its value


@dataclass(frozen=True)
class TextLine:
    text: str
    align: Align = Align.LEFT
    bold: bool = False
    large: bool = False


@dataclass(frozen=True)
class QrLine:
    text: str


@dataclass(frozen=True)
class PictureLine:
    png: bytes


PaperLine = TextLine | QrLine | PictureLine


def set_on_paper(document: ReceiptDocument, columns: int) -> Iterator[PaperLine]:
    """Lines of at most `columns`; texts have passed `printable`."""
    value_column = _value_column(document, columns)
    for block in document.blocks:
        match block:
            case Line():
                yield from _line(block, columns)
            case Pair():
                yield from _pair(block, columns, value_column)
            case Rule():
                yield TextLine("─" * (columns // 2))
            case QrCode():
                yield QrLine(printable(block.text))
            case Picture():
                yield PictureLine(block.png)
            case _:
                assert_never(block)


def _line(block: Line, columns: int) -> Iterator[TextLine]:
    text, columns = printable(block.text), columns // 2 if block.large else columns
    number = NUMBERED.match(text)
    lead = number[0] if number and block.align is Align.LEFT else ""
    for line in wrap(text[len(lead) :], columns - len(lead)):
        yield TextLine(lead + line, block.align, block.bold, block.large)
        lead = " " * len(lead)


def _value_column(document: ReceiptDocument, columns: int) -> int:
    """All values of a receipt begin in one column, behind the longest label that is not too long."""
    limit = int(columns * LABEL_SHARE)
    labels = [columns_of(printable(block.label)) for block in document.blocks if isinstance(block, Pair)]
    return max((width for width in labels if width + GAP <= limit), default=0) + GAP


def _pair(block: Pair, columns: int, value_column: int) -> Iterator[TextLine]:
    label, value = printable(block.label), printable(block.value)
    if _is_number(value) and columns - value_column < len(value) <= columns:
        yield TextLine(label)
        yield TextLine(" " * (columns - len(value)) + value)
        return
    values = wrap(value, columns - value_column)
    if columns_of(label) + GAP <= value_column:
        first, values = values[0], values[1:]
        yield TextLine((label + " " * (value_column - columns_of(label)) + first).rstrip())
    else:
        for text in wrap(label, columns):
            yield TextLine(text)
    for text in values:
        yield TextLine(" " * value_column + text)


def _is_number(value: str) -> bool:
    """One word of ASCII, such as a case number: whoever types it in reads it best in one piece."""
    return value.isascii() and " " not in value
