"""Heartbeats: what a terminal says of itself every minute, and the center's signed word on what it has for it."""

from typing import Annotated, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import Field, JsonValue, StringConstraints, ValidationError

from flows.canonical import canonical, from_base64, to_base64
from flows.keys import SUITE
from flows.text import Frozen
from flows.wire import Base64, ReceiptRefused, Sha256

_MARK = b"OEB-1 heartbeat\n"
LONGEST_WORDS = 300  # characters
Words = Annotated[str, StringConstraints(max_length=LONGEST_WORDS)]
Name = Annotated[str, StringConstraints(max_length=64)]


class DeviceReport(Frozen):
    """A device's state in XFS4IoT terms (devices.device.DeviceState); `paper` and `cover` of printers only."""

    device: Name
    device_class: Name
    state: Name
    paper: Name = ""
    cover: Name = ""
    message: Words = ""


class Beat(Frozen):
    """`counter` goes up with every heartbeat of a terminal and is on its disk before it is sent: two machines with one
    identity cannot both keep to that.

    `package` and `settings` are the versions in use, 0 for none; `..._trouble` says why a newer one was refused.
    `oldest_waiting` is when the oldest waiting case was taken (ISO 8601, UTC); empty where none waits.
    """

    counter: Annotated[int, Field(ge=1, lt=2**53)]
    program: Name
    package: Annotated[int, Field(ge=0, lt=2**53)] = 0
    package_trouble: Words = ""
    settings: Annotated[int, Field(ge=0, lt=2**53)] = 0
    settings_trouble: Words = ""
    devices: Annotated[tuple[DeviceReport, ...], Field(max_length=64)] = ()
    waiting: Annotated[int, Field(ge=0, lt=2**53)] = 0
    set_aside: Annotated[int, Field(ge=0, lt=2**53)] = 0
    oldest_waiting: Name = ""
    disk_free_mb: Annotated[int, Field(ge=0, lt=2**53)] = 0
    errors: Annotated[tuple[Words, ...], Field(max_length=10)] = ()


class Announced(Frozen):
    """What the center has for this terminal now: the version, and the digest of exactly that one."""

    version: Annotated[int, Field(ge=1)]
    digest: Sha256


class BeatAnswer(Frozen):
    """`nonce` is the request's, so that an old answer cannot be played again and hold back what is new.

    `standing` is `revoked` for a terminal that was taken out of service: then nothing else is given.
    """

    suite: Literal["OEB-1"] = SUITE
    nonce: str
    now: str
    epoch: str
    standing: Literal["good", "revoked"] = "good"
    package: Announced | None = None
    settings: Announced | None = None
    signature: Base64


def sign_beat_answer(values: dict[str, JsonValue], signing_key: Ed25519PrivateKey) -> BeatAnswer:
    """`values`: the fields of a BeatAnswer as JSON, without suite and signature."""
    whole = BeatAnswer.model_validate(values | {"suite": SUITE, "signature": "AAAA"})
    signature = signing_key.sign(_MARK + _unsigned(whole))
    return whole.model_copy(update={"signature": to_base64(signature)})


def verify_beat_answer(body: bytes, *, nonce: str, center_key: Ed25519PublicKey) -> BeatAnswer:
    """The center's answer to the heartbeat with this nonce, or ReceiptRefused; takes the raw body."""
    try:
        answer = BeatAnswer.model_validate_json(body)
    except ValidationError as error:
        raise ReceiptRefused("content", "the answer is not one to a heartbeat") from error
    try:
        center_key.verify(from_base64(answer.signature), _MARK + _unsigned(answer))
    except (InvalidSignature, ValueError) as error:
        raise ReceiptRefused("signature", "the answer is not signed by the center") from error
    if answer.nonce != nonce:
        raise ReceiptRefused("mismatch", "the answer is to another heartbeat")
    return answer


def _unsigned(answer: BeatAnswer) -> bytes:
    return canonical(answer.model_dump(mode="json", exclude={"signature"}))
