"""A printer's bytes split into what they are: real-time answers, pushed status, confirmations, and what is none."""

from dataclasses import dataclass

# Bits that tell the kinds apart (Epson, ESC/POS command reference, "transmission status identification").
REAL_TIME_MASK, REAL_TIME_FIXED = 0b1001_0011, 0b0001_0010  # DLE EOT n
PUSHED_MASK, PUSHED_FIXED = 0b1001_0011, 0b0001_0000  # first byte of an Automatic Status Back
FURTHER_MASK = 0b1001_0000  # of the second to fourth byte: both bits are 0; of an answer to GS r too
PUSHED_LENGTH = 4
BARRIER_SENSORS = (0x00, 0x03, 0x0C, 0x0F)  # each sensor says the same thing twice
PROCESS_HEAD, PROCESS_LENGTH = b"\x37\x22", 7  # header, identifier, four characters, NUL
OUTPUT_HEAD, OUTPUT_LENGTH = b"\x10\x0f", 6  # answer to DLE EOT 20 of a printer with a presenter (Custom, KPM150-H)


@dataclass(frozen=True)
class RealTime:
    """The answer to one DLE EOT 1 to 4."""

    byte: int


@dataclass(frozen=True)
class Pushed:
    """Automatic Status Back: sent by itself when something changed."""

    data: bytes


@dataclass(frozen=True)
class Barrier:
    """The answer to GS r: everything before that question has been printed."""


@dataclass(frozen=True)
class ProcessDone:
    """Process ID response: everything before the GS ( H with these four characters has been printed."""

    number: bytes


@dataclass(frozen=True)
class Output:
    """The six-byte status of a printer that holds the receipt until it is taken."""

    data: bytes


@dataclass(frozen=True)
class Stray:
    byte: int


Answer = RealTime | Pushed | Barrier | ProcessDone | Output | Stray


class AnswerStream:
    """Bytes in, answers out; half of one is kept. `presenter`: six-byte answers are known too."""

    def __init__(self, *, presenter: bool = False) -> None:
        self._presenter = presenter
        self._held = b""

    def forget(self) -> None:
        self._held = b""

    def feed(self, data: bytes) -> list[Answer]:
        self._held += data
        found: list[Answer] = []
        while self._held:
            answer, length = self._next()
            if answer is None:
                break
            found.append(answer)
            self._held = self._held[length:]
        return found

    def _next(self) -> tuple[Answer | None, int]:
        """The first answer and its length; None where more bytes are needed to tell."""
        held, first = self._held, self._held[0]
        if self._presenter and held[:2] in (OUTPUT_HEAD, OUTPUT_HEAD[:1]):
            return (Output(held[:OUTPUT_LENGTH]), OUTPUT_LENGTH) if len(held) >= OUTPUT_LENGTH else (None, 0)
        if first & REAL_TIME_MASK == REAL_TIME_FIXED:
            return RealTime(first), 1
        if first & PUSHED_MASK == PUSHED_FIXED:
            return self._pushed()
        if first == PROCESS_HEAD[0]:
            return self._process_done()
        if first & FURTHER_MASK == 0 and first & 0x0F in BARRIER_SENSORS:
            return Barrier(), 1
        return Stray(first), 1

    def _pushed(self) -> tuple[Answer | None, int]:
        data = self._held[:PUSHED_LENGTH]
        if any(byte & FURTHER_MASK for byte in data[1:]):
            return Stray(data[0]), 1
        return (Pushed(data), PUSHED_LENGTH) if len(data) == PUSHED_LENGTH else (None, 0)

    def _process_done(self) -> tuple[Answer | None, int]:
        data = self._held[:PROCESS_LENGTH]
        number = data[2:6]
        fits = PROCESS_HEAD.startswith(data[:2]) and all(0x20 <= byte <= 0x7E for byte in number)
        if not fits or data[6:] not in (b"", b"\x00"):
            return Stray(data[0]), 1
        return (ProcessDone(number), PROCESS_LENGTH) if len(data) == PROCESS_LENGTH else (None, 0)
