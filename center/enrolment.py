"""One-time enrolment codes: `XXXX-XXXX-XXXX-XXXX-FFFF-FFFF` in Crockford's base32.

The first 16 characters are the secret (80 bits), the last 8 the first 40 bits of SHA-256 of the center's public
signing key: with them a terminal sees that it talks to the center that wrote the code.
"""

import hashlib
import re
import secrets
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

VALID_FOR = timedelta(days=7)
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
_SECRET, _FINGERPRINT = 16, 8  # characters of 5 bits


def crockford(data: bytes) -> str:
    """5 bits a character, high bits first; the length of `data` must be a multiple of 5 bytes."""
    number, length = int.from_bytes(data, "big"), len(data) * 8 // 5
    return "".join(_ALPHABET[number >> (5 * place) & 31] for place in reversed(range(length)))


def fingerprint(center_key: Ed25519PublicKey) -> str:
    """8 characters: the first 40 bits of SHA-256 of the 32 raw bytes."""
    return crockford(hashlib.sha256(center_key.public_bytes_raw()).digest()[:5])


def new_code(center_key: Ed25519PublicKey) -> str:
    """A code to hand to a technician; only its hash may be stored."""
    letters = crockford(secrets.token_bytes(10)) + fingerprint(center_key)
    return "-".join(letters[place : place + 4] for place in range(0, len(letters), 4))


def read_code(typed: str) -> tuple[str, str] | None:
    """Secret and fingerprint as typed by a person: any case, I/L/O for 1/1/0, any dashes. None: not a code."""
    letters = re.sub(r"[\s-]", "", typed).upper().translate(_READ_AS)
    if len(letters) != _SECRET + _FINGERPRINT or set(letters) - set(_ALPHABET):
        return None
    return letters[:_SECRET], letters[_SECRET:]


def secret_hash(secret: str) -> str:
    """What the database keeps: 80 random bits need no slow hash."""
    return hashlib.sha256(b"OEB-1 enrolment\n" + secret.encode()).hexdigest()
