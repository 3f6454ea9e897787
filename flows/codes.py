"""Codes signed by the center that people bring along: a material, an application begun on a phone, a phone identity.

The byte-level description is `docs/codes.md`.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import Field, JsonValue, ValidationError

from flows.canonical import canonical
from flows.text import Frozen
from flows.wire import WireRefused

CodeKind = Literal["material", "resume", "identity"]
LETTERS: Mapping[CodeKind, str] = {"material": "D", "resume": "R", "identity": "I"}
LONGEST_BODY = 418  # characters; with scheme, dot and signature 512, the longest payload a terminal accepts
_MARK = b"OEB-1 code\n"
_LATEST = 253_402_300_799  # 9999-12-31T23:59:59Z


class CodeRefused(WireRefused):
    """Codes: signature, content, expired."""


class _Body(Frozen):
    content: dict[str, JsonValue]
    expires: Annotated[int, Field(ge=0, le=_LATEST, strict=True)]  # s since 1970-01-01T00:00:00Z


@dataclass(frozen=True, repr=False)
class VerifiedCode:
    """What the center said; `content` is for whoever knows the kind, and may be personal."""

    kind: CodeKind
    content: Mapping[str, JsonValue]
    expires: datetime


def sign_code(
    kind: CodeKind, content: Mapping[str, JsonValue], *, expires: datetime, signing_key: Ed25519PrivateKey
) -> str:
    """The text of the QR code, `OEB1:D:…`; `expires` counts in whole seconds. Raises CodeRefused (content)."""
    body = canonical({"content": dict(content), "expires": int(expires.timestamp())})
    if len(_base64url(body)) > LONGEST_BODY:
        raise CodeRefused("content", f"more than {LONGEST_BODY} characters; a code cannot hold so much")
    signature = signing_key.sign(_signed(kind, body))
    return f"OEB1:{LETTERS[kind]}:{_base64url(body)}.{_base64url(signature)}"


def verify_code(
    kind: CodeKind, body: str, signature: str, *, center_key: Ed25519PublicKey, now: datetime
) -> VerifiedCode:
    """The parts as they stand in the code, either side of the dot. Raises CodeRefused; it never holds what was inside.

    The signature is checked first: `content` and `expired` are said of codes of this center alone.
    """
    try:
        raw = _from_base64url(body)
        center_key.verify(_from_base64url(signature), _signed(kind, raw))
    except (InvalidSignature, ValueError) as error:
        raise CodeRefused("signature", f"the {kind} code is not signed by the center") from error
    try:
        said = _Body.model_validate_json(raw)
    except ValidationError as error:
        raise CodeRefused("content", f"the {kind} code is signed, and its content is not of suite OEB-1") from error
    expires = datetime.fromtimestamp(said.expires, UTC)
    if now >= expires:
        raise CodeRefused("expired", f"the {kind} code has expired")
    return VerifiedCode(kind, said.content, expires)


def _signed(kind: CodeKind, body: bytes) -> bytes:
    """The kind is signed too, so that no code passes for one of another kind."""
    return _MARK + LETTERS[kind].encode() + b"\n" + body


def _base64url(data: bytes) -> str:
    """RFC 4648, section 5, without padding."""
    return urlsafe_b64encode(data).decode("ascii").rstrip("=")


def _from_base64url(text: str) -> bytes:
    """ValueError for any spelling but the one `_base64url` writes: one code, one text."""
    if not re.fullmatch("[0-9A-Za-z_-]+", text):
        raise ValueError("not base64url")
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _base64url(data) != text:
        raise ValueError("not the shortest spelling")
    return data
