"""docs/wire-vectors.json, for whoever writes another center or terminal: our own code reads every value in it."""

import json

import pytest

from flows.backups import verify_backed_up
from flows.canonical import canonical, from_base64, sha256_hex
from flows.keys import SealingKey, decode_signing_key, decode_verify_key, encode_verify_key
from flows.statements import verify_statement
from flows.wire import (
    Envelope,
    EnvelopeRefused,
    digest,
    iso_utc,
    open_attachment,
    open_envelope,
    sign_receipt,
    sign_request,
    verify_receipt,
    verify_request,
)
from tests.flows.vectors import AT, FILE, NONCE, vectors

KNOWN = json.loads(FILE.read_text(encoding="utf-8"))
KEYS = KNOWN["keys"]
SEALING = SealingKey.decode(KEYS["sealing_private"])
CENTER = decode_verify_key(KEYS["center_signing_public"])
TERMINAL = decode_verify_key(KEYS["terminal_signing_public"])


def test_the_keys_belong_together():
    assert SEALING.public.text == KEYS["sealing_public"]
    assert sha256_hex(from_base64(KEYS["sealing_public"]))[:16] == KEYS["sealing_key_id"]
    for who in ("terminal", "center"):
        private = decode_signing_key(KEYS[f"{who}_signing_private"])
        assert encode_verify_key(private.public_key()) == KEYS[f"{who}_signing_public"]


def test_canonical_json_is_these_bytes():
    assert canonical(KNOWN["canonical"]["value"]) == KNOWN["canonical"]["text"].encode()


@pytest.mark.parametrize("kind", ["case", "rating"])
def test_an_envelope_opens_to_what_was_sealed_and_its_receipt_is_signed_as_written(kind):
    vector = KNOWN[kind]
    body = vector["body"].encode()
    envelope = Envelope.from_bytes(body)
    assert envelope.to_bytes() == body
    assert digest(envelope) == vector["digest"]
    unsigned = {key: value for key, value in json.loads(body).items() if key != "signature"}
    assert sha256_hex(canonical(unsigned)) == vector["digest"]
    TERMINAL.verify(from_base64(envelope.signature), b"OEB-1 sign\n" + canonical(unsigned))
    header = {key: value for key, value in unsigned.items() if key != "sealed"}
    plain = SEALING.open(from_base64(envelope.sealed), b"OEB-1 envelope\n" + canonical(header))
    assert plain == vector["plain"].encode()
    content = open_envelope(envelope, terminal_key=TERMINAL, center_key=SEALING)
    assert canonical(content.model_dump(mode="json", exclude_unset=True)) == plain
    receipt = verify_receipt(
        json.dumps(vector["receipt"]).encode(),
        envelope_id=envelope.envelope_id,
        digest=vector["digest"],
        center_key=CENTER,
    )
    again = sign_receipt(
        envelope,
        case_number=receipt.case_number,
        received_at=AT,
        epoch=receipt.epoch,
        signing_key=decode_signing_key(KEYS["center_signing_private"]),
    )
    assert again == receipt


def test_an_attachment_opens_to_its_plain_bytes_for_its_terminal_only():
    vector = KNOWN["attachment"]
    sealed = from_base64(vector["sealed"])
    assert (len(sealed), sha256_hex(sealed)) == (vector["sealed_size"], vector["sealed_sha256"])
    assert open_attachment(sealed, KEYS["terminal_id"], SEALING) == from_base64(vector["plain"])
    assert sha256_hex(from_base64(vector["plain"])) == vector["plain_sha256"]
    (reference,) = Envelope.from_bytes(KNOWN["case"]["body"].encode()).attachments
    assert (reference.name, reference.sha256, reference.size) == (
        vector["name"],
        vector["sealed_sha256"],
        vector["sealed_size"],
    )
    with pytest.raises(EnvelopeRefused):
        open_attachment(sealed, "T000000000002", SEALING)


def test_what_the_center_signs_is_signed_as_written():
    verify_statement(json.dumps(KNOWN["statement"]).encode(), CENTER, NONCE)
    verify_backed_up(json.dumps(KNOWN["backed_up"]).encode(), nonce=NONCE, center_key=CENTER)
    fresh = vectors()
    for what in ("statement", "backed_up", "requests", "keys"):
        assert fresh[what] == KNOWN[what]  # Ed25519 draws nothing: the same words, the same signature


@pytest.mark.parametrize("number", range(len(KNOWN["requests"])))
def test_a_request_carries_this_signature(number):
    asked = KNOWN["requests"][number]
    method, target, body = asked["method"], asked["target"], asked["body"].encode()
    key = decode_signing_key(KEYS["terminal_signing_private"])
    signed = sign_request(method, target, body, terminal_id=KEYS["terminal_id"], signing_key=key, time=AT, nonce=NONCE)
    assert signed == asked["headers"]
    assert signed["OEB-Time"] == iso_utc(AT)
    assert verify_request(method, target, body, signed, terminal_key=TERMINAL, now=AT) == NONCE


def test_the_document_names_the_vectors():
    assert "wire-vectors.json" in FILE.with_name("wire.md").read_text(encoding="utf-8")
