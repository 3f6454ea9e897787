"""一件事: one application, a part for each department, each with its own stage, clock and what it waits for."""

from flows.api import ResultReply
from tests.center.desk import LINKED, supplement_of
from tests.center.test_casework import PROOF, REASON


def applied(citizen, category="adult"):
    case = citizen.case_of(LINKED, details={"category": category})
    return case, citizen.delivers(case).case_number


def stages(desk, number):
    return {part["id"]: part["stage"] for part in desk.staff("receiver").sees(number)["parts"]}


def approve(desk, number, *parts):
    for part in parts:
        desk.staff("receiver").moves(number, "accept", part=part)
        desk.staff("examiner").moves(number, "approve", part=part)


def test_each_department_has_its_part_and_what_does_not_apply_is_left_out(desk, citizen):
    _, number = applied(citizen)
    assert stages(desk, number) == {
        "tax": "awaitingPrecheck",
        "title": "waiting",
        "loan": "waiting",
        "water": "awaitingPrecheck",
    }
    told = desk.progress(citizen, number)
    assert [part.title.en for part in told.parts] == ["tax", "title", "loan", "water"]
    assert [text.en for text in told.parts[1].waits_for] == ["tax"]
    assert "gas" in stages(desk, applied(citizen, "pupil")[1])


def test_a_part_begins_once_what_it_needs_is_done_and_has_a_clock_of_its_own(desk, citizen):
    case, number = applied(citizen)
    approve(desk, number, "tax")
    assert stages(desk, number)["title"] == "awaitingPrecheck"
    assert stages(desk, number)["loan"] == "waiting"
    desk.staff("receiver").moves(number, "accept", part="title")
    told = {part.id: part for part in desk.progress(citizen, number).parts}
    assert (told["title"].limit.limit, told["tax"].limit, told["loan"].limit) == (5, None, None)
    assert (told["tax"].state, told["title"].state) == ("finished", "inReview")
    desk.staff("examiner").moves(number, "approve", part="title")
    approve(desk, number, "loan", "water")
    result = ResultReply.model_validate_json(citizen.get(f"/v1/cases/{case.case_id}/result").content)
    assert (result.state, result.decision.outcome) == ("finished", "accepted")
    assert [row.value.zh for row in result.decision.rows] == ["审批通过。"] * 4


def test_a_part_that_fails_ends_those_that_need_it_and_no_others(desk, citizen):
    case, number = applied(citizen)
    desk.staff("receiver").moves(number, "accept", part="tax")
    desk.staff("examiner").moves(number, "refuse", part="tax", reason=REASON)
    assert stages(desk, number) == {
        "tax": "completed",
        "title": "terminated",
        "loan": "terminated",
        "water": "awaitingPrecheck",
    }
    told = {part.id: part for part in desk.progress(citizen, number).parts}
    assert "前面的事项没有办成" in told["title"].message.zh
    approve(desk, number, "water")
    result = ResultReply.model_validate_json(citizen.get(f"/v1/cases/{case.case_id}/result").content)
    assert (result.state, result.decision.message.zh) == ("finished", "4 项中办成 1 项，详见各项结果。")
    assert result.decision.rows[0].value.zh == REASON["zh"]


def test_what_is_missing_from_one_part_holds_up_that_part_alone(desk, citizen):
    _, number = applied(citizen)
    desk.staff("receiver").moves(number, "request-correction", part="water", missing=[PROOF])
    told = desk.progress(citizen, number)
    assert (told.state, told.missing) == ("awaitingCorrection", ())
    assert [item.id for item in told.parts[3].missing] == ["residence"]
    assert stages(desk, number)["tax"] == "awaitingPrecheck"
    citizen.delivers(supplement_of(citizen, number, part="water", answers={"residence": "见窗口"}))
    assert stages(desk, number)["water"] == "awaitingPrecheck"


def test_a_part_must_be_named_and_belongs_to_one_department(desk, citizen):
    _, number = applied(citizen)
    assert desk.staff("receiver").is_refused(number, "accept") == "noSuchPart"
    water = desk.staff("receiver", department="water局")
    assert water.is_refused(number, "accept", part="tax") == "notYours"
    assert water.moves(number, "accept", part="water")["stage"] == "accepted"
    assert number in [line["case_number"] for line in water.asks("GET", "/cases?limit=200").json()]
    other = citizen.delivers(citizen.medical_case()).case_number
    assert other not in [line["case_number"] for line in water.asks("GET", "/cases?limit=200").json()]
    assert water.asks("GET", f"/cases/{other}/content").status_code == 403
