"""SDT/SAM frames: `AA AA AA 96 69 | LEN | body | CHK`, written byte-exactly and found again in a noisy stream."""

from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from operator import xor

PREAMBLE = bytes.fromhex("AAAAAA9669")
MARK = bytes.fromhex("AA9669")  # as much of the preamble as has to arrive whole; readers damage or lose its beginning
LENGTH_SIZE = 2
SHORTEST = 4  # LEN of a reply without data: SW1 SW2 SW3 CHK
LONGEST = 0x0A00  # LEN; the longest reply known is a read with fingerprint, 09 0A
SMALLEST_REPLY = len(MARK) + LENGTH_SIZE + SHORTEST


class Command(IntEnum):
    """CMD and PARA of a request."""

    RESET = 0x10FF
    SAM_STATUS = 0x11FF
    SAM_ID = 0x12FF
    FIND = 0x2001
    SELECT = 0x2002
    READ = 0x3001
    READ_NEWEST_ADDRESS = 0x3003
    READ_WITH_FINGERPRINT = 0x3010
    BAUD_115200 = 0x6000
    BAUD_57600 = 0x6001
    BAUD_38400 = 0x6002
    BAUD_19200 = 0x6003
    BAUD_9600 = 0x6004


class Answer(IntEnum):
    """SW3, the reader's own status."""

    OK = 0x90
    FOUND = 0x9F
    NO_SUCH_CONTENT = 0x91
    WRONG_CHECKSUM = 0x10
    WRONG_LENGTH = 0x11
    WRONG_COMMAND = 0x21
    NO_PERMISSION = 0x23
    UNKNOWN_ERROR = 0x24
    SAM_NOT_TRUSTED = 0x31
    CARD_NOT_TRUSTED = 0x32
    INFORMATION_CHECK = 0x33
    WRONG_CARD_TYPE = 0x40
    READ_FAILED = 0x41
    RANDOM_FAILED = 0x47
    SELF_TEST_FAILED = 0x60
    SAM_UNAUTHORISED = 0x66
    NOT_FOUND = 0x80
    SELECT_FAILED = 0x81


@dataclass(frozen=True)
class Reply:
    """`status` is SW3, whatever its value; `data` what follows it."""

    status: int
    data: bytes = b""


@dataclass(frozen=True)
class Incomplete:
    """No frame yet; at least `missing` more bytes have to come, and never more than belong to it."""

    missing: int


@dataclass(frozen=True)
class Damaged:
    """A frame arrived whole and its checksum is wrong."""


def checksum(data: bytes) -> int:
    """XOR of LEN and body."""
    return reduce(xor, data, 0)


def frame(body: bytes) -> bytes:
    counted = (len(body) + 1).to_bytes(LENGTH_SIZE, "big") + body
    return PREAMBLE + counted + bytes([checksum(counted)])


def request(command: Command, data: bytes = b"") -> bytes:
    return frame(command.to_bytes(2, "big") + data)


def reply(status: int, data: bytes = b"") -> bytes:
    return frame(bytes([0, 0, status]) + data)


def scan(heard: bytes, *, final: bool = False) -> Reply | Incomplete | Damaged:
    """The first whole frame in what was heard, noise before it skipped.

    A frame begun earlier goes before one that seems to lie inside it, unless `final`: nothing more will come. Noise
    that looked like the beginning of a frame does not hide the one that is still coming behind it.
    """
    damaged = False
    at = heard.find(MARK)
    while at >= 0:
        found = _frame_at(heard[at + len(MARK) :])
        if isinstance(found, Reply) or (isinstance(found, Incomplete) and not final):
            return found
        damaged = damaged or isinstance(found, Damaged)
        at = heard.find(MARK, at + 1)
    return Damaged() if damaged else Incomplete(SMALLEST_REPLY - _begun(heard))


def _frame_at(rest: bytes) -> Reply | Incomplete | Damaged | None:
    """What follows a mark; None where its length cannot be one."""
    if len(rest) < LENGTH_SIZE:
        return Incomplete(LENGTH_SIZE - len(rest) + SHORTEST)
    length = int.from_bytes(rest[:LENGTH_SIZE], "big")
    if not SHORTEST <= length <= LONGEST:
        return None
    whole = LENGTH_SIZE + length
    if len(rest) < whole:
        return Incomplete(whole - len(rest))
    if checksum(rest[: whole - 1]) != rest[whole - 1]:
        return Damaged()
    return Reply(rest[4], rest[5 : whole - 1])


def _begun(heard: bytes) -> int:
    """How many bytes at the end may be the beginning of a mark."""
    return next((size for size in (2, 1) if heard.endswith(MARK[:size])), 0)
