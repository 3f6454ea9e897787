"""Receipts and signed requests count for exactly what they were signed for; keys are one line each."""

import json
from datetime import timedelta

import pytest

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
from flows.wire import Envelope, Receipt, ReceiptRefused, RequestRefused, digest, verify_receipt, verify_request
from tests.flows.sealing import AT, CENTER, RECEIPTS, TERMINAL, a_case, asked, receipt_for, sealed


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
