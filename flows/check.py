"""What a well-shaped matter can still get wrong: ids, order of steps, names, and expressions that cannot work."""

from collections.abc import Iterator

from flows.answers import CARD_KEYS
from flows.check_terms import terms_faults, twice
from flows.dryrun import expression_faults
from flows.fields import Field
from flows.matter import Matter
from flows.positions import Fault, Path
from flows.steps import (
    CaptureStep,
    Check,
    ChooseStep,
    FormStep,
    GroupStep,
    IdentifyStep,
    LookupStep,
    NoticeStep,
    Row,
    Step,
)

_RESERVED = frozenset(
    [
        *("today", "month", "year", "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for"),
        *("function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while"),
    ]
)
_AFTER_SUBMIT = ("result", "rate")


def matter_faults(matter: Matter, file_stem: str) -> Iterator[Fault]:
    """Everything wrong with a matter of the right shape; `file_stem` must be its id."""
    if matter.id != file_stem:
        yield Fault(("id",), f"the id '{matter.id}' is not the name of the file", file_stem)
    yield from _ids(matter)
    yield from _order(matter)
    for place, step in enumerate(matter.steps):
        yield from _step(step, ("steps", place), matter)
    yield from _outcome(matter)
    yield from _rows(matter)
    yield from terms_faults(matter)
    yield from expression_faults(matter)


def _ids(matter: Matter) -> Iterator[Fault]:
    yield from twice([step.id for step in matter.steps], ("steps",), "step id")
    for place, step in enumerate(matter.steps):
        if step.id in _RESERVED:
            yield Fault(("steps", place, "id"), f"step id '{step.id}' is reserved for expressions")


def _order(matter: Matter) -> Iterator[Fault]:
    kinds = [step.kind for step in matter.steps]
    for kind in ("identify", "review", "submit", "result"):
        if kinds.count(kind) != 1:
            yield Fault(("steps",), f"there are {kinds.count(kind)} steps of kind {kind}", f"exactly one {kind}")
        elif matter.steps[kinds.index(kind)].when:
            yield Fault(("steps", kinds.index(kind), "when"), f"the {kind} step cannot depend on anything", "no when")
    if kinds.count("submit") != 1:
        return
    submit = kinds.index("submit")
    if submit == 0 or kinds[submit - 1] != "review":
        yield Fault(("steps", submit), "the review must stand directly before submit", "review, then submit")
    for place, kind in enumerate(kinds):
        if place > submit and kind not in _AFTER_SUBMIT:
            yield Fault(("steps", place), f"a {kind} step cannot stand after submit", ", ".join(_AFTER_SUBMIT))
        if place < submit and kind in _AFTER_SUBMIT:
            yield Fault(("steps", place), f"a {kind} step cannot stand before submit")


def _step(step: Step, path: Path, matter: Matter) -> Iterator[Fault]:
    if isinstance(step, NoticeStep):
        if (step.asks == "consent") != (step.decline is not None):
            yield Fault(path, "a consent can be declined, and nothing else can", "asks: consent with decline")
    elif isinstance(step, ChooseStep):
        yield from twice([option.id for option in step.options], (*path, "options"), "option id")
        yield from _check_fields(step.checks, path, ())
    elif isinstance(step, FormStep):
        yield from _fields(step.fields, path)
        yield from _check_fields(step.checks, path, tuple(field.id for field in step.fields))
    elif isinstance(step, GroupStep):
        yield from _fields(step.fields, path)
        yield from _check_fields(step.checks, path, ())
        if step.min > step.max:
            yield Fault((*path, "min"), f"at least {step.min} and at most {step.max} cannot be", "min not above max")
    elif isinstance(step, IdentifyStep | LookupStep):
        yield from _check_fields(step.checks, path, ())
        if isinstance(step, IdentifyStep):
            yield from _identify(step, path, matter)
    elif isinstance(step, CaptureStep):
        needed = f"{step.camera}_camera"
        if step.skip is None and needed not in matter.needs:
            yield Fault(
                path, f"this picture needs the {needed}, which `needs` does not list", f"needs with {needed}, or skip"
            )
        if step.watermark and step.camera == "face":
            yield Fault((*path, "watermark"), "a picture of a face is not written on", "camera: document")


def _identify(step: IdentifyStep, path: Path, matter: Matter) -> Iterator[Fault]:
    if "face" not in step.by:
        return
    if len(step.by) > 1:
        yield Fault((*path, "by"), "identifying by the face stands alone", "by: [face]")
    if "face_camera" not in matter.needs:
        yield Fault((*path, "by"), "this needs the face_camera, which `needs` does not list", "needs with face_camera")
    before = matter.steps[: matter.steps.index(step)]
    if not any(isinstance(notice, NoticeStep) and notice.asks != "reading" for notice in before):
        yield Fault((*path, "by"), "nobody is filmed without having agreed", "a notice before it that asks: agreement")


def _fields(fields: tuple[Field, ...], path: Path) -> Iterator[Fault]:
    yield from twice([field.id for field in fields], (*path, "fields"), "field id")
    for place, field in enumerate(fields):
        here = (*path, "fields", place)
        if field.type == "choice" and len(field.options) < 2:
            yield Fault(here, f"the choice '{field.id}' has {len(field.options)} options", "at least two options")
        if field.type != "choice" and field.options:
            yield Fault((*here, "options"), f"a field of type {field.type} has no options", "type: choice")
        yield from twice([option.id for option in field.options], (*here, "options"), "option id")


def _check_fields(checks: tuple[Check, ...], path: Path, fields: tuple[str, ...]) -> Iterator[Fault]:
    for place, check in enumerate(checks):
        if check.field and check.field not in fields:
            yield Fault(
                (*path, "checks", place, "field"), f"there is no field '{check.field}'", ", ".join(fields) or "no field"
            )


def _outcome(matter: Matter) -> Iterator[Fault]:
    if matter.kind == "accepted":
        if matter.decide:
            yield Fault(("decide",), "an accepted matter is decided by people: it has no rules", "kind: instant")
        return
    if not matter.decide:
        yield Fault(("kind",), "an instant matter needs rules to decide by", "decide: a list of rules")
    for place, rule in enumerate(matter.decide):
        last = place == len(matter.decide) - 1
        if last and rule.when:
            yield Fault(("decide", place), "the last rule must decide whatever is left", "a last rule without when")
        if not last and not rule.when:
            yield Fault(
                ("decide", place), "the rules after this one are never reached", "when, in all but the last rule"
            )
    if any(rule.outcome == "issued" for rule in matter.decide) and matter.document is None:
        yield Fault(("decide",), "a document is issued, but nothing says what it shows", "document")


def _rows(matter: Matter) -> Iterator[Fault]:
    groups: list[tuple[Path, tuple[Row, ...]]] = [(("case_rows",), matter.case_rows)]
    groups += [(("steps", n, "rows"), step.rows) for n, step in enumerate(matter.steps) if step.kind == "lookup"]
    groups += [(("steps", n, "totals"), step.totals) for n, step in enumerate(matter.steps) if step.kind == "group"]
    if matter.document:
        groups.append((("document", "rows"), matter.document.rows))
    for path, rows in groups:
        for place, row in enumerate(rows):
            yield from _row(row, (*path, place), matter)


def _row(row: Row, path: Path, matter: Matter) -> Iterator[Fault]:
    if bool(row.answer) == bool(row.value):
        yield Fault(path, "a row shows either an answer or a value", "answer: step.field, or value: an expression")
        return
    if not row.answer:
        return
    if row.words:
        yield Fault((*path, "words"), "an answer has words of its own", "words beside value")
    step_id, _, part = row.answer.partition(".")
    step = next((step for step in matter.steps if step.id == step_id), None)
    here = (*path, "answer")
    if step is None:
        yield Fault(here, f"there is no step '{step_id}'", ", ".join(step.id for step in matter.steps))
    elif isinstance(step, FormStep) and part not in [field.id for field in step.fields]:
        yield Fault(
            here, f"step '{step_id}' has no field '{part}'", ", ".join(f"{step_id}.{f.id}" for f in step.fields)
        )
    elif isinstance(step, IdentifyStep) and part not in CARD_KEYS:
        yield Fault(here, f"a card has no '{part}'", ", ".join(f"{step_id}.{key}" for key in CARD_KEYS))
    elif isinstance(step, GroupStep) and part:
        yield Fault(here, f"the group '{step_id}' is shown whole, or part of it by a value", f"answer: {step_id}")
