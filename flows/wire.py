"""The sealed envelope, the center's signed receipt and signed requests: what terminal and center say to each other.

Keys and the suite stand in `flows/keys.py`, the bodies of the HTTP interface in `flows/api.py`, canonical JSON in
`flows/canonical.py`. The byte-level description is `docs/wire.md`.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal, Self

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import Field, JsonValue, StringConstraints, ValidationError

from flows.canonical import canonical, from_base64, sha256_hex, to_base64
from flows.case import Rating
from flows.contents import CONTENTS, Content, Kind, attachments_of, id_of, kind_of
from flows.keys import SUITE, SealingKey, SealingPublicKey
from flows.text import Frozen

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{1,64}$")]
Base64 = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z+/]+={0,2}$")]
Utc = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)$")]


class WireRefused(Exception):
    """Bytes that may not be believed. `code` is for machines; the message never holds what was inside."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class EnvelopeRefused(WireRefused):
    """Codes: key, signature, sealed, content, mismatch."""


class ReceiptRefused(WireRefused):
    """Codes: content, signature, mismatch. Never counts as delivered."""


class RequestRefused(WireRefused):
    """Codes: missing, unknownTerminal, clock, signature."""


class SealedAttachment(Frozen):
    """One attachment as it travels; `sha256` and `size` (bytes) are of the sealed bytes, `name` stands in the case."""

    name: Id
    sha256: Sha256
    size: Annotated[int, Field(gt=0)]


class Envelope(Frozen):
    """One content (flows/contents.py) on its way. `envelope_id` is the id of what is sealed inside."""

    suite: Literal["OEB-1"] = SUITE
    envelope_id: Id
    terminal_id: Id
    sequence: Annotated[int, Field(ge=1, lt=2**31)]  # counts up by one for each envelope of this terminal
    kind: Kind
    created_at: Utc
    key_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]  # which sealing key of the center
    attachments: tuple[SealedAttachment, ...] = ()
    sealed: Base64
    signature: Base64

    def to_bytes(self) -> bytes:
        """Canonical JSON with the signature: the body of PUT /v1/envelopes/{envelope_id}."""
        return canonical(self.model_dump(mode="json"))

    @classmethod
    def from_bytes(cls, body: bytes) -> Self:
        """Raises EnvelopeRefused (content)."""
        try:
            return cls.model_validate_json(body)
        except ValidationError as error:
            raise EnvelopeRefused("content", "this is not an envelope of suite OEB-1") from error


class Receipt(Frozen):
    """The center's word that it has exactly this envelope on disk."""

    suite: Literal["OEB-1"] = SUITE
    envelope_id: Id
    digest: Sha256
    case_number: str
    received_at: Utc
    epoch: str  # changes when the center was restored from a backup
    signature: Base64


def iso_utc(moment: datetime) -> str:
    """`2026-11-23T08:00:00Z`, microseconds only where there are any; raises ValueError for a naive time."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


# --- envelopes


def _header(envelope: Mapping[str, JsonValue]) -> bytes:
    rest = {key: value for key, value in envelope.items() if key not in ("sealed", "signature")}
    return b"OEB-1 envelope\n" + canonical(rest)


def _unsigned(model: Frozen) -> bytes:
    return canonical(model.model_dump(mode="json", exclude={"signature"}))


def digest(envelope: Envelope) -> str:
    """SHA-256 hex of the canonical JSON without the signature."""
    return sha256_hex(_unsigned(envelope))


def seal_attachment(name: str, plain: bytes, terminal_id: str, key: SealingPublicKey) -> tuple[SealedAttachment, bytes]:
    """The reference for the envelope, and the sealed bytes for PUT /v1/attachments/{sha256}."""
    sealed = key.seal(plain, _attachment_info(terminal_id))
    return SealedAttachment(name=name, sha256=sha256_hex(sealed), size=len(sealed)), sealed


def open_attachment(sealed: bytes, terminal_id: str, key: SealingKey) -> bytes:
    """The plain bytes; compare their SHA-256 with the case's. Raises EnvelopeRefused (sealed)."""
    try:
        return key.open(sealed, _attachment_info(terminal_id))
    except InvalidTag as error:
        raise EnvelopeRefused("sealed", "the attachment cannot be opened with this key") from error


def _attachment_info(terminal_id: str) -> bytes:
    return b"OEB-1 attachment\n" + terminal_id.encode()


def seal_envelope(
    content: Content,
    *,
    terminal_id: str,
    sequence: int,
    created_at: datetime,
    center_key: SealingPublicKey,
    signing_key: Ed25519PrivateKey,
    attachments: Sequence[SealedAttachment] = (),
) -> Envelope:
    """Seal to the center and sign as the terminal; the header is bound into the seal."""
    header: dict[str, JsonValue] = {
        "suite": SUITE,
        "envelope_id": id_of(content),
        "terminal_id": terminal_id,
        "sequence": sequence,
        "kind": kind_of(content),
        "created_at": iso_utc(created_at),
        "key_id": center_key.key_id,
        "attachments": [attachment.model_dump(mode="json") for attachment in attachments],
    }
    sealed = center_key.seal(canonical(content.model_dump(mode="json")), _header(header))
    unsigned = header | {"sealed": to_base64(sealed)}
    signature = signing_key.sign(b"OEB-1 sign\n" + canonical(unsigned))
    return Envelope.model_validate(unsigned | {"signature": to_base64(signature)})


def verify_envelope(envelope: Envelope, terminal_key: Ed25519PublicKey) -> None:
    """The terminal's signature over everything else. Raises EnvelopeRefused (signature)."""
    try:
        terminal_key.verify(from_base64(envelope.signature), b"OEB-1 sign\n" + _unsigned(envelope))
    except (InvalidSignature, ValueError) as error:
        raise EnvelopeRefused("signature", "the envelope is not signed by this terminal") from error


def open_envelope(envelope: Envelope, *, terminal_key: Ed25519PublicKey, center_key: SealingKey) -> Content:
    """Verify, open and read. Raises EnvelopeRefused with a code; a `key` refusal may succeed with an older key."""
    verify_envelope(envelope, terminal_key)
    if envelope.key_id != center_key.public.key_id:
        raise EnvelopeRefused("key", f"sealed to key {envelope.key_id}, not to {center_key.public.key_id}")
    try:
        plain = center_key.open(from_base64(envelope.sealed), _header(envelope.model_dump(mode="json")))
    except (InvalidTag, ValueError) as error:
        raise EnvelopeRefused("sealed", "the envelope cannot be opened with this key") from error
    content = _content(envelope.kind, plain)
    _check_content(envelope, content)
    return content


def _content(kind: Kind, plain: bytes) -> Content:
    try:
        return CONTENTS[kind].model_validate_json(plain)
    except ValidationError as error:
        places = "; ".join(".".join(map(str, problem["loc"])) for problem in error.errors(include_input=False))
        # `from None`: the cause quotes what it could not read, and that is personal.
        raise EnvelopeRefused("content", f"what was sealed is not a {kind}: {places or 'not JSON'}") from None


def _check_content(envelope: Envelope, content: Content) -> None:
    if id_of(content) != envelope.envelope_id:
        raise EnvelopeRefused("mismatch", f"envelope {envelope.envelope_id} holds another {envelope.kind}")
    if not isinstance(content, Rating) and content.terminal_id != envelope.terminal_id:
        raise EnvelopeRefused(
            "mismatch", f"envelope {envelope.envelope_id} holds a {envelope.kind} of another terminal"
        )
    names = {item.name for item in attachments_of(content)}
    if names != {item.name for item in envelope.attachments}:
        raise EnvelopeRefused("mismatch", f"envelope {envelope.envelope_id} lists other attachments than it holds")


# --- receipts


def sign_receipt(
    envelope: Envelope, *, case_number: str, received_at: datetime, epoch: str, signing_key: Ed25519PrivateKey
) -> Receipt:
    """Only after the envelope is on the center's disk."""
    unsigned: dict[str, JsonValue] = {
        "suite": SUITE,
        "envelope_id": envelope.envelope_id,
        "digest": digest(envelope),
        "case_number": case_number,
        "received_at": iso_utc(received_at),
        "epoch": epoch,
    }
    signature = signing_key.sign(b"OEB-1 receipt\n" + canonical(unsigned))
    return Receipt.model_validate(unsigned | {"signature": to_base64(signature)})


def verify_receipt(body: bytes | Receipt, *, envelope_id: str, digest: str, center_key: Ed25519PublicKey) -> Receipt:
    """A receipt for exactly this envelope, or ReceiptRefused; takes the raw body, which may be anything at all."""
    try:
        receipt = body if isinstance(body, Receipt) else Receipt.model_validate_json(body)
    except ValidationError as error:
        raise ReceiptRefused("content", "the answer is not a receipt of suite OEB-1") from error
    try:
        center_key.verify(from_base64(receipt.signature), b"OEB-1 receipt\n" + _unsigned(receipt))
    except (InvalidSignature, ValueError) as error:
        raise ReceiptRefused("signature", "the receipt is not signed by the center") from error
    if receipt.envelope_id != envelope_id or receipt.digest != digest:
        raise ReceiptRefused("mismatch", f"the receipt is not for envelope {envelope_id} as it was sent")
    return receipt


# --- requests

HEADERS = ("OEB-Terminal", "OEB-Time", "OEB-Nonce", "OEB-Signature")
_ALLOWED_SKEW = timedelta(minutes=5)


def _request_bytes(method: str, target: str, body: bytes, terminal_id: str, time: str, nonce: str) -> bytes:
    parts = ("OEB-1 request", method.upper(), target, sha256_hex(body), terminal_id, time, nonce)
    return "\n".join(parts).encode()


def sign_request(
    method: str,
    target: str,
    body: bytes,
    *,
    terminal_id: str,
    signing_key: Ed25519PrivateKey,
    time: datetime,
    nonce: str,
) -> dict[str, str]:
    """The four headers. `target` is path and query as sent; `nonce` is `secrets.token_hex(16)`, new each time."""
    stamp = iso_utc(time)
    signature = signing_key.sign(_request_bytes(method, target, body, terminal_id, stamp, nonce))
    return dict(zip(HEADERS, (terminal_id, stamp, nonce, to_base64(signature)), strict=True))


def signed_headers(headers: Mapping[str, str]) -> tuple[str, str, str, str]:
    """Terminal, time, nonce and signature, whatever the case of the header names. Raises RequestRefused (missing)."""
    lower = {name.lower(): value for name, value in headers.items()}
    missing = [name for name in HEADERS if not lower.get(name.lower())]
    if missing:
        raise RequestRefused("missing", f"the request lacks {', '.join(missing)}")
    terminal_id, time, nonce, signature = (lower[name.lower()] for name in HEADERS)
    return terminal_id, time, nonce, signature


def verify_request(
    method: str,
    target: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    terminal_key: Ed25519PublicKey,
    now: datetime,
    allowed_skew: timedelta = _ALLOWED_SKEW,
) -> str:
    """The nonce, which the caller keeps for twice `allowed_skew` to refuse a replay. Raises RequestRefused.

    The signature is checked before the clock: a `clock` refusal therefore comes from the true terminal, which may set
    itself by the center's `Date` header and ask again.
    """
    terminal_id, time, nonce, signature = signed_headers(headers)
    try:
        terminal_key.verify(from_base64(signature), _request_bytes(method, target, body, terminal_id, time, nonce))
        stamp = datetime.fromisoformat(time)
    except (InvalidSignature, ValueError) as error:
        raise RequestRefused("signature", f"the request is not signed by terminal {terminal_id}") from error
    if stamp.tzinfo is None or abs(stamp - now) > allowed_skew:
        raise RequestRefused("clock", f"the clock of terminal {terminal_id} is more than {allowed_skew} off")
    return nonce
