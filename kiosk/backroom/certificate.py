"""This terminal's X.509 certificate on its disk: fetched after enrolment, and anew before it ends."""

from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from flows.certificates import CertificateReply
from kiosk.backroom.files import write_durably

FILE = "certificate.pem"  # the terminal's own, then the authority's


def valid_until(state_folder: Path) -> datetime | None:
    """None where there is no certificate that can be read."""
    certificate = _stored(state_folder)
    return certificate.not_valid_after_utc if certificate else None


def is_due(state_folder: Path, now: datetime) -> bool:
    """There is none, or less than a third of its time is left."""
    certificate = _stored(state_folder)
    if certificate is None:
        return True
    whole = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    return certificate.not_valid_after_utc - now < whole / 3


def store(state_folder: Path, reply: CertificateReply, own_key: Ed25519PublicKey) -> bool:
    """False, and nothing stored, for a certificate of another key. Raises OSError."""
    try:
        certificate = x509.load_pem_x509_certificate(reply.certificate.encode())
    except ValueError:
        return False
    if certificate.public_key() != own_key:
        return False
    write_durably(state_folder / FILE, (reply.certificate + reply.authority).encode())
    return True


def _stored(state_folder: Path) -> x509.Certificate | None:
    try:
        return x509.load_pem_x509_certificate((state_folder / FILE).read_bytes())
    except (OSError, ValueError):
        return None
