"""Making this terminal known to its center with a one-time code; nothing is kept of an attempt that failed."""

import hashlib
import platform
import re
from pathlib import Path

import httpx
from pydantic import HttpUrl, TypeAdapter, ValidationError

from devices.clock import SystemClock
from flows.api import EnrolmentReply, EnrolmentRequest, ProblemDetails
from flows.canonical import from_base64
from flows.keys import (
    KeyRefused,
    SealingPublicKey,
    decode_signing_key,
    decode_verify_key,
    encode_signing_key,
    encode_verify_key,
    new_signing_key,
)
from kiosk.backroom.files import sync_folder, write_durably
from kiosk.backroom.promptness import prompt_client
from kiosk.identity import Identity, identity_path

TIMEOUT = 10.0  # s
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
_LETTERS, _FINGERPRINT = 24, 8  # characters of a code, and how many at its end name the center's key
_OK = 200


class EnrolmentError(Exception):
    """One line: what is wrong and what to do."""


def enrol(code: str, center_url: str, state_folder: Path) -> Identity:
    """Enrol and store `identity.json` (0600). Raises EnrolmentError, OSError."""
    if identity_path(state_folder).exists():
        raise EnrolmentError(
            f"{identity_path(state_folder)}: this terminal is enrolled already; move that file away first"
        )
    letters = _read_code(code)
    _check_address(center_url)
    state_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    pending = state_folder / "enrolment.key"
    key = _pending_key(pending)
    try:
        reply = _ask(code, center_url, key)
        _check(reply, letters, center_url)
    except _NothingHappened as error:
        pending.unlink(missing_ok=True)
        raise EnrolmentError(str(error)) from error
    identity = Identity(**reply.model_dump(), signing_key=key, center_url=center_url.rstrip("/"))
    write_durably(identity_path(state_folder), identity.to_bytes())
    pending.unlink(missing_ok=True)
    sync_folder(state_folder)
    return identity


class _NothingHappened(Exception):
    """The center has certainly not bound the code to our key, or is not ours: the key may be forgotten."""


def _pending_key(path: Path) -> str:
    """A new key, or that of an attempt whose answer was lost: the center gives the same key the same answer."""
    try:
        text = path.read_text()
        decode_signing_key(text)
    except (OSError, ValueError):
        text = encode_signing_key(new_signing_key())
        write_durably(path, text.encode())
    return text


def _read_code(code: str) -> str:
    letters = re.sub(r"[\s-]", "", code).upper().translate(_READ_AS)
    if len(letters) != _LETTERS or set(letters) - set(_ALPHABET):
        raise EnrolmentError("this is not an enrolment code: six groups of four; make one: kiosk-center terminals add")
    return letters


def _check_address(url: str) -> None:
    try:
        TypeAdapter(HttpUrl).validate_python(url)
    except ValidationError as error:
        raise EnrolmentError(f"{url}: is no address of a center; write it as http://host:8700") from error


def _ask(code: str, center_url: str, key: str) -> EnrolmentReply:
    public_key = encode_verify_key(decode_signing_key(key).public_key())
    request = EnrolmentRequest(code=code, public_key=public_key, name=platform.node() or "terminal")
    try:
        with prompt_client(SystemClock(), TIMEOUT) as client:
            answer = client.post(f"{center_url.rstrip('/')}/v1/enrolments", json=request.model_dump())
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise _NothingHappened(
            f"{center_url}: the center cannot be reached; check the address and the network, then enrol again"
        ) from error
    except httpx.HTTPError as error:
        raise EnrolmentError(f"{center_url}: the center's answer was lost; enrol again with the same code") from error
    if answer.status_code // 100 != _OK // 100:
        raise _NothingHappened(_refusal(answer, center_url))
    try:
        return EnrolmentReply.model_validate_json(answer.content)
    except ValidationError as error:
        raise _NothingHappened(f"{center_url}: this is not a center's answer; check the address") from error


def _refusal(answer: httpx.Response, center_url: str) -> str:
    try:
        problem = ProblemDetails.model_validate_json(answer.content)
    except ValidationError:
        return f"{center_url}: answered {answer.status_code} and is not a center; check the address"
    return f"{center_url}: {problem.title}; {problem.detail}".rstrip("; ")


def _check(reply: EnrolmentReply, letters: str, center_url: str) -> None:
    try:
        decode_verify_key(reply.center_signing_key)
        SealingPublicKey(reply.center_sealing_key)
    except KeyRefused as error:
        raise _NothingHappened(f"{center_url}: {error}; the center's keys cannot be used") from error
    if _fingerprint(from_base64(reply.center_signing_key)) != letters[-_FINGERPRINT:]:
        raise _NothingHappened(f"{center_url}: is not the center that made this code; check the address")


def _fingerprint(key: bytes) -> str:
    """The first 40 bits of SHA-256 of the center's signing key, as eight letters."""
    number = int.from_bytes(hashlib.sha256(key).digest()[:5], "big")
    return "".join(_ALPHABET[number >> (5 * place) & 31] for place in reversed(range(_FINGERPRINT)))
