"""Random visits through a matter: what always holds is checked at every step, and what was passed is counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from random import Random  # noqa: TID251 - the seed is the walk

from pydantic import JsonValue

from flows.answers import AnswerRefused
from flows.decide import decide
from flows.expressions import ExpressionFailed, holds
from flows.matter import Matter
from flows.steps import GroupStep, LookupStep, Row
from flows.visit import Visit, names_of
from tests.flows.random_answers import TODAY, Answers

TRIES = 80  # answers at one step before a person goes back
LONGEST = 40  # deeds in one visit before it is walked straight to its end


class DeadEnd(AssertionError):
    """Nobody can go on from here; the text names matter and step."""


@dataclass
class Coverage:
    """How often each step was answered, and each condition, by where it stands, was true and false."""

    matter: Matter
    steps: Counter[str] = field(default_factory=Counter)
    conditions: Counter[tuple[str, bool]] = field(default_factory=Counter)
    visits: int = 0

    @property
    def missing(self) -> tuple[str, ...]:
        """Steps never reached, and conditions that were never true or never false."""
        steps = [f"{self.matter.id}: step {step.id}" for step in self.matter.steps if not self.steps[step.id]]
        for one in conditions_of(self.matter):
            lacking = [value for value in (False, True) if not self.conditions[one.where, value]]
            steps += [f"{self.matter.id}: {one.where} never {str(value).lower()}" for value in lacking]
        return tuple(steps)

    def lines(self) -> Iterator[str]:
        """One a step, one a condition, with how often."""
        yield from (f"step {step.id}: {self.steps[step.id]}" for step in self.matter.steps)
        for one in conditions_of(self.matter):
            ways = (f"{str(value).lower()} {self.conditions[one.where, value]}" for value in (True, False))
            yield f"{one.where}: {', '.join(ways)}"

    def note(self, answers: Mapping[str, JsonValue]) -> None:
        """At the end of a visit: what each condition gives for its answers."""
        names = names_of(self.matter, answers, TODAY)
        for one in conditions_of(self.matter):
            if not one.is_looked_at(names):
                continue
            try:
                self.conditions[one.where, holds(one.source, names)] += 1
            except ExpressionFailed:  # of a rule that stands behind another one
                continue


def _always(_names: Mapping[str, JsonValue]) -> bool:
    return True


@dataclass(frozen=True)
class Condition:
    """A `when`: where it stands, its expression, and for which answers anybody looks at it."""

    where: str
    source: str
    is_looked_at: Callable[[Mapping[str, JsonValue]], bool] = _always


def conditions_of(matter: Matter) -> Iterator[Condition]:
    """Every `when` of the steps, rules, parts, ways of handing over, and rows."""
    named = [
        *((f"when of {step.id}", step.when) for step in matter.steps),
        *((f"rule {place}", rule.when) for place, rule in enumerate(matter.decide)),
        *((f"part {part.id}", part.when) for part in matter.parts),
        *((f"handover {place}", way.when) for place, way in enumerate(matter.handover)),
    ]
    yield from (Condition(where, when) for where, when in named if when)
    for step in matter.steps:
        if isinstance(step, LookupStep):
            yield from _of_rows(step.id, step.rows, partial(_has_found, step.id))
        elif isinstance(step, GroupStep):
            yield from _of_rows(step.id, step.totals, partial(_is_answered, step.id))
    yield from _of_rows("the case", matter.case_rows, _always)
    if matter.document:
        yield from _of_rows("the document", matter.document.rows, partial(_is_issued, matter))


def _of_rows(
    where: str, rows: Iterable[Row], is_looked_at: Callable[[Mapping[str, JsonValue]], bool]
) -> Iterator[Condition]:
    for place, row in enumerate(rows):
        if row.when:
            yield Condition(f"row {place} of {where}", row.when, is_looked_at)


def _has_found(step_id: str, names: Mapping[str, JsonValue]) -> bool:
    answer = names[step_id]
    return isinstance(answer, dict) and answer["status"] == "found"


def _is_answered(step_id: str, names: Mapping[str, JsonValue]) -> bool:
    return names[step_id] is not None


def _is_issued(matter: Matter, names: Mapping[str, JsonValue]) -> bool:
    decided = decide(matter, names, TODAY)
    return decided is not None and decided.outcome == "issued"


def says_why(refused: AnswerRefused) -> None:
    """In both languages."""
    assert refused.problems
    assert all(problem.words.zh and problem.words.en for problem in refused.problems)


class Walker:
    """One matter, walked with one seed."""

    def __init__(self, matter: Matter, seed: int) -> None:
        self.coverage = Coverage(matter)
        self._matter = matter
        self._stuck_at = ""
        self._random = Random(f"{matter.id} {seed}")
        self._answers = Answers(matter, self._random)

    def walk(self) -> Coverage:
        """One visit: answers right and wrong, back, changes from the review, then on to its end."""
        visit = Visit.begin(self._matter, TODAY)
        for _ in range(self._random.randint(0, LONGEST)):
            if visit.current is None:
                break
            visit = self._deed(visit)
        self._answers.as_in_the_example = True
        for _ in range(20 * len(self._matter.steps)):
            if visit.current is None:
                break
            visit = self._answer(visit)
        self._answers.as_in_the_example = False
        if visit.current is not None:
            raise DeadEnd(f"{self._matter.id}: the visit has no end: nobody gets past {self._stuck_at}")
        self.coverage.steps.update(visit.answers.keys())
        self.coverage.note(visit.answers)
        completed = self._answers.completed(visit)
        self.coverage.note(completed)
        self.coverage.visits += 1
        decided = decide(self._matter, completed, TODAY)
        assert (decided is not None) == bool(self._matter.decide)
        return self.coverage

    def _deed(self, visit: Visit) -> Visit:
        chance = self._random.random()
        if chance < 0.15:
            self._wrong(visit)
            return visit
        if chance < 0.3:
            return self._back(visit)
        if chance < 0.5 and visit.current is not None and visit.current.kind == "review" and not visit.reopened:
            return self._change(visit)
        return self._answer(visit)

    def _answer(self, visit: Visit) -> Visit:
        """A right answer, found by trying as a person would who reads what is wrong; else some steps back."""
        step = visit.current
        assert step is not None
        for _ in range(TRIES):
            try:
                answered = visit.answer(step.id, self._answers.right(visit))
            except AnswerRefused as refused:
                says_why(refused)
                continue
            self._back_leads_to_the_page_before(answered)
            self._review_is_complete(answered)
            return answered
        before, self._stuck_at = visit, step.id
        for _ in range(self._random.randint(1, 5)):  # to what the trouble may come from
            before = before.back() or before
        if before is visit:
            raise DeadEnd(f"{self._matter.id}: no answer is taken at {step.id}")
        return before

    def _wrong(self, visit: Visit) -> None:
        """Refused in words, or taken where it happens to be right; never anything else."""
        step = visit.current
        assert step is not None
        try:
            visit.answer(step.id, self._answers.wrong(step))
        except AnswerRefused as refused:
            says_why(refused)

    def _back(self, visit: Visit) -> Visit:
        before = visit.back()
        first = visit.current is not None and visit.current.id == visit.applicable[0].id
        assert (before is None) == (visit.submitted or (first and not visit.reopened))
        return before or visit

    def _back_leads_to_the_page_before(self, visit: Visit) -> None:
        """The applicable step in front of the current one, with all other answers still there."""
        before = visit.back()
        if visit.submitted or visit.current is None:
            assert before is None
            return
        ids = [step.id for step in visit.applicable]
        place = ids.index(visit.current.id)
        assert (before is None) == (place == 0)
        if before is not None:
            assert before.current is not None
            assert before.current.id == ids[place - 1]
            assert {**before.answers, ids[place - 1]: visit.answers[ids[place - 1]]} == visit.answers

    def _change(self, visit: Visit) -> Visit:
        rows = sorted({row.step for row in visit.review_rows("zh") if row.step})
        if not rows:
            return visit
        reopened = visit.reopen(self._random.choice(rows))
        untouched = reopened.back()
        assert untouched is not None
        assert untouched.answers == visit.answers
        return reopened

    def _review_is_complete(self, visit: Visit) -> None:
        if visit.current is None or visit.current.kind != "review":
            return
        shown = {row.step for row in visit.review_rows("en")}
        asked = {step.id for step in visit.applicable if step.kind in ("choose", "form", "group", "capture", "promise")}
        before = asked & set(visit.answers)
        assert before <= shown, f"{self._matter.id}: not in the review: {before - shown}"
