"""The sealing key changes while all goes on: new cases to the new key, what is under way opens with the old one."""

import json

import pytest

from flows.keys import SealingPublicKey, decode_verify_key
from flows.statements import verify_statement
from flows.wire import ReceiptRefused
from tests.center.running import run_center
from tests.center.terminals import picture

NONCE = "0123456789abcdef" * 2


def statement(center, terminal, nonce=NONCE):
    answer = terminal.http.get(f"{center.url}/v1/statement", headers={"OEB-Nonce": nonce})
    return verify_statement(answer.content, decode_verify_key(terminal.identity.center_signing_key), nonce)


def test_after_a_rotation_old_and_new_cases_are_opened_and_decided(fragile_center, new_terminal, tmp_path):
    center, terminal = fragile_center, new_terminal(fragile_center)
    old = terminal.certificate_case()
    terminal.delivers(old)
    reference, sealed = terminal.seal_picture("material-1", b"a picture")
    under_way = terminal.seal(terminal.medical_case((picture("material-1", b"a picture"),)), [reference])
    assert statement(center, terminal).key_sequence == 1
    rotated = json.loads(run_center("keys", "rotate", "--json", "--state", str(center.state)).stdout)
    assert rotated["sequence"] == 2

    told = statement(center, terminal)  # the running center has noticed
    assert (told.key_sequence, SealingPublicKey(told.sealing_key).key_id) == (2, rotated["sealing_key_id"])
    terminal.put_attachment(sealed)
    assert terminal.send(under_way).status_code == 201
    terminal.identity = terminal.identity.model_copy(update={"center_sealing_key": told.sealing_key})
    new = terminal.certificate_case()
    envelope = terminal.seal(new)
    assert envelope.key_id == rotated["sealing_key_id"]
    assert terminal.send(envelope).status_code == 201
    for case in (old, new):
        assert center.command("cases", "show", case.case_id).count("测试甲")
    center.command("cases", "show", under_way.envelope_id, "--out", str(tmp_path / "out"))
    assert (tmp_path / "out" / "material-1.jpg").read_bytes() == b"a picture"
    assert new_terminal(center).identity.center_sealing_key == told.sealing_key


def test_a_key_the_center_never_had_is_poison(center, terminal):
    case = terminal.medical_case()
    envelope = terminal.seal(case).model_copy(update={"key_id": "0" * 16})
    refused = terminal.send(envelope)
    assert (refused.status_code, refused.json()["code"]) == (422, "key")


def test_a_statement_answers_one_question_and_cannot_be_altered(center, terminal):
    told = statement(center, terminal)
    key = decode_verify_key(terminal.identity.center_signing_key)
    with pytest.raises(ReceiptRefused) as replayed:
        verify_statement(told.model_dump_json().encode(), key, "f" * 32)
    assert replayed.value.code == "mismatch"
    for change in ({"key_sequence": 9}, {"time": "2030-01-01T00:00:00Z"}, {"sealing_key": "AAAA"}):
        with pytest.raises(ReceiptRefused) as altered:
            verify_statement(told.model_copy(update=change).model_dump_json().encode(), key, NONCE)
        assert altered.value.code == "signature"
    for nonce in ("", "short", "x" * 65):
        answer = terminal.http.get(f"{center.url}/v1/statement", headers={"OEB-Nonce": nonce})
        assert answer.status_code == 422
