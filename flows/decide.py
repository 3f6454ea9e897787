"""The instant decision: a matter's rules over a case's answers, made at the center and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import JsonValue

from flows.expressions import holds
from flows.matter import Matter
from flows.shown import labelled_rows
from flows.text import LabelledValue, Text
from flows.visit import names_of

Outcome = Literal["issued", "refused", "accepted", "pending"]


@dataclass(frozen=True)
class Decided:
    """`rows` are those of the issued document; empty for every other outcome."""

    outcome: Outcome
    message: Text
    rows: tuple[LabelledValue, ...] = ()


def decide(matter: Matter, answers: Mapping[str, JsonValue], today: date) -> Decided | None:
    """By the first rule that holds; None for a matter that is not decided by rule.

    `answers` are those of the case, its lookups completed; `today` is the day of the visit. Raises ExpressionFailed
    when the data of a lookup is not what the matter's `example` shows.
    """
    names = names_of(matter, answers, today)
    rule = next((rule for rule in matter.decide if holds(rule.when, names)), None)
    if rule is None:
        return None
    rows = matter.document.rows if matter.document and rule.outcome == "issued" else ()
    return Decided(rule.outcome, rule.message, tuple(labelled_rows(matter, rows, names)))


def rows_of_case(matter: Matter, answers: Mapping[str, JsonValue], today: date) -> tuple[LabelledValue, ...]:
    """What staff see of a case first: the matter's `case_rows`."""
    return tuple(labelled_rows(matter, matter.case_rows, names_of(matter, answers, today)))
