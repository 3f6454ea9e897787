"""USB descriptors as bytes, as a virtual device holds them and a host reads them (USB 2.0, 9.6)."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DEVICE, CONFIGURATION, STRING, INTERFACE, ENDPOINT, HID = 1, 2, 3, 4, 5, 0x21
BULK, INTERRUPT = 2, 3
VENDOR_CLASS, HID_CLASS, PRINTER_CLASS = 0xFF, 0x03, 0x07
ENGLISH = 0x0409
PACKET = 64  # bytes; full speed
FIELDS = {
    DEVICE: (
        "<BBHBBBBHHHBBBB",
        "bLength bDescriptorType bcdUSB bDeviceClass bDeviceSubClass bDeviceProtocol bMaxPacketSize0 "
        "idVendor idProduct bcdDevice iManufacturer iProduct iSerialNumber bNumConfigurations",
    ),
    CONFIGURATION: (
        "<BBHBBBBB",
        "bLength bDescriptorType wTotalLength bNumInterfaces bConfigurationValue iConfiguration bmAttributes bMaxPower",
    ),
    INTERFACE: (
        "<BBBBBBBBB",
        "bLength bDescriptorType bInterfaceNumber bAlternateSetting bNumEndpoints bInterfaceClass "
        "bInterfaceSubClass bInterfaceProtocol iInterface",
    ),
    ENDPOINT: ("<BBBBHB", "bLength bDescriptorType bEndpointAddress bmAttributes wMaxPacketSize bInterval"),
}


@dataclass(frozen=True)
class Model:
    """What a virtual device says it is. `scheme`: how a driver spells it; `driver`: a kernel driver takes it."""

    scheme: str
    vendor: int
    product: int
    name: str
    outputs: tuple[int, ...]
    inputs: tuple[int, ...]
    interface_class: int = VENDOR_CLASS
    driver: bool = False
    serial: str = "0001"

    @property
    def reports(self) -> bool:
        return self.scheme == "hid"


BULK_READER = Model("usb", 0x0400, 0xC35A, "virtual card reader", (0x02,), (0x81,))
HID_READER = Model("hid", 0x2B8B, 0x2721, "virtual card reader", (0x02,), (0x81,), HID_CLASS, driver=True)
CONTROL_READER = Model("hid", 0x2B8B, 0x2721, "virtual card reader", (), (0x81,), HID_CLASS, driver=True)
SPLIT_READER = Model("usb-split", 0x0400, 0xC35A, "virtual card reader", (0x02, 0x06), (0x81, 0x85))
RECEIPT_PRINTER = Model("usb", 0x0416, 0x5011, "virtual receipt printer", (0x03,), (0x81,), PRINTER_CLASS, driver=True)


def pack(kind: int, **values: int) -> bytes:
    layout, names = FIELDS[kind]
    given: Mapping[str, int] = {"bLength": struct.calcsize(layout), "bDescriptorType": kind, **values}
    return struct.pack(layout, *(given.get(name, 0) for name in names.split()))


def unpack(data: bytes) -> dict[str, Any]:
    layout, names = FIELDS[data[1]]
    return dict(zip(names.split(), struct.unpack_from(layout, data), strict=True))


def descriptor(model: Model, kind: int, index: int) -> bytes | None:
    """What the device answers to GET_DESCRIPTOR; None where it has no such one."""
    if kind == DEVICE:
        numbers = {"idVendor": model.vendor, "idProduct": model.product, "iProduct": 1, "iSerialNumber": 2}
        return pack(DEVICE, bcdUSB=0x0200, bMaxPacketSize0=PACKET, bNumConfigurations=1, **numbers)
    if kind == CONFIGURATION and index == 0:
        return _configuration(model)
    strings = (None, model.name, model.serial)
    if kind == STRING and index == 0:
        return struct.pack("<BBH", 4, STRING, ENGLISH)
    if kind == STRING and index < len(strings):
        text = str(strings[index]).encode("utf-16-le")
        return bytes([len(text) + 2, STRING]) + text
    return None


def parts(configuration: bytes) -> list[dict[str, Any]]:
    """A configuration's descriptors in order, those of unknown kinds left out."""
    found, rest = [], configuration
    while len(rest) >= 2 and 2 <= rest[0] <= len(rest):
        if rest[1] in FIELDS:
            found.append(unpack(rest))
        rest = rest[rest[0] :]
    return found


def _configuration(model: Model) -> bytes:
    ends = (*model.outputs, *model.inputs)
    body = pack(INTERFACE, bNumEndpoints=len(ends), bInterfaceClass=model.interface_class)
    if model.reports:
        body += struct.pack("<BBHBBBH", 9, HID, 0x0111, 0, 1, 0x22, 0)
    for end in ends:
        kind = {"bmAttributes": INTERRUPT if model.reports else BULK, "bInterval": int(model.reports)}
        body += pack(ENDPOINT, bEndpointAddress=end, wMaxPacketSize=PACKET, **kind)
    head = {"bNumInterfaces": 1, "bConfigurationValue": 1, "bmAttributes": 0x80, "bMaxPower": 50}
    return pack(CONFIGURATION, wTotalLength=len(body) + 9, **head) + body
