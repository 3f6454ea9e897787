"""What a receipt printer says over its wire: its answers put to their questions, and what it says unasked kept."""

from devices.clock import Clock
from devices.lines.line import SLICE, Line
from devices.printer.answers import (
    FURTHER_MASK,
    Answer,
    AnswerStream,
    Barrier,
    Output,
    ProcessDone,
    Pushed,
    RealTime,
    Stray,
)
from devices.printer.status_bytes import (
    ASK_OUTPUT,
    ASK_PRINTER,
    IN_OUTPUT,
    QUESTIONS,
    Answers,
    pushed_answers,
    question,
)

ANSWER_LIMIT = 0.6  # s; a printer answers DLE EOT at once, also while it prints
ALIVE_LIMIT = 1.5  # s; one that answers later than that may have lost its power meanwhile and be back
LATEST = 4096  # bytes read away at most before a question; a device that never stops is no printer
CHUNK = 256
REMEMBERED = 64  # finished process numbers
HEADER_END = bytes(16)  # of nothing: ends the header of a command cut short, before a question is taken for its size


class PrinterLine:
    """Every method but `close` and `has_heard` raises DeviceLost when the port is gone.

    `finished`: process numbers the printer has reported as printed, the newest last; `barriers`: how many answers to
    GS r came so far; `heard_at`: when it last said anything, however late (s, monotonic).
    """

    def __init__(self, line: Line, clock: Clock, *, presenter: bool = False) -> None:
        self._line = line
        self._clock = clock
        self._presenter = presenter
        self._stream = AnswerStream(presenter=presenter)
        self._pushed: Answers | None = None
        self._cut_short = True  # whoever wrote last may have stopped inside a command
        self.finished: dict[bytes, None] = {}
        self.barriers = 0
        self.heard_at = 0.0

    @property
    def is_open(self) -> bool:
        return self._line.is_open

    def open(self) -> None:
        self._stream.forget()
        self._cut_short = True
        self._line.begin()
        self._line.open()

    def close(self) -> None:
        self._line.close()

    def write(self, data: bytes) -> None:
        """Raises DeviceTimeout where the printer takes no more; part of `data` may have arrived then."""
        self._line.write(data)

    def was_cut_short(self) -> None:
        """What was written last may have ended inside a command."""
        self._cut_short = True

    def has_heard(self) -> bool:
        """Whether something waits to be read; never blocks or raises."""
        try:
            return self._line.is_open and self._line.waiting() > 0
        except Exception:  # noqa: BLE001 - whatever it is, the next question will say so
            return True

    def hear(self, limit: float = SLICE) -> list[Answer]:
        """What comes within `limit` s, confirmations and pushed status noted."""
        return self._noted(self._line.read(CHUNK, limit))

    def ask(self) -> Answers:
        """Puts the DLE EOT questions; the first that stays unanswered ends the asking.

        A printer that answers none of them but pushes its status meanwhile is believed.
        """
        if self._cut_short:
            self.write(HEADER_END)
            self._cut_short = False
        self._hear_what_waits()
        self._forget_push()
        found: dict[int, int] = {}
        noise = echo = False
        for n in QUESTIONS:
            answer, came, strays = self._answer(n)
            noise, echo = noise or strays > 0, echo or _is_echo(came, n)
            if not isinstance(answer, RealTime):
                break
            found[n] = answer.byte
        if not found and self._pushed is not None:
            found = dict(self._pushed.by_question)
        return Answers(found, noise=noise, echo=echo, output=self._output() if found else None)

    def is_alive(self) -> bool:
        """Whether the printer answers at all, asked once."""
        self._hear_what_waits()
        return self._answer(ASK_PRINTER, ALIVE_LIMIT)[0] is not None

    def _forget_push(self) -> None:
        self._pushed = None

    def _output(self) -> bool | None:
        answer = self._answer(ASK_OUTPUT)[0] if self._presenter else None
        return bool(answer.data[2] & IN_OUTPUT) if isinstance(answer, Output) else None

    def _answer(self, n: int, patience: float = ANSWER_LIMIT) -> tuple[Answer | None, bytes, int]:
        """The answer, None where it did not come in time; all that came meanwhile; how many bytes were no answer.

        The last look begins after the limit: where it was this program that stood still, the answer has come.
        """
        wanted = Output if n == ASK_OUTPUT else RealTime
        self.write(question(n))
        limit, last = self._clock.monotonic() + patience, False
        came, strays = b"", 0
        while not last:
            last = self._clock.monotonic() >= limit
            data = self._line.read(CHUNK)
            came += data[: CHUNK - len(came)]
            answers = self._noted(data)
            strays += sum(isinstance(answer, Stray) for answer in answers)
            for answer in answers:
                if isinstance(answer, wanted):
                    return answer, came, strays
        return None, came, strays

    def _hear_what_waits(self) -> None:
        """Answers too late to be told apart are left out."""
        heard = 0
        while heard < LATEST and (waiting := self._line.waiting()):
            heard += waiting
            self._noted(self._line.read(waiting))

    def _noted(self, data: bytes) -> list[Answer]:
        answers = self._stream.feed(data)
        if any(not isinstance(answer, Stray) for answer in answers):
            self.heard_at = self._clock.monotonic()
        for answer in answers:
            match answer:
                case Pushed(data=status):
                    self._pushed = pushed_answers(status)
                case Barrier():
                    self.barriers += 1
                case ProcessDone(number=number):
                    self.finished[number] = self.finished.pop(number, None)
                case _:
                    pass
        while len(self.finished) > REMEMBERED:
            self.finished.pop(next(iter(self.finished)))
        return answers


def _is_echo(came: bytes, n: int) -> bool:
    """Whether the question came back: its bytes can also begin a pushed status, which then has a fourth one."""
    asked = question(n)
    return came[: len(asked)] == asked and not (len(came) > len(asked) and came[len(asked)] & FURTHER_MASK == 0)
