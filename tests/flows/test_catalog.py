"""The catalog: languages, ratings, and what the rules decide."""

import subprocess
import sys

import pytest

from flows.decide import decide, rows_of_case
from flows.ratings import RATINGS
from tests.flows.walking import CARD, TODAY, visit_until


def record(**months):
    data = {"area": "瑞安市", "employer": "瑞安市测试单位", "from": "2025-12", "to": "2026-11", "months": months}
    return {"status": "found", "data": data, "source": "示例"}


def answers(certificate, **changes):
    return dict(visit_until(certificate, "submit", insurances=["pension", "medical"], **changes).answers)


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        (record(pension=12, medical=0), "issued"),
        (record(pension=0, medical=0), "refused"),
        (record(maternity=5), "refused"),
        ({"status": "notFound"}, "refused"),
        ({"status": "unavailable"}, "pending"),
    ],
)
def test_the_certificate_is_decided_by_its_rules(certificate, found, outcome):
    decided = decide(certificate, answers(certificate, record=found), TODAY)
    assert decided.outcome == outcome
    assert decided.message.zh
    assert bool(decided.rows) == (outcome == "issued")


def test_the_document_shows_the_whole_number_and_the_chosen_insurances(certificate):
    decided = decide(certificate, answers(certificate, record=record(pension=12, medical=3)), TODAY)
    rows = {row.label.en: row.value.en for row in decided.rows}
    assert rows["ID number"] == CARD["number"]
    assert rows["Pension"] == "12 months"
    assert rows["Medical"] == "3 months"
    assert "Maternity" not in rows


def test_an_accepted_matter_is_not_decided_by_rule(enrolment):
    visit = visit_until(enrolment, "submit")
    assert decide(enrolment, visit.answers, TODAY) is None
    rows = {row.label.zh: row.value.zh for row in rows_of_case(enrolment, visit.answers, TODAY)}
    assert rows == {"申请人": "测试甲", "参保人员类别": "未就业成年人", "参保年度": "2026", "居住证明": "已拍摄 1 张"}


def test_ratings_have_five_levels_and_eight_tags_each():
    assert [level.level for level in RATINGS] == [5, 4, 3, 2, 1]
    for level in RATINGS:
        assert len({tag.code for tag in level.tags}) == 8
        assert all(tag.code.startswith(str(level.level)) for tag in level.tags)


def test_loading_matters_brings_no_cryptography_and_no_command_line_of_others_with_it():
    code = (
        "import sys, flows.visit, flows.load; flows.load.load_catalog();"
        "print([name for name in ('cryptography', 'prompt_toolkit', 'PySide6', 'rich') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
