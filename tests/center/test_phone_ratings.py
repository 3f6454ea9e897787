"""好差评 from the page behind a receipt's code: by form alone, once for a case; who was not content is called."""

import re

import pytest

from center.tables import RatingRecord
from tests.center.terminals import rating_of
from tests.center.test_follow_ups import follow_up
from tests.center.test_phone_pages import opened, page_of, reads


def sends(desk, page, level, **form):
    return desk.http.post(f"{page}/rate?level={level}&lang=zh", data=form)


def case_of(citizen):
    case = citizen.medical_case()
    citizen.delivers(case)
    return case, page_of(citizen, case)


@pytest.mark.parametrize(
    ("language", "asked", "thanked"), [("zh", "您满意吗", "谢谢"), ("en", "content?", "Thank you")]
)
def test_a_case_is_rated_by_touching_a_level_and_sending_what_fits(desk, citizen, language, asked, thanked):
    case, page = case_of(citizen)
    assert asked in reads(desk, page, language)
    links = re.findall(r'href="[^"]*/(rate\?level=\d)', opened(desk, page).text)
    assert links == [f"rate?level={level}" for level in (5, 4, 3, 2, 1)]
    form = opened(desk, f"{page}/rate?level=4&lang={language}")
    assert re.findall(r'<form method="post">|name="tag" value="412"|<textarea name="text"', form.text)[2:]
    assert not re.findall(r"<script|onclick|onload", form.text)
    answer = sends(desk, page, 4, tag=["412", "108"], text="很好")
    assert (answer.status_code, "谢谢" in answer.text) == (200, True)
    assert thanked in reads(desk, page, language)
    assert "/rate?" not in opened(desk, page).text
    assert follow_up(desk, case.case_id) is None


def test_a_bad_one_is_followed_up_with_its_words_and_only_the_first_counts(desk, citizen):
    case, page = case_of(citizen)
    assert sends(desk, page, 1, tag=["110", "110", "999"], text="测试甲：等了\r\n太久" + "啊" * 600).status_code == 200
    assert sends(desk, page, 5, text="改主意").status_code == 200
    row = follow_up(desk, case.case_id, closed=False)
    assert (row["state"], row["level"], row["matter"]) == ("open", 1, "resident-medical-insurance")
    said = desk.staff("supervisor").asks("GET", f"/followups/{case.case_id}").json()["rating"]
    assert (said["level"], said["tags"], said["text"][:9], len(said["text"])) == (1, ["110"], "测试甲：等了\n太久", 500)
    with desk.center.database.reading() as session:
        assert "太久".encode() not in session.get(RatingRecord, case.case_id).sealed
    citizen.delivers(rating_of(case, level=2))
    rows = desk.staff("supervisor").asks("GET", "/followups?closed=true").json()
    assert [row["follow_up_id"] for row in rows].count(case.case_id) == 1


def test_who_rated_at_the_terminal_and_what_did_not_work_out_is_not_asked_on_the_phone(desk, citizen):
    case, page = case_of(citizen)
    citizen.delivers(rating_of(case, level=5))
    assert "谢谢" in reads(desk, page)
    assert sends(desk, page, 1).status_code == 200
    assert follow_up(desk, case.case_id) is None
    told = citizen.case_of("did-not-work-out")
    citizen.delivers(told)
    assert "您满意吗" not in reads(desk, page_of(citizen, told))


def test_what_is_no_rating_is_none(desk, citizen):
    _, page = case_of(citizen)
    assert sends(desk, f"/c/{'B' * 28}", 1).status_code == 404
    assert [sends(desk, page, level).status_code for level in (0, 6)] == [422, 422]
    assert desk.http.post(f"{page}/rate?level=3", content=b"\xff&;=%" * 100_000).status_code == 200
