"""A scan engine on a serial line that sends each code as a line of text."""

import contextlib
from dataclasses import dataclass

from devices.clock import Clock
from devices.device import (
    Capabilities,
    CommandCancelled,
    DeviceError,
    DeviceState,
    DeviceStatus,
    HealthLevel,
    HealthReport,
)
from devices.lines import make_line
from devices.lines.line import Line
from devices.port_node import PortNode
from devices.scanner.beam import Beam
from devices.scanner.contract import Code
from devices.scanner.escapes import escaped_bytes
from devices.scanner.lines import LineCutter
from devices.scanner.waiting import Waiting

PARTIAL = 0.5  # s; an engine sends a code in one go: half a code followed by such silence was cut off
LINGER = 1.5  # s; the beam is put out when nobody has waited for so long
RATES = (9600, 115200, 57600, 38400, 19200)  # tried in this order where `baud` is 0; 9600 is what engines come with
CHUNK = 4096  # bytes


@dataclass(frozen=True)
class Options:
    r"""`port`: a device, a path or a pyserial URL; `baud`: 0 tries the common rates, one a code that came as rubbish.

    `prefix`: what stands before each code; `suffix`: what the engine adds besides CR and LF; `trigger_on`,
    `trigger_off`: commands that start and stop the beam, `trigger_reply`: what it answers to them. All of these may
    have \r \n \t \e \0 \\ and \xHH in them ("\x02"). `aim`: codes begin with an AIM identifier (]Q1), which becomes
    the symbology.
    """

    port: str
    baud: int = 9600
    prefix: str = ""
    suffix: str = "\\r"
    aim: bool = False
    trigger_on: str = ""
    trigger_off: str = ""
    trigger_reply: str = ""

    def __post_init__(self) -> None:
        if self.baud < 0:
            raise ValueError("key 'baud' is to be a rate such as 9600, or 0 to try the common ones")
        for key in ("prefix", "suffix", "trigger_on", "trigger_off", "trigger_reply"):
            escaped_bytes(key, getattr(self, key))

    def raw(self, key: str) -> bytes:
        return escaped_bytes(key, getattr(self, key))


class SerialEngine:
    def __init__(self, name: str, options: Options, clock: Clock) -> None:
        self.name = name
        self._options = options
        self._clock = clock
        self._node = PortNode(options.port)
        self._rate = 0  # of RATES, where `baud` is 0
        self._line = self._new_line()
        self._cutter = self._new_cutter()
        self._beam = Beam(options.raw("trigger_on"), options.raw("trigger_off"), self._send, clock)
        self._waiting = Waiting(name, clock, self._listen, self._forget, aim=options.aim)
        self._heard = clock.monotonic()  # s; when bytes came last
        self._unread = False  # bytes came of which no code was made

    @property
    def capabilities(self) -> Capabilities:
        features = {"serial"} | ({"trigger"} if self._options.trigger_on else set())
        return Capabilities("BarcodeReader", "serial scan engine", frozenset(features))

    def open(self) -> None:
        """Raises DeviceLost."""
        self.close()
        self._node.note()
        self._line.open()
        self._forget()
        self._waiting.clear()

    def close(self) -> None:
        with contextlib.suppress(DeviceError):
            self._beam.stop()
        self._line.close()

    def cancel(self) -> None:
        """Ends a wait within 0.1 s; where nobody waits, nothing."""
        self._waiting.cancel()

    def reset(self) -> None:
        """Forgets what came in so far; opens the port again where it was lost. Raises DeviceLost."""
        if not self._line.is_open:
            self.open()
            return
        self._line.waiting()  # where the port is gone this tells, and the next call would not
        self._line.discard()
        self._beam.stop()
        self._forget()
        self._waiting.clear()

    def glance(self) -> bool:
        """Whether the port's node went, came or is another one."""
        return self._node.changed

    def status(self) -> DeviceStatus:
        """Whether the port is there; such an engine answers no questions. Raises DeviceLost."""
        self._node.note()
        self._line.waiting()
        if self._waiting.idle > LINGER:
            self._beam.stop()
        refusal = self._waiting.refusal
        return DeviceStatus(DeviceState.ONLINE, f"the last code was refused: {refusal}" if refusal else "")

    def check_health(self, level: HealthLevel) -> HealthReport:
        """`INTERACTIVE` waits 10 s for somebody to hold up a code."""
        return self._waiting.health(level, self.status)

    def read_code(self, timeout: float) -> Code | None:
        """Waits up to `timeout` s for one code. Raises DeviceLost, CommandCancelled."""
        try:
            code = self._waiting.code(timeout)
        except CommandCancelled:
            self._beam.stop()
            raise
        if code is not None:
            self._beam.forget()
            self._unread = False
        return code

    def _listen(self, patience: float) -> list[bytes]:
        self._beam.start()
        data = self._line.read(CHUNK, patience)
        now = self._clock.monotonic()
        if data:
            self._heard, self._unread = now, True
            return self._cutter.feed(data)
        if now - self._heard <= PARTIAL:
            return []
        if self._unread:
            self._unread = False
            self._try_another_rate()
        return self._cutter.silence()

    def _try_another_rate(self) -> None:
        """Rubbish came: at the wrong rate every code is. The code is held up once more then, as people do."""
        if self._options.baud == 0:
            self._rate += 1
            self._line.close()
            self._line = self._new_line()
            self._line.open()

    def _send(self, command: bytes) -> None:
        self._line.write(command)

    def _forget(self) -> None:
        self._cutter = self._new_cutter()
        self._beam.forget()
        self._unread = False
        self._heard = self._clock.monotonic()
        self._line.discard()

    def _new_line(self) -> Line:
        baud = self._options.baud or RATES[self._rate % len(RATES)]
        return make_line(self._options.port, baud, self._clock, "scan engine")

    def _new_cutter(self) -> LineCutter:
        return LineCutter(*(self._options.raw(key) for key in ("prefix", "suffix", "trigger_reply")))


def create(name: str, options: Options, clock: Clock) -> SerialEngine:
    return SerialEngine(name, options, clock)
