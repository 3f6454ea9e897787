"""A scanner that types: a keyboard wedge, read through evdev and grabbed, so that its keys never reach the screen."""

from dataclasses import dataclass

from devices.clock import Clock
from devices.device import Capabilities, DeviceState, DeviceStatus, HealthLevel, HealthReport
from devices.port_node import PortNode
from devices.scanner.contract import Code
from devices.scanner.key_source import KeySource
from devices.scanner.key_text import KeyText
from devices.scanner.waiting import Waiting

LAYOUTS = ("us",)
ALT_CODES = ("gb18030", "unicode")


@dataclass(frozen=True)
class Options:
    """`device`: /dev/input/by-id/usb-…-event-kbd; `layout`: us, as the engine must be set to; `key_gap`: s between two
    keys after which half a code is given up; `alt_codes`: what numbers above 255 typed under Alt are, gb18030 or
    unicode; `aim`: codes begin with an AIM identifier (]Q1), which becomes the symbology.
    """

    device: str
    layout: str = "us"
    key_gap: float = 0.3
    alt_codes: str = "gb18030"
    aim: bool = False

    def __post_init__(self) -> None:
        if self.layout not in LAYOUTS:
            raise ValueError(f"key 'layout' is to be {', '.join(LAYOUTS)}: set the engine's keyboard to it")
        if self.alt_codes not in ALT_CODES:
            raise ValueError(f"key 'alt_codes' is to be {' or '.join(ALT_CODES)}")
        if not 0.02 <= self.key_gap <= 5:
            raise ValueError("key 'key_gap' is to be between 0.02 and 5 seconds")


class Wedge:
    def __init__(self, name: str, options: Options, clock: Clock) -> None:
        self.name = name
        self._options = options
        self._clock = clock
        self._node = PortNode(options.device)
        self._source = KeySource(options.device, clock)
        self._text = self._new_text()
        self._waiting = Waiting(name, clock, self._listen, self._forget, aim=options.aim)
        self._heard = clock.monotonic()  # s; when a key came last

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities("BarcodeReader", "keyboard wedge", frozenset({"wedge"}))

    def open(self) -> None:
        """Takes the device for this program alone. Raises DeviceLost, also where another program has it."""
        self.close()
        self._node.note()
        self._source.open()
        self._forget()
        self._waiting.clear()

    def close(self) -> None:
        self._source.close()

    def cancel(self) -> None:
        """Ends a wait within 0.1 s; where nobody waits, nothing."""
        self._waiting.cancel()

    def reset(self) -> None:
        """Forgets what came in so far; opens the device again where it was lost. Raises DeviceLost."""
        if not self._source.is_open:
            self.open()
            return
        self._source.check()
        self._forget()
        self._waiting.clear()

    def glance(self) -> bool:
        """Whether the device's node went, came or is another one."""
        return self._node.changed

    def status(self) -> DeviceStatus:
        """Whether the device is there; a keyboard answers no questions. Raises DeviceLost."""
        self._node.note()
        self._source.check()
        refusal = self._waiting.refusal
        return DeviceStatus(DeviceState.ONLINE, f"the last code was refused: {refusal}" if refusal else "")

    def check_health(self, level: HealthLevel) -> HealthReport:
        """`INTERACTIVE` waits 10 s for somebody to hold up a code."""
        return self._waiting.health(level, self.status)

    def read_code(self, timeout: float) -> Code | None:
        """Waits up to `timeout` s for one code. Raises DeviceLost, CommandCancelled."""
        return self._waiting.code(timeout)

    def _listen(self, patience: float) -> list[bytes]:
        payloads: list[bytes] = []
        nothing = True
        for event in self._source.events(patience):
            nothing = False
            payloads += self._text.event(*event)
        now = self._clock.monotonic()
        if not nothing:
            self._heard = now
        elif now - self._heard > self._options.key_gap:
            payloads += self._text.silence()
        return payloads

    def _forget(self) -> None:
        self._source.discard()
        self._text = self._new_text()
        self._heard = self._clock.monotonic()

    def _new_text(self) -> KeyText:
        return KeyText(unicode=self._options.alt_codes == "unicode")


def create(name: str, options: Options, clock: Clock) -> Wedge:
    return Wedge(name, options, clock)
