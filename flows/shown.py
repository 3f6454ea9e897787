"""Answers as a person reads them: the rows of the review, of a lookup, of a case and of an issued document."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from pydantic import JsonValue

from flows.expressions import evaluate, holds
from flows.fields import NOT_PROVIDED, Choice, masked
from flows.fields import shown as field_shown
from flows.matter import Matter
from flows.steps import (
    CaptureStep,
    ChooseStep,
    FormStep,
    GroupStep,
    IdentifyStep,
    LookupStep,
    NoticeStep,
    PromiseStep,
    RateStep,
    ResultStep,
    ReviewStep,
    Row,
    SignStep,
    Step,
    SubmitStep,
)
from flows.text import LabelledValue, Text, joined

_AMOUNT = re.compile(r"-?[1-9]\d*\.\d\d")  # as departments write it: 91513.00
_NAME = Text(zh="姓名", en="Name")
_BY_FACE = Text(zh="已拍摄人脸，由中心核实身份", en="Picture taken; the center finds out who it is")
_NUMBER = Text(zh="证件号码", en="ID number")
_WORDS: Mapping[str, Text] = {
    "read": Text(zh="已阅读", en="Read"),
    "agree": Text(zh="同意", en="I agree"),
    "decline": Text(zh="不同意", en="I do not agree"),
    "skipped": Text(zh="未提供", en="Not provided"),
    "signed": Text(zh="已签名", en="Signed"),
    "promised": Text(zh="已承诺", en="Promised"),
}


@dataclass(frozen=True)
class ShownRow:
    """`step` names where it can be changed; empty where it cannot."""

    label: str
    value: str
    step: str = ""


def same(text: str) -> Text:
    """What reads alike in both languages, such as a number or a name."""
    return Text(zh=text, en=text)


def review_rows(steps: Iterable[Step], answers: Mapping[str, JsonValue]) -> Iterator[tuple[str, LabelledValue]]:
    """Step id (empty where nothing can be changed) and row, in the order asked, of every answered step."""
    for step in steps:
        answer = answers.get(step.id)
        if answer is None:
            continue
        for label, value in _step_rows(step, answer):
            changeable = not isinstance(step, IdentifyStep | LookupStep)
            yield step.id if changeable else "", LabelledValue(label=label, value=value)


def _step_rows(step: Step, answer: JsonValue) -> Iterator[tuple[Text, Text]]:
    match step:
        case NoticeStep():
            if step.asks == "consent":
                yield step.title, _WORDS[str(answer)]
        case IdentifyStep():
            yield from _identity_rows(answer if isinstance(answer, dict) else {})
        case ChooseStep():
            yield step.title, _labels(step.options, answer)
        case FormStep():
            form = answer if isinstance(answer, dict) else {}
            for field in step.fields:
                yield field.label, field_shown(form.get(field.id), field)
        case GroupStep():
            yield from _group_rows(step, answer)
        case CaptureStep():
            yield step.material, _pictures(answer)
        case PromiseStep():
            yield step.title, _WORDS["promised"]
        case SignStep():
            yield step.title, _WORDS["signed"]
        case LookupStep() | ReviewStep() | SubmitStep() | ResultStep() | RateStep():
            return
        case _:
            assert_never(step)


def _identity_rows(card: Mapping[str, JsonValue]) -> Iterator[tuple[Text, Text]]:
    if card.get("kind") == "face":
        yield _NAME, _BY_FACE
        return
    yield _NAME, same(str(card.get("name")))
    yield _NUMBER, same(masked(str(card.get("number"))))


def _group_rows(step: GroupStep, answer: JsonValue) -> Iterator[tuple[Text, Text]]:
    """A row for each; where there is none, one that says so."""
    items = [item for item in answer if isinstance(item, dict)] if isinstance(answer, list) else []
    if not items:
        yield step.title, NOT_PROVIDED
    for place, item in enumerate(items, start=1):
        label = Text(zh=f"{step.item.zh} {place}", en=f"{step.item.en} {place}")
        yield label, joined(field_shown(item.get(field.id), field) for field in step.fields)


def _labels(options: Iterable[Choice], answer: JsonValue) -> Text:
    chosen = answer if isinstance(answer, list) else [answer]
    return joined(option.label for option in options if option.id in chosen)


def _pictures(answer: JsonValue) -> Text:
    if not isinstance(answer, list):
        return _WORDS["skipped"]
    held = [item.get("pages", 1) if isinstance(item, dict) else 1 for item in answer]
    count = sum(pages for pages in held if isinstance(pages, int))
    return Text(zh=f"已拍摄 {count} 张", en=f"{count} picture{'s' if count > 1 else ''} taken")


def labelled_rows(matter: Matter, rows: Iterable[Row], names: Mapping[str, JsonValue]) -> Iterator[LabelledValue]:
    """Rows whose `when` holds and that have a value; raises ExpressionFailed."""
    for row in rows:
        if holds(row.when, names):
            value = _answer_value(matter, row.answer, names) if row.answer else _row_value(row, names)
            if value is not None:
                yield LabelledValue(label=row.label, value=value)


def _row_value(row: Row, names: Mapping[str, JsonValue]) -> Text | None:
    value = evaluate(row.value, names)
    code = str(value).lower() if isinstance(value, bool) else str(value)
    plain = _text_of(value)
    if code in row.words or plain is None or row.unit is None:  # "none" has no unit
        return row.words.get(code) or plain
    return Text(zh=f"{plain.zh} {row.unit.zh}", en=f"{plain.en} {row.unit.en}")


def _text_of(value: JsonValue) -> Text | None:
    if value is None or value == "":
        return None
    if isinstance(value, float):
        return same(f"{value:,.2f}")
    if isinstance(value, list):
        return same(", ".join(map(str, value)))
    if isinstance(value, str) and _AMOUNT.fullmatch(value):
        return same(f"{Decimal(value):,}")
    return same(str(value))


def _answer_value(matter: Matter, place: str, names: Mapping[str, JsonValue]) -> Text | None:
    step_id, _, part = place.partition(".")
    step, answer = matter.step(step_id), names.get(step_id)
    if answer is None:
        return None
    if isinstance(step, GroupStep):
        return _in_lines(value for _, value in _step_rows(step, answer))
    if not part:
        return next((value for _, value in _step_rows(step, answer)), None)
    value = answer.get(part) if isinstance(answer, dict) else None
    if isinstance(step, FormStep):
        return next((field_shown(value, field) for field in step.fields if field.id == part), None)
    return same(str(value)) if value else None


def _in_lines(texts: Iterable[Text]) -> Text:
    said = tuple(texts)
    return Text(zh="；".join(text.zh for text in said), en="; ".join(text.en for text in said))


def in_language(rows: Iterable[LabelledValue], language: str) -> tuple[ShownRow, ...]:
    return tuple(ShownRow(row.label.in_language(language), row.value.in_language(language)) for row in rows)
