"""Repeated groups: several of a kind with totals, as a visit answers them and as they are shown."""

from datetime import date

import pytest

from flows.answers import AnswerRefused
from flows.decide import rows_of_case
from flows.load import check_matter, load_matter
from flows.visit import Visit
from tests.flows.walking import CARD

MATTER = """
id: presale
version: 1
kind: accepted
department: {zh: 示例局, en: Sample}
title: {zh: 示例, en: Sample}
summary: {zh: 示例, en: Sample}
icon: document
brings: {zh: 无, en: none}
minutes: 2
steps:
  - {id: who, kind: identify, title: {zh: 证, en: Card}, guidance: {zh: 放, en: Lay}}
  - id: owners
    kind: group
    title: {zh: 房屋共有人, en: Co-owners}
    item: {zh: 共有人, en: Co-owner}
    min: 1
    max: 3
    default: '[{"name": who.name, "share": percent(100)}]'
    fields:
      - {id: name, type: name, label: {zh: 姓名, en: Name}}
      - {id: number, type: id_number, label: {zh: 身份证号, en: ID number}, optional: true, masked: true}
      - {id: share, type: percent, label: {zh: 份额, en: Share}}
    totals:
      - {label: {zh: 份额合计, en: Shares together}, value: 'as_yuan(sum(owners.map(one, one.share))) + " %"'}
    checks:
      - holds: sum(owners.map(one, one.share)) == percent(100)
        message: {zh: 份额合计应为 100%, en: The shares must come to 100 %}
  - {id: review, kind: review, title: {zh: 核对, en: Check}, submit: {zh: 提交, en: Submit}}
  - {id: submit, kind: submit, title: {zh: 提交, en: Submit}, message: {zh: 稍候, en: Wait}}
  - {id: result, kind: result, title: {zh: 好, en: Done}, message: {zh: 好, en: Done}}
case_rows:
  - {label: {zh: 共有人, en: Co-owners}, answer: owners}
  - {label: {zh: 姓名, en: Names}, value: 'owners.map(one, one.name)'}
"""
FIRST = {"name": "测试甲", "number": "330381189901010015", "share": "33.33"}
SECOND = {"name": "测试乙", "share": "66.67%"}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "presale.yaml"
    path.write_text(MATTER, encoding="utf-8")
    return path


@pytest.fixture
def visit(path) -> Visit:
    return Visit.begin(load_matter(path), date(2026, 11, 23)).answer("who", CARD)


def test_a_group_begins_with_its_default(visit):
    assert visit.group_start(visit.current) == [{"name": "测试甲", "number": "", "share": 10000}]


def test_shares_are_added_exactly(visit):
    answered = visit.answer("owners", [FIRST, SECOND])
    assert [item["share"] for item in answered.value("owners")] == [3333, 6667]
    assert answered.current.id == "review"


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], "至少填写 1 个共有人"),
        ([FIRST] * 4, "最多填写 3 个共有人"),
        ([FIRST, {"name": "测试1", "share": "50"}], "共有人 2：姓名里不能有数字"),
        ([FIRST, {**SECOND, "share": "66.66"}], "份额合计应为 100%"),
    ],
)
def test_what_is_wrong_with_a_group_is_said_with_the_one_it_is_about(visit, items, words):
    with pytest.raises(AnswerRefused) as refused:
        visit.answer("owners", items)
    assert words in refused.value.problems[0].words.zh


def test_a_group_stands_in_the_review_and_in_the_case_with_masked_numbers(visit):
    answered = visit.answer("owners", [FIRST, SECOND])
    rows = [(row.label, row.value, row.step) for row in answered.review_rows("zh") if row.step]
    assert rows == [
        ("共有人 1", "测试甲、330381********0015、33.33 %", "owners"),
        ("共有人 2", "测试乙、未填写、66.67 %", "owners"),
    ]
    of_staff = rows_of_case(answered.matter, answered.answers, answered.today)
    assert [row.value.en for row in of_staff] == [
        "测试甲, 330381********0015, 33.33 %; 测试乙, Not provided, 66.67 %",
        "测试甲, 测试乙",
    ]


def test_totals_follow_what_is_there_so_far(visit):
    items = [{"name": "测试甲", "number": "", "share": 3333}, {"name": "测试乙", "number": "", "share": 0}]
    assert visit.group_totals(visit.current, items, "zh")[0].value == "33.33 %"


def test_what_was_entered_is_there_again_after_a_look_back(visit):
    back = visit.answer("owners", [FIRST, SECOND]).back()
    assert back.group_start(back.current) == [
        {"name": "测试甲", "number": "330381189901010015", "share": 3333},
        {"name": "测试乙", "number": "", "share": 6667},
    ]


@pytest.mark.parametrize(
    ("there", "instead", "said"),
    [
        ("max: 3", "max: 0", "must be greater than or equal to 1"),
        ("min: 1", "min: 9", "at least 9 and at most 3 cannot be; allowed: min not above max"),
        ("answer: owners}", "answer: owners.name}", "the group 'owners' is shown whole"),
        ("value: 'owners.map(one, one.name)'", "value: owners.name", "fails on answers it can meet"),
        ("one.share)) == percent", "one.name)) == percent", "fails on answers it can meet"),
        ("default: '[{", "default: 'who.name' #", "must give a list, or null"),
        ("id: share, type", "id: name, type", "field id 'name' is used twice"),
    ],
)
def test_a_broken_group_is_refused(path, there, instead, said):
    assert there in MATTER
    path.write_text(MATTER.replace(there, instead, 1), encoding="utf-8")
    assert any(said in str(problem) for problem in check_matter(path)), [str(p) for p in check_matter(path)]
