"""A USB device as a Line: whole frames by bulk transfers, 64-byte reports, or head and body on two pipes."""

import contextlib
import errno
from collections.abc import Callable, Iterator
from typing import TypeVar

import usb.core
import usb.util

from devices.clock import Clock
from devices.device import Action, DeviceLost, DeviceTimeout, ProtocolError
from devices.lines.cancellable import CancellableLine
from devices.lines.frame_split import FrameSplit
from devices.lines.usb_address import UsbAddress, parse_address
from devices.lines.usb_device import Pipes, UsbDevice, UsbNotUsable, find_device, is_plugged, node_of, take_pipes

GLANCE = 0.001  # s; the shortest look whether a device has something to say
LATEST = 8192  # bytes thrown away at most before a question; a device that never stops is none of ours
CHUNK = 4096  # bytes of one transfer out
HID_SET_REPORT = (0x21, 0x09, 0x0200)  # request type, request, value: output report without a number (HID 1.11, 7.2.2)

T = TypeVar("T")


class UsbLine(CancellableLine):
    """Opened, the device is this line's alone; a kernel driver that held it gets it back when it is closed."""

    def __init__(self, port: str, clock: Clock, what: str, write_limit: float) -> None:
        super().__init__(port, clock, what, write_limit)
        self._device: UsbDevice | None = None
        self._pipes = Pipes()
        self._node: object = None
        self._heard = bytearray()
        self._split = FrameSplit()

    @property
    def is_open(self) -> bool:
        return self._device is not None

    def open(self) -> None:
        if self._device is not None:
            return
        try:
            address = self._address()
            self._device = find_device(address)
            self._node = node_of(self._device, address)
            self._pipes = take_pipes(self._device, address)
            self.discard()
        except (UsbNotUsable, ValueError) as error:
            self.close()
            raise DeviceLost(f"{self.port}: cannot open the {self._what}: {error}") from error

    def close(self) -> None:
        device, self._device, pipes = self._device, None, self._pipes
        self._heard.clear()
        if device is None:
            return
        with contextlib.suppress(usb.core.USBError):
            usb.util.release_interface(device, pipes.interface)
            if pipes.driver_detached:
                device.attach_kernel_driver(pipes.interface)
        with contextlib.suppress(usb.core.USBError):
            usb.util.dispose_resources(device)

    def is_there(self) -> bool:
        try:
            address = self._address()
        except ValueError:
            return False
        return self._node == node_of(self._device, address) if self._device is not None else is_plugged(address)

    def waiting(self) -> int:
        """Looks for a millisecond: a USB device says nothing unless it is asked to."""
        if not self._heard:
            self._listen(self._pipes.packet, GLANCE)
        return len(self._heard)

    def write(self, data: bytes) -> None:
        """Part of `data` may have arrived where DeviceTimeout is raised."""
        self._split = FrameSplit()
        for endpoint, transfer in self._transfers(data):
            rest = transfer
            while rest:
                rest = rest[self._send(endpoint, rest) :]

    def discard(self) -> None:
        self._heard.clear()
        gone = 0
        for pipe in range(len(self._pipes.inputs)):
            while gone < LATEST and (data := self._receive(pipe, self._pipes.packet, GLANCE)):
                gone += len(data)

    def _read_once(self, size: int, patience: float) -> bytes:
        if not self._heard:
            self._listen(size, patience)
        data = bytes(self._heard[:size])
        del self._heard[:size]
        return data

    def _listen(self, size: int, patience: float) -> None:
        """The pipe that is due first, and another only where it has nothing."""
        due = self._split.next_pipe if len(self._pipes.inputs) > 1 else 0
        data = self._receive(due, size, patience)
        if not data and len(self._pipes.inputs) > 1:
            data = self._receive(1 - due, size, GLANCE)
        if len(self._pipes.inputs) > 1:
            self._split.cut(data)
        self._heard += data

    def _transfers(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        pipes = self._pipes
        if pipes.report:
            for start in range(0, len(data), pipes.report):
                yield pipes.outputs[0], data[start : start + pipes.report].ljust(pipes.report, b"\0")
        elif len(pipes.outputs) > 1:
            for pipe, piece in FrameSplit().cut(data):
                yield pipes.outputs[pipe], piece
        else:
            for start in range(0, len(data), CHUNK):
                yield pipes.outputs[0], data[start : start + CHUNK]

    def _send(self, endpoint: int, data: bytes) -> int:
        device, limit = self._opened(), int(self._write_limit * 1000)
        if endpoint:
            sent = self._transfer(endpoint, lambda: device.write(endpoint, data, limit))
        else:
            setup = (*HID_SET_REPORT, self._pipes.interface)
            sent = self._transfer(endpoint, lambda: device.ctrl_transfer(*setup, data, limit))
        if not sent:
            raise DeviceTimeout(f"{self.port}: the {self._what} takes no more bytes; look at it and at its cable")
        return sent

    def _receive(self, pipe: int, size: int, patience: float) -> bytes:
        """Asks for whole packets: a device that sends more than was asked for is an error of the bus."""
        device, endpoint = self._opened(), self._pipes.inputs[pipe]
        size = -(-size // self._pipes.packet) * self._pipes.packet
        limit = max(1, int(patience * 1000))  # ms; 0 would be for ever
        return bytes(self._transfer(endpoint, lambda: device.read(endpoint, size, limit)) or b"")

    def _transfer(self, endpoint: int, carry: Callable[[], T]) -> T | None:
        """None after its time limit. A pipe that was stalled is cleared, and tried once more."""
        for _ in range(2):
            try:
                return carry()
            except usb.core.USBTimeoutError:
                return None
            except usb.core.USBError as error:
                if error.errno != errno.EPIPE:
                    raise self._lost(error) from error
                self._clear(endpoint)
        message = f"{self.port}: the {self._what} refuses what it is sent; switch it off and on"
        raise ProtocolError(message, action=Action.RESET)

    def _clear(self, endpoint: int) -> None:
        try:
            self._opened().clear_halt(endpoint)
        except usb.core.USBError as error:
            raise self._lost(error) from error

    def _opened(self) -> UsbDevice:
        if self._device is None:
            raise self._not_open()
        return self._device

    def _address(self) -> UsbAddress:
        """Raises ValueError."""
        return parse_address(self.port)
