"""What a scanned code asks for: `OEB1:M:<matter id>` opens a matter, `OEB1:C:<case number>` its progress."""

import re
from dataclasses import dataclass

_CODE = re.compile(r"OEB1:([MC]):([0-9A-Za-z_-]{1,64})")
_NUMBER = re.compile(r"[0-9A-Z_-]{4,64}")  # a case number, local or central


@dataclass(frozen=True)
class MatterCode:
    matter_id: str


@dataclass(frozen=True)
class CaseCode:
    number: str


def understand(text: str) -> MatterCode | CaseCode | None:
    """None for a code that is not for this terminal."""
    match = _CODE.fullmatch(text.strip())
    if match is None:
        return None
    kind, value = match.groups()
    return MatterCode(value) if kind == "M" else CaseCode(value)


def case_number(typed: str) -> str | None:
    """The number as printed, from what a person typed with spaces or small letters; None when it cannot be one."""
    number = "".join(typed.split()).upper()
    return number if _NUMBER.fullmatch(number) else None


def case_code(number: str) -> str:
    """The QR payload on a receipt."""
    return f"OEB1:C:{number}"
