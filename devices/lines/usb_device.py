"""Finds a USB device, takes it from the kernel, chooses its endpoints; and says in words why that cannot be done."""

import contextlib
import errno
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import usb.core
import usb.util

from devices.lines.usb_address import Kind, UsbAddress

if TYPE_CHECKING:
    from devices.lines.usb_twin_backend import TwinBackend

SYSTEM = Path("/sys/bus/usb/devices")
NODES = Path("/dev/bus/usb")
HUB, HID = 0x09, 0x03  # USB class codes
PACKET = 64  # bytes
LISTED = 8  # devices named at most in an error
NO_LIBRARY = "the library libusb is missing; apt-get install libusb-1.0-0"
SPLIT_OUT, SPLIT_IN = (0x02, 0x06), (0x81, 0x85)  # pipes of head and body in the vendor document


class UsbEndpoint(Protocol):
    bEndpointAddress: int  # noqa: N815
    bmAttributes: int  # noqa: N815
    wMaxPacketSize: int  # noqa: N815


class UsbInterface(Protocol):
    bInterfaceNumber: int  # noqa: N815
    bInterfaceClass: int  # noqa: N815

    def __iter__(self) -> Iterator[UsbEndpoint]: ...


class UsbDevice(Protocol):
    """What is used of a pyusb device; pyusb itself has no types. Limits in ms."""

    idVendor: int  # noqa: N815
    idProduct: int  # noqa: N815
    bDeviceClass: int  # noqa: N815
    bus: int
    address: int

    def write(self, endpoint: int, data: bytes, timeout: int) -> int: ...
    def read(self, endpoint: int, size: int, timeout: int) -> Iterable[int]: ...
    def ctrl_transfer(self, kind: int, asked: int, value: int, index: int, data: bytes, timeout: int) -> int: ...
    def clear_halt(self, endpoint: int) -> None: ...
    def get_active_configuration(self) -> Iterable[UsbInterface]: ...
    def set_configuration(self) -> None: ...
    def is_kernel_driver_active(self, interface: int) -> bool: ...
    def detach_kernel_driver(self, interface: int) -> None: ...
    def attach_kernel_driver(self, interface: int) -> None: ...


class UsbNotUsable(Exception):
    """Why, and what to do, in a few words without the port's name."""


@dataclass(frozen=True)
class Pipes:
    """`outputs`: (0,) where reports go by control transfers; `report`: bytes of one, 0 where there are none."""

    interface: int = 0
    outputs: tuple[int, ...] = ()
    inputs: tuple[int, ...] = ()
    packet: int = PACKET
    report: int = 0
    driver_detached: bool = False


def find_device(address: UsbAddress) -> UsbDevice:
    """A pyusb device. Raises UsbNotUsable."""
    backend = _backend(address)
    wanted = {"idVendor": address.vendor, "idProduct": address.product}
    try:
        found: list[UsbDevice] = list(usb.core.find(find_all=True, backend=backend, **wanted))
        if address.serial:
            found = [device for device in found if _string(device, "serial_number") == address.serial]
        if found:
            return found[0]
        others = list(usb.core.find(find_all=True, backend=backend))
    except usb.core.NoBackendError as error:
        raise UsbNotUsable(NO_LIBRARY) from error
    except usb.core.USBError as error:
        raise UsbNotUsable(_reason(error, address)) from error
    number = f" and serial number {address.serial}" if address.serial else ""
    raise UsbNotUsable(f"there is no USB device {address.numbers}{number}; plugged in: {_listed(others)}")


def take_pipes(device: UsbDevice, address: UsbAddress) -> Pipes:
    """Claims the interface that has them. Raises UsbNotUsable."""
    try:
        interface = _interface(_configuration(device), address)
        pipes = _pipes(interface, address)
        number = pipes.interface
        detached = False
        with contextlib.suppress(NotImplementedError):
            if device.is_kernel_driver_active(number):
                device.detach_kernel_driver(number)
                detached = True
        usb.util.claim_interface(device, number)
    except usb.core.USBError as error:
        usb.util.dispose_resources(device)
        raise UsbNotUsable(_reason(error, address)) from error
    return Pipes(number, pipes.outputs, pipes.inputs, pipes.packet, pipes.report, detached)


def is_plugged(address: UsbAddress) -> bool:
    """Without libusb: quick enough to be asked ten times a second."""
    if address.bus is not None:
        return address.bus.exists()
    return any(_numbers(folder) == address.numbers for folder in SYSTEM.glob("*-*"))


def node_of(device: UsbDevice, address: UsbAddress) -> tuple[int, int] | None:
    """What tells this plugging from the next; None while it is unplugged."""
    path = address.bus or NODES / f"{device.bus:03d}" / f"{device.address:03d}"
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_ctime_ns if address.bus else 0


def _backend(address: UsbAddress) -> "TwinBackend | None":
    """None: the machine's own USB."""
    if address.bus is None:
        return None
    from devices.lines.usb_twin_backend import TwinBackend

    return TwinBackend(address.bus)


def _configuration(device: UsbDevice) -> Iterable[UsbInterface]:
    try:
        found = device.get_active_configuration()
    except usb.core.USBError as error:
        if error.errno is not None:
            raise
        device.set_configuration()
        found = device.get_active_configuration()
    return found


def _interface(configuration: Iterable[UsbInterface], address: UsbAddress) -> UsbInterface:
    """The first that has what the address asks for."""
    for interface in configuration:
        with contextlib.suppress(UsbNotUsable):
            _pipes(interface, address)
            return interface
    raise UsbNotUsable(f"the device {address.numbers} has no such endpoints; see lsusb -v -d {address.numbers}")


def _pipes(interface: UsbInterface, address: UsbAddress) -> Pipes:
    """Raises UsbNotUsable where this interface has not the endpoints."""
    reports = address.kind is Kind.REPORTS
    wanted = usb.util.ENDPOINT_TYPE_INTR if reports else usb.util.ENDPOINT_TYPE_BULK
    sizes = {
        e.bEndpointAddress: e.wMaxPacketSize for e in interface if usb.util.endpoint_type(e.bmAttributes) == wanted
    }
    outputs, inputs = (tuple(e for e in sizes if usb.util.endpoint_direction(e) == way) for way in (0, 0x80))
    if address.kind is Kind.SPLIT:
        outputs, inputs = address.outputs or SPLIT_OUT, address.inputs or SPLIT_IN
    else:
        outputs, inputs = address.outputs or outputs[:1], address.inputs or inputs[:1]
    if reports and not outputs and interface.bInterfaceClass == HID:
        outputs, sizes = (0,), {**sizes, 0: PACKET}
    if not outputs or not inputs or not {*outputs, *inputs} <= set(sizes):
        raise UsbNotUsable
    report = sizes[outputs[0]] if reports else 0
    return Pipes(interface.bInterfaceNumber, outputs, inputs, max(sizes[e] for e in inputs), report)


def _reason(error: usb.core.USBError, address: UsbAddress) -> str:
    rule = f'SUBSYSTEM=="usb", ATTR{{idVendor}}=="{address.vendor:04x}", ATTR{{idProduct}}=="{address.product:04x}"'
    words = {
        errno.EACCES: f'this account may not open it; add a udev rule {rule}, GROUP="dialout"',
        errno.EBUSY: "another program has it, such as the running terminal or the CUPS printer service",
        errno.ENODEV: "it was unplugged just now",
        errno.EIO: "it does not answer; unplug it and plug it in again",
    }
    said = " ".join(str(error.strerror or error).split())
    return words.get(error.errno or 0) or said


def _listed(devices: Iterable[UsbDevice]) -> str:
    """Numbers and products; never a serial number."""
    named = [
        f"{device.idVendor:04x}:{device.idProduct:04x} {_string(device, 'product')}".strip()
        for device in devices
        if device.bDeviceClass != HUB
    ]
    more = [f"and {len(named) - LISTED} more"] if len(named) > LISTED else []
    return ", ".join(named[:LISTED] + more) or "nothing"


def _string(device: UsbDevice, which: str) -> str:
    """One of its strings; empty where it has none or may not be asked."""
    try:
        text = str(getattr(device, which) or "")
    except (usb.core.USBError, ValueError, NotImplementedError):
        text = ""
    finally:
        usb.util.dispose_resources(device)
    return "".join(letter for letter in text if letter.isprintable())[:40]


def _numbers(folder: Path) -> str:
    with contextlib.suppress(OSError):
        return f"{(folder / 'idVendor').read_text().strip()}:{(folder / 'idProduct').read_text().strip()}"
    return ""
