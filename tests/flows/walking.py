"""Answers a visitor could give at each step, for the tests that walk whole visits."""

from collections.abc import Mapping
from datetime import date

from pydantic import JsonValue

from flows.answers import AnswerRefused, canonical_answer
from flows.dryrun import samples
from flows.matter import Matter
from flows.steps import Step
from flows.visit import Visit
from tests.catalogue.own_answers import own_answers

TODAY = date(2026, 11, 23)
CARD: dict[str, JsonValue] = {
    "kind": "citizen",
    "name": "测试甲",
    "sex": "male",
    "birth_date": "1899-01-01",
    "address": "浙江省瑞安市测试路1号",
    "number": "330381189901010015",
    "photo": {"wlt_sha256": "0" * 64},
}


def possible_answers(visit: Visit) -> list[JsonValue]:
    """At least one of every kind the current step takes, and those its walk in the catalogue gives."""
    step = visit.current
    assert step is not None
    offered = _samples(visit)
    full = offered[0]
    own = [
        {**full, **answer} if isinstance(full, dict) and isinstance(answer, dict) else answer
        for answer in own_answers(visit.matter.id, step.id)
    ]
    if step.kind not in ("form", "group", "choose", "identify"):
        return [*offered, *own]
    return [answer for answer in (*offered, *own) if _taken(step, answer, visit.names)]


def _taken(step: Step, answer: JsonValue, names: Mapping[str, JsonValue]) -> bool:
    try:
        canonical_answer(step, answer, names)
    except AnswerRefused:
        return False
    return True


def _samples(visit: Visit) -> list[JsonValue]:
    step = visit.current
    assert step is not None
    if step.kind == "identify" and "card" in step.by:
        return [CARD, {**CARD, "newest_address": "浙江省瑞安市测试路2号"}]
    if step.kind == "lookup":
        return [{key: item for key, item in answer.items() if key != "inputs"} for answer in samples(step)]
    return samples(step)


def walk_to_the_end(matter: Matter, choice: int = 0) -> list[str]:
    """Ids of the steps passed, taking the answer number `choice` (modulo) everywhere."""
    visit, passed = Visit.begin(matter, TODAY), []
    while (step := visit.current) is not None:
        answers = possible_answers(visit)
        visit = visit.answer(step.id, answers[choice % len(answers)])
        passed.append(step.id)
    return passed


def visit_until(matter: Matter, step_id: str, **answers: JsonValue) -> Visit:
    """A visit standing at `step_id`; steps not named take their first possible answer."""
    visit = Visit.begin(matter, TODAY)
    while (step := visit.current) is not None and step.id != step_id:
        visit = visit.answer(step.id, answers.get(step.id, possible_answers(visit)[0]))
    assert visit.current is not None
    return visit
