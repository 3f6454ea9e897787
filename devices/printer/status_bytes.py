"""What a receipt printer answers about itself: DLE EOT in real time, GS r in its turn among what is printed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from devices.device import Action, DeviceState
from devices.printer.contract import CoverState, PaperState, PrinterStatus

ASK_PRINTER, ASK_OFFLINE, ASK_ERROR, ASK_PAPER = 1, 2, 3, 4  # n of DLE EOT n
QUESTIONS = (ASK_PRINTER, ASK_OFFLINE, ASK_ERROR, ASK_PAPER)
BARRIER = b"\x1dr\x01"  # GS r 1: answered when everything before it has been printed

# Bits that are the same in every answer (Epson, ESC/POS command reference): what is not so is not an answer.
REAL_TIME_MASK, REAL_TIME_FIXED = 0b1001_0011, 0b0001_0010
BARRIER_MASK, BARRIER_FIXED = 0b1001_0000, 0b0000_0000
BARRIER_SENSORS = (0x00, 0x03, 0x0C, 0x0F)  # each sensor says the same thing twice

OFFLINE = 0x08  # in the answer to ASK_PRINTER
COVER_OPEN, PAPER_STOP, ERROR = 0x04, 0x20, 0x40  # ASK_OFFLINE
CUTTER, UNRECOVERABLE, WAIT_AND_SEE = 0x08, 0x20, 0x40  # ASK_ERROR
NEAR_END, END = 0x0C, 0x60  # ASK_PAPER


def question(n: int) -> bytes:
    return bytes((0x10, 0x04, n))


def is_answer(byte: int) -> bool:
    return byte & REAL_TIME_MASK == REAL_TIME_FIXED


def is_barrier(byte: int) -> bool:
    return byte & BARRIER_MASK == BARRIER_FIXED and byte & 0x0F in BARRIER_SENSORS


@dataclass(frozen=True)
class Answers:
    """Byte by question; a question without an answer is absent. `noise`: something came that is no answer.

    `barriers` counts the answers to BARRIER that came in between.
    """

    by_question: dict[int, int] = field(default_factory=dict)
    noise: bool = False
    barriers: int = 0

    def bits(self, n: int, mask: int) -> bool:
        return bool(self.by_question.get(n, 0) & mask)

    @property
    def silent(self) -> bool:
        return not self.by_question

    @property
    def paper(self) -> PaperState:
        if self.bits(ASK_ERROR, CUTTER):
            return PaperState.JAMMED
        if self.bits(ASK_PAPER, END) or self.bits(ASK_OFFLINE, PAPER_STOP):
            return PaperState.OUT
        if ASK_PAPER not in self.by_question:
            return PaperState.UNKNOWN
        return PaperState.LOW if self.bits(ASK_PAPER, NEAR_END) else PaperState.FULL

    @property
    def cover(self) -> CoverState:
        if ASK_OFFLINE not in self.by_question:
            return CoverState.UNKNOWN
        return CoverState.OPEN if self.bits(ASK_OFFLINE, COVER_OPEN) else CoverState.CLOSED


def status_of(answers: Answers) -> PrinterStatus:
    """The first thing a person has to do something about decides the state and the words."""
    state, message, action = next(verdict for applies, verdict in _VERDICTS if applies(answers))
    return PrinterStatus(state, message, action, paper=answers.paper, cover=answers.cover)


_NOT_A_PRINTER = "answers bytes that are no status: check baud_rate, and that it is an ESC/POS printer"
_NO_ANSWER = "does not answer: check that it is switched on"
_OFFLINE = "is offline: press its feed key, else switch it off and on"
_BROKEN = "error that does not recover: switch it off and on"

_Verdict = tuple[DeviceState, str, Action | None]
_VERDICTS: tuple[tuple[Callable[[Answers], bool], _Verdict], ...] = (
    (lambda a: a.silent and a.noise, (DeviceState.HARDWARE_ERROR, _NOT_A_PRINTER, Action.CONFIGURE)),
    (lambda a: a.silent, (DeviceState.OFFLINE, _NO_ANSWER, Action.CALL_MAINTENANCE)),
    (lambda a: a.cover is CoverState.OPEN, (DeviceState.USER_ERROR, "cover open: close it", Action.CLEAR)),
    (
        lambda a: a.paper is PaperState.JAMMED,
        (DeviceState.HARDWARE_ERROR, "cutter blocked: clear the paper path", Action.CLEAR),
    ),
    (lambda a: a.paper is PaperState.OUT, (DeviceState.USER_ERROR, "paper out: put in a new roll", Action.REFILL)),
    (lambda a: a.bits(ASK_ERROR, UNRECOVERABLE), (DeviceState.HARDWARE_ERROR, _BROKEN, Action.CALL_MAINTENANCE)),
    (
        lambda a: a.bits(ASK_ERROR, WAIT_AND_SEE),
        (DeviceState.HARDWARE_ERROR, "print head too hot: wait", Action.RETRY),
    ),
    (
        lambda a: a.bits(ASK_PRINTER, OFFLINE) or a.bits(ASK_OFFLINE, ERROR),
        (DeviceState.OFFLINE, _OFFLINE, Action.RESET),
    ),
    (
        lambda a: a.paper is PaperState.LOW,
        (DeviceState.ONLINE, "paper low: have a new roll ready", Action.REFILL),
    ),
    (lambda _: True, (DeviceState.ONLINE, "", None)),
)
