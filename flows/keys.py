"""Keys of the wire as one line of base64 each: Ed25519 to sign, ML-KEM-768 + X25519 to seal.

A sealing key is written as its two halves behind each other: public 1184 + 32 bytes, private (seeds) 64 + 32 bytes.
"""

from typing import Final, Self

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from flows.canonical import from_base64, sha256_hex, to_base64

SUITE: Final = "OEB-1"  # HPKE(ML-KEM-768 + X25519, HKDF-SHA256, AES-256-GCM), Ed25519, SHA-256
_HPKE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_PUBLIC_KEM, _SEED_KEM, _X25519 = 1184, 64, 32  # bytes


class KeyRefused(ValueError):
    """A key that is not one; the message never contains the key."""


def _raw(text: str, size: int, what: str) -> bytes:
    try:
        raw = from_base64(text.strip())
    except ValueError as error:
        raise KeyRefused(f"the {what} is not base64") from error
    if len(raw) != size:
        raise KeyRefused(f"the {what} has {len(raw)} bytes instead of {size}")
    return raw


class SealingPublicKey:
    """What a terminal has of the center: it can seal, and cannot open what it sealed."""

    def __init__(self, text: str) -> None:
        raw = _raw(text, _PUBLIC_KEM + _X25519, "public sealing key")
        self.text = to_base64(raw)
        self.key_id = sha256_hex(raw)[:16]
        try:
            kem = MLKEM768PublicKey.from_public_bytes(raw[:_PUBLIC_KEM])
            curve = X25519PublicKey.from_public_bytes(raw[_PUBLIC_KEM:])
        except ValueError as error:
            raise KeyRefused("the public sealing key is damaged") from error
        self._key = hpke.MLKEM768X25519PublicKey(kem, curve)

    def seal(self, plain: bytes, info: bytes) -> bytes:
        """1120 bytes of encapsulation, then the AES-256-GCM text with its tag: 1136 bytes longer than `plain`."""
        return _HPKE.encrypt(plain, self._key, info)


class SealingKey:
    """The center's private half."""

    def __init__(self, kem: MLKEM768PrivateKey, curve: X25519PrivateKey) -> None:
        self._kem, self._curve = kem, curve
        public = kem.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        self.public = SealingPublicKey(to_base64(public))
        self._key = hpke.MLKEM768X25519PrivateKey(kem, curve)

    @classmethod
    def generate(cls) -> Self:
        return cls(MLKEM768PrivateKey.generate(), X25519PrivateKey.generate())

    @classmethod
    def decode(cls, text: str) -> Self:
        """Raises KeyRefused."""
        raw = _raw(text, _SEED_KEM + _X25519, "private sealing key")
        kem = MLKEM768PrivateKey.from_seed_bytes(raw[:_SEED_KEM])
        return cls(kem, X25519PrivateKey.from_private_bytes(raw[_SEED_KEM:]))

    def encode(self) -> str:
        """Secret: store it readable by its owner only."""
        return to_base64(self._kem.private_bytes_raw() + self._curve.private_bytes_raw())

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """Raises cryptography's InvalidTag when sealed to another key, with other info, or altered."""
        return _HPKE.decrypt(sealed, self._key, info)


def new_signing_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


def encode_signing_key(key: Ed25519PrivateKey) -> str:
    """Secret: 32 bytes as base64."""
    return to_base64(key.private_bytes_raw())


def decode_signing_key(text: str) -> Ed25519PrivateKey:
    """Raises KeyRefused."""
    return Ed25519PrivateKey.from_private_bytes(_raw(text, 32, "private signing key"))


def encode_verify_key(key: Ed25519PublicKey) -> str:
    """Public: 32 bytes as base64."""
    return to_base64(key.public_bytes_raw())


def decode_verify_key(text: str) -> Ed25519PublicKey:
    """Raises KeyRefused."""
    raw = _raw(text, 32, "public signing key")
    try:
        return Ed25519PublicKey.from_public_bytes(raw)
    except ValueError as error:
        raise KeyRefused("the public signing key is damaged") from error
