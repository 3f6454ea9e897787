"""A visit that is kept for later: the answers, sealed so that only the code and the same ID card open them together.

The center keeps sealed bytes under the hash of a token; the token is in the code the person takes along. The byte-level
description is `docs/wire.md`.
"""

import hashlib
from collections.abc import Mapping
from typing import Annotated

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import Field, JsonValue, StringConstraints, ValidationError

from flows.canonical import canonical
from flows.steps import StepId
from flows.text import Frozen, Language
from flows.wire import Utc, WireRefused

LONGEST = 32 * 1024  # bytes of a draft before it is sealed
NONCE_BYTES = 12  # random ones, from whoever seals
_TAG = 16
LONGEST_SEALED = LONGEST + NONCE_BYTES + _TAG


class DraftRefused(WireRefused):
    """Codes: size, key (another card, or altered), content."""


class Draft(Frozen):
    """What somebody answered until they left; no card, no picture, no signature, nothing that was looked up."""

    matter: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
    language: Language
    kept_at: Utc
    answers: dict[StepId, JsonValue] = Field(default_factory=dict)


def locator_of(token: str) -> str:
    """What the center keeps a draft under, 64 hex digits: it does not lead back to the token."""
    return hashlib.sha256(b"OEB-1 draft\n" + token.encode()).hexdigest()


def seal_draft(draft: Draft, token: str, number: str, nonce: bytes) -> bytes:
    """`number` is that of the ID card. Raises DraftRefused (size)."""
    plain = canonical(draft.model_dump(mode="json"))
    if len(plain) > LONGEST:
        raise DraftRefused("size", f"more than {LONGEST} bytes of answers")
    return nonce + AESGCM(_key(token, number)).encrypt(nonce, plain, locator_of(token).encode())


def open_draft(sealed: bytes, token: str, number: str) -> Draft:
    """Raises DraftRefused; it never holds what was inside."""
    nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        plain = AESGCM(_key(token, number)).decrypt(nonce, rest, locator_of(token).encode())
    except (InvalidTag, ValueError) as error:
        raise DraftRefused("key", "the draft is of another card, or was altered") from error
    try:
        return Draft.model_validate_json(plain)
    except ValidationError as error:
        raise DraftRefused("content", "the draft is not of suite OEB-1") from error


def code_content(token: str) -> Mapping[str, JsonValue]:
    """What a resume code says (flows.codes)."""
    return {"draft": token}


def _key(token: str, number: str) -> bytes:
    info = b"OEB-1 draft key\n" + number.upper().encode()
    return HKDF(SHA256(), 32, salt=None, info=info).derive(token.encode())
