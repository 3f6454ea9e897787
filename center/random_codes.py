"""Codes for people: 140 random bits in base32, said in groups of four; to verify a document by, or to collect one."""

import hashlib
import re
import secrets
from base64 import b32encode

_LENGTH = 28  # characters of 5 bits


def new_code() -> str:
    """Not to be guessed: whoever has it needs nothing else."""
    return b32encode(secrets.token_bytes(20)).decode("ascii")[:_LENGTH]


def read_code(typed: str) -> str | None:
    """The code as a person or a scanner gives it, in any case and grouping; None when it cannot be one."""
    letters = re.sub(r"[\s-]", "", typed).upper()
    return letters if re.fullmatch(rf"[A-Z2-7]{{{_LENGTH}}}", letters) else None


def hash_of(code: str) -> str:
    """What the database keeps of one that opens something: 140 random bits need no slow hash."""
    return hashlib.sha256(b"OEB-1 code of 140 bits\n" + code.encode()).hexdigest()
