"""How a printer tells that a receipt is on paper: by its process number, by an answer in its turn, or not at all."""

import hashlib
from enum import StrEnum

BARRIER = b"\x1dr\x01"  # GS r 1: answered when everything before it has been printed
PROCESS = b"\x1d(H\x06\x000"  # GS ( H, function 48: reports the number that follows when what is before it is printed
PROCESS_MODE = b"0"
FIRST, RADIX, LENGTH = 0x21, 94, 4  # characters of a process number: printable ASCII; 78 million numbers
PROBE_MARK = b" "  # begins the numbers that belong to no receipt
FILL = bytes(8192)  # longer than any one command of ours: ends one that was cut short; else printers pass over it


class Confirms(StrEnum):
    PROCESS = "process"
    BARRIER = "barrier"
    NOTHING = "nothing"
    UNKNOWN = "unknown"  # not found out yet


def process_number(command_id: str) -> bytes:
    """The same in every run of the program, so that a printer can be asked about an earlier one's receipt."""
    return _digits(int.from_bytes(hashlib.sha256(command_id.encode()).digest()[:8], "big"), LENGTH)


def probe_number(seconds: float) -> bytes:
    """The number of a question that belongs to no receipt."""
    return PROBE_MARK + _digits(int(seconds * 1000), LENGTH - 1)


def _digits(value: int, length: int) -> bytes:
    return bytes(FIRST + value // RADIX**place % RADIX for place in range(length))


def tail(confirms: Confirms, number: bytes) -> bytes:
    """What stands behind a receipt so that the printer says when it is on paper."""
    process = PROCESS + PROCESS_MODE + number
    return {
        Confirms.PROCESS: process,
        Confirms.BARRIER: BARRIER,
        Confirms.NOTHING: b"",
        Confirms.UNKNOWN: process + BARRIER,
    }[confirms]
