"""Verification codes: 140 random bits in base32, said in groups of four."""

import re
import secrets
from base64 import b32encode

_LENGTH = 28  # characters of 5 bits


def new_verify_code() -> str:
    """Not to be guessed: it is all that is needed to see what /verify shows."""
    return b32encode(secrets.token_bytes(20)).decode("ascii")[:_LENGTH]


def read_verify_code(typed: str) -> str | None:
    """The code as a person or a scanner gives it, in any case and grouping; None when it cannot be one."""
    letters = re.sub(r"[\s-]", "", typed).upper()
    return letters if re.fullmatch(rf"[A-Z2-7]{{{_LENGTH}}}", letters) else None


def groups(code: str) -> list[str]:
    """Seven groups of four."""
    return [code[place : place + 4] for place in range(0, len(code), 4)]
