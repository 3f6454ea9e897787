"""ESC/POS receipt printer over any line: prints each command once, and asks how far a print got."""

import threading
from collections import deque
from dataclasses import dataclass

from devices.clock import Clock
from devices.device import (
    Action,
    Capabilities,
    CommandCancelled,
    DeviceError,
    DeviceLost,
    DeviceState,
    DeviceTimeout,
    HealthLevel,
    HealthReport,
)
from devices.lines import make_line
from devices.lines.line import SLICE, Line
from devices.port_node import PortNode
from devices.printer.confirm import Confirms, process_number, tail
from devices.printer.contract import (
    Align,
    CoverState,
    OutputState,
    PaperState,
    PrinterStatus,
    PrintPhase,
    ReceiptDocument,
    Rule,
)
from devices.printer.contract import Line as TextBlock
from devices.printer.layout import DOTS
from devices.printer.line import PrinterLine
from devices.printer.phases import Phases
from devices.printer.status_bytes import PUSH, Answers, status_of
from devices.printer.step import Step

CONFIRM_LIMIT = 12.0  # s from the last byte sent; a receipt takes two or three to print
SILENCE_LIMIT = 3.0  # s; a printer that has answered, and then falls silent, is asked again for so long
ASK_INTERVAL = 0.5  # s between two looks at paper and cover while a receipt is being printed
SETTLE = 4.0  # s after which a healthy printer that knows no way to confirm has surely printed
WRITE_LIMIT = 5.0  # s; longer means the printer holds us off
INITIALISE = b"\x1b@"
STOPPED = (PaperState.OUT, PaperState.JAMMED)


@dataclass(frozen=True)
class Options:
    """`port`: any address of devices.lines.make_line; `width`: of the paper in mm; `baud`: of a serial line;
    `presenter`: the model holds a receipt until it is taken, and says so (DLE EOT 20).
    """

    port: str
    width: int = 80
    baud: int = 115200
    presenter: bool = False


def create(name: str, options: Options, clock: Clock) -> "EscposReceiptPrinter":
    if options.width not in DOTS:
        known = ", ".join(map(str, DOTS))
        raise DeviceError(f"[devices.{name}] width {options.width} mm; known: {known}", action=Action.CONFIGURE)
    return EscposReceiptPrinter(name, options, clock, line_of(options, clock))


def line_of(options: Options, clock: Clock) -> Line:
    """Not opened."""
    return make_line(options.port, options.baud, clock, "receipt printer", WRITE_LIMIT)


class EscposReceiptPrinter:
    """Implements devices.printer.contract.ReceiptPrinter."""

    def __init__(self, name: str, options: Options, clock: Clock, line: Line) -> None:
        self.name = name
        self._options = options
        self._clock = clock
        self._line = PrinterLine(line, clock, presenter=options.presenter)
        self._step = Step(self._line, clock)
        self._node = PortNode(options.port)
        self._pushes = False  # the printer was told to push its status, and has answered ever since
        self._phases = Phases()
        self._unconfirmed: deque[str] = deque()  # transmitted, in order; answers in turn come in the same order
        self._barriers = 0  # answers in turn already taken into account
        self._cancelled = threading.Event()

    @property
    def capabilities(self) -> Capabilities:
        features = {"cut", "qr", "chinese", "raster", "paperSensor", "coverSensor", "confirmsPrint", "statusPushed"}
        features |= {"asksAfterRestart"} | ({"outputSensor"} if self._options.presenter else set())
        return Capabilities("Printer", f"ESC/POS, {self._options.width} mm", frozenset(features))

    def open(self) -> None:
        if not self._line.is_open:
            self._unconfirmed.clear()  # who answers in turn on a new line has not seen what went over the old one
            self._pushes = False
            self._step.forget()
        self._node.note()
        self._line.open()

    def close(self) -> None:
        self._line.close()

    def glance(self) -> bool:
        """Whether the printer said something unasked, or its port's node went, came or is another one."""
        return self._node.changed or self._line.has_heard()

    def status(self) -> PrinterStatus:
        """Asks the device. Silence is `unknown`, never "no paper"; a printer never opened is offline."""
        self._node.note()
        if not self._line.is_open:
            return PrinterStatus(DeviceState.OFFLINE, "not open", Action.RESET)
        return status_of(self._ask())

    def reset(self) -> None:
        """Opens the line anew and brings the printer's settings back; what it has already taken, it still prints."""
        self._line.close()
        self.open()
        self._line.write(INITIALISE)

    def cancel(self) -> None:
        """A print not begun is given up; one under way is no longer waited for, and stays `unknown`."""
        self._cancelled.set()

    def check_health(self, level: HealthLevel) -> HealthReport:
        status = self.status()
        findings = [status.message] if status.message else []
        if level is not HealthLevel.STATUS:
            from devices.printer.glyphs import pen

            if pen(bold=False, scale=1) is None:
                findings.append("no Noto CJK font: rare characters print as 〓; install fonts-noto-cjk")
        healthy = status.state is DeviceState.ONLINE
        if healthy and level is HealthLevel.INTERACTIVE:
            phase = self.print_receipt(_test_page(self.name), f"health-{self._clock.monotonic()}")
            healthy = phase is PrintPhase.PRINTED
            findings.append("test page: look whether 龘 and 𠮷 are on it" if healthy else f"test page: {phase}")
        return HealthReport(level, healthy, tuple(findings), status.action)

    def print_receipt(self, document: ReceiptDocument, command_id: str) -> PrintPhase:
        """Print and cut; the same `command_id` again only asks. Raises only before the first byte of it is sent."""
        self._cancelled.clear()
        if command_id in self._phases:
            return self.ask_printed(command_id)
        parts = self.parts_of(document)
        answers = self._ask()
        if not answers.silent or answers.noise or answers.echo:
            if status_of(answers).state is not DeviceState.ONLINE:
                return PrintPhase.REFUSED
            self._step.take()
        if self._cancelled.is_set():
            raise CommandCancelled("cancelled before anything was printed")
        return self._transmit(parts, command_id, answering=not answers.silent)

    def parts_of(self, document: ReceiptDocument) -> tuple[bytes, ...]:
        """The receipt in parts of whole commands, the last one ending with the cut. Raises DeviceError."""
        from devices.printer.compose import compose

        return compose(document, self._options.width)

    def ask_printed(self, command_id: str) -> PrintPhase:
        """How far that print got, also one of another run of the program; never prints it."""
        known = self._phases.get(command_id)
        if known is PrintPhase.PRINTED or known is PrintPhase.TAKEN:
            return self._taken(command_id)
        if command_id in self._unconfirmed:
            return self._confirm(command_id, ASK_INTERVAL)
        if known is None:
            self._phases[command_id] = PrintPhase.UNKNOWN  # from here on it is never printed under this id
        answers = self._ask()
        if not self._is_confirmed(command_id) and status_of(answers).state is DeviceState.ONLINE:
            self._step.take()  # an answer behind everything the printer still holds
        return PrintPhase.PRINTED if self._is_confirmed(command_id) else PrintPhase.UNKNOWN

    def _taken(self, command_id: str) -> PrintPhase:
        if self._options.presenter and status_of(self._ask()).output is OutputState.EMPTY:
            self._phases[command_id] = PrintPhase.TAKEN
        return self._phases[command_id]

    def _transmit(self, parts: tuple[bytes, ...], command_id: str, *, answering: bool) -> PrintPhase:
        """A printer that stops answering half way may have lost its power and what it held: it gets no more."""
        self._phases[command_id] = PrintPhase.UNKNOWN
        confirmation = tail(self._step.confirms, process_number(command_id))
        try:
            for number, part in enumerate((*parts[:-1], parts[-1] + confirmation)):
                if number and answering and not self._line.is_alive():
                    self._step.torn = True
                    return PrintPhase.UNKNOWN
                self._line.write(part)
        except (DeviceLost, DeviceTimeout):
            self._step.torn = True
            self._line.was_cut_short()
            return PrintPhase.UNKNOWN
        self._phases[command_id] = PrintPhase.TRANSMITTED
        self._unconfirmed.append(command_id)
        return self._confirm(command_id, CONFIRM_LIMIT, SILENCE_LIMIT if answering else 0.0)

    def _confirm(self, command_id: str, limit: float, patience: float = 0.0) -> PrintPhase:
        """Waits until the printer says it has printed everything up to here, has stopped, or the limit is over.

        `patience`: s that it may be silent; the machine may be so busy that its answers come late.
        """
        try:
            phase = self._watch_print(command_id, limit, patience)
        except (DeviceLost, DeviceTimeout):
            self._unconfirmed.clear()
            phase = PrintPhase.UNKNOWN
        self._phases[command_id] = phase
        return phase

    def _watch_print(self, command_id: str, limit: float, patience: float) -> PrintPhase:
        start = self._clock.monotonic()
        look = start + ASK_INTERVAL
        was_silent = False
        while not self._is_confirmed(command_id):
            now = self._clock.monotonic()
            if now < look:
                self._line.hear(min(SLICE, look - now))
                continue
            answers = self._ask()
            if self._is_confirmed(command_id):
                break
            was_silent = was_silent or answers.silent
            if self._given_up(answers, now - start, limit, now - max(start, self._line.heard_at) >= patience):
                if was_silent:
                    self._unconfirmed.clear()  # it may have lost its power: an answer in turn says nothing any more
                return PrintPhase.UNKNOWN
            if self._step.confirms is Confirms.NOTHING and now - start >= SETTLE and _healthy(answers):
                break
            look = self._clock.monotonic() + ASK_INTERVAL
        if command_id in self._unconfirmed:
            self._unconfirmed.remove(command_id)
        return PrintPhase.PRINTED

    def _given_up(self, answers: Answers, waited: float, limit: float, long_silent: bool) -> bool:
        """Where nothing tells that a receipt is on paper, silence ends the waiting: it may have lost what it held."""
        silent = answers.silent and (long_silent or self._step.confirms is Confirms.NOTHING)
        stopped = answers.paper in STOPPED or answers.cover is CoverState.OPEN or silent
        return stopped or self._cancelled.is_set() or waited >= limit

    def _is_confirmed(self, command_id: str) -> bool:
        """Takes what the printer reported since the last look into account."""
        for other in [*self._unconfirmed, command_id]:
            if process_number(other) in self._line.finished:
                self._phases[other] = PrintPhase.PRINTED
        arrived, self._barriers = self._line.barriers - self._barriers, self._line.barriers
        if self._step.confirms is not Confirms.PROCESS:
            for _ in range(min(arrived, len(self._unconfirmed))):
                self._phases[self._unconfirmed.popleft()] = PrintPhase.PRINTED
        return self._phases.get(command_id) is PrintPhase.PRINTED

    def _ask(self) -> Answers:
        answers = self._line.ask()
        self._is_confirmed("")
        if answers.silent:
            self._pushes = False
        elif not self._pushes and _healthy(answers):
            self._line.write(PUSH)
            self._pushes = True
        return answers


def _healthy(answers: Answers) -> bool:
    return status_of(answers).state is DeviceState.ONLINE


def _test_page(name: str) -> ReceiptDocument:
    return ReceiptDocument(
        (
            TextBlock("瓯e办 打印测试", Align.CENTER, bold=True, large=True),
            TextBlock(f"Test page: {name}", Align.CENTER),
            Rule(),
            TextBlock("龘 𠮷 é ¥ ABC abc 0123456789"),
        )
    )
