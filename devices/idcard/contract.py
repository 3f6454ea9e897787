"""CardReader (XFS4IoT): finds an identity card laid on the reader and reads its record."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from devices.device import Device, DeviceError


class CardKind(StrEnum):
    CITIZEN = "citizen"
    HMT_RESIDENT = "hmt_resident"
    FOREIGNER_2017 = "foreigner_2017"
    FOREIGNER_2023 = "foreigner_2023"


class CardError(DeviceError):
    """A read that failed; codes noMedia, invalidMedia, cardCollision, securityFail, timeOut, deviceNotReady,
    hardwareError.
    """


@dataclass(frozen=True)
class CardRecord:
    """One card as printed by `kiosk card read --json`; absent is None; valid_to None is 长期 (no end)."""

    kind: CardKind
    name: str
    number: str
    name_en: str | None = None
    sex: str = "unknown"  # male, female, unknown, unstated (GB/T 2261.1)
    nation: str | None = None
    nation_code: str | None = None
    birth_date: date | None = None
    address: str | None = None
    authority: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    issue_count: str | None = None
    permit_number: str | None = None
    country: str | None = None
    newest_address: str | None = None
    photo_wlt: bytes | None = None  # 1024 bytes, WLT-coded
    fingers: tuple[str, ...] | None = None  # whose prints are on the card; () none; None not asked. Never the prints
    warnings: tuple[str, ...] = ()


class CardReader(Device, Protocol):
    def card_present(self) -> bool:
        """One find command (at least 300 ms apart); no card is a value, not an error."""
        ...

    def read(self, *, newest_address: bool = False) -> CardRecord:
        """Select and read the found card. Raises CardError, DeviceLost, DeviceTimeout, ProtocolError."""
        ...
