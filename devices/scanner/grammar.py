"""The grammar every payload must pass before anything else sees it, and the scheme of our own codes."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 512  # characters
SCHEME = "OEB1:"

# Format, surrogate, private use, unassigned, and line or paragraph separators; Cc is C0 and C1.
REFUSED_CATEGORIES = {
    "Cc": "a control character",
    "Cf": "an invisible or direction-changing character",
    "Cs": "half a character",
    "Co": "a private character",
    "Cn": "an unassigned character",
    "Zl": "a line separator",
    "Zp": "a paragraph separator",
}
# Shown as nothing although their category says otherwise (Unicode: Default_Ignorable_Code_Point; Braille blank).
BLANKS = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]")

MATTER = re.compile(r"M:([a-z0-9]+(?:-[a-z0-9]+)*)")
CASE = re.compile(r"C:([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)")


class PayloadRefused(ValueError):
    """The text says why, and never what was in the code."""


@dataclass(frozen=True)
class MatterCode:
    """Opens a matter."""

    matter_id: str


@dataclass(frozen=True)
class CaseCode:
    """Asks for the progress of a case."""

    case_number: str


@dataclass(frozen=True)
class PlainText:
    """Anything else that is printable: a number, a URL, words."""

    text: str


Payload = MatterCode | CaseCode | PlainText


def decode_bytes(raw: bytes) -> str:
    """UTF-8 (a leading byte order mark dropped), else GB 18030, as scan engines send it. Raises PayloadRefused."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PayloadRefused("neither UTF-8 nor GB 18030")


def accept(raw: bytes | str) -> str:
    """The payload as text, unchanged, 1 to `LONGEST` printable characters. Raises PayloadRefused."""
    if len(raw) > LONGEST * (4 if isinstance(raw, bytes) else 1):
        raise PayloadRefused(f"longer than {LONGEST} characters")
    text = decode_bytes(raw) if isinstance(raw, bytes) else raw
    if len(text) > LONGEST:
        raise PayloadRefused(f"longer than {LONGEST} characters")
    if not text.strip():
        raise PayloadRefused("empty")
    for character in text:
        reason = REFUSED_CATEGORIES.get(unicodedata.category(character))
        if reason is not None:
            raise PayloadRefused(f"holds {reason}")
    if BLANKS.search(text):
        raise PayloadRefused("holds a character that cannot be seen")
    return text


def parse_scheme(text: str) -> Payload:
    """`OEB1:M:<matter id>` and `OEB1:C:<case number>`; what only looks like them is plain text."""
    if text.startswith(SCHEME):
        rest = text.removeprefix(SCHEME)
        if matter := MATTER.fullmatch(rest):
            return MatterCode(matter[1])
        if case := CASE.fullmatch(rest):
            return CaseCode(case[1])
    return PlainText(text)
