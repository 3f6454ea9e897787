"""What a receipt printer says about itself, asked (DLE EOT) or by itself (Automatic Status Back), as one condition."""

from collections.abc import Callable
from dataclasses import dataclass, field

from devices.device import Action, DeviceState
from devices.printer.contract import CoverState, OutputState, PaperState, PrinterStatus

ASK_PRINTER, ASK_OFFLINE, ASK_ERROR, ASK_PAPER = 1, 2, 3, 4  # n of DLE EOT n
QUESTIONS = (ASK_PRINTER, ASK_OFFLINE, ASK_ERROR, ASK_PAPER)
ASK_OUTPUT = 20  # of a printer with a presenter; six bytes
PUSH = b"\x1da\x0e"  # GS a: tell changes of online, error and paper by itself; ESC @ ends that

OFFLINE = 0x08  # in the answer to ASK_PRINTER
COVER_OPEN, FEED_KEY, PAPER_STOP, ERROR = 0x04, 0x08, 0x20, 0x40  # ASK_OFFLINE
MECHANICAL, CUTTER, UNRECOVERABLE, WAIT_AND_SEE = 0x04, 0x08, 0x20, 0x40  # ASK_ERROR
NEAR_END, END = 0x0C, 0x60  # ASK_PAPER
PUSHED_OFFLINE, PUSHED_COVER, PUSHED_FEED = 0x08, 0x20, 0x40  # first byte of a push; its second is as ASK_ERROR's
PUSHED_NEAR_END, PUSHED_END = 0x03, 0x0C  # third byte
ERRORS = MECHANICAL | CUTTER | UNRECOVERABLE | WAIT_AND_SEE
IN_OUTPUT = 0x20  # third byte of the answer to ASK_OUTPUT


def question(n: int) -> bytes:
    return bytes((0x10, 0x04, n))


@dataclass(frozen=True)
class Answers:
    """Byte by question; a question without an answer is absent. `noise`: something came that is no answer;
    `echo`: the question itself came back; `output`: whether a receipt waits to be taken, None where nobody says.
    """

    by_question: dict[int, int] = field(default_factory=dict)
    noise: bool = False
    echo: bool = False
    output: bool | None = None

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


def pushed_answers(data: bytes) -> Answers:
    """The four bytes of an Automatic Status Back in the words of the four questions."""
    printer, error, paper = data[0], data[1] & ERRORS, data[2]
    out = bool(paper & PUSHED_END)
    return Answers(
        {
            ASK_PRINTER: OFFLINE * bool(printer & PUSHED_OFFLINE),
            ASK_OFFLINE: COVER_OPEN * bool(printer & PUSHED_COVER)
            | FEED_KEY * bool(printer & PUSHED_FEED)
            | PAPER_STOP * out
            | ERROR * bool(error),
            ASK_ERROR: error,
            ASK_PAPER: END * out | NEAR_END * bool(paper & PUSHED_NEAR_END),
        }
    )


def status_of(answers: Answers) -> PrinterStatus:
    """The first thing a person has to do something about decides the state and the words."""
    state, message, action = next(verdict for applies, verdict in _VERDICTS if applies(answers))
    if answers.echo:
        return PrinterStatus(state, message, action)
    output = {None: OutputState.UNKNOWN, True: OutputState.WAITING, False: OutputState.EMPTY}[answers.output]
    return PrinterStatus(state, message, action, paper=answers.paper, cover=answers.cover, output=output)


_ECHO = (
    "sends back every byte it is sent, so it is no printer: check that the port is the printer's, "
    "and take away a loop plug or an adapter's local echo"
)
_NOT_A_PRINTER = "answers bytes that are no status: check baud, and that it is an ESC/POS printer"
_NO_ANSWER = "does not answer: check that it is switched on"
_OFFLINE = "is offline: press its feed key, else switch it off and on"
_BROKEN = "error that does not recover: switch it off and on"
_MECHANICAL = "mechanical error: look for paper or a label in the path, then switch it off and on"

_Verdict = tuple[DeviceState, str, Action | None]
_VERDICTS: tuple[tuple[Callable[[Answers], bool], _Verdict], ...] = (
    (lambda a: a.echo, (DeviceState.HARDWARE_ERROR, _ECHO, Action.CONFIGURE)),
    (lambda a: a.silent and a.noise, (DeviceState.HARDWARE_ERROR, _NOT_A_PRINTER, Action.CONFIGURE)),
    (lambda a: a.silent, (DeviceState.OFFLINE, _NO_ANSWER, Action.CALL_MAINTENANCE)),
    (lambda a: a.cover is CoverState.OPEN, (DeviceState.USER_ERROR, "cover open: close it", Action.CLEAR)),
    (
        lambda a: a.paper is PaperState.JAMMED,
        (DeviceState.HARDWARE_ERROR, "cutter blocked: clear the paper path", Action.CLEAR),
    ),
    (lambda a: a.paper is PaperState.OUT, (DeviceState.USER_ERROR, "paper out: put in a new roll", Action.REFILL)),
    (lambda a: a.bits(ASK_ERROR, UNRECOVERABLE), (DeviceState.HARDWARE_ERROR, _BROKEN, Action.CALL_MAINTENANCE)),
    (lambda a: a.bits(ASK_ERROR, MECHANICAL), (DeviceState.HARDWARE_ERROR, _MECHANICAL, Action.CLEAR)),
    (
        lambda a: a.bits(ASK_ERROR, WAIT_AND_SEE),
        (DeviceState.HARDWARE_ERROR, "print head too hot: wait", Action.RETRY),
    ),
    (
        lambda a: a.bits(ASK_OFFLINE, FEED_KEY),
        (DeviceState.USER_ERROR, "its feed key is held down: let it go", Action.CLEAR),
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
