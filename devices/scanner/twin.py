"""The scanner twin: a scan engine on a pseudo-terminal that sends what is held before it, one line a code."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from devices.clock import Clock
from devices.device import DeviceError
from devices.pty_port import PtyPort
from devices.twin import TwinState, UnknownVerb

END = b"\r"
BYTE_PAUSE = 0.005  # s; between bytes of a slow line
GARBAGE = bytes((0x00, 0xFF, 0x1B, 0x5B, 0x41, 0x07, 0x9B, 0xFE))


def _read_codes(image: Path) -> list[str]:
    """Looks at the picture as the engine does: what its decoder cannot read it does not send."""
    from devices.scanner.decode import read_image

    try:
        return [code.text for code in read_image(image).codes]
    except DeviceError as error:
        raise UnknownVerb(str(error)) from error


class ScannerTwin:
    """Verbs: scan (text | image), fault (kind: garbage, half, one_byte_at_a_time; of the next scan), unplug, plug."""

    name = "scanner"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._line: PtyPort | None = None
        self._fault = ""
        self._scans = 0
        self._last = ""
        self._working = threading.RLock()  # the desk and a test may both work the twin
        self._faults: Mapping[str, Callable[[bytes], None]] = {
            "garbage": lambda _payload: self._send(GARBAGE + END),
            "half": lambda payload: self._send(payload[: len(payload) // 2]),
            "one_byte_at_a_time": self._send_slowly,
        }
        self._verbs: Mapping[str, tuple[Callable[[Mapping[str, str]], None], tuple[str, ...]]] = {
            "scan": (self._scan, ("text", "image")),
            "fault": (self._set_fault, ("kind",)),
            "unplug": (lambda _given: self._plug(False), ()),
            "plug": (lambda _given: self._plug(True), ()),
        }

    @property
    def port(self) -> str:
        return self._line.address if self._line else ""

    def start(self, folder: Path) -> None:
        self._line = PtyPort(folder / "scanner.tty", lambda _data: None)  # engines are told nothing here
        self._line.plug()

    def stop(self) -> None:
        self._plug(False)

    def state(self) -> TwinState:
        """plugged, scans (how many were sent), last (what was held up last), fault (that the next scan will have)."""
        plugged = self._line is not None and self._line.plugged
        return {"plugged": plugged, "scans": self._scans, "last": self._last, "fault": self._fault}

    def do(self, verb: str, arguments: Mapping[str, str]) -> None:
        if verb not in self._verbs:
            raise UnknownVerb(f"the scanner twin has no verb {verb!r}; known: {', '.join(self._verbs)}")
        act, known = self._verbs[verb]
        for name in arguments:
            if name not in known:
                raise UnknownVerb(f"{verb} has no argument {name!r}; known: {', '.join(known) or 'none'}")
        with self._working:
            act(arguments)

    def _scan(self, given: Mapping[str, str]) -> None:
        if ("text" in given) == ("image" in given):
            raise UnknownVerb("scan needs text=… or image=FILE")
        codes = [given["text"]] if "text" in given else _read_codes(Path(given["image"]))
        if not codes:
            raise UnknownVerb(f"{given['image']}: no code in this picture")
        for text in codes:
            self._last = text
            self._scans += 1
            fault, self._fault = self._fault, ""
            payload = text.encode("utf-8", "surrogateescape") + END
            self._faults[fault](payload) if fault else self._send(payload)

    def _set_fault(self, given: Mapping[str, str]) -> None:
        kind = given.get("kind", "")
        if kind not in self._faults:
            raise UnknownVerb(f"no fault {kind!r}; known: {', '.join(self._faults)}")
        self._fault = kind

    def _plug(self, plugged: bool) -> None:
        if self._line is not None:
            self._line.plug() if plugged else self._line.unplug()

    def _send(self, data: bytes) -> None:
        if self._line is not None:
            self._line.write(data)

    def _send_slowly(self, data: bytes) -> None:
        for byte in data:
            self._send(bytes((byte,)))
            self._clock.sleep(BYTE_PAUSE)
