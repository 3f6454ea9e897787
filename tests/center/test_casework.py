"""A case at the center, from the first check to its end: by staff over HTTP, and by time alone."""

from datetime import timedelta
from pathlib import Path

from center.casework.limits import china_day
from center.casework.stages import MOVES
from center.claims import claimed
from flows.api import ResultReply
from flows.working_days import day_after, working_days
from tests.center.desk import supplement_of
from tests.center.terminals import NUMBER, picture

PROOF = {"id": "residence", "text": {"zh": "居住证明", "en": "Proof of residence"}}
REASON = {"zh": "不符合条件（示例）", "en": "The conditions are not met (sample)"}


def applied(desk, citizen, case=None):
    case = case or citizen.medical_case()
    return citizen.delivers(case).case_number


def forward_to_working_day(desk, count):
    """As many working days on, at the same hour."""
    today = china_day(desk.clock.now())
    desk.clock.forward(days=(day_after(today, count) - today).days)


def accepted(desk, citizen):
    number = applied(desk, citizen)
    desk.staff("receiver").moves(number, "accept")
    return number


def brings(citizen, number, **more):
    """The picture that was asked for, sealed and sent from a terminal."""
    plain = f"a picture for {number}".encode()
    reference, sealed = citizen.seal_picture("residence-1", plain)
    assert citizen.put_attachment(sealed).status_code == 200
    shown = picture("residence-1", plain).model_copy(update={"step": "residence"})
    return citizen.delivers(supplement_of(citizen, number, attachments=(shown,), **more), [reference])


def test_a_case_goes_from_counter_to_counter_until_it_is_approved_and_a_document_issued(desk, citizen):
    case = citizen.medical_case()
    number = applied(desk, citizen, case)
    receiver, examiner = desk.staff("receiver"), desk.staff("examiner")
    assert desk.progress(citizen, number).state_text.zh == "待预审"
    assert receiver.moves(number, "precheck")["stage"] == "awaitingReceipt"
    assert receiver.moves(number, "receive")["stage"] == "received"
    assert receiver.moves(number, "accept")["stage"] == "accepted"
    assert desk.progress(citizen, number).state_text.zh == "审批中"
    whole = examiner.moves(number, "approve")
    assert [move["stage"] for move in whole["moves"]] == [
        *("awaitingPrecheck", "prechecked", "awaitingReceipt", "received", "accepted", "approved", "completed")
    ]
    assert [move["actor"] for move in whole["moves"]] == [
        *("applicant", "receiver", "center", "receiver", "receiver", "examiner", "center")
    ]
    result = ResultReply.model_validate_json(citizen.get(f"/v1/cases/{case.case_id}/result").content)
    assert (result.state, result.decision.outcome) == ("finished", "issued")
    assert citizen.get(f"/v1/cases/{case.case_id}/document").content.startswith(b"%PDF-")
    assert "测**" in citizen.http.get(result.decision.verify_url).text
    assert whole["possible"] == []


def test_a_refusal_needs_a_reason_and_the_applicant_is_told_it(desk, citizen):
    case = citizen.medical_case()
    number = applied(desk, citizen, case)
    desk.staff("receiver").moves(number, "accept")
    assert desk.staff("examiner").is_refused(number, "refuse") == "reasonMissing"
    assert desk.staff("examiner").moves(number, "refuse", reason=REASON)["stage"] == "completed"
    result = ResultReply.model_validate_json(citizen.get(f"/v1/cases/{case.case_id}/result").content)
    assert (result.decision.outcome, result.decision.message.zh) == ("refused", REASON["zh"])
    assert REASON["zh"] not in citizen.get(f"/v1/progress/{number}").text


def test_what_must_be_handed_over_keeps_the_case_open_until_it_is(desk, citizen):
    number = accepted(desk, citizen)
    assert desk.staff("examiner").moves(number, "approve", hands_over=True)["stage"] == "approved"
    desk.works()
    assert desk.progress(citizen, number).state_text.zh == "审批中"
    assert desk.staff("receiver").moves(number, "deliver")["stage"] == "completed"


def test_what_is_missing_is_told_once_and_the_case_goes_on_where_it_was(desk, citizen):
    number = applied(desk, citizen)
    receiver = desk.staff("receiver")
    receiver.moves(number, "precheck")
    receiver.moves(number, "receive")
    income = {"id": "income", "text": {"zh": "收入说明", "en": "Income"}}
    receiver.moves(number, "request-correction", materials=["residence"], missing=[income])
    told = desk.progress(citizen, number)
    assert (told.state, [item.id for item in told.missing]) == ("awaitingCorrection", ["income", "residence"])
    assert told.missing[1].text.zh == "居住证明（户口簿本人页或居住证）" or told.missing[1].text.zh
    assert told.correct_by == china_day(desk.clock.now()) + timedelta(days=30)
    assert brings(citizen, number).case_number == number
    told = desk.progress(citizen, number)
    assert (told.state, [item.id for item in told.missing]) == ("awaitingCorrection", ["income"])
    citizen.delivers(supplement_of(citizen, number, answers={"income": "没有收入"}))
    assert receiver.sees(number)["parts"][0]["stage"] == "received"
    assert receiver.is_refused(number, "request-correction", missing=[income]) == "onlyOnce"
    opened = receiver.asks("GET", f"/cases/{number}/content").json()
    assert opened["rows"][0]["label"]["zh"] == "申请人"
    assert opened["rows"][0]["value"]["zh"] == "测试甲"
    assert [len(item["attachments"]) for item in opened["supplements"]] == [1, 0]
    name = f"{opened['supplements'][0]['supplement_id']}-residence-1"
    assert receiver.asks("GET", f"/cases/{number}/attachments/{name}").content == f"a picture for {number}".encode()


def test_a_supplement_is_taken_from_the_applicant_only_and_only_when_asked_for(desk, citizen):
    number = applied(desk, citizen)
    receiver = desk.staff("receiver")
    brings(citizen, number)
    receiver.moves(number, "return", materials=["residence"])
    assert desk.progress(citizen, number).state_text.zh == "预审退回"
    brings(citizen, number, who="330381189801010017")
    brings(citizen, "33038120000101000001")
    view = receiver.sees(number)
    assert [item["verdict"] for item in view["supplements"]] == ["notAsked", "otherPerson"]
    assert view["parts"][0]["stage"] == "returned"
    brings(citizen, number)
    assert receiver.sees(number)["parts"][0]["stage"] == "awaitingPrecheck"


def test_a_terminal_may_ask_whether_a_card_is_the_applicants_and_nothing_else(desk, citizen):
    number = applied(desk, citizen)
    asked = f"/v1/progress/{number}/applicant"
    assert citizen.post(asked, number=NUMBER).json() == {"same": True}
    assert citizen.post(asked, number="330381189801010017").json() == {"same": False}
    assert citizen.post("/v1/progress/33038120000101000001/applicant", number=NUMBER).json()["code"] == "noSuchCase"
    assert citizen.http.post(f"{citizen.center.url}{asked}", json={"number": NUMBER}).status_code == 401


def test_nobody_asked_for_five_working_days_so_the_case_is_accepted_from_the_day_it_came(desk, citizen):
    number, came = applied(desk, citizen), china_day(desk.clock.now())
    forward_to_working_day(desk, 5)
    desk.works()
    assert desk.staff("receiver").sees(number)["parts"][0]["stage"] == "awaitingPrecheck"
    desk.clock.forward(days=1)
    assert desk.works().accepted_by_silence >= 1
    part = desk.staff("receiver").sees(number)["parts"][0]
    assert (part["stage"], part["moves"][-1]["move"]) == ("accepted", "accept-by-silence")
    assert part["promised"]["used"] == len(list(working_days(came, china_day(desk.clock.now()))))


def test_a_correction_that_does_not_come_gives_the_application_up(desk, citizen):
    number = applied(desk, citizen)
    desk.staff("receiver").moves(number, "request-correction", missing=[PROOF])
    desk.clock.forward(days=30)
    desk.works()
    assert desk.progress(citizen, number).state == "awaitingCorrection"
    desk.clock.forward(days=1)
    assert desk.works().lapsed >= 1
    told = desk.progress(citizen, number)
    assert (told.state, "可以重新申请" in told.message.zh) == ("finished", True)
    desk.works()
    assert desk.staff("receiver").sees(number)["parts"][0]["stage"] == "withdrawn"


def test_the_clock_counts_working_days_and_stands_while_it_is_paused_or_something_is_missing(desk, citizen):
    number, examiner = accepted(desk, citizen), desk.staff("examiner")
    forward_to_working_day(desk, 2)
    examiner.moves(number, "pause", reason=REASON)
    told = desk.progress(citizen, number)
    assert (told.limit.is_running, told.limit.due) == (False, None)
    forward_to_working_day(desk, 3)
    examiner.moves(number, "resume")
    forward_to_working_day(desk, 1)
    examiner.moves(number, "request-correction", missing=[PROOF])
    forward_to_working_day(desk, 4)
    brings(citizen, number)
    limit = desk.progress(citizen, number).limit
    # used: 1 before the pause, the day it ended, and the day the missing thing came; paused: 3 and 4 less one each
    assert (limit.limit, limit.used, limit.paused, limit.left) == (10, 3, 7, 7)
    assert limit.due == day_after(china_day(desk.clock.now()), 7)
    legal = examiner.sees(number)["parts"][0]["legal"]
    assert (legal["limit"], legal["used"], legal["left"]) == (20, 3, 17)


def test_staff_are_warned_when_a_limit_is_near_and_when_it_is_over(desk, citizen):
    number, examiner = accepted(desk, citizen), desk.staff("examiner")
    forward_to_working_day(desk, 7)
    desk.works()
    assert examiner.sees(number)["parts"][0]["warned"] == ""
    forward_to_working_day(desk, 1)
    assert desk.works().limits_near >= 1
    assert examiner.sees(number)["parts"][0]["warned"] == "near"
    assert number in [line["case_number"] for line in examiner.asks("GET", "/cases?late=true&limit=200").json()]
    forward_to_working_day(desk, 3)
    assert desk.works().limits_exceeded >= 1
    assert desk.progress(citizen, number).limit.left == -1
    assert desk.works().limits_exceeded == 0


def test_an_instant_matter_shows_no_countdown(desk, citizen):
    number = citizen.delivers(citizen.certificate_case()).case_number
    assert desk.progress(citizen, number).limit is None
    assert desk.staff("receiver").sees(number)["parts"][0]["stage"] == "completed"


def test_a_case_may_end_by_its_applicants_wish_or_by_the_supervisor_alone(desk, citizen):
    withdrawn, ended = accepted(desk, citizen), accepted(desk, citizen)
    assert desk.staff("examiner").moves(withdrawn, "withdraw", reason=REASON)["stage"] == "withdrawn"
    assert desk.staff("examiner").is_refused(ended, "terminate", reason=REASON) == "notYours"
    assert desk.staff("supervisor").moves(ended, "terminate", reason=REASON)["stage"] == "terminated"
    assert {desk.progress(citizen, number).state for number in (withdrawn, ended)} == {"finished"}
    assert desk.staff("examiner").is_refused(ended, "approve") == "notNow"


def test_only_one_of_two_workers_does_what_is_due(desk, citizen):
    number = applied(desk, citizen)
    desk.clock.forward(days=20)
    with claimed(desk.center, "timers"):
        assert desk.works() is None
    assert desk.works().accepted_by_silence >= 1
    moves = desk.staff("receiver").sees(number)["parts"][0]["moves"]
    assert [move["move"] for move in moves] == ["submit", "accept-by-silence"]


def test_numbers_begin_anew_at_midnight_in_china(desk, citizen):
    now = desk.clock.now()
    desk.clock.forward(seconds=(now.replace(hour=15, minute=59, second=59) - now).seconds)
    before, last = applied(desk, citizen), applied(desk, citizen)
    assert int(last) == int(before) + 1
    desk.clock.forward(seconds=1)
    day = china_day(desk.clock.now())
    assert applied(desk, citizen) == f"330381{day:%Y%m%d}000001"
    assert last[6:14] == f"{day - timedelta(days=1):%Y%m%d}"


def test_the_page_about_cases_has_every_move_as_it_is():
    page = (Path(__file__).parents[2] / "docs" / "casework.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| ")]
    told = [(row[0], row[1], row[3], row[4]) for row in rows if row[0].split()[0] in MOVES]
    there = [
        (
            f"{move.name} {move.words.zh}",
            ", ".join(move.roles) or "the center",
            move.to or "where it was",
            "" if move.given == "nothing" else move.given,
        )
        for moves in MOVES.values()
        for move in moves
    ]
    assert told == there
