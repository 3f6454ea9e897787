"""Cases arrive exactly once, whole, and from whom they say; the receipt is the center's signed word for it."""

import json
from concurrent.futures import ThreadPoolExecutor

from flows.wire import Receipt
from tests.center.terminals import picture, rating_of


def test_a_case_gets_a_signed_receipt_with_its_number_and_the_same_one_again(terminal):
    envelope = terminal.seal(terminal.certificate_case())
    first, again = terminal.send(envelope), terminal.send(envelope)
    assert (first.status_code, again.status_code) == (201, 200)
    assert terminal.receipt(envelope, first) == terminal.receipt(envelope, again)
    number = terminal.receipt(envelope, first).case_number
    assert number.startswith("33038120")
    assert len(number) == 20


def test_sixty_four_copies_at_once_make_one_case(center, terminal):
    envelope = terminal.seal(terminal.medical_case())
    with ThreadPoolExecutor(64) as pool:
        answers = list(pool.map(terminal.send, [envelope] * 64))
    assert sorted({answer.status_code for answer in answers}) == [200, 201]
    assert [answer.status_code for answer in answers].count(201) == 1
    assert len({answer.content for answer in answers}) == 1
    assert center.rows("SELECT count(*) FROM cases WHERE case_id = ?", envelope.envelope_id) == [(1,)]


def test_sixty_four_cases_at_once_get_sixty_four_numbers(terminal):
    envelopes = [terminal.seal(terminal.medical_case()) for _ in range(64)]
    with ThreadPoolExecutor(64) as pool:
        answers = list(pool.map(terminal.send, envelopes))
    assert {answer.status_code for answer in answers} == {201}
    assert len({Receipt.model_validate_json(answer.content).case_number for answer in answers}) == 64


def test_another_envelope_under_a_taken_identity_is_kept_and_refused(center, terminal):
    first, other = terminal.medical_case(), terminal.medical_case()
    terminal.delivers(first)
    same_sequence = terminal.seal(other, sequence=terminal.sequence)
    same_id = terminal.seal(first)
    for envelope in (same_sequence, same_id, same_sequence):
        refused = terminal.send(envelope)
        assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    kept = center.rows("SELECT digest FROM conflicts WHERE terminal_id = ?", terminal.identity.terminal_id)
    assert len(kept) == 2


def test_a_changed_envelope_is_poison(terminal):
    envelope = terminal.seal(terminal.certificate_case())
    told = json.loads(envelope.to_bytes())
    changed = json.dumps(told | {"sequence": told["sequence"] + 1}).encode()
    refused = terminal.send(envelope, changed)
    assert (refused.status_code, refused.json()["code"], refused.json()["action"]) == (422, "signature", "quarantine")
    unreadable = terminal.send(envelope, b'{"suite": "OEB-9", "name": "\xe6\xb5\x8b\xe8\xaf\x95\xe7\x94\xb2"}')
    assert unreadable.status_code == 422
    assert "测试甲" not in unreadable.text
    assert terminal.send(envelope).status_code == 201


def test_an_unknown_terminal_is_not_heard(terminal, new_terminal, center):
    stranger = new_terminal(center, enrolled=False)
    stranger.identity = terminal.identity.model_copy(update={"terminal_id": "T000000000000"})
    refused = stranger.send(stranger.seal(stranger.certificate_case()))
    assert (refused.status_code, refused.json()["code"]) == (401, "unknownTerminal")
    stranger.identity = terminal.identity
    assert stranger.send(stranger.seal(stranger.certificate_case())).json()["code"] == "signature"


def test_a_case_waits_for_its_attachments(terminal, center, tmp_path):
    plain = b"\xff\xd8 a picture of the residence proof"
    reference, sealed = terminal.seal_picture("material-1", plain)
    case = terminal.medical_case((picture("material-1", plain),))
    envelope = terminal.seal(case, [reference])
    waits = terminal.send(envelope)
    assert (waits.status_code, waits.json()["action"]) == (424, "sendAttachments")
    assert reference.sha256 in waits.json()["detail"]
    whole = {"sha256": reference.sha256, "size": len(sealed), "complete": True}
    assert terminal.put_attachment(sealed).json() == whole
    assert terminal.put_attachment(sealed).status_code == 200
    assert terminal.send(envelope).status_code == 201
    center.command("cases", "show", case.case_id, "--out", str(tmp_path / "out"))
    assert (tmp_path / "out" / "material-1.jpg").read_bytes() == plain
    assert not [path for path in (center.state / "blobs").rglob("*") if path.is_file() and plain in path.read_bytes()]


def test_an_attachment_that_is_not_the_one_of_the_case_is_poison(terminal):
    reference, sealed = terminal.seal_picture("material-1", b"one picture")
    terminal.put_attachment(sealed)
    case = terminal.medical_case((picture("material-1", b"another picture"),))
    refused = terminal.send(terminal.seal(case, [reference]))
    assert (refused.status_code, refused.json()["code"]) == (422, "mismatch")


def test_an_attachment_must_be_signed_for_and_be_what_its_name_says(center, terminal):
    target = f"/v1/attachments/{'0' * 64}"
    unsigned = terminal.http.put(center.url + target, content=b"bytes")
    assert (unsigned.status_code, unsigned.json()["code"]) == (401, "missing")
    misnamed = terminal.http.put(
        center.url + target, content=b"bytes", headers=terminal.headers("PUT", target, b"bytes")
    )
    assert (misnamed.status_code, misnamed.json()["code"]) == (422, "mismatch")


def test_a_body_too_large_is_not_read(center, terminal):
    refused = terminal.http.put(f"{center.url}/v1/attachments/{'0' * 64}", content=bytes(33 * 1024 * 1024))
    assert (refused.status_code, refused.json()["code"]) == (413, "tooLarge")


def test_a_rating_carries_the_number_of_its_case(center, terminal):
    case = terminal.medical_case()
    number = terminal.delivers(case).case_number
    rating = rating_of(case, level=4)
    assert terminal.delivers(rating).case_number == number
    assert center.rows("SELECT case_id, level, tags FROM ratings WHERE rating_id = ?", rating.rating_id) == [
        (case.case_id, 4, "510")
    ]


def test_nobody_is_named_in_database_or_log(center, terminal):
    terminal.delivers(terminal.certificate_case())
    database = center.on_disk()
    for secret in ("测试甲", "330381189901010015"):
        assert secret.encode() not in database
        assert secret not in center.log
