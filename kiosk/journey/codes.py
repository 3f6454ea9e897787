"""What a scanned or typed code asks for here, and the words for one that asks for nothing of ours."""

import re

from devices.scanner.grammar import EnrolmentCode, MachineReadableZone, MatterCode, Payload, SignedCode

_NUMBER = re.compile(r"[0-9A-Z_-]{4,64}")  # a case number, local or central


def case_number(typed: str) -> str | None:
    """The number as printed, from what a person typed with spaces or small letters; None when it cannot be one."""
    number = "".join(typed.split()).upper()
    return number if _NUMBER.fullmatch(number) else None


def turned_away(payload: Payload) -> str:
    """The name of the sentence for a code that opens nothing here."""
    match payload:
        case SignedCode(kind=kind):
            return f"code.{kind}"
        case EnrolmentCode():
            return "code.enrolment"
        case MachineReadableZone():
            return "code.zone"
        case MatterCode():
            return "code.matter"
        case _:
            return "code.unknown"
