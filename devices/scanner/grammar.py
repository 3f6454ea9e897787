"""The grammar every payload must pass before anything else sees it, and the kinds of code known (docs/codes.md)."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

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

MATTER = re.compile(r"M:([a-z][a-z0-9]*(?:-[a-z0-9]+)*)")
CASE = re.compile(r"C:([0-9A-Za-z_-]+)")
PICKUP = re.compile(r"P:([A-Z2-7]{28})")  # 140 bits in base32
_PAGE = r"https?://[^\s/?#]+(?:/[0-9A-Za-z._~-]+)*"  # of a center, whose address may have a path
FOLLOW = re.compile(_PAGE + r"/c/([A-Z2-7]{28})")
RESUME = re.compile(_PAGE + r"/r/([0-9A-Za-z_-]{1,418}\.[0-9A-Za-z_-]{86})")
LONGEST_NAME = 64  # characters of a matter's id or a case's number
SIGNED = re.compile(r"([DRI]):([0-9A-Za-z_-]{1,418})\.([0-9A-Za-z_-]{86})")  # 64 bytes are 86 characters of base64url
CROCKFORD = "[0-9A-HJKMNP-TV-Z]"
ENROLMENT = re.compile(f"(?:{CROCKFORD}{{4}}-){{5}}{CROCKFORD}{{4}}")
ZONE = re.compile("[A-Z][0-9A-Z<]*<[0-9A-Z<]*")
ZONE_LENGTHS = (88, 90, 72)  # characters of TD3, TD1, TD2 (ICAO Doc 9303)


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
class PickupCode:
    """Collects the result of a case; secret."""

    code: str = field(repr=False)


@dataclass(frozen=True)
class FollowCode:
    """Asks for the progress of the case on whose receipt it stands, in the address of a page for phones; secret."""

    code: str = field(repr=False)


@dataclass(frozen=True)
class SignedCode:
    """Says what it says only after `flows.codes.verify_code`; both parts as they stand in the code, base64url."""

    kind: Literal["material", "resume", "identity"]
    body: str = field(repr=False)
    signature: str = field(repr=False)


@dataclass(frozen=True)
class EnrolmentCode:
    """Gives a new terminal to its center; secret."""

    code: str = field(repr=False)


@dataclass(frozen=True)
class MachineReadableZone:
    """Of a travel document, its lines run together; not checked yet, and personal."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class PlainText:
    """Anything else that is printable: a number, a URL, words."""

    text: str


Payload = MatterCode | CaseCode | PickupCode | FollowCode | SignedCode | EnrolmentCode | MachineReadableZone | PlainText
KINDS: dict[str, Literal["material", "resume", "identity"]] = {"D": "material", "R": "resume", "I": "identity"}


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
    """What kind of code it is, blanks around it aside; what only looks like one of ours is plain text."""
    trimmed = text.strip()
    if trimmed.startswith(SCHEME):
        return _ours(trimmed.removeprefix(SCHEME)) or PlainText(text)
    if follow := FOLLOW.fullmatch(trimmed):
        return FollowCode(follow[1])
    if resume := RESUME.fullmatch(trimmed):
        return _ours(f"R:{resume[1]}") or PlainText(text)
    if ENROLMENT.fullmatch(trimmed):
        return EnrolmentCode(trimmed)
    zone = "".join(trimmed.split())
    if len(zone) in ZONE_LENGTHS and ZONE.fullmatch(zone):
        return MachineReadableZone(zone)
    return PlainText(text)


def _ours(rest: str) -> Payload | None:
    if (matter := MATTER.fullmatch(rest)) and len(matter[1]) <= LONGEST_NAME:
        return MatterCode(matter[1])
    if (case := CASE.fullmatch(rest)) and len(case[1]) <= LONGEST_NAME:
        return CaseCode(case[1])
    if pickup := PICKUP.fullmatch(rest):
        return PickupCode(pickup[1])
    if signed := SIGNED.fullmatch(rest):
        return SignedCode(KINDS[signed[1]], signed[2], signed[3])
    return None
