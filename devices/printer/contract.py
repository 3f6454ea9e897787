"""Printer (XFS4IoT): prints a receipt document once, and says how far it got."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from devices.device import Device, DeviceStatus


class PaperState(StrEnum):
    FULL = "full"
    LOW = "low"
    OUT = "out"
    JAMMED = "jammed"
    UNKNOWN = "unknown"


class CoverState(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    UNKNOWN = "unknown"


class OutputState(StrEnum):
    """What lies before the person: only a printer with a presenter sees it."""

    EMPTY = "empty"
    WAITING = "waiting"  # a receipt not taken yet
    UNKNOWN = "unknown"


class PrintPhase(StrEnum):
    """How far a print got; UNKNOWN means ask the device, never reprint blindly."""

    ACCEPTED = "accepted"
    TRANSMITTED = "transmitted"
    PRINTED = "printed"
    TAKEN = "taken"
    REFUSED = "refused"  # nothing was sent: paper out, cover open, no printer at the other end
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PrinterStatus(DeviceStatus):
    paper: PaperState = PaperState.UNKNOWN
    cover: CoverState = CoverState.UNKNOWN
    output: OutputState = OutputState.UNKNOWN


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"


@dataclass(frozen=True)
class Line:
    text: str
    align: Align = Align.LEFT
    bold: bool = False
    large: bool = False  # double width and height


@dataclass(frozen=True)
class Pair:
    """A label and its value on one line, wrapped under the value where it is long."""

    label: str
    value: str


@dataclass(frozen=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True)
class QrCode:
    text: str


@dataclass(frozen=True)
class Picture:
    """A PNG file's bytes, printed in black and white, narrowed to the paper where it is wider."""

    png: bytes


Block = Line | Pair | Rule | QrCode | Picture


@dataclass(frozen=True)
class ReceiptDocument:
    blocks: tuple[Block, ...] = field(default_factory=tuple)


class ReceiptPrinter(Device, Protocol):
    def status(self) -> PrinterStatus: ...

    def print_receipt(self, document: ReceiptDocument, command_id: str) -> PrintPhase:
        """Print and cut. The same command_id never prints twice: again, it asks the device how far that print got.

        Raises DeviceLost and DeviceTimeout before transmission only.
        """
        ...

    def ask_printed(self, command_id: str) -> PrintPhase:
        """How far that print got, also one that another run of the program sent; it never prints it.

        PRINTED or TAKEN where the device knows of it, else UNKNOWN. Raises DeviceLost.
        """
        ...


class DocumentPrinter(Device, Protocol):
    def status(self) -> PrinterStatus: ...

    def print_document(self, pdf: bytes, command_id: str, title: str) -> PrintPhase:
        """One A4 document. The same command_id never prints twice: again, it asks how far that job got.

        REFUSED: nothing came out, and nothing will. Raises DeviceError before transmission only.
        """
        ...

    def ask_printed(self, command_id: str) -> PrintPhase:
        """How far that print got, also one that another run of the program sent; it never prints it.

        Raises DeviceError where the printer cannot be asked.
        """
        ...
