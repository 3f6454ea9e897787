"""What counts as an answer to each kind of step: the canonical form of a value, or the problems with it."""

from collections.abc import Iterable, Mapping
from typing import assert_never

from pydantic import JsonValue

from flows.expressions import evaluate, holds
from flows.fields import Field, FieldProblem, parse, written
from flows.ratings import RATINGS
from flows.steps import (
    CaptureStep,
    Check,
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
    SignStep,
    Step,
    SubmitStep,
)
from flows.text import Text

SKIPPED = "skipped"
CARD_KEYS = (  # as printed by `kiosk card read --json`, without the photo; absent is null
    *("kind", "name", "name_en", "sex", "nation", "nation_code", "birth_date", "address", "number", "authority"),
    *("valid_from", "valid_to", "issue_count", "permit_number", "country", "newest_address", "warnings"),
)


class AnswerRefused(Exception):
    """An answer that cannot stand; `problems` say in words why and what to do. Holds no personal data itself."""

    def __init__(self, step_id: str, problems: Iterable[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{step_id}: {', '.join(problem.code for problem in self.problems)}")


def canonical_answer(  # noqa: PLR0911, PLR0912 - one branch a kind of step, and assert_never after them
    step: Step, value: JsonValue, names: Mapping[str, JsonValue]
) -> JsonValue:
    """The form that is stored; `names` are earlier answers with today, month and year. Raises AnswerRefused."""
    match step:
        case NoticeStep():
            return _one_of(step, value, (step.agreed, "decline") if step.asks == "consent" else (step.agreed,))
        case IdentifyStep():
            return _identity(step, value, names)
        case ChooseStep():
            return _chosen(step, value, names)
        case FormStep():
            return _filled(step, value, names)
        case GroupStep():
            return _grouped(step, value, names)
        case LookupStep():
            return _looked_up(step, value, names)
        case CaptureStep():
            return _captured(step, value)
        case PromiseStep():
            return _one_of(step, value, ("agree",))
        case SignStep():
            return _attachment(step, value)
        case ReviewStep():
            return _one_of(step, value, ("confirmed",))
        case SubmitStep():
            return _strings(step, value, ("case_id", "local_number"))
        case ResultStep():
            return _one_of(step, value, ("seen",))
        case RateStep():
            return _rated(step, value)
        case _:
            assert_never(step)


def lookup_inputs(step: LookupStep, names: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The parameters to send to the center."""
    return {name: evaluate(source, names) for name, source in step.inputs.items()}


def _refused(step: Step, code: str, zh: str, en: str, field: str = "") -> AnswerRefused:
    return AnswerRefused(step.id, (FieldProblem(code, Text(zh=zh, en=en), field),))


def _shape(step: Step) -> AnswerRefused:
    return _refused(step, "shape", "请重新回答这一步", "Please answer this step again")


def _one_of(step: Step, value: JsonValue, allowed: tuple[str, ...]) -> str:
    if isinstance(value, str) and value in allowed:
        return value
    raise _shape(step)


def _check(step: Step, checks: Iterable[Check], value: JsonValue, names: Mapping[str, JsonValue]) -> None:
    here = {**names, step.id: value}
    failed = tuple(check for check in checks if not holds(check.holds, here))
    if failed:
        raise AnswerRefused(step.id, (FieldProblem("check", check.message, check.field) for check in failed))


def _identity(step: IdentifyStep, value: JsonValue, names: Mapping[str, JsonValue]) -> JsonValue:
    if not isinstance(value, dict) or not all(isinstance(value.get(key), str) for key in ("kind", "name", "number")):
        raise _shape(step)
    kinds = [*(step.accepts if "card" in step.by else ()), *(way for way in step.by if way != "card")]
    if value["kind"] not in kinds:
        raise _refused(
            step,
            "cardKind",
            "这个事项不能用这种证件办理，请换一张证件",
            "This card cannot be used for this matter: use another",
        )
    card: dict[str, JsonValue] = {key: value.get(key) for key in CARD_KEYS}
    if value["kind"] == "face":
        card["picture"] = _attachment(step, value.get("picture"))
    elif not value["name"] or not value["number"]:
        raise _shape(step)
    _check(step, step.checks, card, names)
    return card


def _chosen(step: ChooseStep, value: JsonValue, names: Mapping[str, JsonValue]) -> JsonValue:
    offered = [option.id for option in step.options]
    wanted = value if isinstance(value, list) else [value]
    if not all(item in offered for item in wanted) or isinstance(value, list) != step.multiple:
        raise _shape(step)
    if not wanted:
        raise _refused(step, "empty", "请至少选择一项", "Choose at least one")
    chosen: JsonValue = [item for item in offered if item in wanted] if step.multiple else value
    _check(step, step.checks, chosen, names)
    return chosen


def _filled(step: FormStep, value: JsonValue, names: Mapping[str, JsonValue]) -> JsonValue:
    if not isinstance(value, dict) or not set(value) <= {field.id for field in step.fields}:
        raise _shape(step)
    form, problems = read_fields(step.fields, value)
    if problems:
        raise AnswerRefused(step.id, problems)
    _check(step, step.checks, form, names)
    return form


def _grouped(step: GroupStep, value: JsonValue, names: Mapping[str, JsonValue]) -> JsonValue:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise _shape(step)
    if len(value) < step.min:
        raise _refused(
            step, "tooFew", f"至少填写 {step.min} 个{step.item.zh}", f"Enter at least {step.min}: {step.item.en}"
        )
    if len(value) > step.max:
        raise _refused(
            step, "tooMany", f"最多填写 {step.max} 个{step.item.zh}", f"Enter at most {step.max}: {step.item.en}"
        )
    items: list[JsonValue] = []
    for place, item in enumerate(value, start=1):
        form, problems = read_fields(step.fields, item if isinstance(item, dict) else {})
        if problems:
            said = problems[0].words
            zh, en = f"{step.item.zh} {place}：{said.zh}", f"{step.item.en} {place}: {said.en}"
            raise _refused(step, problems[0].code, zh, en)
        items.append(form)
    _check(step, step.checks, items, names)
    return items


def read_fields(
    fields: Iterable[Field], value: Mapping[str, JsonValue] | Mapping[str, str]
) -> tuple[dict[str, JsonValue], tuple[FieldProblem, ...]]:
    """Canonical values by field, and what is wrong; a problem in one half of a span stands at `field.from` or `.to`."""
    form: dict[str, JsonValue] = {}
    problems = []
    for field in fields:
        result = parse(written(value.get(field.id), field), field)
        if isinstance(result, FieldProblem):
            place = ".".join(filter(None, (field.id, result.field)))
            problems.append(FieldProblem(result.code, result.words, place))
        else:
            form[field.id] = result
    return form, tuple(problems)


def _looked_up(step: LookupStep, value: JsonValue, names: Mapping[str, JsonValue]) -> JsonValue:
    if not isinstance(value, dict) or value.get("status") not in ("found", "notFound", "unavailable"):
        raise _shape(step)
    status, data, source = value["status"], value.get("data") or {}, value.get("source") or ""
    inputs: JsonValue = lookup_inputs(step, names)
    if value.get("inputs", inputs) != inputs:
        raise _refused(step, "stale", "信息已变化，需要重新查询", "Something changed: this has to be asked again")
    if step.required and status != "found":
        words = step.not_found if status == "notFound" else step.unavailable
        raise AnswerRefused(step.id, (FieldProblem(str(status), words),))
    answer: dict[str, JsonValue] = {"status": status, "data": data, "source": source, "inputs": inputs}
    if status == "found":
        _check(step, step.checks, answer, names)
    return answer


def _attachment(step: Step, value: JsonValue) -> JsonValue:
    if (
        not isinstance(value, dict)
        or not isinstance(value.get("sha256"), str)
        or not isinstance(value.get("size"), int)
    ):
        raise _shape(step)
    default = "image/png" if isinstance(step, SignStep) else "image/jpeg"
    held = {"sha256": value["sha256"], "size": value["size"], "media_type": value.get("media_type") or default}
    check, pages = value.get("check"), value.get("pages")
    if isinstance(check, str) and check:
        held["check"] = check
    if isinstance(pages, int) and 1 < pages <= (step.pages if isinstance(step, CaptureStep) else 1):
        held["pages"] = pages
    return held


def _captured(step: CaptureStep, value: JsonValue) -> JsonValue:
    if value == SKIPPED and step.skip is not None:
        return SKIPPED
    if not isinstance(value, list) or not value:
        raise _shape(step)
    if len(value) > step.pages:
        raise _refused(step, "pages", f"最多拍摄 {step.pages} 页", f"At most {step.pages} pages")
    return [_attachment(step, item) for item in value]


def _strings(step: Step, value: JsonValue, keys: tuple[str, ...]) -> JsonValue:
    if not isinstance(value, dict) or not all(isinstance(value.get(key), str) and value[key] for key in keys):
        raise _shape(step)
    return {key: value[key] for key in keys}


def _rated(step: RateStep, value: JsonValue) -> JsonValue:
    if value == SKIPPED:
        return SKIPPED
    if not isinstance(value, dict):
        raise _shape(step)
    known = {level.level: {tag.code for tag in level.tags} for level in RATINGS}
    level, tags, text = value.get("level"), value.get("tags") or [], value.get("text") or ""
    if not isinstance(level, int) or level not in known or not isinstance(tags, list) or not isinstance(text, str):
        raise _shape(step)
    if not all(tag in known[level] for tag in tags):
        raise _shape(step)
    return {"level": level, "tags": tags, "text": text.strip()[:500]}
