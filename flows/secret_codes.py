"""Codes that open something for whoever holds the paper: 140 random bits. Who must know one again keeps its hash."""

import hashlib
from base64 import b32encode
from typing import Annotated

from pydantic import StringConstraints

CODE_BYTES = 20  # random ones, of which 140 bits are used
_LENGTH = 28  # characters of 5 bits
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z2-7]{28}$")]
CodeHash = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]  # empty: there is no code


def code_of(random: bytes) -> str:
    """28 characters of `CODE_BYTES` random bytes: not to be guessed, whoever has it needs nothing else."""
    return b32encode(random).decode("ascii")[:_LENGTH]


def hash_of(code: str) -> str:
    """140 random bits need no slow hash."""
    return hashlib.sha256(b"OEB-1 code of 140 bits\n" + code.encode()).hexdigest()
