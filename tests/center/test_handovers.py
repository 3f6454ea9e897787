"""出件: a result is handed out against its code, comes out of a locker, or is posted; and never twice."""

import re
import shutil

import pytest

from center.__main__ import main

LICENCE = "driving-licence-renewal"


def applied(citizen, way):
    answers = {"delivery": way, "contact": {"mobile": "13800000000", "address": "浙江省瑞安市测试路1号"}}
    case = citizen.case_of(LICENCE, **answers)
    return case, citizen.delivers(case).case_number


def code_of(citizen, case):
    """As it stands on the receipt."""
    return citizen.codes[case.case_id].pickup


def approved(desk, number):
    desk.staff("receiver").moves(number, "accept")
    return desk.staff("examiner").moves(number, "approve")["stage"]


def shows(citizen, code):
    """The words at a terminal."""
    answer = citizen.post("/v1/pickups", code=code)
    return answer.json()["message"]["zh"] if answer.status_code == 200 else answer.json()["code"]


@pytest.fixture
def console(desk, capsys, tmp_path):
    """The center's commands, run here and for the desk's center; what they say."""
    settings, config = desk.center.settings, tmp_path / "center.toml"
    shutil.copy(settings.catalog / f"{LICENCE}.yaml", tmp_path)  # one matter is read faster than four
    config.write_text(f'state_folder = "{settings.state_folder}"\ncatalog = "{tmp_path}"\n', encoding="utf-8")
    where = ["--config", str(config), "--database", settings.database_url]

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(["handovers", *arguments, *where])
        told = capsys.readouterr()
        return told.out.strip() if not ended.value.code else told.err.strip()

    return run


def test_a_result_lies_at_the_counter_and_is_handed_out_once_against_its_code(desk, citizen, console):
    case, number = applied(citizen, "counter")
    code = code_of(citizen, case)
    assert re.fullmatch("[A-Z2-7]{28}", code)  # 140 bits
    assert "not approved" in console("ready", number)
    assert "not ready" in console("give", code)
    assert approved(desk, number) == "approved"  # and not finished: it is still to be handed over
    assert desk.staff("receiver").is_refused(number, "deliver") == "notNow"
    assert desk.progress(citizen, number).handover.state == "preparing"
    assert "the counter" in console("ready", number)
    assert number in console("list")
    assert desk.progress(citizen, number).handover.state_text.zh == "已做好，等您来取"
    assert "领证窗口" in shows(citizen, code)  # at a terminal nothing is handed out
    assert "used up" in console("give", " ".join(re.findall("....", code.lower())))
    assert desk.progress(citizen, number).state == "finished"
    assert "is collected, not ready" in console("give", code)
    assert number not in console("list")
    assert "no result has this code" in console("give", "A" * 28)


def test_a_compartment_opens_for_the_code_once_and_the_audit_log_says_at_which_terminal(desk, citizen):
    from center.audit import entries_of

    case, number = applied(citizen, "locker")
    code = code_of(citizen, case)
    approved(desk, number)
    assert shows(citizen, code).startswith("还没有做好")
    ready(desk, number)
    assert "号格已打开" in shows(citizen, code)
    assert desk.progress(citizen, number).handover.state == "collected"
    assert shows(citizen, code).startswith("已领取")
    assert shows(citizen, "B" * 28) == "noSuchPickupCode"
    with desk.center.database.reading() as session:
        last = entries_of(session, 1)[0]
    assert (last.action, last.subject) == ("handover.collect", number)
    assert last.more["terminal"] == citizen.identity.terminal_id
    assert code not in str(last)


def test_a_case_that_was_ended_opens_no_compartment(desk, citizen):
    case, number = applied(citizen, "locker")
    code = code_of(citizen, case)
    approved(desk, number)
    ready(desk, number)
    desk.staff("supervisor").moves(number, "terminate", reason={"zh": "示例", "en": "sample"})
    assert shows(citizen, code) == "notNow"
    assert desk.progress(citizen, number).handover is None


def test_a_new_code_ends_the_old_one_and_each_has_its_day(desk, citizen, console):
    case, number = applied(citizen, "counter")
    first = code_of(citizen, case)
    approved(desk, number)
    ready(desk, number)
    desk.clock.forward(days=31)
    assert shows(citizen, first).startswith("取件码已过期")
    second = console("renew", number).replace(" ", "")
    assert (shows(citizen, first), len(second)) == ("noSuchPickupCode", 28)
    assert shows(citizen, second).startswith("已做好")


def test_what_is_posted_goes_to_the_address_that_was_given_and_whoever_looks_is_noted(desk, citizen, console):
    _, number = applied(citizen, "post")
    approved(desk, number)
    assert console("address", number) == "浙江省瑞安市测试路1号"
    assert "goes by post" in console("ready", number)
    assert "posted" in console("post", number, "--tracking", "SAMPLE-1")
    told = desk.progress(citizen, number)
    assert (told.state, told.handover.state, told.handover.tracking) == ("finished", "posted", "SAMPLE-1")
    assert "handed over already" in console("post", number)
    assert "nothing to be handed over" in console("ready", citizen.delivers(citizen.medical_case()).case_number)


def test_staff_hand_over_by_http_each_with_their_roles(desk, citizen):
    case, number = applied(citizen, "counter")
    first, clerk = code_of(citizen, case), desk.staff("receiver")
    assert clerk.asks("POST", f"/handovers/{number}/ready").json()["code"] == "notNow"
    approved(desk, number)
    for role, listed, ready in (("technician", 403, 403), ("supervisor", 200, 403), ("auditor", 200, 403)):
        answers = [
            desk.staff(role).asks(*way) for way in (("GET", "/handovers"), ("POST", f"/handovers/{number}/ready"))
        ]
        assert [answer.status_code for answer in answers] == [listed, ready]
    assert clerk.asks("POST", f"/handovers/{number}/ready").json()["state"] == "ready"
    line = next(line for line in clerk.asks("GET", "/handovers").json() if line["case_number"] == number)
    assert (line["way"], line["parts"][0]["stage"], line["done_at"]) == ("pickup", "approved", None)
    code = clerk.asks("POST", f"/handovers/{number}/code").json()["code"]
    answer = clerk.asks("POST", "/handovers/given", code=first)
    assert (answer.status_code, answer.json()["code"]) == (404, "noSuchCode")
    assert clerk.asks("POST", "/handovers/given", code=code).json()["case_number"] == number
    assert number not in [line["case_number"] for line in clerk.asks("GET", "/handovers").json()]
    done = next(line for line in clerk.asks("GET", "/handovers?done=true").json() if line["case_number"] == number)
    assert (done["state"], done["parts"][0]["stage"]) == ("collected", "completed")


def test_the_address_of_a_parcel_is_told_by_http_to_who_may_open_the_case(desk, citizen):
    _, number = applied(citizen, "post")
    approved(desk, number)
    assert desk.staff("auditor").asks("GET", f"/handovers/{number}/address").status_code == 403
    clerk = desk.staff("receiver")
    assert clerk.asks("GET", f"/handovers/{number}/address").json() == {"address": "浙江省瑞安市测试路1号"}
    assert clerk.asks("POST", f"/handovers/{number}/posted", tracking="SAMPLE-2").json()["state"] == "posted"
    assert clerk.asks("GET", "/handovers/33038120000101000001/address").json()["code"] == "noSuchCase"


def test_the_database_knows_no_code(desk, citizen):
    from center.casework.tables import HandoverRecord

    case, number = applied(citizen, "counter")
    code = code_of(citizen, case)
    with desk.center.database.reading() as session:
        row = session.get(HandoverRecord, case.case_id)
        kept = [str(getattr(row, column.name)) for column in HandoverRecord.__table__.columns]
    assert code not in kept
    assert len(row.code_hash) == 64
    opened = desk.staff("receiver").asks("GET", f"/cases/{number}/content")
    assert opened.status_code == 200
    assert code not in opened.text


def test_a_code_that_another_case_has_already_opens_that_case_alone(desk, citizen):
    first, number = applied(citizen, "locker")
    code = code_of(citizen, first)
    copied = citizen.case_of(LICENCE, delivery="locker")
    copied = copied.model_copy(update={"pickup_hash": first.pickup_hash})
    citizen.delivers(copied)
    answer = citizen.post("/v1/pickups", code=code)
    assert answer.json()["case_number"] == number


def test_a_receipts_code_tells_the_progress_at_any_terminal_and_no_other_code_does(desk, citizen):
    case = citizen.medical_case()
    code = citizen.codes[case.case_id].follow
    assert desk.terminal().post("/v1/follows", code=code).json()["code"] == "noSuchCase"  # it is not here yet
    number = citizen.delivers(case).case_number
    assert desk.terminal().post("/v1/follows", code=code).json()["case_number"] == number
    assert citizen.post("/v1/follows", code="B" * 28).status_code == 404


def ready(desk, number):
    from center.cases import find_case
    from center.casework.handovers import make_ready
    from center.staff import CONSOLE

    make_ready(desk.center, CONSOLE, find_case(desk.center, number))
