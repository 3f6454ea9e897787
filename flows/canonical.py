"""Canonical JSON and the small encodings of the wire: what is hashed, signed and sealed is these bytes."""

import hashlib
import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping

from pydantic import JsonValue


def canonical(value: Mapping[str, JsonValue]) -> bytes:
    """UTF-8 JSON, keys sorted, no spaces, no escapes but the needed ones; NaN and infinities are a ValueError."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def sha256_hex(data: bytes) -> str:
    """64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def to_base64(data: bytes) -> str:
    """Standard alphabet with padding, one line."""
    return b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """Raises ValueError for anything that is not standard base64."""
    try:
        return b64decode(text, validate=True)
    except NotBase64 as error:
        raise ValueError("not base64") from error
