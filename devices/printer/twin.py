"""Virtual receipt printer: takes ESC/POS bytes on its line and leaves a picture of every receipt it cut."""

import fcntl
import os
import re
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from devices.clock import Clock
from devices.printer.interpreter import CUT, NOTHING, Command, Element, Interpreter
from devices.printer.paper import Paper
from devices.printer.tray import Tray
from devices.printer.twin_faults import Condition, Faults
from devices.printer.twin_verbs import DOTS, LASTING, VERBS, checked
from devices.pty_port import OnBytes, Port, PtyPort
from devices.twin import TwinState

__all__ = ["LASTING", "VERBS", "PrinterTwin"]

REAL_TIME = b"\x10\x04"  # DLE EOT: obeyed on arrival, wherever it stands
QUESTIONS_ONLY = re.compile(rb"(?:\x00|\x10\x04[\x01-\x04\x14])+")
INITIALISE, PUSH, ORDERED_STATUS, PROCESS = b"\x1b@", b"\x1da", b"\x1dr", b"\x1d(H"
PROCESS_FORM = b"\x06\x0000"  # length, function 48, mode 48: the number of four characters follows


class PrinterTwin:
    """Implements devices.twin.Twin. While it is stopped (no paper, cover open) bytes are kept and printed afterwards.

    A pulled cable takes nothing from the printer's memory; a brown-out takes everything but the paper.
    """

    name = "printer"

    def __init__(self, clock: Clock, make_port: Callable[[Path, OnBytes], Port] = PtyPort) -> None:
        self._clock = clock
        self._make_port = make_port
        self._lock = threading.RLock()
        self._interpreter = Interpreter()
        self._paper = Paper(DOTS["80"])
        self._faults = Faults()
        self._set = {"paper": "full", "cover": "closed", "silent": "no", "presenter": "no"}
        self._tray = Tray()
        self._uncut: Element | None = None  # a cut that the jammed cutter has still to make
        self._recent = b""  # the last bytes that came, to find DLE EOT across two reads
        self._pushing = False
        self._pushed = b""
        self._kept_number = b""  # the newest process number that no host was there to hear
        self._delay = 0.0
        self._dead_until = float("-inf")
        self._lines_left: int | None = None
        self._bytes_left: int | None = None
        self._dip: tuple[int, float] | None = None  # bytes until the power dips, and for how many seconds
        self._port: Port | None = None

    @property
    def port(self) -> str:
        return self._port.address if self._port else ""

    def start(self, folder: Path) -> None:
        """Plugs in at FOLDER/printer.tty; receipts go to FOLDER/receipts, behind those that are there."""
        self._tray.use(folder / "receipts")
        self._port = self._make_port(folder / "printer.tty", self._receive)
        self._port.plug()

    def stop(self) -> None:
        if self._port:
            self._port.unplug()

    def state(self) -> TwinState:
        with self._lock:
            return {
                "plugged": bool(self._port and self._port.plugged),
                **self._set,
                "fault": self._faults.named(),
                **self._tray.state(),
                "lines": self._paper.lines,
                "buffered": self._interpreter.held,
                "unknown_bytes": self._paper.unknown_bytes,
            }

    def do(self, verb: str, arguments: Mapping[str, str]) -> None:
        values = checked(verb, arguments)
        if verb in ("unplug", "plug"):
            self._cable(verb, values)  # outside the lock: the port's own thread may be waiting for it
            return
        with self._lock:
            match verb:
                case "take":
                    self._tray.take()
                case "out_after":
                    self._lines_left = int(values["lines"])
                case "roll":
                    self._paper = Paper(DOTS[values["width"]])
                case "fault":
                    self._faults.set(values["kind"], values["times"])
                case "delay":
                    self._delay = float(values["seconds"])
                case "brown_out":
                    self._dip = int(values["after_bytes"]), float(values["seconds"])
                    self._dip_now(0)
                case _:
                    self._set[verb] = next(iter(values.values()))
            self._print_on()
            self._push_changes()

    def _cable(self, verb: str, values: Mapping[str, str]) -> None:
        if self._port is None:
            return
        if verb == "plug":
            self._port.plug()
        elif values["after_bytes"] != "0":
            self._bytes_left = int(values["after_bytes"])
        else:
            self._port.unplug()

    def _receive(self, data: bytes) -> None:
        """On the port's thread."""
        pulled = False
        with self._lock:
            if self._bytes_left is not None:
                data, self._bytes_left = data[: self._bytes_left], self._bytes_left - len(data)
                pulled = self._bytes_left <= 0
            if "echo" in self._faults:
                self._say(data)
            else:
                self._take(data)
            if pulled:
                self._bytes_left = None
        if pulled and self._port:
            self._port.unplug()

    def _take(self, data: bytes) -> None:
        if self._clock.monotonic() < self._dead_until:
            return
        before = data if self._dip is None else data[: self._dip[0]]
        if self._kept_number and before:
            number, self._kept_number = self._kept_number, b""
            self._say(number)
        self._answer_real_time(before)
        if not (self._condition.stopped and QUESTIONS_ONLY.fullmatch(before)):  # asked for hours, they fill no buffer
            self._interpreter.feed(before)
        self._print_on()
        self._push_changes()
        self._dip_now(len(data))

    def _dip_now(self, arrived: int) -> None:
        """Power gone: what was held is lost, and whatever comes until it has started anew."""
        if self._dip is None:
            return
        left, seconds = self._dip[0] - arrived, self._dip[1]
        self._dip = (left, seconds)
        if left > 0:
            return
        self._dip, self._dead_until = None, self._clock.monotonic() + seconds
        self._interpreter.forget()
        self._paper.forget()
        self._pushing, self._recent, self._kept_number, self._uncut = False, b"", b"", None

    def _answer_real_time(self, data: bytes) -> None:
        seen = self._recent[-2:] + data
        start = 0
        while (at := seen.find(REAL_TIME, start)) >= 0 and at + 2 < len(seen):
            if "no_status" not in self._faults:
                self._say(self._condition.answer(seen[at + 2], presenter=self._set["presenter"] == "yes"))
            start = at + 3
        self._recent = seen[max(start, len(seen) - 2) :]

    def _say(self, answer: bytes) -> None:
        if self._set["silent"] == "yes" or not self._port or not answer:
            return
        answer = self._faults.spoiled(answer)
        if self._delay:
            late = threading.Timer(self._delay, self._port.write, (answer,))
            late.daemon = True
            late.start()
        else:
            self._port.write(answer)

    @property
    def _condition(self) -> Condition:
        out, opened = self._set["paper"] == "out", self._set["cover"] == "open"
        stopped = out or opened or self._faults.stops
        return Condition(self._set["paper"], opened, self._faults.error_bits, stopped, self._tray.waiting > 0)

    def _push_changes(self) -> None:
        pushed = self._condition.pushed
        if self._pushing and pushed != self._pushed and self._clock.monotonic() >= self._dead_until:
            self._say(pushed)
        self._pushed = pushed

    def _print_on(self) -> None:
        if self._condition.stopped or self._clock.monotonic() < self._dead_until:
            return
        if self._uncut is not None:
            element, self._uncut = self._uncut, None
            self._apply(element)
        for element, raw in self._interpreter.elements():
            self._tray.add(raw)
            if isinstance(element, Command) and element.name == CUT and "cutter_next" in self._faults:
                self._faults.become("cutter_next", "cutter")
                self._uncut = element
                return
            self._apply(element)
            if self._is_stopped():
                return

    def _is_stopped(self) -> bool:
        return self._condition.stopped

    def _apply(self, element: Element) -> None:
        if isinstance(element, Command):
            self._obey(element)
        lines = self._paper.lines
        if (receipt := self._paper.apply(element)) is not None:
            self._tray.cut(receipt)
        elif self._paper.lines > lines:
            self._use_paper()

    def _obey(self, command: Command) -> None:
        """What is not about ink."""
        match command.name:
            case name if name == INITIALISE:
                self._pushing = False
            case name if name == PUSH and "no_status_back" not in self._faults:
                self._pushing, self._pushed = bool(command.arguments[0]), b""
            case name if name == ORDERED_STATUS and "no_ordered_status" not in self._faults:
                self._say(b"\x03" if self._set["paper"] == "low" else b"\x00")
            case name if name == PROCESS and command.arguments.startswith(PROCESS_FORM):
                self._report(command.arguments[len(PROCESS_FORM) :])
            case name if name == NOTHING:
                self._tray.add_nothing(len(command.arguments))

    def _report(self, number: bytes) -> None:
        """To the host, or kept until there is one; a newer number takes the place of one not sent yet (Epson)."""
        if "no_process_id" in self._faults or "no_ordered_status" in self._faults:
            return
        report = b"\x37\x22" + number + b"\x00"
        if self._port and self._port.plugged and _is_attended(self._port):
            self._say(report)
        else:
            self._kept_number = report

    def _use_paper(self) -> None:
        if self._lines_left is not None:
            self._lines_left -= 1
            if self._lines_left <= 0:
                self._lines_left, self._set["paper"] = None, "out"


def _is_attended(end: Port) -> bool:
    """Whether a driver holds this port open; where that cannot be seen, yes."""
    if (attended := getattr(end, "attended", None)) is not None:
        return bool(attended)
    try:
        port = os.open(end.address, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return True
    try:
        fcntl.flock(port, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(port)
    return False
