"""A visit: position derived from the answers, Back, change from the review, and walks that never dead-end."""

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.answers import canonical_answer
from flows.case import case_from_visit
from flows.visit import AnswerRefused, Visit, names_of
from tests.flows.walking import CARD, TODAY, possible_answers, visit_until, walk_to_the_end
from tests.shipped import catalog

MATTERS = st.sampled_from(sorted(catalog()))
FOUND = {
    "status": "found",
    "data": {"area": "瑞安市", "employer": "示例", "from": "2026-01", "to": "2026-10", "months": {"pension": 3}},
    "source": "示例",
}


def review_is_complete(visit: Visit) -> None:
    """Everything before the review is answered, and what a person chose or typed has its row."""
    asked = visit.applicable[: [step.kind for step in visit.applicable].index("review")]
    assert all(step.id in visit.answers for step in asked)
    for language in ("zh", "en"):
        rows = visit.review_rows(language)
        assert all(row.label and row.value for row in rows)
        changeable = {row.step for row in rows if row.step}
        assert {
            step.id for step in asked if step.kind in ("choose", "form", "capture", "promise", "sign")
        } <= changeable


def back_leads_to_the_page_before(visit: Visit) -> None:
    """The applicable step in front of the current one, with all other answers still there."""
    ids = [step.id for step in visit.applicable]
    place = ids.index(visit.current.id) if visit.current else len(ids)
    back = visit.back()
    if back is None:
        assert visit.submitted or place == 0
    else:
        assert back.current is not None
        assert back.current.id == ids[place - 1]
        assert {**back.answers, back.current.id: visit.answers[back.current.id]} == visit.answers


def answers_are_canonical(visit: Visit) -> None:
    """What is stored before the page shown is stored again as it is: it can be checked again at submit and later."""
    for step in visit.applicable:
        if visit.current is not None and step.id == visit.current.id:
            return  # what lies behind a page that waits for its answer is looked at again once it has it
        if step.id in visit.answers:
            before = {key: value for key, value in visit.answers.items() if key != step.id}
            names = names_of(visit.matter, before, visit.today)
            assert canonical_answer(step, visit.answers[step.id], names) == visit.answers[step.id]


@given(matter_id=MATTERS, data=st.data())
@settings(max_examples=80, deadline=None)
def test_any_way_through_a_matter_ends_and_back_always_leads_to_the_page_before(matter_id, data):
    visit = Visit.begin(catalog()[matter_id], TODAY)
    for _ in range(30):
        step = visit.current
        if step is None:
            break
        changeable = sorted({row.step for row in visit.review_rows("zh") if row.step})
        deeds = ["answer"] * 3 + ["back"] + (["change"] if step.kind == "review" and changeable else [])
        deed = data.draw(st.sampled_from(deeds))
        if deed == "answer":
            visit = visit.answer(step.id, data.draw(st.sampled_from(possible_answers(visit))))
            back_leads_to_the_page_before(visit)
        elif deed == "back":
            before = visit.back()
            assert (before is None) == (step.id == visit.matter.steps[0].id or visit.submitted)
            visit = before or visit
        else:
            review_is_complete(visit)
            reopened = visit.reopen(data.draw(st.sampled_from(changeable)))
            untouched = reopened.back()
            assert untouched is not None
            assert untouched.answers == visit.answers
            visit = reopened
        if not visit.reopened:  # later answers are looked at again once it is answered
            answers_are_canonical(visit)
    for _ in range(2 * len(visit.matter.steps)):
        if visit.current is None:
            break
        visit = visit.answer(visit.current.id, possible_answers(visit)[0])
    assert visit.current is None


@given(matter_id=MATTERS, choice=st.integers(0, 11))
@settings(max_examples=24, deadline=None)
def test_a_straight_walk_passes_each_applicable_step_once_in_order(matter_id, choice):
    passed = walk_to_the_end(catalog()[matter_id], choice)
    order = [step.id for step in catalog()[matter_id].steps]
    assert passed == sorted(set(passed), key=order.index)


def test_declining_the_face_picture_never_ends_the_visit(certificate):
    visit = visit_until(certificate, "face_consent").answer("face_consent", "decline")
    assert visit.current.id == "insurances"
    agreed = visit_until(certificate, "face_consent").answer("face_consent", "agree")
    assert agreed.current.id == "face"
    assert agreed.answer("face", "skipped").current.id == "insurances"


def test_own_months_are_asked_only_when_chosen_and_start_with_the_last_twelve(certificate):
    assert visit_until(certificate, "record", period="this_year").value("months") is None
    visit = visit_until(certificate, "months", period="own")
    assert visit.form_defaults(visit.current) == {"from": "2025-12", "to": "2026-11"}
    assert visit.prefilled(visit.current) == {"from", "to"}


@pytest.mark.parametrize(
    ("months", "field", "words"),
    [
        ({"from": "2026-10", "to": "2026-09"}, "from", "The first month is after the last one"),
        ({"from": "2026-10", "to": "2026-12"}, "to", "still to come"),
        ({"from": "2026-13", "to": "2026-11"}, "from", "There is no month 13"),
        ({"from": "", "to": "2026-11"}, "from", "Enter: First month"),
    ],
)
def test_a_wrong_period_is_refused_in_words_at_its_field(certificate, months, field, words):
    with pytest.raises(AnswerRefused) as refused:
        visit_until(certificate, "months", period="own").answer("months", months)
    (problem,) = refused.value.problems
    assert problem.field == field
    assert words in problem.words.en
    assert problem.words.zh
    assert "2026" not in str(refused.value)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [("months12", "2025-12", "2026-11"), ("this_year", "2026-01", "2026-11"), ("years5", "2021-12", "2026-11")],
)
def test_the_center_is_asked_for_the_chosen_months(certificate, period, first, last):
    visit = visit_until(certificate, "record", period=period, insurances=["medical", "pension"])
    inputs = visit.lookup_inputs(visit.current)
    assert inputs["number"] == CARD["number"]
    assert inputs["insurances"] == ["pension", "medical"]
    assert (inputs["from"], inputs["to"]) == (first, last)


def test_changing_the_period_asks_the_center_again_and_comes_straight_back(certificate):
    visit = visit_until(certificate, "review", period="months12", insurances=["pension"], record=FOUND)
    reopened = visit.reopen("period")
    assert reopened.current.id == "period"
    assert reopened.default_choice(reopened.current) == ("months12",)
    assert reopened.place == (6, 8)
    assert reopened.answer("period", "months12").current.id == "review"
    changed = reopened.answer("period", "years5")
    assert changed.current.id == "record"
    assert changed.answer("record", FOUND).current.id == "review"


def test_changing_what_a_later_step_depended_on_drops_that_step_and_asks_what_is_new(enrolment):
    visit = visit_until(enrolment, "review")
    details = {**visit.value("details"), "category": "newborn"}
    changed = visit.reopen("details").answer("details", details)
    assert changed.current.id == "child"
    done = changed.answer("child", {"name": "测试乙", "relation": "mother", "number": ""})
    assert done.current.id == "review"
    assert "未填写" in [row.value for row in done.review_rows("zh")]
    back = done.reopen("details").answer("details", {**details, "category": "adult"})
    assert back.current.id == "review"
    assert back.value("child") is None


def test_back_keeps_what_was_entered(enrolment):
    visit = visit_until(enrolment, "details")
    assert visit.form_defaults(visit.current)["address"] == CARD["address"]
    assert visit.prefilled(visit.current) == {"year", "address"}
    entered = {"category": "pupil", "year": "2027", "mobile": "138 0000-0000", "address": "浙江省瑞安市测试路9号"}
    back = visit.answer("details", entered).back()
    assert back is not None
    assert back.current.id == "details"
    assert back.form_defaults(back.current) == {**entered, "mobile": "13800000000"}
    assert back.prefilled(back.current) == frozenset()


def test_the_newest_address_is_filled_in_rather_than_the_printed_one(enrolment):
    visit = visit_until(enrolment, "details", who={**CARD, "newest_address": "浙江省瑞安市测试路2号"})
    assert visit.form_defaults(visit.current)["address"].endswith("2号")


def test_the_photo_of_the_card_never_enters_the_visit(certificate):
    visit = visit_until(certificate, "face_consent")
    assert "photo" not in visit.value("who")
    assert visit.value("who")["newest_address"] is None


def test_after_submit_nothing_can_be_taken_back(certificate):
    visit = visit_until(certificate, "result")
    assert visit.back() is None
    with pytest.raises(ValueError, match="cannot be changed"):
        visit.reopen("period")


def test_only_the_current_step_can_be_answered_and_a_visit_never_changes(certificate):
    visit = Visit.begin(certificate, TODAY)
    with pytest.raises(ValueError, match="not the current step"):
        visit.answer("period", "own")
    visit.answer("about", "read")
    assert visit.answers == {}
    with pytest.raises(FrozenInstanceError):
        visit.reopened = "about"  # type: ignore[misc]
    assert replace(visit) == visit


def test_a_case_has_the_answers_the_attachments_and_no_masked_number(enrolment):
    from datetime import UTC, datetime

    visit = visit_until(enrolment, "submit")
    at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    case = case_from_visit(visit, case_id="a" * 32, terminal_id="t1", language="zh", created_at=at)
    assert case.applicant.number == CARD["number"]
    assert [item.name for item in case.attachments] == ["residence-1", "signature-1"]
    assert [item.media_type for item in case.attachments] == ["image/jpeg", "image/jpeg"]
    assert case.created_at == "2026-11-23T08:00:00Z"
    assert not {"review", "submit", "result", "rate"} & set(case.answers)


def test_a_rating_takes_only_the_tags_of_its_level(certificate):
    visit = visit_until(certificate, "rate")
    with pytest.raises(AnswerRefused):
        visit.answer("rate", {"level": 5, "tags": ["110"], "text": ""})
    assert visit.answer("rate", {"level": 4, "tags": ["412"], "text": " 好 "}).value("rate")["text"] == "好"
    assert visit.answer("rate", "skipped").current is None


def test_a_change_that_ends_other_answers_says_which_and_what_becomes_of_them(enrolment):
    visit = visit_until(enrolment, "review", details={**details_of(enrolment), "category": "newborn"})
    assert visit.value("child")
    changed = visit.reopen("details").answer("details", {**visit.value("details"), "category": "adult"})
    assert changed.dropped == ("child",)
    assert changed.lost("zh") == ((), ("新生儿信息",))
    assert changed.answer("review", "confirmed").dropped == ()


def test_what_is_asked_again_is_said_and_lookups_are_not(certificate):
    visit = visit_until(certificate, "review", period="own", record=FOUND)
    changed = visit.reopen("period").answer("period", "this_year")
    assert changed.dropped == ("months",)
    assert changed.current.id == "record"
    assert visit.reopen("period").answer("period", "own").dropped == ()


def details_of(enrolment):
    return visit_until(enrolment, "residence").value("details")
