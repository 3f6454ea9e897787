"""补正 as a matter of its own, made from what staff ask for: a person goes through it with the pages of any other."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field

from flows.case import case_from_visit
from flows.contents import CaseNumber, Missing, Supplement
from flows.matter import Matter
from flows.steps import CaptureStep, IdentifyStep
from flows.text import Frozen, Language, Text, joined
from flows.visit import Visit

TEMPLATE = Path(__file__).with_name("supplement.yaml")
UNASKED = Path(__file__).with_name("supplement-unasked.yaml")
_WHO, _BROUGHT = "visit_who", "visit_brought"
_Node = dict[str, Any]  # a part of the template as YAML gives it
_Words = Mapping[str, Text]
_PLACE = re.compile(r"\{(\w+)\}")


class Wanted(Frozen):
    """What a case waits for, as the center's progress tells it; `part` is empty for a case that has none.

    `unasked`: it waits for nothing, and this is what its applicant adds.
    """

    case_number: CaseNumber
    part: str = ""
    title: Text
    department: Text | None = None
    missing: Annotated[tuple[Missing, ...], Field(min_length=1)]
    correct_by: date | None = None
    unasked: bool = False

    @property
    def things(self) -> Mapping[str, Missing]:
        """By id; one that was named twice is asked for once."""
        return {item.id: item for item in self.missing}


def addition(case_number: str, title: Text, department: Text | None) -> Wanted:
    """What applicants may add to a case that waits for nothing. Raises ValueError for a number that is none."""
    things = tuple(Missing.model_validate(thing) for thing in _template(UNASKED)["things"])
    return Wanted(case_number=case_number, title=title, department=department, missing=things, unasked=True)


def supplement_matter(wanted: Wanted, applied: Matter | None) -> Matter:
    """`applied` is the matter of the case, where this terminal has it: its pictures are taken as they were then.

    Raises ValueError where staff's ids are those of the frame's own steps.
    """
    department = wanted.department or (applied.department if applied else None)
    frame = _filled(_frame(wanted), _words_of(wanted))
    steps = list(_steps(frame["steps"], wanted, applied))
    ids = [step["id"] for step in steps]
    if len(ids) != len(set(ids)):
        raise ValueError(f"{wanted.case_number}: what is missing has the id of a step of its own visit")
    own = {"steps": steps, "needs": _needs(steps)} | ({"department": department} if department else {})
    return Matter.model_validate(frame | own)


def supplement_from_visit(
    wanted: Wanted, visit: Visit, *, supplement_id: str, terminal_id: str, language: Language, created_at: datetime
) -> Supplement:
    """Once the visit stands at its submit step; raises ValueError for one without an identity."""
    told = case_from_visit(
        visit, case_id=supplement_id, terminal_id=terminal_id, language=language, created_at=created_at
    )
    forms = {name: told.answers.get(name) for name, item in wanted.things.items() if item.answer == "words"}
    return Supplement(
        supplement_id=supplement_id,
        terminal_id=terminal_id,
        case_number=wanted.case_number,
        part=wanted.part,
        language=language,
        created_at=told.created_at,
        applicant=told.applicant,
        answers={name: form["words"] for name, form in forms.items() if isinstance(form, dict)},
        attachments=tuple(item for item in told.attachments if item.step in wanted.things),
    )


@cache
def _template(path: Path) -> _Node:
    read: _Node = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return read


def _frame(wanted: Wanted) -> _Node:
    """The template as it reads for what was asked for, or for what was not."""
    frame = _template(TEMPLATE)
    if not wanted.unasked:
        return frame
    own = _template(UNASKED)
    return frame | {"title": own["title"], "steps": [step | own.get(step["id"], {}) for step in frame["steps"]]}


def _words_of(wanted: Wanted) -> _Words:
    things = joined(item.text for item in wanted.things.values())
    words = {"title": wanted.title, "number": _alike(wanted.case_number), "things": things}
    return words | ({"last": _alike(wanted.correct_by.isoformat())} if wanted.correct_by else {})


def _steps(frame: list[_Node], wanted: Wanted, applied: Matter | None) -> Iterator[_Node]:
    things = wanted.things
    prototypes = {step["id"]: step for step in frame}
    for step in frame:
        if step["id"] == _WHO:
            yield step | _ways(applied)
        elif step["id"] == _BROUGHT:
            if len(things) > 1:
                yield step | _choices(step, things, all_of_them=not wanted.unasked)
        elif step["id"] == "picture":
            for item in things.values():
                yield _asked(prototypes[item.answer], item, applied, alone=len(things) == 1)
        elif step["id"] != "words":
            yield step


def _asked(prototype: _Node, item: Missing, applied: Matter | None, *, alone: bool) -> _Node:
    when = None if alone else f'{_BROUGHT} == null || "{item.id}" in {_BROUGHT}'
    own: _Node = {"id": item.id, "when": when}
    before = _taken_before(item, applied) if item.answer == "picture" else None
    if before is not None:
        return before.model_dump() | own | {"skip": None}  # what staff ask for is not left out
    told: _Node = _filled(prototype, {"thing": item.text})
    return told | own


def _taken_before(item: Missing, applied: Matter | None) -> CaptureStep | None:
    """The step of the application that asked for the very same document."""
    found = next((step for step in applied.steps if step.id == item.id), None) if applied else None
    known = isinstance(found, CaptureStep) and found.camera == "document" and found.material == item.text
    return found if isinstance(found, CaptureStep) and known else None


def _ways(applied: Matter | None) -> _Node:
    """To say who they are people have the ways they applied with, but for the face: that is no number to compare."""
    before = next((step for step in applied.steps if isinstance(step, IdentifyStep)), None) if applied else None
    ways = [way for way in before.by if way != "face"] if before else []
    if before is None or not ways:
        return {}
    own: _Node = {"by": ways, "accepts": before.accepts}
    return own if ways[0] == "card" else own | {"title": before.title, "guidance": before.guidance}


def _choices(step: _Node, things: Mapping[str, Missing], *, all_of_them: bool) -> _Node:
    label = step["options"][0]["label"]
    options = [{"id": name, "label": _filled(label, {"thing": item.text})} for name, item in things.items()]
    listed = ", ".join(f'"{name}"' for name in things)
    return {"options": options} | ({"default": f"[{listed}]"} if all_of_them else {})


def _needs(steps: list[_Node]) -> list[str]:
    kinds = {step["kind"] for step in steps}
    card = any("card" in step.get("by", ["card"]) for step in steps if step["id"] == _WHO)
    return ["idcard"] * card + ["document_camera"] * ("capture" in kinds)


def _filled(node: Any, words: _Words) -> Any:  # noqa: ANN401 - any part of the template
    """The same with each known {word} said in its language; without a last day, without the paragraph that says it."""
    if isinstance(node, dict):
        return {
            key: _said(value, words, key) if isinstance(value, str) else _filled(value, words)
            for key, value in node.items()
        }
    if isinstance(node, list):
        undated = [
            one for one in node if "last" in words or not (isinstance(one, dict) and "{last}" in str(one.get("zh")))
        ]
        return [_filled(one, words) for one in undated]
    return node


def _said(text: str, words: _Words, language: str) -> str:
    """Once over: what staff wrote is not looked into."""
    return _PLACE.sub(lambda place: words[place[1]].in_language(language) if place[1] in words else place[0], text)


def _alike(text: str) -> Text:
    return Text(zh=text, en=text)
