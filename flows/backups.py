"""What a terminal may forget: the center's signed word on which envelopes lie in one of its backups."""

from typing import Annotated, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import Field, JsonValue, ValidationError

from flows.canonical import canonical, from_base64, to_base64
from flows.keys import SUITE
from flows.text import Frozen
from flows.wire import Base64, ReceiptRefused, Sha256

MOST_DIGESTS = 500  # of one question
_MARK = b"OEB-1 backed up\n"


class BackedUpRequest(Frozen):
    """Digests of envelopes that were delivered and that the terminal would like to forget."""

    digests: Annotated[tuple[Sha256, ...], Field(max_length=MOST_DIGESTS)] = ()


class BackedUp(Frozen):
    """Those of them that are in a backup. `nonce` is the request's, so that an old answer cannot be played again;
    `epoch` is the center's memory: another one than before means it was restored, and may have forgotten.
    """

    suite: Literal["OEB-1"] = SUITE
    nonce: str
    epoch: str
    digests: tuple[Sha256, ...]
    signature: Base64


def sign_backed_up(nonce: str, epoch: str, digests: tuple[str, ...], signing_key: Ed25519PrivateKey) -> BackedUp:
    unsigned: dict[str, JsonValue] = {"suite": SUITE, "nonce": nonce, "epoch": epoch, "digests": list(digests)}
    signature = signing_key.sign(_MARK + canonical(unsigned))
    return BackedUp.model_validate(unsigned | {"signature": to_base64(signature)})


def verify_backed_up(body: bytes, *, nonce: str, center_key: Ed25519PublicKey) -> BackedUp:
    """The center's answer to the question with this nonce, or ReceiptRefused; takes the raw body."""
    try:
        answer = BackedUp.model_validate_json(body)
    except ValidationError as error:
        raise ReceiptRefused("content", "the answer does not say what is backed up") from error
    unsigned = answer.model_dump(mode="json", exclude={"signature"})
    try:
        center_key.verify(from_base64(answer.signature), _MARK + canonical(unsigned))
    except (InvalidSignature, ValueError) as error:
        raise ReceiptRefused("signature", "the answer is not signed by the center") from error
    if answer.nonce != nonce:
        raise ReceiptRefused("mismatch", "the answer is to another question")
    return answer
