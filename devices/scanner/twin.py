"""The scanner twin: sends what is held before it, one line a code, on a pseudo-terminal and as a keyboard's events."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from devices.clock import Clock
from devices.device import DeviceError
from devices.pty_port import PtyPort
from devices.scanner.events_port import EventsPort
from devices.twin import TwinState, UnknownVerb

END = b"\r"
BYTE_PAUSE = 0.005  # s; between bytes of a slow line
GARBAGE = bytes((0x00, 0xFF, 0x1B, 0x5B, 0x41, 0x07, 0x9B, 0xFE))


def _read_codes(image: Path) -> list[str]:
    """Looks at the picture as the engine does: what its decoder cannot read it does not send."""
    from devices.scanner.read_image import read_image

    try:
        return [code.text for code in read_image(image).codes]
    except DeviceError as error:
        raise UnknownVerb(str(error)) from error


VERBS: Mapping[str, Mapping[str, tuple[str, ...] | None]] = {  # verb → argument → what it may be; None: anything
    "scan": {"text": None, "image": None},
    "fault": {"kind": ("garbage", "half", "half_frame", "one_byte_at_a_time"), "times": None},
    "silent": {"on": ("yes", "no")},
    "delay": {"seconds": None},
    "unplug": {},
    "plug": {},
}
LASTING = {"silent": "silent", "delay": "delay", "unplug": "cable", "plug": "cable"}  # see devices.twin_memory
ALWAYS = 1_000_000  # times
LONGEST_DELAY = 30.0  # s


class ScannerTwin:
    """Both wires carry every scan: `scanner.tty` for the serial engine, `scanner.events` for the wedge. A fault is of
    the next `times` scans; `silent`: scans are seen and not sent; `delay`: seconds between a scan and its sending.
    """

    name = "scanner"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._line: PtyPort | None = None
        self._keys: EventsPort | None = None
        self._fault, self._times = "", 0
        self._silent = False
        self._delay = 0.0
        self._scans = 0
        self._last = ""
        self._working = threading.RLock()  # the desk and a test may both work the twin
        self._faults: Mapping[str, Callable[[bytes], None]] = {
            "garbage": lambda _payload: self._send(GARBAGE + END),
            "half": lambda payload: self._send(payload[: len(payload) // 2]),
            "half_frame": lambda payload: self._send(payload[: len(payload) // 2]),
            "one_byte_at_a_time": self._send_slowly,
        }
        self._acts: Mapping[str, Callable[[Mapping[str, str]], None]] = {
            "scan": self._scan,
            "fault": self._set_fault,
            "silent": self._set_silent,
            "delay": self._set_delay,
            "unplug": lambda _given: self._plug(False),
            "plug": lambda _given: self._plug(True),
        }

    @property
    def port(self) -> str:
        return self._line.address if self._line else ""

    def start(self, folder: Path) -> None:
        self._line = PtyPort(folder / "scanner.tty", lambda _data: None)  # engines are told nothing here
        self._keys = EventsPort(folder / "scanner.events")
        self._plug(True)

    def stop(self) -> None:
        self._plug(False)

    def state(self) -> TwinState:
        """plugged, scans (how many were sent), last (what was held up last), fault (that the next scan will have)."""
        plugged = self._line is not None and self._line.plugged
        return {"plugged": plugged, "scans": self._scans, "last": self._last, "fault": self._fault}

    def do(self, verb: str, arguments: Mapping[str, str]) -> None:
        if verb not in VERBS:
            raise UnknownVerb(f"the scanner twin has no verb {verb!r}; known: {', '.join(VERBS)}")
        known = VERBS[verb]
        for name, value in arguments.items():
            if name not in known:
                raise UnknownVerb(f"{verb} has no argument {name!r}; known: {', '.join(known) or 'none'}")
            allowed = known[name]
            if allowed is not None and value not in allowed:
                raise UnknownVerb(f"{verb}: no {name} {value!r}; known: {', '.join(allowed)}")
        with self._working:
            self._acts[verb](arguments)

    def _scan(self, given: Mapping[str, str]) -> None:
        if ("text" in given) == ("image" in given):
            raise UnknownVerb("scan needs text=… or image=FILE")
        codes = [given["text"]] if "text" in given else _read_codes(Path(given["image"]))
        if not codes:
            raise UnknownVerb(f"{given['image']}: no code in this picture")
        for text in codes:
            self._last = text
            self._scans += 1
            fault = self._fault
            self._times = max(0, self._times - 1)
            self._fault = fault if self._times else ""
            if self._silent:
                continue
            self._clock.sleep(self._delay)
            payload = text.encode("utf-8", "surrogateescape") + END
            self._faults[fault](payload) if fault else self._send(payload)

    def _set_fault(self, given: Mapping[str, str]) -> None:
        times = given.get("times", "1")
        if "kind" not in given or not (times == "always" or times.isdecimal()):
            raise UnknownVerb(f"fault needs kind={'|'.join(self._faults)} and times=1, 2, … or always")
        self._times = ALWAYS if times == "always" else int(times)
        self._fault = given["kind"] if self._times else ""

    def _set_silent(self, given: Mapping[str, str]) -> None:
        self._silent = given.get("on", "yes") == "yes"

    def _set_delay(self, given: Mapping[str, str]) -> None:
        seconds = given.get("seconds", "")
        try:
            self._delay = min(LONGEST_DELAY, max(0.0, float(seconds)))
        except ValueError as error:
            raise UnknownVerb("delay needs seconds=0 to 30") from error

    def _plug(self, plugged: bool) -> None:
        for wire in (self._line, self._keys):
            if wire is not None:
                wire.plug() if plugged else wire.unplug()

    def _send(self, data: bytes) -> None:
        for wire in (self._line, self._keys):
            if wire is not None:
                wire.write(data)

    def _send_slowly(self, data: bytes) -> None:
        for byte in data:
            self._send(bytes((byte,)))
            self._clock.sleep(BYTE_PAUSE)
