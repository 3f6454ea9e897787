"""The desk at the console: the same moves as commands, each one line, and JSON where it is asked for."""

import json

from tests.center.running import run_center


def test_a_case_is_worked_through_at_the_console(center, terminal):
    number = terminal.delivers(terminal.medical_case()).case_number
    assert center.command("cases", "precheck", number).startswith(f"{number}: awaitingReceipt; next: receive, accept,")
    center.command(
        "cases", "request-correction", number, "--missing", "residence", "--missing", "income?=收入说明|Income"
    )
    listed = [json.loads(line) for line in center.command("cases", "list", "--json").splitlines()]
    part = next(line for line in listed if line["case_number"] == number)["parts"][0]
    assert part == {"id": "whole", "stage": "awaitingCorrection", "warned": ""}
    shown = json.loads(center.command("cases", "show", number, "--json"))
    assert [(item["text"]["en"], item["answer"]) for item in shown["parts"][0]["lacks"]][1] == ("Income", "words")
    assert center.command("cases", "show", number).startswith("申请人: 测试甲\n")
    center.command("cases", "supplement", number)
    center.command("cases", "accept", number)
    view = json.loads(center.command("cases", "approve", number, "--json"))
    assert (view["state"], view["parts"][0]["outcome"]) == ("finished", "approved")
    assert json.loads(center.command("due", "--json"))["failed"] == 0


def test_staff_work_at_the_console_under_their_own_name(center, terminal):
    number = terminal.delivers(terminal.medical_case()).case_number
    token = center.command("staff", "add", "收件员", "--role", "receiver").strip()
    assert token.startswith("oeb_")
    told = center.beside()
    done = run_center("cases", "terminate", number, "--reason", "示例", "--by", "收件员", *told._where())
    assert (done.returncode, "terminate needs the role supervisor" in done.stderr) == (1, True)
    center.command("cases", "accept", number, "--by", "收件员")
    last = json.loads(center.command("audit", "list", "--json").splitlines()[-1])
    assert (last["actor"], last["action"], last["subject"]) == ("收件员", "case.accept", number)
    me = terminal.http.get(f"{center.url}/v1/staff/me", headers={"Authorization": f"Bearer {token}"})
    assert me.json()["roles"] == ["receiver"]
    center.command("staff", "revoke", "收件员")
    assert json.loads(center.command("staff", "list", "--json").splitlines()[-1])["status"] == "revoked"


def test_what_is_not_possible_is_one_line_that_says_what_is(center, terminal):
    number = terminal.delivers(terminal.medical_case()).case_number
    place = center.beside()._where()
    for arguments, words in {
        ("approve", number): f"{number} is awaitingPrecheck; possible: precheck, return, accept",
        ("approve", "33038120000101000001"): "no case 33038120000101000001; see: kiosk-center cases list",
        ("return", number, "--missing", "marriage"): "'marriage' is no picture of this matter (known: residence",
        ("return", number, "--missing", "x|"): "write STEP, ID=中文|English, or ID?=中文|English",
        ("decline", number): "Missing option '--reason'",
        ("accept", f"{number}/tax"): f"name the part of case {number}: whole",
        ("accept", number, "--by", "nobody"): "no staff nobody, or no longer; see: kiosk-center staff list",
    }.items():
        done = run_center("cases", *arguments, *place)
        assert (done.returncode != 0, done.stderr.count("\n")) == (True, 1), done.stderr
        assert words in done.stderr


def test_the_log_is_checked_at_the_console_against_a_head_kept_elsewhere(center, terminal, tmp_path):
    number = terminal.delivers(terminal.medical_case()).case_number
    center.command("cases", "accept", number)
    kept = tmp_path / "head.json"
    kept.write_text(center.command("audit", "head"), encoding="utf-8")
    assert center.command("audit", "verify", "--head", str(kept)).strip().endswith("entries: whole")
    kept.write_text("{}", encoding="utf-8")
    done = run_center("audit", "verify", "--head", str(kept), *center.beside()._where())
    assert (done.returncode, "no head of an audit log" in done.stderr) == (1, True)


def test_a_follow_up_is_worked_through_at_the_console(center, terminal):
    from tests.center.terminals import rating_of

    case = terminal.medical_case()
    terminal.delivers(case)
    rating = rating_of(case, level=1)
    terminal.delivers(rating)
    listed = [json.loads(line) for line in center.command("followups", "list", "--json").splitlines()]
    assert rating.rating_id in [line["follow_up_id"] for line in listed]
    assert json.loads(center.command("followups", "show", rating.rating_id, "--json"))["content"]["level"] == 1
    center.command("followups", "contact", rating.rating_id)
    center.command("followups", "close", rating.rating_id, "--done", "已回访")
    center.command("followups", "review", rating.rating_id, "--level", "5")
    assert rating.rating_id not in center.command("followups", "list")
