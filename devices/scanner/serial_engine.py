"""A scan engine on a serial line that sends each code as a line of text."""

import threading
from dataclasses import dataclass

from devices.clock import Clock
from devices.device import (
    Action,
    Capabilities,
    CommandCancelled,
    DeviceLost,
    DeviceState,
    DeviceStatus,
    HealthLevel,
    HealthReport,
)
from devices.port_reason import port_reason
from devices.scanner.contract import Code
from devices.scanner.intake import Intake
from devices.scanner.lines import LineCutter

SLICE = 0.1  # s; how often a wait looks whether it was cancelled
PARTIAL = 0.5  # s; an engine sends a code in one go: half a code followed by such silence was cut off
STALE = 3.0  # s; what was scanned while nobody waited for longer than this is of the last visitor


@dataclass(frozen=True)
class Options:
    """`port`: a device, a path or a pyserial URL; `suffix`: what the engine adds to each code besides CR and LF."""

    port: str
    baud: int = 9600
    prefix: str = ""
    suffix: str = "\r"


class SerialEngine:
    def __init__(self, name: str, options: Options, clock: Clock) -> None:
        import serial

        self.name = name
        self._options = options
        self._clock = clock
        self._serial_errors = (serial.SerialException, OSError)
        self._port: serial.Serial | None = None
        self._intake = Intake(clock)
        self._cutter = self._new_cutter()
        self._whole: list[bytes] = []
        self._heard = self._asked = 0.0  # s; when bytes came last, when somebody waited last
        self._cancelled = threading.Event()

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities("BarcodeReader", "serial scan engine", frozenset({"serial"}))

    def open(self) -> None:
        """Raises DeviceLost."""
        import serial

        self.close()
        try:
            self._port = serial.serial_for_url(self._options.port, baudrate=self._options.baud, timeout=SLICE)
        except (*self._serial_errors, ValueError) as error:
            reason = port_reason(self._options.port, error)
            raise DeviceLost(f"{self._options.port}: cannot be opened: {reason}; check the cable and `port`") from error
        self._forget()

    def close(self) -> None:
        port, self._port = self._port, None
        if port is not None:
            port.close()

    def cancel(self) -> None:
        """Ends a wait within `SLICE`; where nobody waits, nothing."""
        self._cancelled.set()

    def reset(self) -> None:
        """Forgets what came in so far; opens the port again where it was lost. Raises DeviceLost."""
        if self._port is None:
            self.open()
            return
        try:
            self._port.reset_input_buffer()
        except self._serial_errors as error:
            raise self._lost() from error
        self._forget()

    def status(self) -> DeviceStatus:
        """Whether the port is there; such an engine answers no questions. Raises DeviceLost."""
        if self._port is None:
            raise self._lost()
        try:
            _ = self._port.in_waiting
        except (*self._serial_errors, TypeError) as error:  # TypeError: closed by another thread meanwhile
            raise self._lost() from error
        refusal = self._intake.refusal
        return DeviceStatus(DeviceState.ONLINE, f"the last code was refused: {refusal}" if refusal else "")

    def check_health(self, level: HealthLevel) -> HealthReport:
        """`INTERACTIVE` waits 10 s for somebody to hold up a code."""
        try:
            self.status()
        except DeviceLost as error:
            return HealthReport(level, False, (str(error),), error.action)
        if level is HealthLevel.INTERACTIVE and self.read_code(10) is None:
            return HealthReport(level, False, ("no code came within 10 s",), Action.CALL_MAINTENANCE)
        return HealthReport(level, True)

    def read_code(self, timeout: float) -> Code | None:
        """Waits up to `timeout` s for one code. Raises DeviceLost, CommandCancelled."""
        self._cancelled.clear()
        started = self._clock.monotonic()
        if started - self._asked > STALE:
            self.reset()
        while True:
            self._listen(max(0.0, min(SLICE, timeout - (self._clock.monotonic() - started))))
            while self._whole:
                text = self._intake.admit(self._whole.pop(0))
                if text is not None:
                    return Code("unknown", text)
            self._asked = self._clock.monotonic()
            if self._cancelled.is_set():
                raise CommandCancelled(f"{self.name}: reading was cancelled")
            if self._asked - started >= timeout:
                return None

    def _listen(self, patience: float) -> None:
        data = self._bytes(patience)
        now = self._clock.monotonic()
        if data:
            self._heard = now
            self._whole.extend(self._cutter.feed(data))
        elif now - self._heard > PARTIAL:
            self._cutter.drop_partial()

    def _bytes(self, patience: float) -> bytes:
        if self._port is None:
            raise self._lost()
        try:
            self._port.timeout = patience
            return bytes(self._port.read(self._port.in_waiting or 1))
        except (*self._serial_errors, TypeError) as error:  # TypeError: closed by another thread in mid-read
            raise self._lost() from error

    def _lost(self) -> DeviceLost:
        self.close()
        return DeviceLost(f"{self._options.port}: the scan engine is gone; check the cable")

    def _forget(self) -> None:
        self._cutter, self._whole = self._new_cutter(), []
        self._heard = self._asked = self._clock.monotonic()

    def _new_cutter(self) -> LineCutter:
        return LineCutter(self._options.prefix.encode(), self._options.suffix.encode())


def create(name: str, options: Options, clock: Clock) -> SerialEngine:
    return SerialEngine(name, options, clock)
