"""A visit kept for later lies at the center sealed; code and card together open it; it is gone once used or old."""

import json
from datetime import timedelta

import pytest

from center.services import Center
from flows.canonical import from_base64
from flows.codes import CodeRefused, verify_code
from flows.drafts import Draft, DraftRefused, locator_of, open_draft, seal_draft
from flows.keys import decode_verify_key
from flows.secret_codes import code_of
from tests.center.terminals import NUMBER

DRAFT = Draft(
    matter="resident-medical-insurance",
    language="zh",
    kept_at="2026-11-26T02:00:00Z",
    answers={"details": {"mobile": "13800000000"}},
)


def keeps(citizen, fill):
    """Token and code."""
    token = code_of(fill * 20)
    sealed = seal_draft(DRAFT, token, NUMBER, fill * 12)
    from flows.canonical import to_base64

    answer = citizen.post("/v1/drafts", token=token, sealed=to_base64(sealed))
    assert answer.status_code == 201, answer.text
    return token, answer.json()["code"]


def fetched(citizen, token):
    answer = citizen.get(f"/v1/drafts/{locator_of(token)}")
    return from_base64(answer.json()["sealed"]) if answer.status_code == 200 else answer.json()["code"]


def token_in(citizen, code, now):
    body, _, signature = code.removeprefix("OEB1:R:").partition(".")
    key = decode_verify_key(citizen.identity.center_signing_key)
    return verify_code("resume", body, signature, center_key=key, now=now).content["draft"]


def deletes(citizen, token):
    target = f"/v1/drafts/{locator_of(token)}"
    return citizen.http.delete(citizen.center.url + target, headers=citizen.headers("DELETE", target)).status_code


def test_code_and_card_together_open_it_at_another_terminal_and_then_it_is_gone(desk, citizen):
    token, code = keeps(citizen, b"\x01")
    other = desk.terminal()
    assert token_in(other, code, desk.clock.now()) == token
    assert open_draft(fetched(other, token), token, NUMBER) == DRAFT
    assert [deletes(other, token), deletes(other, token)] == [200, 200]
    assert fetched(citizen, token) == "noSuchDraft"


def test_another_card_or_another_code_opens_nothing(desk, citizen):
    token, _ = keeps(citizen, b"\x02")
    sealed = fetched(citizen, token)
    for wrong_token, number in ((token, "330381189901010023"), (code_of(b"\x03" * 20), NUMBER)):
        with pytest.raises(DraftRefused) as refused:
            open_draft(sealed, wrong_token, number)
        assert refused.value.code == "key"
    assert desk.center.settings.draft_days == 7


def test_after_its_days_it_is_gone_from_the_center(desk, citizen):
    token, code = keeps(citizen, b"\x04")
    desk.clock.forward(days=7)
    assert fetched(citizen, token) == "noSuchDraft"
    with pytest.raises(CodeRefused):
        token_in(citizen, code, desk.clock.now() + timedelta(seconds=1))
    desk.works()
    assert lies_at(desk.center, token) == []


def test_what_lies_at_the_center_says_neither_code_nor_answers(desk, citizen):
    token, code = keeps(citizen, b"\x05")
    kept = lies_at(desk.center, token)
    assert len(kept) == 1
    for secret in (token, code, "13800000000", NUMBER, "resident-medical-insurance"):
        assert secret.encode() not in b"".join(kept)


def test_what_is_too_long_is_refused(citizen):
    answer = citizen.post("/v1/drafts", token="A" * 28, sealed="AAAA" * 12000)
    assert answer.json()["code"] == "tooLarge"
    with pytest.raises(DraftRefused):
        seal_draft(DRAFT.model_copy(update={"answers": {"x": "字" * 12000}}), "A" * 28, NUMBER, b"\x06" * 12)
    assert citizen.post("/v1/drafts", token="short", sealed="AAAA").status_code == 422
    assert json.loads(citizen.get(f"/v1/drafts/{'0' * 64}").content)["code"] == "noSuchDraft"


def lies_at(center: Center, token: str) -> list[bytes]:
    from center.tables import DraftRecord

    with center.database.reading() as session:
        row = session.get(DraftRecord, locator_of(token))
        return [] if row is None else [row.sealed + row.locator.encode()]


def test_what_was_answered_on_a_phone_is_prepared_as_a_code_for_the_terminal(desk, citizen, capsys, tmp_path):
    from center.__main__ import main

    config, answers, settings = tmp_path / "center.toml", tmp_path / "answers.json", desk.center.settings
    config.write_text(f'state_folder = "{settings.state_folder}"\ncatalog = "{settings.catalog}"\n', encoding="utf-8")
    where = ["--number", NUMBER, "--config", str(config), "--database", settings.database_url]

    def prepares(matter, given):
        answers.write_text(json.dumps(given), encoding="utf-8")
        with pytest.raises(SystemExit) as ended:
            main(["drafts", "prepare", matter, "--answers", str(answers), *where])
        told = capsys.readouterr()
        return told.out.strip() if not ended.value.code else told.err.strip()

    code = prepares("resident-medical-insurance", {"about": "agree", "details": {"category": "adult"}})
    token = token_in(citizen, code, desk.clock.now())
    draft = open_draft(fetched(citizen, token), token, NUMBER)
    assert (draft.matter, draft.answers["details"]) == ("resident-medical-insurance", {"category": "adult"})
    assert "no matter nothing" in prepares("nothing", {})
    assert "who, zzz: no answer to a step" in prepares("resident-medical-insurance", {"who": {}, "zzz": 1})
