"""The center's keys: to open what is sealed to it, to sign receipts, and to sign the documents it issues."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

from center.errors import CenterUnusable
from center.folders import sync_folder
from center.sealing_keys import FIRST, SealingKeys, file_name
from flows.keys import KeyRefused, SealingKey, decode_signing_key, encode_signing_key, new_signing_key

SIGNING, DOCUMENT = "signing.key", "document.pem"
_CERTIFICATE_YEARS = 10


@dataclass(frozen=True)
class CenterKeys:
    sealing: SealingKeys
    signing: Ed25519PrivateKey
    document: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate  # self-signed; stands in for the seal of the department (电子印章)


def open_keys(folder: Path, now: datetime) -> tuple[CenterKeys, bool]:
    """The keys of the folder, made where there are none, and whether any was made. Raises CenterUnusable."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = [
            write_once(folder / FIRST, _new_sealing_key),
            write_once(folder / SIGNING, lambda: encode_signing_key(new_signing_key()).encode()),
            write_once(folder / DOCUMENT, lambda: _new_document_key(now)),
        ]
        return _read_keys(folder), any(made)
    except OSError as error:
        raise CenterUnusable(f"keys: cannot use {folder}: {error.strerror}; choose another with --state") from error


def rotate_sealing_key(folder: Path, keys: CenterKeys) -> int:
    """The sequence of the new key; the older ones stay to open with. Raises CenterUnusable."""
    try:
        sequence = keys.sealing.sequence + 1
        while not write_once(folder / file_name(sequence), _new_sealing_key):
            sequence += 1  # another process made one in this moment
        sync_folder(folder)
    except OSError as error:
        raise CenterUnusable(f"keys: cannot write to {folder}: {error.strerror}; nothing was changed") from error
    return sequence


def _new_sealing_key() -> bytes:
    return SealingKey.generate().encode().encode()


def _read_keys(folder: Path) -> CenterKeys:
    pem = (folder / DOCUMENT).read_bytes()
    try:
        sealing = SealingKeys(folder)
        signing = decode_signing_key((folder / SIGNING).read_text(encoding="ascii"))
        document = serialization.load_pem_private_key(pem, password=None)
        certificate = x509.load_pem_x509_certificate(pem)
    except (KeyRefused, ValueError) as error:
        # `from None`: what a key loader says may quote the key.
        raise CenterUnusable(f"keys: {folder}: {type(error).__name__}: damaged; restore it from the backup") from None
    if not isinstance(document, ec.EllipticCurvePrivateKey):
        raise CenterUnusable(f"keys: {folder / DOCUMENT}: not an elliptic curve key; restore it from the backup")
    return CenterKeys(sealing, signing, document, certificate)


def write_once(path: Path, make: Callable[[], bytes]) -> bool:
    """Mode 0600, whole or not at all, never over an existing one: two processes may start at once."""
    if path.exists():
        return False
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(temporary)
    except FileExistsError:
        return False
    finally:
        Path(temporary).unlink()
    return True


def _new_document_key(now: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "瓯e办 政务服务中心（示例）"),
            x509.NameAttribute(NameOID.COMMON_NAME, "OEB document key (sample)"),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=365 * _CERTIFICATE_YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_document_usage(), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def _document_usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,  # 不可否认: who signs a document stands by it
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
