"""Codes for people, made here or typed in: to verify a document by, to collect a result, to follow a case."""

import re
import secrets

from flows.secret_codes import CODE_BYTES, code_of


def new_code() -> str:
    return code_of(secrets.token_bytes(CODE_BYTES))


def read_code(typed: str) -> str | None:
    """The code as a person or a scanner gives it, in any case and grouping; None when it cannot be one."""
    letters = re.sub(r"[\s-]", "", typed).upper()
    return letters if re.fullmatch(r"[A-Z2-7]{28}", letters) else None
