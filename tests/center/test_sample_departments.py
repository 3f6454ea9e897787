"""The sample departments answer what the catalogue asks, and the center decides every walk of it as it should."""

import secrets
from pathlib import Path

import pytest

from center.clock import CHINA_TIME, SystemClock
from flows.answers import AnswerRefused
from flows.api import LookupReply, ResultReply
from flows.case import case_from_visit
from tests.catalogue.walks import number_of, walked, walks
from tests.shipped import catalog

DEPARTMENTS = Path(__file__).parents[2] / "center" / "departments"
NOT_ADAPTERS = ("__init__", "finding", "sampling")
LOOKUPS = [(walk, step) for walk in walks() for step in catalog()[walk.matter].steps if step.kind == "lookup"]


# departments and rules know no database: one kind is enough for a sweep this wide
pytestmark = pytest.mark.parametrize("center", ["sqlite"], indirect=True, scope="session")


def today():
    return SystemClock().now().astimezone(CHINA_TIME).date()


def asked(terminal, name, inputs):
    return LookupReply.model_validate_json(terminal.look_up(name, inputs).content)


def test_every_lookup_has_its_department_and_every_department_its_matter(center):
    adapters = {path.stem.replace("_", "-") for path in DEPARTMENTS.glob("*.py") if path.stem not in NOT_ADAPTERS}
    assert {step.lookup for _, step in LOOKUPS} == adapters


@pytest.mark.parametrize("walk", walks(), ids=str)
def test_what_a_department_finds_is_shown_or_stops_a_walk_as_its_matter_says(terminal, walk):
    def ask(step, visit):
        reply = asked(terminal, step.lookup, visit.lookup_inputs(step))
        if reply.status == "found":
            assert reply.source == "示例"
            assert reply.data.keys() == step.example.keys()
            assert asked(terminal, step.lookup, visit.lookup_inputs(step)).data == reply.data
            for language in ("zh", "en"):
                assert visit.lookup_rows(step, reply.data, language) or not step.rows
        status = "found" if reply.status == "found" else "notFound"
        return {"status": status, "data": reply.data, "source": reply.source}

    if not walk.stopped:
        assert walked(walk, today(), ask).review_rows("zh")
        return
    with pytest.raises(AnswerRefused) as refused:
        walked(walk, today(), ask)
    assert walk.stopped in " ".join(problem.words.zh for problem in refused.value.problems)


@pytest.mark.parametrize("lookup", sorted({step.lookup for _, step in LOOKUPS}))
def test_numbers_provoke_not_found_refused_and_no_answer(terminal, lookup):
    walk, step = next((walk, step) for walk, step in LOOKUPS if step.lookup == lookup and not walk.number)
    inputs = walked(walk, today()).answers[step.id]["inputs"]
    for mark, status in (("999", "notFound"), ("998", "refused")):
        reply = asked(terminal, lookup, inputs | {"number": number_of(mark)})
        assert (reply.status, reply.source) == (status, "示例")
        assert "示例" in reply.message.zh
    assert terminal.look_up(lookup, inputs | {"number": number_of("997")}).status_code == 503
    assert asked(terminal, lookup, {}).status == "refused"


def not_reached(step, visit):
    return {"status": "unavailable"}


@pytest.mark.parametrize("walk", [walk for walk in walks() if walk.outcome], ids=str)
def test_the_center_decides_a_walk_as_it_should(terminal, walk):
    case = case_from_visit(
        walked(walk, today(), not_reached if walk.stopped else None),
        case_id=secrets.token_hex(16),
        terminal_id=terminal.identity.terminal_id,
        language="zh",
        created_at=SystemClock().now(),
    ).model_copy(update={"attachments": ()})
    terminal.delivers(case)
    decision = ResultReply.model_validate_json(terminal.get(f"/v1/cases/{case.case_id}/result").content).decision
    assert decision.outcome == walk.outcome
    assert walk.words in decision.message.zh
    assert bool(decision.pdf_sha256) == (walk.outcome == "issued")
    assert decision.rows or walk.outcome != "issued"
