"""X.509 certificates of terminals, by an authority of the center's own, and the list of those that were revoked.

They bind a terminal's Ed25519 key to its id for whoever checks TLS clients in front of the center (docs/operations.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from sqlalchemy import select

from center.console import noted
from center.errors import CenterUnusable, Refused
from center.fleet_tables import TerminalCertificate
from center.keys import write_once
from center.services import Center
from center.staff import CONSOLE
from center.tables import Terminal
from flows.case import iso_seconds
from flows.keys import decode_verify_key

FILE = "authority.pem"
AUTHORITY_DAYS = 3650
RENEWABLE = timedelta(days=30)  # after it expired; later a person must say that the terminal is still ours
LIST_DAYS = 7
_SLACK = timedelta(hours=1)  # for clocks that are behind
_NAME = x509.Name(
    [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        x509.NameAttribute(NameOID.COMMON_NAME, "OEB terminals (sample)"),
    ]
)


@dataclass(frozen=True)
class Authority:
    key: Ed25519PrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()


def open_authority(folder: Path, now: datetime) -> Authority:
    """Made where there is none. Raises CenterUnusable."""
    try:
        write_once(folder / FILE, lambda: _new_authority(now))
        pem = (folder / FILE).read_bytes()
    except OSError as error:
        raise CenterUnusable(f"keys: cannot use {folder}: {error.strerror}; choose another with --state") from error
    try:
        key = serialization.load_pem_private_key(pem, password=None)
        certificate = x509.load_pem_x509_certificate(pem)
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise CenterUnusable(f"keys: {folder / FILE}: damaged; restore it from the backup")
    return Authority(key, certificate)


def _new_authority(now: datetime) -> bytes:
    key = Ed25519PrivateKey.generate()
    certificate = (
        _builder(_NAME, now, now + timedelta(days=AUTHORITY_DAYS))
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_others=True), critical=True)
        .sign(key, None)
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def _builder(subject: x509.Name, now: datetime, until: datetime) -> x509.CertificateBuilder:
    named = x509.CertificateBuilder().subject_name(subject).issuer_name(_NAME)
    serial = x509.random_serial_number()
    return named.serial_number(serial).not_valid_before(now - _SLACK).not_valid_after(until)


def _usage(*, signs_others: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_others,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_others,
        crl_sign=signs_others,
        encipher_only=False,
        decipher_only=False,
    )


def certificate_for(center: Center, terminal_id: str) -> str:
    """The terminal's certificate as PEM, renewed where less than a third of its time is left. Raises Refused."""
    now = center.clock.now()
    with center.database.reading() as session:
        terminal = session.get_one(Terminal, terminal_id)
        newest = select(TerminalCertificate).where(TerminalCertificate.terminal_id == terminal_id)
        row = session.scalars(newest.order_by(TerminalCertificate.expires_at.desc()).limit(1)).first()
    if row is not None and row.expires_at + RENEWABLE < now:
        detail = f"if it is still ours: kiosk-center terminals renew {terminal_id}"
        raise Refused(403, "certificateExpired", "The certificate expired long ago", detail, "callMaintenance")
    if row is not None and row.expires_at - now > timedelta(days=center.settings.certificate_days) / 3:
        return row.pem
    return issue(center, terminal, by=terminal_id)


def issue(center: Center, terminal: Terminal, *, by: str = CONSOLE.name) -> str:
    """A new certificate, which is the one that counts from now on; `by` is the terminal's id where it asked for it."""
    now = center.clock.now()
    until = now + timedelta(days=center.settings.certificate_days)
    authority = open_authority(center.settings.keys_folder, now)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, terminal.terminal_id)])
    address = x509.UniformResourceIdentifier(f"urn:oeb:terminal:{terminal.terminal_id}")
    certificate = (
        _builder(subject, now, until)
        .public_key(decode_verify_key(terminal.public_key))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_others=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(authority.key, None)
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM).decode()
    with center.database.writing() as session:
        session.add(
            TerminalCertificate(
                serial=f"{certificate.serial_number:x}",
                terminal_id=terminal.terminal_id,
                pem=pem,
                made_at=now,
                expires_at=until,
            )
        )
        session.get_one(Terminal, terminal.terminal_id).certificate_expires_at = until
        noted(center, session, "certificate.made", terminal.terminal_id, by=by, until=iso_seconds(until))
    return pem


def revocation_list(center: Center) -> bytes:
    """DER (RFC 5280): the certificates of every terminal that was taken out of service."""
    now = center.clock.now()
    authority = open_authority(center.settings.keys_folder, now)
    builder = x509.CertificateRevocationListBuilder().issuer_name(_NAME).last_update(now - _SLACK)
    builder = builder.next_update(now + timedelta(days=LIST_DAYS))
    for serial, revoked_at in _revoked(center):
        entry = x509.RevokedCertificateBuilder().serial_number(int(serial, 16)).revocation_date(revoked_at)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(authority.key, None).public_bytes(serialization.Encoding.DER)


def _revoked(center: Center) -> Sequence[tuple[str, datetime]]:
    with center.database.reading() as session:
        rows = session.execute(
            select(TerminalCertificate.serial, Terminal.revoked_at)
            .join(Terminal, Terminal.terminal_id == TerminalCertificate.terminal_id)
            .where(Terminal.revoked_at.is_not(None))
        )
        return [(serial, revoked_at) for serial, revoked_at in rows if revoked_at is not None]
