"""What an IPP printer says of itself and its jobs, in the words of the printer contract (RFC 8011, 5.3.7, 5.4.11)."""

from collections.abc import Mapping
from enum import IntEnum

from devices.device import Action, DeviceState, ProtocolError
from devices.printer.contract import CoverState, PaperState, PrinterStatus, PrintPhase
from devices.printer.ipp_message import Value

Attributes = Mapping[str, tuple[Value, ...]]
IDLE, PROCESSING, STOPPED = 3, 4, 5  # printer-state


class JobState(IntEnum):
    PENDING = 3
    PENDING_HELD = 4
    PROCESSING = 5
    PROCESSING_STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


ENDED = frozenset({JobState.CANCELED, JobState.ABORTED, JobState.COMPLETED})

PAPER = {
    "media-jam": PaperState.JAMMED,
    "media-empty": PaperState.OUT,
    "media-needed": PaperState.OUT,
    "input-tray-missing": PaperState.OUT,
    "media-low": PaperState.LOW,
}
COVER = ("door-open", "cover-open", "interlock-open")
AWAY = ("offline", "shutdown", "connecting-to-device", "timed-out")  # connecting: CUPS looks for the printer in vain
HALTS: Mapping[str, tuple[str, Action]] = {  # a reason that stops printing → words, what to do
    "media-jam": ("paper jam: open the printer, take the sheet out", Action.CLEAR),
    "media-empty": ("no paper: refill A4", Action.REFILL),
    "media-needed": ("no paper of this size: refill A4", Action.REFILL),
    "input-tray-missing": ("the paper tray is missing: push it in", Action.CLEAR),
    "door-open": ("a door is open: close it", Action.CLEAR),
    "cover-open": ("the cover is open: close it", Action.CLEAR),
    "interlock-open": ("a cover is open: close it", Action.CLEAR),
    "toner-empty": ("no toner: change the cartridge", Action.REFILL),
    "marker-supply-empty": ("no ink or toner: change the cartridge", Action.REFILL),
    "marker-waste-full": ("the waste box is full: change it", Action.REFILL),
    "output-area-full": ("the output tray is full: take the sheets out", Action.CLEAR),
    "output-tray-missing": ("the output tray is missing: put it in", Action.CLEAR),
    "fuser-over-temp": ("too hot: let it cool down", Action.RETRY),
    "fuser-under-temp": ("still warming up", Action.RETRY),
    "paused": ("paused: resume it (cupsenable, or the button on the printer)", Action.RESET),
    "moving-to-paused": ("being paused: resume it", Action.RESET),
    "cups-missing-filter": ("CUPS lacks a filter: install cups-filters", Action.CONFIGURE),
}
WARNS = {
    "media-low": "little paper left",
    "toner-low": "little toner left",
    "marker-supply-low": "little ink or toner left",
    "marker-waste-almost-full": "the waste box is almost full",
    "output-area-almost-full": "the output tray is almost full",
}
UNSAID = ("none", "")


def status_of(told: Attributes) -> PrinterStatus:
    """Raises ProtocolError where the printer tells no state. A -warning or -report stops nothing by itself."""
    state = told.get("printer-state", (None,))[0]
    if state not in (IDLE, PROCESSING, STOPPED):
        raise ProtocolError("the printer tells no printer-state; check that the address is a printer's")
    reasons = [_split(str(reason)) for reason in told.get("printer-state-reasons", ())]
    named = [name for name, _ in reasons]
    paper = next((found for reason, found in PAPER.items() if reason in named), PaperState.FULL)
    cover = CoverState.OPEN if any(reason in named for reason in COVER) else CoverState.CLOSED
    if any(reason in named for reason in AWAY):
        words = "switched off or not connected: check power and cable"
        return PrinterStatus(DeviceState.OFFLINE, words, Action.CONFIGURE, paper=PaperState.UNKNOWN)
    halted = [HALTS[name] for name, grade in reasons if name in HALTS and (grade == "error" or name in _ALWAYS_HALT)]
    if state == STOPPED and not halted:
        halted = [HALTS.get(name, (name, Action.RESET)) for name in named if name not in UNSAID]
        halted = halted or [("stopped without a reason: look at its panel", Action.RESET)]
    if told.get("printer-is-accepting-jobs", (True,))[0] is False:
        halted.append(("takes no jobs: cupsaccept, or look at its panel", Action.RESET))
    if halted:
        words = "; ".join(dict.fromkeys(said for said, _ in halted))
        return PrinterStatus(_halted_state(halted[0][1]), words, halted[0][1], paper=paper, cover=cover)
    words = "; ".join(WARNS[name] for name in named if name in WARNS)
    action = Action.REFILL if words else None
    return PrinterStatus(DeviceState.ONLINE, words, action, paper=paper, cover=cover)


_ALWAYS_HALT = frozenset(
    {"media-jam", "media-empty", "media-needed", "door-open", "cover-open", "interlock-open", "toner-empty", "paused"}
)


def phase_of(job: Attributes) -> PrintPhase:
    """TRANSMITTED while it is on its way; an end without a printed page is REFUSED, with one or who knows UNKNOWN."""
    state = job.get("job-state", (None,))[0]
    if state == JobState.COMPLETED:
        return PrintPhase.PRINTED
    if state in (JobState.CANCELED, JobState.ABORTED):
        pages = job.get("job-impressions-completed", job.get("job-media-sheets-completed", (None,)))[0]
        return PrintPhase.REFUSED if pages == 0 and not isinstance(pages, bool) else PrintPhase.UNKNOWN
    return PrintPhase.TRANSMITTED


def has_ended(job: Attributes) -> bool:
    return job.get("job-state", (None,))[0] in ENDED


def stands_still(job: Attributes) -> bool:
    """Whether somebody has to do something before it goes on."""
    return job.get("job-state", (None,))[0] in (JobState.PENDING_HELD, JobState.PROCESSING_STOPPED)


def _halted_state(action: Action) -> DeviceState:
    return DeviceState.USER_ERROR if action in (Action.REFILL, Action.CLEAR) else DeviceState.HARDWARE_ERROR


def _split(reason: str) -> tuple[str, str]:
    """media-low-warning → media-low, warning; a bare reason counts as an error (RFC 8011, 5.4.12)."""
    name, _, grade = reason.rpartition("-")
    return (name, grade) if grade in ("error", "warning", "report") and name else (reason, "error")
