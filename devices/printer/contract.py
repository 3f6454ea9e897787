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


class PrintPhase(StrEnum):
    """How far a print got; UNKNOWN means ask the device, never reprint blindly."""

    ACCEPTED = "accepted"
    TRANSMITTED = "transmitted"
    PRINTED = "printed"
    TAKEN = "taken"
    REFUSED = "refused"  # nothing was sent: paper out, cover open
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PrinterStatus(DeviceStatus):
    paper: PaperState = PaperState.UNKNOWN
    cover: CoverState = CoverState.UNKNOWN


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
