"""How people go through each matter of the catalogue: `walks/<matter>.yaml`, one list of walks a matter.

A walk has a `name`; `number`, the three places before the check digit of the card's number (left out: 测试甲); `card`,
what else differs on the card; `answers` by step, others take the first that is offered; `wrong` answers that are
tried first, each with `words` of what is then said; and the `outcome` at the center with `words` of its message. Where
a lookup finds that the matter is not for this person, `stopped` has words of what is said, and `outcome` is that of a
case given in while the department could not be asked; it is left out where the matter does not go on without.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from pydantic import JsonValue
from stdnum.cn import ric

from flows.identities import identity_of_face, identity_of_passport
from flows.steps import IdentifyStep, LookupStep
from flows.visit import Visit
from tests.catalogue.own_answers import WALKS, walks_of
from tests.flows.walking import CARD, possible_answers
from tests.shipped import catalog

PICTURE: dict[str, JsonValue] = {"sha256": "0" * 64, "size": 1, "media_type": "image/jpeg"}
ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F4004154ZE184226B<<<<<14"  # ICAO's specimen
UNTIL = ("submit", "result", "rate")


@dataclass(frozen=True)
class WrongAnswer:
    """What is entered at a step and told to be wrong."""

    step: str
    answer: JsonValue
    words: str
    at_screen: bool = True  # false: too much to type


@dataclass(frozen=True)
class Walk:
    matter: str
    name: str
    number: str = ""
    card: Mapping[str, JsonValue] = field(default_factory=dict)
    answers: Mapping[str, JsonValue] = field(default_factory=dict)
    wrong: tuple[WrongAnswer, ...] = ()
    outcome: str = "issued"
    words: str = ""
    stopped: str = ""

    def __str__(self) -> str:
        return f"{self.matter}: {self.name}"

    @property
    def identity(self) -> dict[str, JsonValue]:
        """The card as it is read; its number belongs to somebody born before 1900."""
        return {**CARD, **({"number": number_of(self.number)} if self.number else {}), **self.card}


def number_of(mark: str) -> str:
    """An ID number of 1 January 1899 with the mark before its check digit."""
    front = f"33038118990101{mark}"
    return front + ric.calc_check_digit(f"{front}0")


@cache
def walks() -> tuple[Walk, ...]:
    found = []
    for path in sorted(WALKS.glob("*.yaml")):
        for entry in walks_of(path.stem):
            wrong = tuple(WrongAnswer(**item) for item in entry.get("wrong", ()))
            found.append(Walk(path.stem, **{**entry, "wrong": wrong}))
    return tuple(found)


def answer_to(walk: Walk, visit: Visit) -> JsonValue:
    """What this walk answers at the current step: its own answer over what the step starts with or offers first."""
    step = visit.current
    assert step is not None
    first = possible_answers(visit)[0]
    own = walk.answers.get(step.id)
    if step.kind == "identify":
        return _identity(walk, step)
    if step.kind == "form" and isinstance(first, dict):
        started = {key: value for key, value in visit.form_defaults(step).items() if value}
        return {**first, **started, **(own if isinstance(own, dict) else {})}
    return first if own is None else own


def _identity(walk: Walk, step: IdentifyStep) -> JsonValue:
    """By the way that the step offers first."""
    match step.by[0]:
        case "passport":
            return identity_of_passport(ZONE, date(2026, 1, 1))
        case "face":
            return identity_of_face(PICTURE)
        case _:
            return walk.identity


def walked(walk: Walk, today: date, ask: Callable[[LookupStep, Visit], JsonValue] | None = None) -> Visit:
    """A visit before its submit step; without `ask` lookups find their matter's example. Raises AnswerRefused."""
    visit = Visit.begin(catalog()[walk.matter], today)
    while (step := visit.current) is not None and step.kind not in UNTIL:
        asked = ask(step, visit) if ask and step.kind == "lookup" else None
        visit = visit.answer(step.id, asked or answer_to(walk, visit))
    return visit
