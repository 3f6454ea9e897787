"""The wire: seal and open, every altered field refused, receipts, signed requests, and bytes that stay the same."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from flows.canonical import canonical, sha256_hex
from flows.case import Applicant, Attachment, Case, Rating
from flows.contents import Report, Supplement
from flows.keys import (
    KeyRefused,
    SealingKey,
    SealingPublicKey,
    decode_signing_key,
    decode_verify_key,
    encode_signing_key,
    encode_verify_key,
    new_signing_key,
)
from flows.wire import (
    Envelope,
    EnvelopeRefused,
    Receipt,
    ReceiptRefused,
    RequestRefused,
    digest,
    open_attachment,
    open_envelope,
    seal_attachment,
    seal_envelope,
    sign_receipt,
    sign_request,
    verify_receipt,
    verify_request,
)

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


def test_a_case_arrives_as_it_was_sent_and_its_words_do_not_travel_in_clear():
    envelope = sealed()
    body = envelope.to_bytes()
    assert "测试甲".encode() not in body
    assert opened(Envelope.from_bytes(body)) == a_case()


def test_a_rating_arrives_as_it_was_sent():
    rating = Rating(rating_id="b" * 32, case_id="a" * 32, level=4, tags=("412",), created_at="2026-11-23T08:00:00Z")
    envelope = sealed(rating)
    assert envelope.kind == "rating"
    assert envelope.envelope_id == "b" * 32
    assert opened(envelope) == rating


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


def test_what_was_missing_and_what_did_not_work_out_travel_alike():
    report = Report(
        report_id="d" * 32,
        terminal_id="t-1",
        place="Unavailable",
        text="测试甲办不成",
        language="zh",
        created_at="2026-11-23T08:00:00Z",
    )
    for content, kind, own_id in ((a_supplement(), "supplement", "c" * 32), (report, "report", "d" * 32)):
        envelope = sealed(content)
        assert (envelope.kind, envelope.envelope_id) == (kind, own_id)
        assert opened(Envelope.from_bytes(envelope.to_bytes())) == content
        assert "测试甲".encode() not in envelope.to_bytes()


def test_a_supplement_of_another_terminal_or_with_other_attachments_is_refused():
    reference, _ = seal_attachment("residence-1", PICTURE, "t-1", CENTER.public)
    for envelope in (sealed(a_supplement(terminal_id="t-2")), sealed(a_supplement(), attachments=[reference])):
        with pytest.raises(EnvelopeRefused) as refused:
            opened(envelope)
        assert refused.value.code == "mismatch"


def test_attachments_are_sealed_one_by_one_and_only_the_center_opens_them():
    reference, data = seal_attachment("residence-1", PICTURE, "t-1", CENTER.public)
    assert reference.sha256 == sha256_hex(data)
    assert reference.size == len(data) == len(PICTURE) + 1136
    assert open_attachment(data, "t-1", CENTER) == PICTURE
    for terminal, key in (("t-2", CENTER), ("t-1", SealingKey.generate())):
        with pytest.raises(EnvelopeRefused) as refused:
            open_attachment(data, terminal, key)
        assert refused.value.code == "sealed"


@pytest.mark.parametrize(
    "change",
    [
        {"envelope_id": "c" * 32},
        {"terminal_id": "t-2"},
        {"sequence": 8},
        {"kind": "rating"},
        {"created_at": "2026-11-23T08:00:01Z"},
        {"key_id": "0" * 16},
        {"attachments": [{"name": "x", "sha256": "0" * 64, "size": 1}]},
        {"sealed": "AAAA"},
        {"signature": "AAAA"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_altered_field_is_refused(change):
    altered = Envelope.model_validate(json.loads(sealed().to_bytes()) | change)
    with pytest.raises(EnvelopeRefused) as refused:
        opened(altered)
    assert refused.value.code == "signature"


@pytest.mark.parametrize("field", ["envelope_id", "sequence", "created_at", "attachments"])
def test_a_sealed_text_cannot_be_moved_under_another_header_even_by_the_terminal(field):
    one, other = sealed(), sealed(a_case(case_id="d" * 32), sequence=8, created_at=AT + timedelta(hours=1))
    moved = json.loads(other.to_bytes()) | {"sealed": one.sealed}
    moved[field] = json.loads(one.to_bytes())[field]
    unsigned = {key: value for key, value in moved.items() if key != "signature"}
    from flows.canonical import to_base64

    moved["signature"] = to_base64(TERMINAL.sign(b"OEB-1 sign\n" + canonical(unsigned)))
    with pytest.raises(EnvelopeRefused) as refused:
        opened(Envelope.model_validate(moved))
    assert refused.value.code == "sealed"


def test_what_is_inside_must_be_what_the_envelope_says():
    picture = {
        "name": "residence-1",
        "sha256": sha256_hex(PICTURE),
        "size": 12,
        "media_type": "image/jpeg",
        "step": "x",
    }
    for content, code in (
        (a_case(terminal_id="t-9"), "mismatch"),
        (a_case(attachments=[Attachment.model_validate(picture)]), "mismatch"),
    ):
        with pytest.raises(EnvelopeRefused) as refused:
            opened(sealed(content))
        assert refused.value.code == code
        assert "测试甲" not in str(refused.value)


def test_another_key_of_the_center_is_named_so_that_an_older_one_can_be_tried():
    with pytest.raises(EnvelopeRefused) as refused:
        open_envelope(sealed(), terminal_key=TERMINAL.public_key(), center_key=SealingKey.generate())
    assert refused.value.code == "key"


@pytest.mark.parametrize("body", [b"", b"{}", b"<html>login</html>", b"\xff\xfe", b"[1]", b"null"])
def test_a_body_that_is_no_envelope_is_refused(body):
    with pytest.raises(EnvelopeRefused) as refused:
        Envelope.from_bytes(body)
    assert refused.value.code == "content"


def receipt_for(envelope: Envelope) -> Receipt:
    return sign_receipt(envelope, case_number="RA20261123000001", received_at=AT, epoch="1", signing_key=RECEIPTS)


def accepted(body, envelope: Envelope) -> Receipt:
    return verify_receipt(
        body, envelope_id=envelope.envelope_id, digest=digest(envelope), center_key=RECEIPTS.public_key()
    )


def test_a_receipt_counts_for_exactly_its_envelope():
    envelope, other = sealed(), sealed(a_case(case_id="e" * 32))
    receipt = receipt_for(envelope)
    assert accepted(receipt.model_dump_json().encode(), envelope) == receipt
    with pytest.raises(ReceiptRefused) as refused:
        accepted(receipt, other)
    assert refused.value.code == "mismatch"


@pytest.mark.parametrize("change", ["envelope_id", "digest", "case_number", "received_at", "epoch", "signature"])
def test_an_altered_receipt_is_refused(change):
    envelope = sealed()
    values = json.loads(receipt_for(envelope).model_dump_json())
    new = {"digest": "0" * 64, "received_at": "2026-11-24T08:00:00Z", "signature": "AAAA"}.get(change, "f" * 32)
    with pytest.raises(ReceiptRefused) as refused:
        accepted(Receipt.model_validate(values | {change: new}), envelope)
    assert refused.value.code == "signature"


@pytest.mark.parametrize("body", [b"", b'{"ok":true}', b"<html>Welcome to the free WLAN</html>"])
def test_a_captive_portal_gives_no_receipt(body):
    with pytest.raises(ReceiptRefused) as refused:
        accepted(body, sealed())
    assert refused.value.code == "content"


def asked(**changes):
    values = {"terminal_id": "t-1", "signing_key": TERMINAL, "time": AT, "nonce": "00ff"}
    return sign_request("POST", "/v1/lookups/x?a=1", b"{}", **(values | changes))


def verified(headers, method="POST", target="/v1/lookups/x?a=1", body=b"{}", now=AT):
    return verify_request(method, target, body, headers, terminal_key=TERMINAL.public_key(), now=now)


def test_a_signed_request_is_believed_whatever_the_case_of_its_headers():
    headers = asked()
    assert verified(headers) == "00ff"
    assert verified({name.lower(): value for name, value in headers.items()}, method="post") == "00ff"


@pytest.mark.parametrize(
    "change", [{"method": "GET"}, {"target": "/v1/lookups/x?a=2"}, {"body": b"{ }"}], ids=lambda c: next(iter(c))
)
def test_a_request_altered_on_its_way_is_refused(change):
    with pytest.raises(RequestRefused) as refused:
        verified(asked(), **change)
    assert refused.value.code == "signature"


@pytest.mark.parametrize("name", ["OEB-Terminal", "OEB-Time", "OEB-Nonce", "OEB-Signature"])
def test_a_request_with_an_altered_or_missing_header_is_refused(name):
    for value, code in (("x", "signature"), ("", "missing")):
        with pytest.raises(RequestRefused) as refused:
            verified(asked() | {name: value})
        assert refused.value.code == code


def test_a_clock_that_is_off_is_told_from_a_false_signature():
    with pytest.raises(RequestRefused) as refused:
        verified(asked(), now=AT + timedelta(minutes=6))
    assert refused.value.code == "clock"
    assert verified(asked(), now=AT - timedelta(minutes=4)) == "00ff"


def test_keys_are_written_and_read_as_one_line():
    assert SealingKey.decode(CENTER.encode()).public.key_id == CENTER.public.key_id
    assert SealingPublicKey(CENTER.public.text).key_id == CENTER.public.key_id
    key = new_signing_key()
    assert encode_signing_key(decode_signing_key(encode_signing_key(key))) == encode_signing_key(key)
    assert encode_verify_key(decode_verify_key(encode_verify_key(key.public_key()))) == encode_verify_key(
        key.public_key()
    )
    for read in (SealingPublicKey, SealingKey.decode, decode_signing_key, decode_verify_key):
        for text in ("", "not a key", "QUJD"):
            with pytest.raises(KeyRefused):
                read(text)


def test_the_bytes_of_the_suite_do_not_change():
    """Golden values: another one means another suite id, or terminals and center no longer understand each other."""
    envelope = Envelope(
        envelope_id="a" * 32,
        terminal_id="t-1",
        sequence=7,
        kind="case",
        created_at="2026-11-23T08:00:00Z",
        key_id="0123456789abcdef",
        sealed="AAEC",
        signature="AwQF",
    )
    assert digest(envelope) == "a90b95b9009f85937a12bb01a8b4b54f3453de8958a40a7cbf5e4b85b98d2b7d"
    assert canonical({"b": 1, "a": ["瑞安", None, True]}) == '{"a":["瑞安",null,true],"b":1}'.encode()
    assert (
        asked()["OEB-Signature"]
        == "ZtmtF0B3jFmvUOWKcu2NyYaBBYjpzRubenhqGfFEQgiY+ajWk3lhFRJQsFfaeQZgKa5IIV7Ttt7kUPLhwiGaCg=="
    )
    assert (
        receipt_for(envelope).signature
        == "Qf/vrtmikhO4MWiQxRHX6nTkuk1JA4WuzsE0xKOSMACmEh4nP3fdB4IfwSgWy698nBJ4/aYHNpNm3R5HzqI3BQ=="
    )
