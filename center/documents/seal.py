"""Signing a PDF with the center's document key (PAdES), as any PDF reader can check it."""

from io import BytesIO

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from center.keys import CenterKeys


def sign_pdf(pdf: bytes, keys: CenterKeys, reason: str) -> bytes:
    """The same document with one invisible signature over all of it."""
    metadata = signers.PdfSignatureMetadata(
        field_name="Center", md_algorithm="sha256", reason=reason, subfilter=SigSeedSubFilter.PADES
    )
    signed = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), metadata, signer=_signer(keys))
    return bytes(signed.getvalue())


def _signer(keys: CenterKeys) -> signers.SimpleSigner:
    der = serialization.Encoding.DER
    private = keys.document.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return signers.SimpleSigner(
        signing_cert=Certificate.load(keys.certificate.public_bytes(der)),
        signing_key=PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
