"""A terminal gets its identity by a code that is used once and made by the center it talks to."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from center.enrolment import fingerprint
from flows.api import Health
from flows.keys import decode_verify_key
from tests.center.running import run_center


def test_a_code_makes_a_terminal_that_can_check_whom_it_talks_to(center, new_terminal):
    code = center.code("瑞安市民中心")
    terminal = new_terminal(center, enrolled=False)
    assert terminal.enrol(code.lower().replace("-", " ")).status_code == 201
    assert terminal.identity.site == "瑞安市民中心"
    assert code.replace("-", "")[-8:] == fingerprint(decode_verify_key(terminal.identity.center_signing_key))
    health = Health.model_validate_json(terminal.http.get(f"{center.url}/v1/health").content)
    assert health.epoch == terminal.identity.epoch


def test_a_lost_answer_can_be_asked_for_again_by_the_same_key_only(center, new_terminal):
    code = center.code()
    first, thief = new_terminal(center, enrolled=False), new_terminal(center, enrolled=False)
    assert first.enrol(code).json() == first.enrol(code).json()
    refused = thief.enrol(code)
    assert (refused.status_code, refused.json()["code"]) == (409, "codeUsed")


def test_wrong_codes_are_refused_with_the_reason(center, new_terminal):
    terminal, code = new_terminal(center, enrolled=False), center.code()
    unknown = terminal.enrol("0000-0000-0000-0000" + code[19:])
    elsewhere = terminal.enrol(code[:19] + "-0000-0000")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "code")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (409, "otherCenter")
    assert terminal.enrol("hello").status_code == 422
    assert unknown.headers["content-type"] == "application/problem+json"


def test_of_sixty_four_at_once_one_gets_the_code(center, new_terminal):
    code = center.code()
    terminals = [new_terminal(center, enrolled=False) for _ in range(64)]
    with ThreadPoolExecutor(64) as pool:
        answers = list(pool.map(lambda terminal: terminal.enrol(code), terminals))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 63}
    winner = next(terminal for terminal in terminals if terminal.identity)
    known = center.rows("SELECT count(*) FROM terminals WHERE terminal_id = ?", winner.identity.terminal_id)
    assert known == [(1,)]


def codes(center):
    return {row["id"]: row for row in map(json.loads, center.command("terminals", "codes", "--json").splitlines())}


def test_codes_are_listed_without_being_told_and_an_unused_one_can_be_withdrawn(center, new_terminal):
    before = codes(center).keys()
    code = center.code("塘下镇")
    (code_id,) = codes(center).keys() - before
    assert (codes(center)[code_id]["status"], codes(center)[code_id]["site"]) == ("open", "塘下镇")
    assert code[:9] not in center.command("terminals", "codes")
    center.command("terminals", "withdraw", code_id)
    assert codes(center)[code_id]["status"] == "withdrawn"
    refused = new_terminal(center, enrolled=False).enrol(code)
    assert (refused.status_code, refused.json()["code"]) == (410, "codeWithdrawn")
    other = center.code()
    new_terminal(center, enrolled=False).enrol(other)
    done = run_center("terminals", "withdraw", other, *center._where())
    assert "no unused code of that name" in done.stderr


def test_a_code_expires(center, new_terminal):
    code = center.code()
    (code_id,) = [known for known, row in codes(center).items() if row["status"] == "open"][:1]
    center.rows(
        "UPDATE enrolment_codes SET expires_at = ? WHERE secret_hash LIKE ?", "2026-01-01 00:00:00", f"{code_id}%"
    )
    refused = new_terminal(center, enrolled=False).enrol(code)
    assert (refused.status_code, refused.json()["code"]) == (410, "codeExpired")
    assert codes(center)[code_id]["status"] == "expired"


def test_only_the_hash_of_a_code_is_kept(center):
    secret = center.code()[:19].replace("-", "")
    assert secret.encode() not in center.on_disk()


def test_terminals_are_listed_and_can_be_taken_out_of_service(center, new_terminal):
    terminal = new_terminal(center)
    center.command("terminals", "revoke", terminal.identity.terminal_id, "--why", "示例")
    listed = [json.loads(line) for line in center.command("terminals", "list", "--json").splitlines()]
    status = {line["terminal_id"]: line["status"] for line in listed}
    assert status[terminal.identity.terminal_id] == "revoked"
    refused = terminal.send(terminal.seal(terminal.certificate_case()))
    assert (refused.status_code, refused.json()["code"]) == (403, "revoked")
    assert terminal.look_up("social-insurance", {}).status_code == 403
