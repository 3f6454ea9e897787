"""A4 documents over IPP, through CUPS or straight to a printer: each command is one job, found again by its name."""

import threading
from dataclasses import dataclass

from devices.clock import Clock
from devices.device import (
    Action,
    Capabilities,
    CommandCancelled,
    DeviceError,
    DeviceLost,
    DeviceState,
    HealthLevel,
    HealthReport,
)
from devices.printer.contract import PrinterStatus, PrintPhase
from devices.printer.ipp_message import Group, Kind, attribute
from devices.printer.ipp_states import IDLE, Attributes, has_ended, phase_of, stands_still, status_of
from devices.printer.ipp_wire import NOT_FOUND, SEND_LIMIT, IppRefused, IppWire, checked_url
from devices.printer.phases import Phases

JOB_LIMIT = 60.0  # s until a page nobody waits for any more is taken back; a cold laser needs 20 to 30
LOOK_INTERVAL = 0.3  # s between two looks at a job under way
HALT_PATIENCE = 4.0  # s; CUPS tells what the job before met until the printer has answered this one
A4 = "iso_a4_210x297mm"
PDF = "application/pdf"
USER = "kiosk"
ASKED_OF_PRINTER = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "document-format-supported",
    "media-supported",
)
ASKED_OF_JOB = (
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-impressions-completed",
    "job-media-sheets-completed",
)


@dataclass(frozen=True)
class Options:
    """`url`: ipp://localhost:631/printers/NAME of CUPS, ipp://host/ipp/print of a printer, or a .url file with one;
    `media`: a size by its IPP name; `duplex`: on both sides; `copies`: of each document.
    """

    url: str
    media: str = A4
    duplex: bool = False
    copies: int = 1

    def __post_init__(self) -> None:
        if not self.url.endswith(".url") and checked_url(self.url) is None:
            raise ValueError(f'url = "{self.url}" is no printer address; wanted ipp://localhost:631/printers/NAME')
        if not 1 <= self.copies <= 9:
            raise ValueError(f"copies = {self.copies}; known: 1 to 9")


def create(name: str, options: Options, clock: Clock) -> "IppPrinter":
    return IppPrinter(name, options, clock)


class IppPrinter:
    """Implements devices.printer.contract.DocumentPrinter."""

    def __init__(self, name: str, options: Options, clock: Clock) -> None:
        self.name = name
        self._options = options
        self._clock = clock
        self._wire = IppWire(options.url, clock)
        self._phases = Phases()
        self._cancelled = threading.Event()
        self._is_open = False

    @property
    def capabilities(self) -> Capabilities:
        features = {"documents", "paperSensor", "coverSensor", "confirmsPrint", "asksAfterRestart"}
        return Capabilities("Printer", "IPP, A4", frozenset(features | ({"duplex"} if self._options.duplex else set())))

    def open(self) -> None:
        status_of(self._attributes())
        self._is_open = True

    def close(self) -> None:
        self._is_open = False

    def glance(self) -> bool:
        """A printer in the network says nothing unasked."""
        return False

    def status(self) -> PrinterStatus:
        if not self._is_open:
            return PrinterStatus(DeviceState.OFFLINE, "not open", Action.RESET)
        return status_of(self._attributes())

    def reset(self) -> None:
        """There is nothing to bring back but the answer; a paused queue is the technician's to resume."""
        self.close()
        self.open()

    def cancel(self) -> None:
        """Takes the job under way back."""
        self._cancelled.set()
        self._wire.cancel()

    def check_health(self, level: HealthLevel) -> HealthReport:
        told = self._attributes()
        status = status_of(told)
        findings = [status.message] if status.message else []
        healthy, action = status.state is DeviceState.ONLINE, status.action
        if level is not HealthLevel.STATUS and (lacks := self._lacks(told)):
            findings += lacks
            healthy, action = False, Action.CONFIGURE
        if healthy and level is HealthLevel.INTERACTIVE:
            from devices.printer.ipp_test_page import draw_test_page

            name = f"health-{self._clock.now():%Y%m%d%H%M%S}"
            phase = self.print_document(draw_test_page(self.name), name, "test page")
            healthy = phase is PrintPhase.PRINTED
            findings.append("test page: look whether it is on A4, whole and dark" if healthy else f"test page: {phase}")
        return HealthReport(level, healthy, tuple(findings), action)

    def print_document(self, pdf: bytes, command_id: str, title: str) -> PrintPhase:
        """Blocks until the job has ended; what stops on the way is taken back, so that no page comes out later."""
        self._cancelled.clear()
        job = self._find(command_id)
        if job is not None:
            return self._follow(command_id, _job_id(job))
        if command_id in self._phases:
            return self._phases[command_id]  # sent from here, and the printer has forgotten it
        told = self._attributes()
        if status_of(told).state is not DeviceState.ONLINE and told.get("printer-state") != (IDLE,):
            return PrintPhase.REFUSED  # an idle queue of CUPS only remembers what its last job met
        if self._cancelled.is_set():
            raise CommandCancelled("cancelled before anything was printed")
        return self._send(pdf, command_id, title)

    def ask_printed(self, command_id: str) -> PrintPhase:
        """How far that print got, also one of another run of the program; never prints it."""
        job = self._find(command_id)
        if job is None:
            return self._phases.get(command_id, PrintPhase.UNKNOWN)
        return phase_of(job)

    def _send(self, pdf: bytes, command_id: str, title: str) -> PrintPhase:
        """From the first byte on the outcome is unknown until the printer has told it."""
        self._phases[command_id] = PrintPhase.UNKNOWN
        try:
            answer = self._wire.ask(
                "Print-Job",
                attribute("requesting-user-name", Kind.NAME, USER),
                attribute("job-name", Kind.NAME, command_id),
                attribute("document-name", Kind.NAME, title),
                attribute("document-format", Kind.MIME, PDF),
                job=[
                    attribute("copies", Kind.INTEGER, self._options.copies),
                    attribute("sides", Kind.KEYWORD, "two-sided-long-edge" if self._options.duplex else "one-sided"),
                    attribute("media", Kind.KEYWORD, self._options.media),
                ],
                document=pdf,
                limit=SEND_LIMIT,
            )
            number = _job_id(answer.first(Group.JOB))
        except IppRefused:
            self._phases.pop(command_id, None)
            return PrintPhase.REFUSED
        except DeviceError:
            return self._ask_after_doubt(command_id)
        self._phases[command_id] = PrintPhase.TRANSMITTED
        return self._follow(command_id, number)

    def _ask_after_doubt(self, command_id: str) -> PrintPhase:
        try:
            job = self._find(command_id)
        except DeviceError:
            job = None
        return PrintPhase.UNKNOWN if job is None else self._follow(command_id, _job_id(job))

    def _follow(self, command_id: str, number: int) -> PrintPhase:
        """Never raises: what cannot be asked any more stays unknown."""
        begun = well = self._clock.monotonic()
        try:
            while not has_ended(job := self._job(number)):
                now = self._clock.monotonic()
                well = well if self._is_halted() else now
                hopeless = stands_still(job) or now - well > HALT_PATIENCE or now - begun > JOB_LIMIT
                if hopeless or self._cancelled.is_set():
                    job = self._take_back(number)
                    break
                self._clock.sleep(LOOK_INTERVAL)
            phase = phase_of(job) if has_ended(job) else PrintPhase.UNKNOWN
        except DeviceError:
            phase = PrintPhase.UNKNOWN
        self._phases[command_id] = phase
        return phase

    def _is_halted(self) -> bool:
        """CUPS leaves a job `processing` while the printer behind it waits for paper."""
        try:
            state = status_of(self._attributes()).state
        except CommandCancelled:
            if not self._cancelled.is_set():
                raise
            return False  # a job given up is taken back, in whatever question the cancelling fell
        return state in (DeviceState.USER_ERROR, DeviceState.HARDWARE_ERROR)

    def _take_back(self, number: int) -> Attributes:
        try:
            job_id = attribute("job-id", Kind.INTEGER, number)
            self._wire.ask("Cancel-Job", job_id, attribute("requesting-user-name", Kind.NAME, USER))
        except IppRefused:
            pass  # it has ended meanwhile
        until = self._clock.monotonic() + 3.0  # a printer lets the sheet under way run out
        while not has_ended(job := self._job(number)) and self._clock.monotonic() < until:
            self._clock.sleep(LOOK_INTERVAL)
        return job

    def _find(self, command_id: str) -> Attributes | None:
        """Raises DeviceError where the printer cannot be asked."""
        for which in ("not-completed", "completed"):
            answer = self._wire.ask(
                "Get-Jobs",
                attribute("requesting-user-name", Kind.NAME, USER),
                attribute("which-jobs", Kind.KEYWORD, which),
                attribute("requested-attributes", Kind.KEYWORD, *ASKED_OF_JOB),
            )
            for job in answer.all(Group.JOB):
                if job.get("job-name") == (command_id,):
                    return job
        return None

    def _job(self, number: int) -> Attributes:
        """Raises DeviceLost where the printer forgot it."""
        try:
            answer = self._wire.ask(
                "Get-Job-Attributes",
                attribute("job-id", Kind.INTEGER, number),
                attribute("requesting-user-name", Kind.NAME, USER),
                attribute("requested-attributes", Kind.KEYWORD, *ASKED_OF_JOB),
            )
        except CommandCancelled:
            if not self._cancelled.is_set():
                raise
            return {}
        except IppRefused as error:
            if error.status == NOT_FOUND:
                raise DeviceLost(f"{self.name}: the printer forgot the job; look whether it came out") from error
            raise
        return answer.first(Group.JOB)

    def _attributes(self) -> Attributes:
        answer = self._wire.ask(
            "Get-Printer-Attributes",
            attribute("requesting-user-name", Kind.NAME, USER),
            attribute("requested-attributes", Kind.KEYWORD, *ASKED_OF_PRINTER),
        )
        return answer.first(Group.PRINTER)

    def _lacks(self, told: Attributes) -> list[str]:
        formats, media = told.get("document-format-supported", ()), told.get("media-supported", ())
        missing = []
        if formats and PDF not in formats:
            missing.append("it takes no PDF: print through CUPS (sudo apt install cups cups-filters)")
        if media and self._options.media not in media:
            missing.append(f"it has no paper of size {self._options.media}; known: {', '.join(map(str, media[:8]))}")
        return missing


def _job_id(job: Attributes) -> int:
    """Raises DeviceLost where an answer about a job does not number it."""
    number = job.get("job-id", (None,))[0]
    if not isinstance(number, int):
        raise DeviceLost("the printer took a job and did not number it; look whether it came out")
    return number
