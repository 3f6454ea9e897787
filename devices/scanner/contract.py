"""BarcodeReader (XFS4IoT): hands over codes that passed the payload grammar (length, characters)."""

from dataclasses import dataclass
from typing import Protocol

from devices.device import Device


@dataclass(frozen=True)
class Code:
    symbology: str  # QRCode, Code128, …; "unknown" from an engine that does not tell
    text: str


class BarcodeReader(Device, Protocol):
    def read_code(self, timeout: float) -> Code | None:
        """Wait for one code; None when the time is up. Raises DeviceLost, CommandCancelled."""
        ...
