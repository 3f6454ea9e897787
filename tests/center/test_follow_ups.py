"""Who was not content, or could not get it done, is spoken to within a day and answered within fifteen."""

from center.alerts import all_alerts
from center.casework.limits import china_day
from flows.working_days import day_after
from tests.center.desk import report_of
from tests.center.terminals import rating_of
from tests.center.test_casework import accepted, forward_to_working_day


def rated(desk, citizen, level):
    case = citizen.medical_case()
    citizen.delivers(case)
    rating = rating_of(case, level=level)
    citizen.delivers(rating)
    return case, rating.rating_id


def follow_up(desk, follow_up_id, closed=True):
    rows = desk.staff("supervisor").asks("GET", f"/followups?closed={str(closed).lower()}").json()
    return next((row for row in rows if row["follow_up_id"] == follow_up_id), None)


def test_a_bad_rating_is_followed_up_and_reviewed_once(desk, citizen):
    case, rating = rated(desk, citizen, 2)
    supervisor, today = desk.staff("supervisor"), china_day(desk.clock.now())
    row = follow_up(desk, rating, closed=False)
    assert (row["state"], row["level"], row["matter"]) == ("open", 2, "resident-medical-insurance")
    assert row["contact_by"][:10] == day_after(today, 1).isoformat()
    assert row["fix_by"][:10] == day_after(today, 15).isoformat()
    early = supervisor.asks("POST", f"/followups/{rating}/close", done="已处理")
    assert (early.status_code, early.json()["title"]) == (409, "The person was not contacted yet")
    assert supervisor.asks("POST", f"/followups/{rating}/contact").json()["state"] == "contacted"
    assert supervisor.asks("POST", f"/followups/{rating}/contact").status_code == 409
    for nothing in ("   ", "\x00", "…"):
        empty = supervisor.asks("POST", f"/followups/{rating}/close", done=nothing)
        assert (empty.status_code, empty.json()["code"]) == (422, "reasonMissing")
    assert (
        supervisor.asks("POST", f"/followups/{rating}/close", done="向测试甲说明，已更换打印机").json()["state"]
        == "closed"
    )
    assert follow_up(desk, rating, closed=False) is None
    citizen.delivers(rating_of(case, level=4))
    assert follow_up(desk, rating)["review_level"] == 4
    again = supervisor.asks("POST", f"/followups/{rating}/review", level=5)
    assert (again.status_code, again.json()["title"]) == (409, "It was reviewed already")
    opened = supervisor.asks("GET", f"/followups/{rating}").json()
    assert (opened["rating"]["level"], "更换打印机" in opened["done"]) == (2, True)


def test_staff_are_alerted_to_bad_ratings_and_limits(desk, citizen):
    _, rating = rated(desk, citizen, 1)
    number = accepted(desk, citizen)
    forward_to_working_day(desk, 8)
    desk.works()
    forward_to_working_day(desk, 3)
    desk.works()
    alerts = [(alert.kind, alert.subject) for alert in all_alerts(desk.center.database, 1000)]
    for kind, subject in (
        ("badRating", rating),
        ("followUpLate", rating),
        ("limitNear", number),
        ("limitOver", number),
    ):
        assert (kind, subject) in alerts


def test_a_good_rating_is_left_alone(desk, citizen):
    _, rating = rated(desk, citizen, 3)
    assert follow_up(desk, rating) is None


def test_what_did_not_work_out_is_followed_up_alike(desk, citizen):
    report = report_of(citizen, matter="resident-medical-insurance")
    assert citizen.delivers(report).case_number == ""
    opened = desk.staff("supervisor").asks("GET", f"/followups/{report.report_id}").json()
    assert (opened["follow_up"]["source"], opened["report"]["text"]) == ("report", report.text)
    case = citizen.medical_case()
    number = citizen.delivers(case).case_number
    assert citizen.delivers(report_of(citizen, case_number=number)).case_number == number
    told = citizen.case_of("did-not-work-out")
    citizen.delivers(told)
    assert desk.staff("supervisor").asks("GET", f"/followups/{told.case_id}").json()["case"]["case_id"] == told.case_id


def test_who_waits_too_long_is_noticed_once_for_each_limit(desk, citizen):
    _, rating = rated(desk, citizen, 1)
    forward_to_working_day(desk, 1)
    desk.works()
    assert follow_up(desk, rating)["late"] == ""
    forward_to_working_day(desk, 1)
    assert desk.works().follow_ups_late >= 1
    assert follow_up(desk, rating)["late"] == "contact"
    forward_to_working_day(desk, 14)
    assert desk.works().follow_ups_late >= 1
    assert follow_up(desk, rating)["late"] == "fix"
    assert desk.works().follow_ups_late == 0


def test_no_word_of_a_follow_up_lies_open(desk, citizen):
    report = report_of(citizen)
    citizen.delivers(report)
    with desk.center.database.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT * FROM follow_ups").all()
    assert rows
    for words in ("测试", "13800000000", "打印机"):
        assert words not in str(rows)
