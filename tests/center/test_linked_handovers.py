"""出件 of a linked case: what comes of its parts is collected together, once, with one code."""

from tests.center.desk import TOGETHER
from tests.center.test_casework import REASON
from tests.center.test_handovers import code_of
from tests.center.test_linked_cases import approve, stages


def applied(citizen, category="pupil"):
    """With a title and, for a pupil, a gas contract to collect."""
    case = citizen.case_of(TOGETHER, details={"category": category})
    return case, citizen.delivers(case).case_number


def hands_over(staff, number, act, **given):
    """The line afterwards, or the code of the refusal."""
    answer = staff.asks("POST", f"/handovers/{number}/{act}", **given)
    return answer.json() if answer.status_code == 200 else answer.json()["code"]


def test_one_code_collects_what_comes_of_all_parts_once_they_are_decided(desk, citizen):
    case, number = applied(citizen)
    code, clerk = code_of(citizen, case), desk.staff("receiver")
    approve(desk, number, "tax", "title", "water")
    assert stages(desk, number)["title"] == "approved"  # what is no thing is finished at once
    assert stages(desk, number)["water"] == "completed"
    assert hands_over(clerk, number, "ready") == "notNow"  # gas is not decided yet
    told = desk.progress(citizen, number).handover
    assert (told.state, [title.en for title in told.parts]) == ("preparing", ["title", "gas"])
    approve(desk, number, "loan", "gas")
    line = hands_over(clerk, number, "ready")
    assert (line["state"], line["where"], [part["id"] for part in line["parts"]]) == (
        "ready",
        "统一出件窗口",
        ["title", "gas"],
    )
    assert clerk.asks("POST", "/handovers/given", code=code).json()["state"] == "collected"
    assert set(stages(desk, number).values()) == {"completed"}
    assert desk.progress(citizen, number).state == "finished"


def test_a_part_that_failed_is_not_waited_for_and_not_promised(desk, citizen):
    _, number = applied(citizen)
    approve(desk, number, "tax", "title", "water", "loan")
    desk.staff("receiver").moves(number, "accept", part="gas")
    desk.staff("examiner").moves(number, "refuse", part="gas", reason=REASON)
    assert [title.en for title in desk.progress(citizen, number).handover.parts] == ["title"]
    assert hands_over(desk.staff("receiver"), number, "ready")["state"] == "ready"


def test_where_nothing_can_come_any_more_nothing_is_to_be_collected(desk, citizen):
    _, number = applied(citizen, "adult")
    desk.staff("receiver").moves(number, "accept", part="tax")
    desk.staff("examiner").moves(number, "refuse", part="tax", reason=REASON)
    assert stages(desk, number)["title"] == "terminated"
    assert desk.progress(citizen, number).handover is None
    assert number not in [line["case_number"] for line in desk.staff("receiver").asks("GET", "/handovers").json()]


def test_a_department_sees_and_does_what_is_its_own(desk, citizen):
    _, number = applied(citizen)
    for department, seen in (("gas局", True), ("water局", False)):
        clerk = desk.staff("receiver", department=department)
        lines = [line["case_number"] for line in clerk.asks("GET", "/handovers").json()]
        assert (number in lines) == seen
        assert hands_over(clerk, number, "ready") == ("notNow" if seen else "notYours")
