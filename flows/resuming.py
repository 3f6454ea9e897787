"""A visit taken up again: answers that still hold stand, those behind what is done anew are filled in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pydantic import JsonValue

from flows.answers import AnswerRefused, read_fields
from flows.expressions import ExpressionFailed
from flows.matter import Matter
from flows.steps import ChooseStep, FormStep, GroupStep, IdentifyStep, NoticeStep, Step
from flows.visit import Visit

CARD_KINDS = ("citizen", "hmt_resident", "foreigner_2017", "foreigner_2023")


def card_number(visit: Visit) -> str:
    """Of the ID card that was laid in this visit; empty where nobody laid one."""
    for step in visit.matter.steps:
        answer = visit.value(step.id)
        if isinstance(step, IdentifyStep) and isinstance(answer, dict) and answer.get("kind") in CARD_KINDS:
            return str(answer.get("number") or "")
    return ""


def kept_answers(visit: Visit) -> dict[str, JsonValue]:
    """What the person chose, filled in and read; a consent, a promise, pictures and the signature are given anew."""
    kept = [step.id for step in visit.matter.steps if _is_kept(step)]
    return {name: visit.answers[name] for name in kept if name in visit.answers}


def resumed(matter: Matter, today: date, answers: Mapping[str, JsonValue], card: Mapping[str, JsonValue]) -> Visit:
    """At the first step that has no answer or needs a new one; what was kept for later steps is there to be checked."""
    given = right_answers(matter, answers)
    visit = Visit.begin(matter, today)
    while (step := visit.current) is not None:
        answer: JsonValue = dict(card) if isinstance(step, IdentifyStep) else given.get(step.id)
        if answer is None:
            break
        try:
            visit = visit.answer(step.id, answer)
        except (AnswerRefused, ExpressionFailed):
            break
    later = {name: answer for name, answer in given.items() if name not in visit.answers}
    return replace(visit, remembered={**later, **visit.remembered}, dropped=())


def right_answers(matter: Matter, answers: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Those that are answers to its steps today and can be kept, each as far as it is right."""
    read = {step.id: _right(step, answers[step.id]) for step in matter.steps if step.id in answers}
    return {name: answer for name, answer in read.items() if answer is not None}


def _is_kept(step: Step) -> bool:
    if isinstance(step, NoticeStep):
        return step.asks != "consent"
    return isinstance(step, ChooseStep | FormStep | GroupStep)


def _right(step: Step, answer: JsonValue) -> JsonValue:
    """As much of it as answers this step as it is today, or None; a draft may be older than the matter."""
    match step:
        case NoticeStep():
            return answer if _is_kept(step) else None
        case ChooseStep():
            chosen = answer if isinstance(answer, list) else [answer]
            return answer if all(one in {option.id for option in step.options} for one in chosen) else None
        case FormStep():
            return read_fields(step.fields, answer)[0] if isinstance(answer, dict) else None
        case GroupStep():
            items = answer if isinstance(answer, list) else []
            return [item for item in items if isinstance(item, dict) and not read_fields(step.fields, item)[1]]
        case _:
            return None


def carried_over(matter: Matter, before: Visit) -> Visit:
    """The same person in the same matter after its file was changed: every answer that still holds stands."""
    visit = Visit.begin(matter, before.today)
    while (step := visit.current) is not None and step.id in before.answers:
        try:
            visit = visit.answer(step.id, before.answers[step.id])
        except (AnswerRefused, ExpressionFailed):
            break
    return replace(visit, remembered={**before.remembered, **before.answers}, dropped=())
