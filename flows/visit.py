"""One person's pass through one matter: the answers so far, and nothing else; where it stands is derived from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Self

from pydantic import JsonValue

from flows.answers import AnswerRefused, canonical_answer, lookup_inputs, read_fields
from flows.expressions import ExpressionFailed, evaluate, holds
from flows.fields import Field, written
from flows.handovers import handover_for, things_of
from flows.matter import Matter
from flows.shown import ShownRow, in_language, labelled_rows, review_rows
from flows.shown_terms import terms_rows
from flows.steps import ChooseStep, FormStep, GroupStep, LookupStep, Step
from flows.terms import Handover

__all__ = ["AnswerRefused", "Visit"]
_AFTERWARDS = ("submit", "result", "rate")
_BY_ITSELF = ("lookup", "review", "submit", "result")  # what a person did not answer themselves


@dataclass(frozen=True)
class Visit:
    """`remembered` are answers taken back, to fill in again; `reopened` is the step under change from the review.

    `dropped` are the answers that the newest one put an end to, by the ids of their steps: said on the next page.
    """

    matter: Matter
    today: date
    answers: Mapping[str, JsonValue] = field(default_factory=dict)
    remembered: Mapping[str, JsonValue] = field(default_factory=dict)
    reopened: str = ""
    dropped: tuple[str, ...] = ()

    @classmethod
    def begin(cls, matter: Matter, today: date) -> Self:
        """`today` stays the same until the visit ends, also past midnight."""
        return cls(matter, today)

    @cached_property
    def current(self) -> Step | None:
        """The first applicable step without an answer; None at the end."""
        return next((step for step in self.applicable if step.id not in self.answers), None)

    @cached_property
    def applicable(self) -> tuple[Step, ...]:
        """The steps whose `when` holds for the answers there are."""
        names = self.names
        return tuple(step for step in self.matter.steps if holds(step.when, names))

    @property
    def names(self) -> dict[str, JsonValue]:
        """What expressions see: an answer or null for each step, `today`, `month` and `year`."""
        names = names_of(self.matter, self.answers, self.today)
        if self.reopened:
            names[self.reopened] = self.answers.get(self.reopened, self.remembered.get(self.reopened))
        return names

    @property
    def place(self) -> tuple[int, int]:
        """Which of how many steps a citizen is at, counted from 1; submitting and what follows do not count."""
        steps = [step for step in self.applicable if step.kind not in _AFTERWARDS]
        current = self.current
        return (steps.index(current) + 1 if current in steps else len(steps)), len(steps)

    @property
    def submitted(self) -> bool:
        return any(step.kind == "submit" and step.id in self.answers for step in self.matter.steps)

    def value(self, step_id: str) -> JsonValue:
        """The answer of a step; None where there is none."""
        return self.answers.get(step_id)

    def earlier(self, step_id: str) -> JsonValue:
        """The answer, or the one given before it was taken back."""
        return self.answers.get(step_id, self.remembered.get(step_id))

    def answer(self, step_id: str, value: JsonValue) -> Self:
        """Answer the current step; later answers that do not hold any more are dropped.

        Raises AnswerRefused (its `problems` are for the citizen) and ValueError for a step that is not current.
        """
        step = self.current
        if step is None or step.id != step_id:
            raise ValueError(f"{step_id} is not the current step of {self.matter.id}")
        canonical = canonical_answer(step, value, self._names_before(step_id, self.answers))
        answers, dropped = self._still_holding({**self.answers, step_id: canonical}, step_id)
        lost = tuple(
            name for name, before in dropped.items() if self.matter.step(name).kind not in _BY_ITSELF and before
        )
        return replace(self, answers=answers, remembered={**self.remembered, **dropped}, reopened="", dropped=lost)

    def back(self) -> Self | None:
        """One step back; from a step under change back to where it was left. None at the beginning and after submit."""
        if self.submitted:
            return None
        current = self.current
        if self.reopened and current and current.id == self.reopened:
            restored = self.remembered[self.reopened]
            return replace(self, answers={**self.answers, self.reopened: restored}, reopened="", dropped=())
        before = []
        for step in self.applicable:
            if current and step.id == current.id:
                break
            before.append(step.id)
        return self._without(before[-1]) if before else None

    def reopen(self, step_id: str) -> Self:
        """Change one answer from the review; answering it comes straight back. Raises ValueError if it cannot be."""
        if self.submitted or self.reopened or step_id not in self.answers:
            raise ValueError(f"{step_id} of {self.matter.id} cannot be changed now")
        confirmed = {step.id for step in self.matter.steps if step.kind == "review"} - {step_id}
        visit = self._without(step_id)
        answers = {key: value for key, value in visit.answers.items() if key not in confirmed}
        return replace(visit, answers=answers, reopened=step_id)

    def lost(self, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Titles of the dropped answers that are asked again, and of those that are not needed any more."""
        asked = {step.id for step in self.applicable}
        titles = [(name in asked, self.matter.step(name).title.in_language(language)) for name in self.dropped]
        again = tuple(title for still, title in titles if still)
        return again, tuple(title for still, title in titles if not still)

    def form_defaults(self, step: FormStep) -> dict[str, str]:
        """What each field starts with: what was entered before, else its `default`, else ""."""
        before = self.earlier(step.id)
        if isinstance(before, dict):
            return {item.id: written(before.get(item.id), item) for item in step.fields}
        return {item.id: self._default(item) for item in step.fields}

    def prefilled(self, step: FormStep) -> frozenset[str]:
        """The fields whose start value comes from the card or the center and was not entered by the person."""
        start = self.form_defaults(step)
        return frozenset(
            item.id for item in step.fields if item.default and start[item.id] == self._default(item) != ""
        )

    def group_start(self, step: GroupStep) -> list[dict[str, JsonValue]]:
        """The items a group starts with: those entered before, else its `default`, as far as they are right."""
        start = self.earlier(step.id)
        if start is None and step.default:
            start = evaluate(step.default, self._names_before(step.id, self.answers))
        given = [item for item in start if isinstance(item, dict)] if isinstance(start, list) else []
        read = [read_fields(step.fields, item) for item in given[: step.max]]
        return [form for form, problems in read if not problems]

    def group_totals(self, step: GroupStep, items: list[dict[str, JsonValue]], language: str) -> tuple[ShownRow, ...]:
        """The totals over the items so far; raises ExpressionFailed."""
        listed: list[JsonValue] = list(items)
        names = {**self._names_before(step.id, self.answers), step.id: listed}
        return in_language(labelled_rows(self.matter, step.totals, names), language)

    def default_choice(self, step: ChooseStep) -> tuple[str, ...]:
        """The option ids selected at the start."""
        start = self.earlier(step.id)
        if start is None and step.default:
            start = evaluate(step.default, self._names_before(step.id, self.answers))
        chosen = start if isinstance(start, list) else [start]
        return tuple(option.id for option in step.options if option.id in chosen)

    def lookup_inputs(self, step: LookupStep) -> dict[str, JsonValue]:
        """The parameters of the question to the center."""
        return lookup_inputs(step, self._names_before(step.id, self.answers))

    def lookup_rows(self, step: LookupStep, data: Mapping[str, JsonValue], language: str) -> tuple[ShownRow, ...]:
        """What was found, as rows; raises ExpressionFailed where the data lacks what the rows name."""
        found: JsonValue = {"status": "found", "data": dict(data), "source": "", "inputs": self.lookup_inputs(step)}
        names = {**self._names_before(step.id, self.answers), step.id: found}
        return in_language(labelled_rows(self.matter, step.rows, names), language)

    def review_rows(self, language: str) -> tuple[ShownRow, ...]:
        """Everything answered so far; `step` is what `reopen` takes."""
        return tuple(
            ShownRow(row.label.in_language(language), row.value.in_language(language), step)
            for step, row in review_rows(self.applicable, self.answers)
        )

    def terms_rows(self, language: str) -> tuple[ShownRow, ...]:
        """How long it takes and what it costs, as far as the answers so far tell."""
        return in_language(terms_rows(self.matter, self.names), language)

    def handover(self) -> Handover | None:
        """How the result is handed over; None where it is no thing, or that is not known yet."""
        return handover_for(self.matter, self.names)

    def handed_over(self, language: str) -> tuple[str, ...]:
        """Of a linked matter the titles of the parts whose results are handed over, together."""
        way = self.handover()
        parts = things_of(self.matter, way, self.names) if way else ()
        return tuple(part.title.in_language(language) for part in parts)

    def _names_before(self, step_id: str, answers: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
        names = names_of(self.matter, answers, self.today)
        ids = [step.id for step in self.matter.steps]
        return names | dict.fromkeys(ids[ids.index(step_id) :])

    def _default(self, item: Field) -> str:
        return written(evaluate(item.default, self.names), item) if item.default else ""

    def _without(self, step_id: str) -> Self:
        answers = {key: value for key, value in self.answers.items() if key != step_id}
        remembered = {**self.remembered, step_id: self.answers[step_id]}
        return replace(self, answers=answers, remembered=remembered, reopened="", dropped=())

    def _still_holding(
        self, answers: dict[str, JsonValue], changed: str
    ) -> tuple[dict[str, JsonValue], dict[str, JsonValue]]:
        kept, dropped, after = dict(answers), dict[str, JsonValue](), False
        for step in self.matter.steps:
            if after and step.id in kept and not self._holds_still(step, kept):
                dropped[step.id] = kept.pop(step.id)
            after = after or step.id == changed
        return kept, dropped

    def _holds_still(self, step: Step, answers: Mapping[str, JsonValue]) -> bool:
        names = self._names_before(step.id, answers)
        try:
            if not holds(step.when, names):
                return False
            canonical_answer(step, answers[step.id], names)
        except (AnswerRefused, ExpressionFailed):
            return False
        return True


def names_of(matter: Matter, answers: Mapping[str, JsonValue], today: date) -> dict[str, JsonValue]:
    """What the expressions of a matter see."""
    names: dict[str, JsonValue] = {step.id: answers.get(step.id) for step in matter.steps}
    iso = today.isoformat()
    return names | {"today": iso, "month": iso[:7], "year": iso[:4]}
