"""A serial port or a serial server: any pyserial URL as a Line, its errors translated once."""

import contextlib
import io
import select
import termios
from pathlib import Path

import serial

from devices.clock import Clock
from devices.device import DeviceLost, DeviceTimeout
from devices.lines.cancellable import CancellableLine
from devices.port_reason import port_reason

CHUNK = 512  # bytes; at 9600 baud they take half a second: far below any write limit
PORT_ERRORS = (OSError, ValueError, TypeError, termios.error)  # what pyserial lets through for a port that is not there
HANG_UP = select.POLLHUP | select.POLLERR | select.POLLNVAL


class SerialLine(CancellableLine):
    def __init__(self, port: str, baud: int, clock: Clock, what: str, write_limit: float) -> None:
        super().__init__(port, clock, what, write_limit)
        self._baud = baud
        self._serial: serial.Serial | None = None
        self._descriptor: int | None = None  # None also where a kind of URL has none

    @property
    def is_open(self) -> bool:
        return self._serial is not None

    def open(self) -> None:
        """The port is this line's alone: a second opening, from here or another program, is refused."""
        if self._serial is not None:
            return
        try:
            self._serial = serial.serial_for_url(
                self.port, baudrate=self._baud, timeout=0, write_timeout=self._write_limit, exclusive=True
            )
        except PORT_ERRORS as error:
            reason = port_reason(self.port, error)
            message = f"{self.port}: cannot open the {self._what}'s port: {reason}; check its cable and the port"
            raise DeviceLost(message) from error
        with contextlib.suppress(io.UnsupportedOperation):
            self._descriptor = self._serial.fileno()
        with contextlib.suppress(AttributeError, NotImplementedError, *PORT_ERRORS):
            self._serial.set_low_latency_mode(True)  # else an FTDI chip holds bytes back for up to 16 ms

    def close(self) -> None:
        port, self._serial, self._descriptor = self._serial, None, None
        if port is None:
            return
        held = getattr(port, "_socket", None)
        with contextlib.suppress(*PORT_ERRORS):
            port.close()
        if held is not None:
            held.close()  # pyserial leaves the socket open where the other side hung up first

    def is_there(self) -> bool:
        if "://" in self.port:
            return True
        if not Path(self.port).exists():
            return False
        return self._descriptor is None or not _hung_up(self._descriptor)

    def waiting(self) -> int:
        port = self._opened()
        try:
            return port.in_waiting
        except PORT_ERRORS as error:
            raise self._lost(error) from error

    def write(self, data: bytes) -> None:
        """Part of `data` may have arrived where DeviceTimeout is raised."""
        port = self._opened()
        try:
            for start in range(0, len(data), CHUNK):
                port.write(data[start : start + CHUNK])
        except serial.SerialTimeoutException as error:
            raise DeviceTimeout(
                f"{self.port}: the {self._what} takes no more bytes; look at it and its cable"
            ) from error
        except PORT_ERRORS as error:
            raise self._lost(error) from error

    def discard(self) -> None:
        port = self._opened()
        try:
            port.reset_input_buffer()
        except PORT_ERRORS as error:
            raise self._lost(error) from error

    def _read_once(self, size: int, patience: float) -> bytes:
        port = self._opened()
        try:
            if self._descriptor is None:
                return _read_slowly(port, size, patience)
            ready, _, _ = select.select([self._descriptor], [], [], patience)
            return bytes(port.read(size)) if ready else b""
        except PORT_ERRORS as error:
            raise self._lost(error) from error

    def _opened(self) -> serial.Serial:
        if self._serial is None:
            raise self._not_open()
        return self._serial


def _read_slowly(port: serial.Serial, size: int, patience: float) -> bytes:
    """For the kinds of URL nothing can wait on but pyserial itself: it waits for all it is asked for, so for one."""
    port.timeout = patience
    first = bytes(port.read(1))
    more = min(size - 1, port.in_waiting) if first else 0
    return first + bytes(port.read(more)) if more else first


def _hung_up(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, 0)
    return any(event & HANG_UP for _, event in poll.poll(0))
