"""Envelopes: seal and open, every altered field refused, and bytes that stay the same."""

import json
from datetime import timedelta

import pytest

from flows.canonical import canonical, sha256_hex
from flows.case import Attachment, Rating
from flows.contents import Report
from flows.keys import SealingKey
from flows.wire import Envelope, EnvelopeRefused, digest, open_attachment, open_envelope, seal_attachment
from tests.flows.sealing import AT, CENTER, PICTURE, TERMINAL, a_case, a_supplement, asked, opened, receipt_for, sealed


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
