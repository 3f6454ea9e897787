"""补正 as a matter: its frame is right, and whatever staff ask for makes a visit that ends with a supplement."""

from datetime import UTC, date, datetime

import pytest

from flows.contents import Missing
from flows.load import check_matter
from flows.supplements import TEMPLATE, Wanted, supplement_from_visit, supplement_matter
from flows.text import Text
from tests.flows.walking import visit_until
from tests.shipped import catalog


def alike(text):
    return Text(zh=text, en=text)


def wanted(*missing, **more):
    return Wanted(case_number="33038120261123000042", title=alike("示例事项"), missing=missing, **more)


def brought(asked, applied=None):
    visit = visit_until(supplement_matter(asked, applied), "visit_submit")
    at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    return supplement_from_visit(asked, visit, supplement_id="a" * 32, terminal_id="T", language="zh", created_at=at)


def test_the_frame_is_a_right_matter():
    assert check_matter(TEMPLATE) == ()


def test_what_staff_write_is_shown_as_it_stands_and_answered_by_its_id():
    odd = Missing(id="null", text=alike("{number} {title} {thing}"), answer="words")
    told = brought(wanted(odd, Missing(id="in", text=alike("结婚证")), odd))
    assert (told.answers, [item.name for item in told.attachments]) == ({"null": "示例"}, ["in-1"])
    step = supplement_matter(wanted(odd), None).step("null")
    assert step.title.zh == "请说明：{number} {title} {thing}"


def test_without_a_last_day_none_is_said():
    thing = Missing(id="income", text=alike("收入说明"))
    about, dated = (
        supplement_matter(wanted(thing, correct_by=day), None).steps[0] for day in (None, date(2026, 12, 23))
    )
    assert len(dated.paragraphs) == len(about.paragraphs) + 1
    assert "{" not in f"{about} {dated}".replace("{'", "")


@pytest.mark.parametrize("matter", catalog().values(), ids=lambda matter: matter.id)
def test_of_every_matter_each_picture_can_be_brought_again(matter):
    pictures = [step for step in matter.steps if step.kind == "capture"]
    missing = [Missing(id=step.id, text=step.material) for step in pictures] or [Missing(id="more", text=alike("材料"))]
    told = brought(wanted(*missing), matter)
    assert {item.step for item in told.attachments} == {item.id for item in missing}
    assert told.applicant.number
