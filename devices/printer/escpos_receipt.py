"""ESC/POS receipt printer over any pyserial URL: prints each command once, and asks how far a print got."""

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
from devices.printer.contract import (
    Align,
    CoverState,
    Line,
    PaperState,
    PrinterStatus,
    PrintPhase,
    ReceiptDocument,
    Rule,
)
from devices.printer.layout import DOTS
from devices.printer.line import PrinterLine
from devices.printer.status_bytes import BARRIER, Answers, is_barrier, status_of

CONFIRM_LIMIT = 12.0  # s from the last byte sent; a receipt takes two or three to print
ASK_INTERVAL = 0.5  # s between two looks at paper and cover while a receipt is being printed
SETTLE = 4.0  # s after which a healthy printer that does not know GS r has surely printed
REMEMBERED = 4096  # command ids; days of receipts
INITIALISE = b"\x1b@"
STOPPED = (PaperState.OUT, PaperState.JAMMED)


@dataclass(frozen=True)
class Options:
    """`port`: path or pyserial URL; `width`: of the paper in mm; `baud_rate`: of a serial line."""

    port: str
    width: int = 80
    baud_rate: int = 115200


def create(name: str, options: Options, clock: Clock) -> "EscposReceiptPrinter":
    if options.width not in DOTS:
        known = ", ".join(map(str, DOTS))
        raise DeviceError(f"[devices.{name}] width {options.width} mm; known: {known}", action=Action.CONFIGURE)
    return EscposReceiptPrinter(name, options, clock)


class EscposReceiptPrinter:
    """Implements devices.printer.contract.ReceiptPrinter."""

    def __init__(self, name: str, options: Options, clock: Clock) -> None:
        self.name = name
        self._options = options
        self._clock = clock
        self._line = PrinterLine(options.port, options.baud_rate, clock)
        self._phases: dict[str, PrintPhase] = {}
        self._unconfirmed: deque[str] = deque()  # transmitted, in order; the printer answers in the same order
        self._cancelled = threading.Event()

    @property
    def capabilities(self) -> Capabilities:
        features = frozenset({"cut", "qr", "chinese", "raster", "paperSensor", "coverSensor", "confirmsPrint"})
        return Capabilities("printer", f"ESC/POS, {self._options.width} mm", features)

    def open(self) -> None:
        self._unconfirmed.clear()  # whoever answers on a new line has not seen what went over the old one
        self._line.open()

    def close(self) -> None:
        self._line.close()

    def status(self) -> PrinterStatus:
        """Asks the device. Silence is `unknown`, never "no paper"; a printer never opened is offline."""
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
            return self._ask_again(command_id)
        from devices.printer.compose import compose

        page = compose(document, self._options.width)
        status = status_of(self._ask())
        if status.paper in STOPPED or status.cover is CoverState.OPEN:
            return PrintPhase.REFUSED
        if self._cancelled.is_set():
            raise CommandCancelled("cancelled before anything was printed")
        return self._transmit(page, command_id)

    def _transmit(self, page: bytes, command_id: str) -> PrintPhase:
        self._remember(command_id, PrintPhase.UNKNOWN)
        try:
            self._line.write(page + BARRIER)
        except (DeviceLost, DeviceTimeout):
            return PrintPhase.UNKNOWN
        self._remember(command_id, PrintPhase.TRANSMITTED)
        self._unconfirmed.append(command_id)
        return self._confirm(command_id, CONFIRM_LIMIT)

    def _ask_again(self, command_id: str) -> PrintPhase:
        if self._phases[command_id] is PrintPhase.PRINTED or command_id not in self._unconfirmed:
            return self._phases[command_id]
        return self._confirm(command_id, ASK_INTERVAL)

    def _confirm(self, command_id: str, limit: float) -> PrintPhase:
        """Waits until the printer says it has printed everything up to here, has stopped, or the limit is over."""
        try:
            phase = self._watch_print(command_id, limit)
        except (DeviceLost, DeviceTimeout):
            self._unconfirmed.clear()
            phase = PrintPhase.UNKNOWN
        self._remember(command_id, phase)
        return phase

    def _watch_print(self, command_id: str, limit: float) -> PrintPhase:
        start = self._clock.monotonic()
        look = start + ASK_INTERVAL
        while command_id in self._unconfirmed:
            now = self._clock.monotonic()
            if now >= look:
                answers = self._ask()
                if self._given_up(answers, now - start, limit):
                    return PrintPhase.UNKNOWN
                if command_id in self._unconfirmed and now - start >= SETTLE and _healthy(answers):
                    self._unconfirmed.remove(command_id)
                look = self._clock.monotonic() + ASK_INTERVAL
            elif (byte := self._line.read()) is not None and is_barrier(byte):
                self._confirm_next()
        return PrintPhase.PRINTED

    def _given_up(self, answers: Answers, waited: float, limit: float) -> bool:
        stopped = answers.paper in STOPPED or answers.cover is CoverState.OPEN or answers.silent
        return stopped or self._cancelled.is_set() or (waited >= limit and not answers.barriers)

    def _ask(self) -> Answers:
        answers = self._line.ask()
        for _ in range(answers.barriers):
            self._confirm_next()
        return answers

    def _confirm_next(self) -> None:
        if self._unconfirmed:
            self._remember(self._unconfirmed.popleft(), PrintPhase.PRINTED)

    def _remember(self, command_id: str, phase: PrintPhase) -> None:
        self._phases[command_id] = phase
        while len(self._phases) > REMEMBERED:
            self._phases.pop(next(iter(self._phases)))


def _healthy(answers: Answers) -> bool:
    return status_of(answers).state is DeviceState.ONLINE


def _test_page(name: str) -> ReceiptDocument:
    return ReceiptDocument(
        (
            Line("瓯e办 打印测试", Align.CENTER, bold=True, large=True),
            Line(f"Test page: {name}", Align.CENTER),
            Rule(),
            Line("龘 𠮷 é ¥ ABC abc 0123456789"),
        )
    )
