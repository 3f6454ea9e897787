"""A pyusb backend whose bus is a unix socket: the same driver code that calls libusb runs against a virtual device."""

import array
import errno
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias

import usb.backend
import usb.core

from devices.lines.usb_descriptors import CONFIGURATION, DEVICE, ENDPOINT, INTERFACE, parts, unpack
from devices.lines.usb_transfers import Answer, Operation, Request, receive_answer, send_request

GET_DESCRIPTOR = (0x80, 6)  # request type, request
IN = 0x80
LONGEST = 1024  # bytes of a descriptor
Buffer: TypeAlias = "array.array[int]"


class TwinBackend(usb.backend.IBackend):  # type: ignore[misc]  # pyusb has no types
    """One device on the bus while its socket is there, none otherwise. A handle is a connection to it."""

    def __init__(self, bus: Path) -> None:
        self._bus = bus

    def enumerate_devices(self) -> Iterator[Path]:
        try:
            self._connected().close()
        except usb.core.USBError:
            return
        yield self._bus

    def get_device_descriptor(self, _dev: Path) -> SimpleNamespace:
        where = {"bus": 1, "address": 1, "port_number": 1, "port_numbers": (1,), "speed": 2}
        return SimpleNamespace(**unpack(self._descriptor(DEVICE)), **where)

    def get_configuration_descriptor(self, _dev: Path, config: int) -> SimpleNamespace:
        return self._parts(CONFIGURATION, config)[config]

    def get_interface_descriptor(self, _dev: Path, intf: int, alt: int, config: int) -> SimpleNamespace:
        if alt:
            raise IndexError
        return self._parts(INTERFACE, config)[intf]

    def get_endpoint_descriptor(self, _dev: Path, ep: int, _intf: int, _alt: int, config: int) -> SimpleNamespace:
        return self._parts(ENDPOINT, config)[ep]

    def open_device(self, _dev: Path) -> socket.socket:
        handle = self._connected()
        try:
            _ask(handle, Request(Operation.OPEN))
        except usb.core.USBError:
            handle.close()
            raise
        return handle

    def close_device(self, dev_handle: socket.socket) -> None:
        dev_handle.close()

    def set_configuration(self, _handle: socket.socket, _value: int) -> None:
        """It has only one."""

    def get_configuration(self, _handle: socket.socket) -> int:
        return 1

    def claim_interface(self, dev_handle: socket.socket, _intf: int) -> None:
        _ask(dev_handle, Request(Operation.CLAIM))

    def release_interface(self, dev_handle: socket.socket, _intf: int) -> None:
        _ask(dev_handle, Request(Operation.RELEASE))

    def is_kernel_driver_active(self, dev_handle: socket.socket, _intf: int) -> bool:
        return bool(_ask(dev_handle, Request(Operation.DRIVER_ACTIVE)).data)

    def detach_kernel_driver(self, dev_handle: socket.socket, _intf: int) -> None:
        _ask(dev_handle, Request(Operation.DRIVER_DETACH))

    def attach_kernel_driver(self, dev_handle: socket.socket, _intf: int) -> None:
        _ask(dev_handle, Request(Operation.DRIVER_ATTACH))

    def bulk_write(self, dev_handle: socket.socket, ep: int, _intf: int, data: Buffer, timeout: int) -> int:
        sent = _ask(dev_handle, Request(Operation.WRITE, ep, timeout, data=data.tobytes()))
        return int.from_bytes(sent.data, "little")

    def bulk_read(self, dev_handle: socket.socket, ep: int, _intf: int, buff: Buffer, timeout: int) -> int:
        return _fill(buff, _ask(dev_handle, Request(Operation.READ, ep, timeout, len(buff))).data)

    intr_write = bulk_write
    intr_read = bulk_read

    def ctrl_transfer(
        self, dev_handle: socket.socket, kind: int, asked: int, value: int, index: int, data: Buffer, timeout: int
    ) -> int:
        numbers = (value, index, len(data))
        setup = bytes([kind, asked]) + b"".join(number.to_bytes(2, "little") for number in numbers)
        sent = b"" if kind & IN else data.tobytes()
        found = _ask(dev_handle, Request(Operation.CONTROL, 0, timeout, len(data), setup + sent))
        return _fill(data, found.data) if kind & IN else len(data)

    def clear_halt(self, dev_handle: socket.socket, ep: int) -> None:
        _ask(dev_handle, Request(Operation.CLEAR_HALT, ep))

    def reset_device(self, dev_handle: socket.socket) -> None:
        _ask(dev_handle, Request(Operation.RESET))

    def _connected(self) -> socket.socket:
        end = socket.socket(socket.AF_UNIX)
        try:
            end.connect(str(self._bus))
        except OSError as error:
            end.close()
            raise _error(errno.ENODEV) from error
        return end

    def _descriptor(self, kind: int) -> bytes:
        with self._connected() as handle:
            buffer = array.array("B", bytes(LONGEST))
            size = self.ctrl_transfer(handle, *GET_DESCRIPTOR, kind << 8, 0, buffer, 1000)
            return buffer[:size].tobytes()

    def _parts(self, kind: int, config: int) -> list[SimpleNamespace]:
        """Of the only configuration, with what pyusb asks of a descriptor besides its fields."""
        if config:
            raise IndexError
        more: dict[str, Any] = {"extra_descriptors": [], "bRefresh": 0, "bSynchAddress": 0}
        found = parts(self._descriptor(CONFIGURATION))
        return [SimpleNamespace(**part, **more) for part in found if part["bDescriptorType"] == kind]


def _ask(end: socket.socket, asked: Request) -> Answer:
    try:
        send_request(end, asked)
        answer = receive_answer(end)
    except OSError as error:
        raise _error(errno.ENODEV) from error
    if answer is None:
        raise _error(errno.ENODEV)
    if answer.error:
        raise _error(answer.error)
    return answer


def _error(number: int) -> usb.core.USBError:
    kind = usb.core.USBTimeoutError if number == errno.ETIMEDOUT else usb.core.USBError
    return kind(os.strerror(number), number, number)


def _fill(buffer: Buffer, data: bytes) -> int:
    buffer[: len(data)] = array.array("B", data)
    return len(data)
