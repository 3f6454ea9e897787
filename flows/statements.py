"""What the center says of itself and signs: the time, its memory, and the key to seal new cases to."""

from typing import Annotated, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import Field, JsonValue, StringConstraints, ValidationError

from flows.canonical import canonical, from_base64, to_base64
from flows.keys import SUITE
from flows.text import Frozen
from flows.wire import Base64, ReceiptRefused, Utc

_MARK = b"OEB-1 statement\n"


class Statement(Frozen):
    """`key_sequence` counts the center's sealing keys from 1 and never goes back; `nonce` is that of the question."""

    suite: Literal["OEB-1"] = SUITE
    nonce: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{16,64}$")]
    time: Utc
    epoch: str
    key_sequence: Annotated[int, Field(ge=1)]
    sealing_key: Base64
    signature: Base64


def sign_statement(
    nonce: str, *, time: str, epoch: str, key_sequence: int, sealing_key: str, signing_key: Ed25519PrivateKey
) -> Statement:
    unsigned: dict[str, JsonValue] = {
        "suite": SUITE,
        "nonce": nonce,
        "time": time,
        "epoch": epoch,
        "key_sequence": key_sequence,
        "sealing_key": sealing_key,
    }
    return Statement.model_validate(unsigned | {"signature": to_base64(signing_key.sign(_MARK + canonical(unsigned)))})


def verify_statement(body: bytes, center_key: Ed25519PublicKey, nonce: str | None = None) -> Statement:
    """`nonce`: the statement must answer that question; None for one that was kept. Raises ReceiptRefused."""
    try:
        statement = Statement.model_validate_json(body)
    except ValidationError as error:
        raise ReceiptRefused("content", "this is not a statement of suite OEB-1") from error
    unsigned = statement.model_dump(mode="json", exclude={"signature"})
    try:
        center_key.verify(from_base64(statement.signature), _MARK + canonical(unsigned))
    except (InvalidSignature, ValueError) as error:
        raise ReceiptRefused("signature", "the statement is not signed by the center") from error
    if nonce is not None and statement.nonce != nonce:
        raise ReceiptRefused("mismatch", "the statement answers another question")
    return statement
