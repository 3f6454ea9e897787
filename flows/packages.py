"""A signed package of matters: a manifest that names every file by digest, with a version that only goes up.

The files travel one by one under their digests, so that a download that broke off goes on where it was and files of two
packages cannot be mixed: what the manifest does not name is not taken.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import Field, StringConstraints, ValidationError

from flows.canonical import canonical, from_base64, sha256_hex, to_base64
from flows.keys import SUITE
from flows.text import Frozen
from flows.wire import Base64, Sha256, WireRefused, iso_utc

MATTERS, ICONS = "matters", "icons"  # the two folders of a package
MAX_FILE = 1_000_000  # bytes
MAX_FILES = 5_000
_MARK = b"OEB-1 package\n"
FilePath = Annotated[
    str, StringConstraints(pattern=r"^(matters/[a-z0-9][a-z0-9-]*\.yaml|icons/[a-z][a-z0-9-]*\.svg)$", max_length=120)
]
KeyId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class PackageRefused(WireRefused):
    """Codes: content, signature, publishers."""


class PackageFile(Frozen):
    """`size` in bytes."""

    path: FilePath
    sha256: Sha256
    size: Annotated[int, Field(ge=1, le=MAX_FILE)]


class PackageSignature(Frozen):
    """`key_id`: first 16 hex digits of the SHA-256 of the 32 bytes of the public key."""

    key_id: KeyId
    signature: Base64


class Manifest(Frozen):
    """What a package is; the signatures are not part of what is signed, so that publishers can add theirs."""

    suite: Literal["OEB-1"] = SUITE
    version: Annotated[int, Field(ge=1)]
    made_at: str
    program: str  # version of the program it was checked with
    files: Annotated[tuple[PackageFile, ...], Field(max_length=MAX_FILES)]
    signatures: tuple[PackageSignature, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 hex of the canonical JSON without the signatures."""
        return sha256_hex(self._unsigned())

    def signed_by(self, key: Ed25519PrivateKey) -> "Manifest":
        """With this key's signature; signing twice changes nothing."""
        name = key_id(key.public_key())
        others = tuple(item for item in self.signatures if item.key_id != name)
        made = PackageSignature(key_id=name, signature=to_base64(key.sign(_MARK + self._unsigned())))
        return self.model_copy(update={"signatures": (*others, made)})

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        return any(self._is_good(item, key) for item in self.signatures if item.key_id == key_id(key))

    def to_bytes(self) -> bytes:
        return canonical(self.model_dump(mode="json"))

    def _unsigned(self) -> bytes:
        return canonical(self.model_dump(mode="json", exclude={"signatures"}))

    def _is_good(self, signature: PackageSignature, key: Ed25519PublicKey) -> bool:
        try:
            key.verify(from_base64(signature.signature), _MARK + self._unsigned())
        except (InvalidSignature, ValueError):
            return False
        return True


def key_id(key: Ed25519PublicKey) -> str:
    return sha256_hex(key.public_bytes_raw())[:16]


def new_manifest(version: int, made_at: datetime, program: str, files: Mapping[str, bytes]) -> Manifest:
    """Of files by their paths in the package; not signed yet."""
    named = tuple(
        PackageFile(path=path, sha256=sha256_hex(data), size=len(data)) for path, data in sorted(files.items())
    )
    return Manifest(version=version, made_at=iso_utc(made_at), program=program, files=named)


def verify_manifest(
    body: bytes, *, center_key: Ed25519PublicKey, publishers: Sequence[Ed25519PublicKey] = (), needed: int = 0
) -> Manifest:
    """Signed by the center and by at least `needed` of the publishers, or PackageRefused; takes the raw body."""
    try:
        manifest = Manifest.model_validate_json(body)
    except ValidationError as error:
        raise PackageRefused("content", "what came is not the manifest of a package") from error
    if len({item.path for item in manifest.files}) != len(manifest.files):
        raise PackageRefused("content", "the manifest names a file twice")
    if not manifest.is_signed_by(center_key):
        raise PackageRefused("signature", f"package {manifest.version} is not signed by the center, or was altered")
    signed = sum(manifest.is_signed_by(key) for key in {key_id(key): key for key in publishers}.values())
    if signed < needed:
        raise PackageRefused(
            "publishers", f"package {manifest.version} has {signed} signatures of publishers, {needed} are needed"
        )
    return manifest
