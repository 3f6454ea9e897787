"""Expressions tried at load: compiled, checked for names, and evaluated over sample answers of every branch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal, assert_never

from pydantic import JsonValue

from flows.answers import CARD_KEYS
from flows.expressions import ExpressionFailed, ExpressionRefused, check_expression, evaluate, holds, names_in
from flows.fields import Field
from flows.matter import Matter, Rule
from flows.positions import Fault, Path
from flows.reach import never_holds
from flows.steps import (
    CaptureStep,
    ChooseStep,
    FormStep,
    GroupStep,
    IdentifyBy,
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

_DAY = date(2026, 11, 23)
_MOST_STATES = 48  # for one expression; two matters load in well under a tenth of a second
_PICTURE: JsonValue = {"sha256": "0" * 64, "size": 1, "media_type": "image/jpeg"}
_NUMBER = "330381189901010015"
_DATES = {"birth_date": "1899-01-01", "valid_from": "2020-01-01", "valid_to": "2040-01-01"}
_CARD: dict[str, JsonValue] = {
    **dict.fromkeys(CARD_KEYS, "示例"),
    **_DATES,
    "kind": "citizen",
    "number": _NUMBER,
    "warnings": [],
}
_BARE_CARD: dict[str, JsonValue] = {
    **dict.fromkeys(CARD_KEYS),
    **{key: _CARD[key] for key in ("kind", "name", "number")},
}
_IDENTITIES: Mapping[IdentifyBy, tuple[JsonValue, ...]] = {
    "card": (_CARD, _BARE_CARD),
    "passport": ({**_BARE_CARD, "kind": "passport", "name": "ERIKSSON ANNA MARIA", "number": "L898902C3"},),
    "phone": ({**_BARE_CARD, "kind": "phone"},),
    "face": ({**_BARE_CARD, "kind": "face", "name": "", "number": "", "picture": _PICTURE},),
}
_Gives = Literal["bool", "text", "amount", "list", "any"]


@dataclass(frozen=True)
class _Use:
    """One expression of a matter: where it stands, which steps it may name, and what it must give."""

    path: Path
    source: str
    steps: tuple[Step, ...]  # whose answers it may name, in order
    gives: _Gives = "any"
    unanswered: bool = False  # also evaluated while answers are missing
    found: bool = False  # `at` is a lookup that has found something
    at: Step | None = None  # the step it stands in, which must apply
    after: tuple[Rule, ...] = ()  # the rules that must not have held
    issued: bool = False  # only evaluated when the rules issue the document
    where: str | None = None  # only evaluated where this holds


def expression_faults(matter: Matter) -> Iterator[Fault]:
    """Broken expressions, unknown names and functions, and expressions that fail on answers they can meet."""
    for use in _uses(matter):
        try:
            check_expression(use.source, tuple(step.id for step in use.steps))
        except ExpressionRefused as error:
            yield Fault(use.path, str(error), error.allowed)
            continue
        never = never_holds(use.source, use.steps, use.path) if use.gives == "bool" else None
        yield from filter(None, [_try(use, matter) or never])


def samples(step: Step) -> list[JsonValue]:  # noqa: PLR0911, PLR0912 - one branch a kind of step
    """Canonical answers that between them take every branch a step offers."""
    match step:
        case NoticeStep():
            return [step.agreed, "decline"] if step.asks == "consent" else [step.agreed]
        case IdentifyStep():
            return [record for way in step.by for record in _IDENTITIES[way]]
        case ChooseStep():
            ids: list[JsonValue] = [option.id for option in step.options]
            return [ids, ids[:1], ids[-1:]] if step.multiple else ids
        case FormStep():
            return list(_forms(step.fields))
        case GroupStep():
            return list(_groups(step))
        case LookupStep():
            found = _looked_up("found", step.example)
            return [found] if step.required else [found, _looked_up("notFound", {}), _looked_up("unavailable", {})]
        case CaptureStep():
            return [[_PICTURE], "skipped"] if step.skip else [[_PICTURE]]
        case PromiseStep():
            return ["agree"]
        case SignStep():
            return [_PICTURE]
        case ReviewStep():
            return ["confirmed"]
        case SubmitStep():
            return [{"case_id": "0" * 32, "local_number": "示例"}]
        case ResultStep():
            return ["seen"]
        case RateStep():
            return [{"level": 5, "tags": [], "text": ""}, "skipped"]
        case _:
            assert_never(step)


def _looked_up(status: str, data: Mapping[str, JsonValue]) -> JsonValue:
    return {"status": status, "data": dict(data), "source": "示例", "inputs": {}}


def _groups(step: GroupStep) -> Iterator[JsonValue]:
    """As few as there may be, and as many; between them every form of one."""
    forms = list(_forms(step.fields))
    if step.min == 0:
        yield []
    for form in forms:
        yield [form] * max(1, step.min)
    yield [forms[place % len(forms)] for place in range(min(step.max, max(2, step.min)))]


def _forms(fields: tuple[Field, ...]) -> Iterator[JsonValue]:
    full: dict[str, JsonValue] = {field.id: _filled(field) for field in fields}
    yield full
    if any(field.optional for field in fields):
        yield full | {field.id: field.kind.empty for field in fields if field.optional}
    for field in fields:
        for option in field.options[1:]:
            yield full | {field.id: option.id}


def _filled(field: Field) -> JsonValue:
    return field.options[0].id if field.options else field.kind.sample


def _uses(matter: Matter) -> Iterator[_Use]:
    for place, step in enumerate(matter.steps):
        before, path = matter.steps[:place], ("steps", place)
        if step.when is not None:
            yield _Use((*path, "when"), step.when, before, "bool", unanswered=True)
        yield from _step_uses(step, path, before)
    yield from _row_uses(matter.case_rows, ("case_rows",), matter.steps)
    for place, rule in enumerate(matter.decide):
        if rule.when is not None:
            yield _Use(("decide", place, "when"), rule.when, matter.steps, "bool", after=matter.decide[:place])
    if matter.document:
        yield from _row_uses(matter.document.rows, ("document", "rows"), matter.steps, issued=True)
    yield from _terms_uses(matter)


def _terms_uses(matter: Matter) -> Iterator[_Use]:
    if matter.fee and matter.fee.amount is not None:
        yield _Use(("fee", "amount"), matter.fee.amount, matter.steps, "amount", unanswered=True)
    for place, way in enumerate(matter.handover):
        if way.when is not None:
            yield _Use(("handover", place, "when"), way.when, matter.steps, "bool")
        if way.to is not None:
            yield _Use(("handover", place, "to"), way.to, matter.steps, "text", where=way.when)
    for place, part in enumerate(matter.parts):
        if part.when is not None:
            yield _Use(("parts", place, "when"), part.when, matter.steps, "bool")
        if part.fee and part.fee.amount is not None:
            yield _Use(("parts", place, "fee", "amount"), part.fee.amount, matter.steps, "amount", unanswered=True)


def _step_uses(step: Step, path: Path, before: tuple[Step, ...]) -> Iterator[_Use]:
    here = (*before, step)
    if isinstance(step, FormStep):
        for place, field in enumerate(step.fields):
            if field.default is not None:
                yield _Use((*path, "fields", place, "default"), field.default, before, "text", at=step)
    if isinstance(step, ChooseStep) and step.default is not None:
        yield _Use((*path, "default"), step.default, before, at=step)
    if isinstance(step, GroupStep):
        if step.default is not None:
            yield _Use((*path, "default"), step.default, before, "list", at=step)
        yield from _row_uses(step.totals, (*path, "totals"), here, at=step)
    if isinstance(step, FormStep | GroupStep | ChooseStep | IdentifyStep):
        for place, check in enumerate(step.checks):
            yield _Use((*path, "checks", place, "holds"), check.holds, here, "bool", at=step)
    if isinstance(step, LookupStep):
        for name, source in step.inputs.items():
            yield _Use((*path, "inputs", name), source, before, at=step)
        yield from _row_uses(step.rows, (*path, "rows"), here, found=True, at=step)
        for place, check in enumerate(step.checks):
            yield _Use((*path, "checks", place, "holds"), check.holds, here, "bool", found=True, at=step)


def _row_uses(
    rows: tuple[Row, ...],
    path: Path,
    steps: tuple[Step, ...],
    *,
    at: Step | None = None,
    found: bool = False,
    issued: bool = False,
) -> Iterator[_Use]:
    for place, row in enumerate(rows):
        pairs: tuple[tuple[str, str | None, _Gives], ...] = (("when", row.when, "bool"), ("value", row.value, "text"))
        for key, source, gives in pairs:
            if source:
                where = (*path, place, key)
                yield _Use(where, source, steps, gives, found=found, at=at, issued=issued)


def _try(use: _Use, matter: Matter) -> Fault | None:
    try:
        for names in islice(_states(use, matter), _MOST_STATES):
            problem = _wrong(use, evaluate(use.source, names))
            if problem:
                return Fault(use.path, f"expression `{use.source}` {problem}")
    except ExpressionFailed as error:
        hint = "an expression that also works while answers are missing: x != null && …" if use.unanswered else ""
        return Fault(use.path, f"expression fails on answers it can meet: {error}", hint)
    return None


def _wrong(use: _Use, value: JsonValue) -> str:
    if use.gives == "bool" and not isinstance(value, bool):
        return "must give true or false"
    if use.gives == "text" and isinstance(value, dict):
        return "must give a text or a number"
    if use.gives == "list" and not isinstance(value, list | None):
        return "must give a list, or null"
    if use.gives == "amount" and (isinstance(value, bool) or not isinstance(value, int | None)):
        return "must give a whole number of 分, or null"
    if use.gives == "amount" and isinstance(value, int) and value < 0:
        return "gives less than nothing: a fee is 0 or more"
    return ""


def _states(use: _Use, matter: Matter) -> Iterator[dict[str, JsonValue]]:
    """Every combination of sample answers that a visit can reach, for the steps an expression depends on."""
    sources = [use.source, use.where, use.at.when if use.at else None]
    sources += [rule.when for rule in (matter.decide if use.issued else use.after)]
    needed = {name for source in sources for name in _names(source)}
    for step in reversed(use.steps):
        if step.id in needed:
            needed.update(_names(step.when))
    iso = _DAY.isoformat()
    start: dict[str, JsonValue] = dict.fromkeys(step.id for step in matter.steps)
    start |= {"today": iso, "month": iso[:7], "year": iso[:4]}
    for names in _walk([step for step in use.steps if step.id in needed], start, use):
        if _reached(use, matter, names):
            yield names


def _walk(chain: list[Step], names: dict[str, JsonValue], use: _Use) -> Iterator[dict[str, JsonValue]]:
    if not chain:
        yield names
        return
    step, rest = chain[0], chain[1:]
    if use.unanswered:
        yield names
    if not _true(step.when, names):
        yield from _walk(rest, names, use)
        return
    for sample in samples(step)[: 1 if use.found and step is use.at else None]:
        yield from _walk(rest, names | {step.id: sample}, use)


def _reached(use: _Use, matter: Matter, names: Mapping[str, JsonValue]) -> bool:
    if use.at and not _true(use.at.when, names):
        return False
    if not _true(use.where, names) or any(_true(rule.when, names) for rule in use.after):
        return False
    rule = next((rule for rule in matter.decide if _true(rule.when, names)), None)
    return not use.issued or (rule is not None and rule.outcome == "issued")


def _names(source: str | None) -> tuple[str, ...]:
    try:
        return names_in(source) if source else ()
    except ValueError:  # broken, which is said where it stands
        return ()


def _true(source: str | None, names: Mapping[str, JsonValue]) -> bool:
    try:
        return holds(source, names)
    except (ExpressionFailed, ValueError):  # said where it stands
        return False
