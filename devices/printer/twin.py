"""Virtual receipt printer: takes ESC/POS bytes on a pseudo-terminal and leaves a picture of every receipt it cut."""

import re
import threading
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from devices.clock import Clock
from devices.printer.interpreter import Command, Interpreter
from devices.printer.paper import Paper
from devices.pty_port import PtyPort
from devices.twin import TwinState, UnknownVerb

DOTS = {"80": 576, "58": 384}  # mm of paper → dots of the head
PAPER = ("full", "low", "out")
COVER = ("closed", "open")
FAULTS = ("none", "cutter", "garbage", "no_ordered_status")  # the last: a printer that does not know GS r
SWITCH = ("yes", "no")
VERBS: dict[str, dict[str, tuple[str, ...] | None]] = {  # verb → argument → what it may be; None: a whole number
    "paper": {"level": PAPER},
    "cover": {"state": COVER},
    "take": {},
    "out_after": {"lines": None},
    "silent": {"on": SWITCH},
    "fault": {"kind": FAULTS},
    "unplug": {"after_bytes": None},
    "plug": {},
    "roll": {"width": tuple(DOTS)},
}
DEFAULTS = {"on": "yes", "after_bytes": "0"}
REAL_TIME = b"\x10\x04"  # DLE EOT: obeyed on arrival, wherever it stands
QUESTIONS_ONLY = re.compile(rb"(?:\x10\x04[\x01-\x04])+")
ORDERED_STATUS = b"\x1dr"  # GS r: answered in its turn


class PrinterTwin:
    """Implements devices.twin.Twin. While paper is out or the cover open, bytes are kept and printed afterwards."""

    name = "printer"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._interpreter = Interpreter()
        self._paper = Paper(DOTS["80"])
        self._set: dict[str, str] = {"paper": "full", "cover": "closed", "silent": "no", "fault": "none"}
        self._raw = bytearray()  # of the receipt under way
        self._recent = b""  # the last bytes that came, to find DLE EOT across two reads
        self._lines_left: int | None = None
        self._bytes_left: int | None = None
        self._printed = self._taken = 0
        self._latest: Path | None = None
        self._folder: Path | None = None
        self._port: PtyPort | None = None

    @property
    def port(self) -> str:
        return self._port.address if self._port else ""

    def start(self, folder: Path) -> None:
        """Plugs in at FOLDER/printer.tty; receipts go to FOLDER/receipts, behind those that are there."""
        self._folder = folder / "receipts"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._port = PtyPort(folder / "printer.tty", self._receive)
        self._port.plug()

    def stop(self) -> None:
        if self._port:
            self._port.unplug()

    def state(self) -> TwinState:
        with self._lock:
            return {
                "plugged": bool(self._port and self._port.plugged),
                **self._set,
                "receipts": self._printed,
                "taken": self._taken,
                "waiting": self._printed - self._taken,
                "latest": str(self._latest or ""),
                "lines": self._paper.lines,
                "buffered": self._interpreter.held,
                "unknown_bytes": self._paper.unknown_bytes,
            }

    def do(self, verb: str, arguments: Mapping[str, str]) -> None:
        values = _checked(verb, arguments)
        if verb in ("unplug", "plug"):
            self._cable(verb, values)  # outside the lock: the port's own thread may be waiting for it
            return
        with self._lock:
            match verb:
                case "take":
                    self._taken = self._printed
                case "out_after":
                    self._lines_left = int(values["lines"])
                case "roll":
                    self._paper = Paper(DOTS[values["width"]])
                case _:
                    self._set[verb] = next(iter(values.values()))
            self._print_on()

    def _cable(self, verb: str, values: Mapping[str, str]) -> None:
        if self._port is None:
            return
        if verb == "plug":
            self._port.plug()
        elif values["after_bytes"] != "0":
            self._bytes_left = int(values["after_bytes"])
        else:
            self._port.unplug()
            self._power_off()

    def _power_off(self) -> None:
        with self._lock:
            self._interpreter.forget()
            self._paper.forget()
            self._raw.clear()

    def _receive(self, data: bytes) -> None:
        """On the port's thread."""
        pulled = False
        with self._lock:
            if self._bytes_left is not None:
                data, self._bytes_left = data[: self._bytes_left], self._bytes_left - len(data)
                pulled = self._bytes_left <= 0
            self._answer_real_time(data)
            if not (self._is_stopped() and QUESTIONS_ONLY.fullmatch(data)):  # asked for hours, they fill no buffer
                self._interpreter.feed(data)
            self._print_on()
            if pulled:
                self._bytes_left = None
        if pulled and self._port:
            self._port.unplug()
            self._power_off()

    def _answer_real_time(self, data: bytes) -> None:
        seen = self._recent[-2:] + data
        start = 0
        while (at := seen.find(REAL_TIME, start)) >= 0 and at + 2 < len(seen):
            self._say(self._status(seen[at + 2]))
            start = at + 3
        self._recent = seen[max(start, len(seen) - 2) :]

    def _say(self, answer: bytes) -> None:
        if self._set["silent"] == "no" and self._port and answer:
            self._port.write(b"\xff" if self._set["fault"] == "garbage" else answer)

    def _status(self, n: int) -> bytes:
        """One byte; bits 1 and 4 are always set (Epson's ESC/POS reference, DLE EOT)."""
        out, opened = self._set["paper"] == "out", self._set["cover"] == "open"
        cutter = self._set["fault"] == "cutter"
        bits = {
            1: 0x08 * (out or opened or cutter),
            2: 0x04 * opened | 0x20 * out | 0x40 * cutter,
            3: 0x08 * cutter,
            4: 0x60 * out | 0x0C * (out or self._set["paper"] == "low"),
        }
        return bytes((0x12 | bits[n],)) if n in bits else b""

    def _is_stopped(self) -> bool:
        return self._set["paper"] == "out" or self._set["cover"] == "open" or self._set["fault"] == "cutter"

    def _print_on(self) -> None:
        if self._is_stopped():
            return
        for element, raw in self._interpreter.elements():
            lines = self._paper.lines
            self._raw += raw
            if isinstance(element, Command) and element.name == ORDERED_STATUS:
                self._confirm()
            if (receipt := self._paper.apply(element)) is not None:
                self._keep(receipt)
            elif self._paper.lines > lines:
                self._use_paper()
            if self._is_stopped():
                return

    def _confirm(self) -> None:
        if self._set["fault"] != "no_ordered_status":
            self._say(b"\x03" if self._set["paper"] == "low" else b"\x00")

    def _use_paper(self) -> None:
        if self._lines_left is not None:
            self._lines_left -= 1
            if self._lines_left <= 0:
                self._lines_left, self._set["paper"] = None, "out"

    def _keep(self, receipt: Image.Image) -> None:
        raw, self._raw = bytes(self._raw), bytearray()
        self._printed += 1
        if self._folder is None:
            return
        number = 1 + max((int(path.stem) for path in self._folder.glob("[0-9]*.png") if path.stem.isdigit()), default=0)
        path = self._folder / f"{number:03}.png"
        path.with_suffix(".bytes").write_bytes(raw)
        fresh = path.with_suffix(".new")
        receipt.save(fresh, format="PNG", optimize=True)
        self._latest = fresh.replace(path)


def _checked(verb: str, arguments: Mapping[str, str]) -> dict[str, str]:
    """The verb's arguments with defaults filled in. Raises UnknownVerb naming what is known."""
    if verb not in VERBS:
        raise UnknownVerb(f"printer: unknown verb {verb!r}; known: {', '.join(VERBS)}")
    allowed = VERBS[verb]
    for key in arguments:
        if key not in allowed:
            raise UnknownVerb(f"printer {verb}: unknown argument {key!r}; known: {', '.join(allowed) or 'none'}")
    values = {key: str(arguments.get(key, DEFAULTS.get(key, ""))) for key in allowed}
    for key, known in allowed.items():
        if (known is None and not values[key].isdecimal()) or (known is not None and values[key] not in known):
            raise UnknownVerb(f"printer {verb}: {key}={values[key]!r}; known: {', '.join(known or ('a number',))}")
    return values
