"""The wire to a receipt printer: any pyserial URL, its errors translated once, its answers read with a time limit."""

from contextlib import suppress

import serial

from devices.clock import Clock
from devices.device import Action, DeviceLost, DeviceTimeout
from devices.port_reason import port_reason
from devices.printer.status_bytes import QUESTIONS, Answers, is_answer, is_barrier, question

ANSWER_LIMIT = 0.6  # s; a printer answers DLE EOT at once, also while it prints
SLICE = 0.05  # s; longest a read blocks before limits are looked at
WRITE_LIMIT = 5.0  # s for one chunk; longer means the printer holds us off
CHUNK = 2048
LATEST = 4096  # bytes read away at most before a question; a device that never stops is no printer


class PrinterLine:
    """Bytes to and from one printer. Every method raises DeviceLost when the port is gone."""

    def __init__(self, port: str, baud_rate: int, clock: Clock) -> None:
        self.port = port
        self._baud_rate = baud_rate
        self._clock = clock
        self._serial: serial.Serial | None = None

    @property
    def is_open(self) -> bool:
        return self._serial is not None

    def open(self) -> None:
        if self._serial is not None:
            return
        try:
            self._serial = serial.serial_for_url(
                self.port, baudrate=self._baud_rate, timeout=SLICE, write_timeout=WRITE_LIMIT, exclusive=True
            )
        except (OSError, ValueError) as error:
            reason = port_reason(self.port, error)
            message = f"{self.port}: cannot open the printer's port: {reason}; check the cable and the port"
            raise DeviceLost(message) from error

    def close(self) -> None:
        port, self._serial = self._serial, None
        if port is not None:
            with suppress(OSError):
                port.close()

    def write(self, data: bytes) -> None:
        """Raises DeviceTimeout where the printer takes no more; part of `data` may have arrived then."""
        port = self._opened()
        try:
            for start in range(0, len(data), CHUNK):
                port.write(data[start : start + CHUNK])
        except serial.SerialTimeoutException as error:
            raise DeviceTimeout(f"{self.port}: the printer takes no more bytes; look at paper and cover") from error
        except (OSError, ValueError) as error:
            raise self._lost(error) from error

    def read(self) -> int | None:
        """The next byte, or None after a slice of time without one."""
        port = self._opened()
        try:
            data = port.read(1)
        except (OSError, ValueError, TypeError) as error:  # TypeError: pyserial, when closed from another thread
            raise self._lost(error) from error
        return data[0] if data else None

    def ask(self) -> Answers:
        """Puts the four DLE EOT questions; the first that stays unanswered ends the asking."""
        found: dict[int, int] = {}
        strays = self._drain()
        for n in QUESTIONS:
            self.write(question(n))
            answer, more = self._answer()
            strays += more
            if answer is None:
                break
            found[n] = answer
        barriers = sum(is_barrier(byte) for byte in strays)
        return Answers(found, noise=len(strays) > barriers, barriers=barriers)

    def _answer(self) -> tuple[int | None, bytes]:
        """The answer, None where it did not come in time, and what came that is no answer."""
        limit = self._clock.monotonic() + ANSWER_LIMIT
        strays = bytearray()
        while self._clock.monotonic() < limit:
            byte = self.read()
            if byte is not None and is_answer(byte):
                return byte, bytes(strays)
            if byte is not None:
                strays.append(byte)
        return None, bytes(strays)

    def _drain(self) -> bytes:
        """What came since the last reading; answers too late to be told apart are left out."""
        port = self._opened()
        late = bytearray()
        try:
            while port.in_waiting and len(late) < LATEST:
                late += port.read(port.in_waiting)
        except (OSError, ValueError, TypeError) as error:
            raise self._lost(error) from error
        return bytes(byte for byte in late if not is_answer(byte))

    def _opened(self) -> serial.Serial:
        if self._serial is None:
            raise DeviceLost(f"{self.port}: the printer's port is not open", action=Action.RESET)
        return self._serial

    def _lost(self, error: Exception) -> DeviceLost:
        self.close()
        return DeviceLost(f"{self.port}: the printer is gone ({_reason(error)}); check its cable and power")


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
