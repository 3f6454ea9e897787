"""Forms and repeated groups at the screen: what is said while typing, and adding, changing and removing."""

import pytest

from flows.load import load_matter
from tests.flows.test_groups import MATTER


@pytest.fixture
def owners(terminal_with, tmp_path):
    """At the page of the co-owners of a home, the card laid."""
    path = tmp_path / "presale.yaml"
    path.write_text(MATTER, encoding="utf-8")
    terminal = terminal_with(load_matter(path))
    terminal.opens("presale")
    terminal.lays_card()
    return terminal


def listed(terminal):
    return [(item.name, item.title, item.detail) for item in terminal.screen.items]


def test_a_slip_is_said_while_typing_and_goes_with_the_next_key(terminal):
    terminal.enrolment_to_form()
    terminal.journey.type_in("mobile", "12")
    field = next(field for field in terminal.screen.fields if field.id == "mobile")
    assert "13 到 19" in field.problem
    assert terminal.screen.problem_summary == ""
    terminal.journey.type_in("mobile", "1")
    assert not any(field.problem for field in terminal.screen.fields)
    assert next(field.value for field in terminal.screen.fields if field.id == "mobile") == "1"


def test_correcting_one_field_leaves_what_is_said_of_the_others(terminal):
    terminal.enrolment_to_form()
    terminal.journey.fill({"mobile": "138", "address": "短"})
    assert {field.id for field in terminal.screen.fields if field.problem} == {"category", "mobile", "address"}
    terminal.journey.type_in("mobile", "1380")
    assert {field.id for field in terminal.screen.fields if field.problem} == {"category", "address"}
    assert terminal.screen.problem_summary == "有 2 处需要改一改，请看填写框上面带“!”的提示。"


def test_what_was_typed_outlives_a_change_of_language(terminal):
    terminal.enrolment_to_form()
    terminal.journey.type_in("mobile", "138")
    terminal.journey.set_language("en")
    assert next(field.value for field in terminal.screen.fields if field.id == "mobile") == "138"


def test_co_owners_are_added_changed_and_removed_until_their_shares_are_whole(owners):
    assert listed(owners) == [("共有人 1", "欧阳测试", "身份证号 未填写\n份额 100 %")]
    owners.journey.add_item()
    assert (owners.page, owners.screen.title, owners.screen.forward_label) == ("Form", "共有人 2", "填好了")
    owners.journey.fill({"name": "测试乙", "number": "", "share": "120"})
    assert owners.page == "Form"
    assert "不能超过 100%" in owners.screen.fields[2].problem
    owners.journey.fill({"name": "测试乙", "number": "", "share": "40"})
    assert owners.page == "Group"
    assert [row.value for row in owners.screen.totals] == ["140.00 %"]
    owners.journey.proceed()
    assert owners.screen.problem == "份额合计应为 100%"
    owners.journey.change_item(0)
    assert owners.screen.fields[2].value == "100.00"
    owners.journey.fill({"share": "60"})
    owners.journey.proceed()
    assert owners.page == "Review"
    assert [row.value for row in owners.screen.rows if row.step == "owners"] == [
        "欧阳测试、未填写、60 %",
        "测试乙、未填写、40 %",
    ]


def test_a_removed_one_is_gone_and_back_from_its_form_changes_nothing(owners):
    owners.journey.add_item()
    owners.journey.go_back()
    assert len(listed(owners)) == 1
    owners.journey.remove_item(0)
    assert listed(owners) == []
    assert owners.screen.guidance == "还没有填写，请点“添加共有人”。"
    owners.journey.proceed()
    assert owners.screen.problem == "至少填写 1 个共有人"


def test_no_more_than_there_may_be_can_be_added(owners):
    for name in ("测试乙", "测试丙"):
        owners.journey.add_item()
        owners.journey.fill({"name": name, "number": "", "share": "1"})
    assert owners.screen.add_label == ""
    owners.journey.add_item()
    assert owners.page == "Group"


def test_who_goes_home_leaves_no_co_owner_behind(owners):
    owners.journey.add_item()
    owners.journey.go_home()
    owners.opens("presale")
    owners.lays_card(name="测试丁")
    assert [item.title for item in owners.screen.items] == ["测试丁"]


def test_the_page_after_a_change_says_what_was_left_out(terminal):
    terminal.enrolment_to_form()
    terminal.journey.fill({"category": "newborn", "mobile": "13800000000"})
    terminal.journey.fill({"name": "测试乙", "relation": "mother", "number": ""})
    terminal.takes_picture("document")
    terminal.journey.agree()
    terminal.journey.go_back()
    while terminal.screen.title != "参保信息":
        terminal.journey.go_back()
    terminal.journey.fill({"category": "adult"})
    assert terminal.screen.note == ""  # the child was taken back, not dropped


def test_a_change_from_the_review_that_ends_another_answer_is_told_there(terminal):
    terminal.enrolment_to_form()
    terminal.journey.fill({"category": "newborn", "mobile": "13800000000"})
    terminal.journey.fill({"name": "测试乙", "relation": "mother", "number": ""})
    terminal.takes_picture("document")
    terminal.journey.agree()
    terminal.journey.sign(b"\x89PNG\r\n\x1a\n" + bytes(200))
    terminal.holds_attachment()
    terminal.journey.change("details")
    terminal.journey.fill({"category": "adult"})
    assert terminal.page == "Review"
    assert terminal.screen.note == "您改了前面的答案，这几项不再需要，已去掉：新生儿信息。"
    terminal.journey.set_language("en")
    assert "not needed any more" in terminal.screen.note
