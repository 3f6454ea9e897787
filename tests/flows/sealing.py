"""A case, a supplement and their envelope between one terminal and one center, whose keys are here."""

from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from flows.case import Applicant, Case
from flows.contents import Supplement
from flows.keys import SealingKey
from flows.wire import Envelope, Receipt, open_envelope, seal_envelope, sign_receipt, sign_request

AT = datetime(2026, 11, 23, 8, 0, 0, tzinfo=UTC)
CENTER = SealingKey.generate()
TERMINAL = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
RECEIPTS = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
PICTURE = b"\xff\xd8 a picture"


def a_case(**changes) -> Case:
    values = {
        "case_id": "a" * 32,
        "terminal_id": "t-1",
        "matter": "senior-card",
        "matter_version": 1,
        "kind": "accepted",
        "language": "zh",
        "created_at": "2026-11-23T08:00:00Z",
        "applicant": Applicant(kind="citizen", name="测试甲", number="330381189901010015"),
        "answers": {"delivery": "post"},
    }
    return Case.model_validate(values | changes)


def sealed(content=None, **changes) -> Envelope:
    values = {"terminal_id": "t-1", "sequence": 7, "created_at": AT, "center_key": CENTER.public}
    return seal_envelope(content or a_case(), signing_key=TERMINAL, **(values | changes))


def opened(envelope: Envelope):
    return open_envelope(envelope, terminal_key=TERMINAL.public_key(), center_key=CENTER)


def a_supplement(**changes) -> Supplement:
    values = {
        "supplement_id": "c" * 32,
        "terminal_id": "t-1",
        "case_number": "33038120261123000007",
        "language": "zh",
        "created_at": "2026-11-23T08:00:00Z",
        "applicant": Applicant(kind="citizen", name="测试甲", number="330381189901010015"),
        "answers": {"income": "没有收入"},
    }
    return Supplement.model_validate(values | changes)


def receipt_for(envelope: Envelope) -> Receipt:
    return sign_receipt(envelope, case_number="RA20261123000001", received_at=AT, epoch="1", signing_key=RECEIPTS)


def asked(**changes):
    values = {"terminal_id": "t-1", "signing_key": TERMINAL, "time": AT, "nonce": "00ff"}
    return sign_request("POST", "/v1/lookups/x?a=1", b"{}", **(values | changes))
