"""A terminal's X.509 certificate as the center hands it out: signed, so that nobody on the way can put in another."""

from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import JsonValue, ValidationError

from flows.canonical import canonical, from_base64, to_base64
from flows.keys import SUITE
from flows.text import Frozen
from flows.wire import Base64, ReceiptRefused

_MARK = b"OEB-1 certificate\n"


class CertificateReply(Frozen):
    """Both as PEM; `nonce` is the request's."""

    suite: Literal["OEB-1"] = SUITE
    nonce: str
    certificate: str
    authority: str
    signature: Base64


def sign_certificate_reply(
    nonce: str, certificate: str, authority: str, signing_key: Ed25519PrivateKey
) -> CertificateReply:
    unsigned: dict[str, JsonValue] = {
        "suite": SUITE,
        "nonce": nonce,
        "certificate": certificate,
        "authority": authority,
    }
    signature = signing_key.sign(_MARK + canonical(unsigned))
    return CertificateReply.model_validate(unsigned | {"signature": to_base64(signature)})


def verify_certificate_reply(body: bytes, *, nonce: str, center_key: Ed25519PublicKey) -> CertificateReply:
    """The answer to the request with this nonce, or ReceiptRefused; takes the raw body."""
    try:
        reply = CertificateReply.model_validate_json(body)
    except ValidationError as error:
        raise ReceiptRefused("content", "the answer holds no certificate") from error
    unsigned = reply.model_dump(mode="json", exclude={"signature"})
    try:
        center_key.verify(from_base64(reply.signature), _MARK + canonical(unsigned))
    except (InvalidSignature, ValueError) as error:
        raise ReceiptRefused("signature", "the certificate is not signed by the center") from error
    if reply.nonce != nonce:
        raise ReceiptRefused("mismatch", "the certificate is the answer to another request")
    return reply
