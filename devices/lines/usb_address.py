"""How a USB device is spelled: `usb://0400:c35a`, `hid://2b8b:2721/SERIAL?out=0x02&in=0x81`."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

SPELLING = "write usb://VVVV:PPPP with the four digits each that lsusb shows"
KEYS = ("out", "in", "bus")
IN = 0x80  # the bit of an endpoint's address that says towards the computer
ENDPOINT = re.compile(r"(?:0x)?([0-9a-f]{1,2})", re.IGNORECASE | re.ASCII)


class Kind(StrEnum):
    """How frames travel."""

    BULK = "usb"
    REPORTS = "hid"
    SPLIT = "usb-split"


@dataclass(frozen=True)
class UsbAddress:
    """`outputs`, `inputs`: endpoint addresses, empty for the device's own first ones; `bus`: a twin's socket."""

    kind: Kind
    vendor: int
    product: int
    serial: str = ""
    outputs: tuple[int, ...] = ()
    inputs: tuple[int, ...] = ()
    bus: Path | None = None

    @property
    def numbers(self) -> str:
        return f"{self.vendor:04x}:{self.product:04x}"


def parse_address(port: str) -> UsbAddress:
    """Raises ValueError: what is wrong and how to write it, without the port's name."""
    parts = urlsplit(port)
    numbers = re.fullmatch(r"([0-9a-f]{4}):([0-9a-f]{4})", parts.netloc, re.IGNORECASE | re.ASCII)
    if parts.scheme not in tuple(Kind) or numbers is None:
        raise ValueError(SPELLING)
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := set(given) - set(KEYS):
        raise ValueError(f"unknown key '{min(unknown)}'; known: {', '.join(KEYS)}")
    kind = Kind(parts.scheme)
    outputs, inputs = _endpoints("out", given, 0), _endpoints("in", given, IN)
    if kind is Kind.SPLIT and (len(outputs) == 1 or len(inputs) == 1):
        raise ValueError("two endpoints each way; write ?out=0x02,0x06&in=0x81,0x85")
    vendor, product = (int(digits, 16) for digits in numbers.groups())
    bus = Path(given["bus"]) if given.get("bus") else None
    return UsbAddress(kind, vendor, product, unquote(parts.path.strip("/")), outputs, inputs, bus)


def _endpoints(key: str, given: dict[str, str], direction: int) -> tuple[int, ...]:
    if key not in given:
        return ()
    found = [ENDPOINT.fullmatch(word.strip()) for word in given[key].split(",")]
    addresses = tuple(int(match[1], 16) for match in found if match)
    if len(addresses) < len(found) or any(address & IN != direction for address in addresses):
        example = "0x81,0x85" if direction else "0x02,0x06"
        raise ValueError(f"'{given[key]}' are no endpoints to go {key}; write {key}={example}")
    return addresses
