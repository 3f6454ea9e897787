"""Answers somebody could give at a step, right and wrong ones, made from its fields and the matter's words."""

import re
from datetime import date, timedelta
from random import Random  # noqa: TID251 - the seed is the walk

from pydantic import JsonValue

from flows.dryrun import samples
from flows.fields import Field, written
from flows.matter import Matter
from flows.steps import FormStep, GroupStep, IdentifyStep, LookupStep, Step
from flows.visit import Visit
from tests.flows.walking import possible_answers

TODAY = date(2026, 11, 23)
BIRTHS = ("1899-01-01", "1946-05-01", "1966-11-24", "1990-02-28", "2012-09-01", "2026-11-01")
WRONG: tuple[JsonValue, ...] = (None, "", "no", [], {}, ["x"], {"x": "y"}, 7, True, [[]])
GARBAGE = (
    "",
    " ",
    "x",
    "１２３",
    "2026-02-30",
    "-1",
    "1e9",
    "字" * 300,
    "\u200b",
    "浙I",
    "0/0",
    "99999999999999999999",
)


class Answers:
    """`words` and `numbers` are the literals of the matter's expressions: what its conditions turn on."""

    def __init__(self, matter: Matter, random: Random) -> None:
        self._random = random
        self.as_in_the_example = False  # the center answers with the data of the matter's example
        text = matter.model_dump_json()
        self._words = sorted(set(re.findall(r"'([^'\\]{1,40})'|\\\"([^\"\\]{1,40})\\\"", text)))
        self._words = sorted({word for pair in self._words for word in pair if word})
        self._compared = sorted(set(re.findall(r'[!=]= \\"([^"\\]{0,40})\\"', text)))  # the empty one may be among them
        self._numbers = sorted({int(number) for number in re.findall(r"[<>=] ?(\d{1,6})\b", text)})

    def right(self, visit: Visit) -> JsonValue:  # noqa: PLR0911 - one branch a kind
        """Likely to be taken; checks may still refuse it."""
        step = visit.current
        assert step is not None
        known = possible_answers(visit) if self._random.random() < 0.3 else []
        if known:
            return self._random.choice(known)
        match step.kind:
            case "identify":
                return self._identity(step)
            case "form":
                return self._form(step, visit.form_defaults(step))
            case "group":
                return self._group(step, visit)
            case "lookup":
                return self._lookup(step)
            case "choose" if step.multiple:
                ids = [option.id for option in step.options]
                return self._random.sample(ids, self._random.randint(1, len(ids)))
            case _:
                return self._random.choice(samples(step))

    def wrong(self, step: Step) -> JsonValue:
        """Of another shape, or with garbage in its fields."""
        if isinstance(step, FormStep) and self._random.random() < 0.7:
            return {field.id: self._random.choice(GARBAGE) for field in step.fields}
        if isinstance(step, GroupStep) and self._random.random() < 0.7:
            return [{field.id: self._random.choice(GARBAGE) for field in step.fields}] * self._random.randint(0, 25)
        return self._random.choice(WRONG)

    def _identity(self, step: IdentifyStep) -> JsonValue:
        record = self._random.choice(samples(step))
        assert isinstance(record, dict)
        if record["kind"] == "citizen":
            record = {**record, "kind": self._random.choice(step.accepts)}
        born = self._random.choice(BIRTHS)
        return {**record, "birth_date": born} if record["birth_date"] else record

    def _form(self, step: FormStep, start: dict[str, str]) -> JsonValue:
        return {field.id: self._typed(field, start.get(field.id, "")) for field in step.fields}

    def _group(self, step: GroupStep, visit: Visit) -> JsonValue:
        if self._random.random() < 0.3:
            start: list[JsonValue] = list(visit.group_start(step))
            return start
        if self._random.random() < 0.5:
            return self._random.choice(samples(step))
        count = self._random.randint(step.min, min(step.max, step.min + 3))
        return [{field.id: self._typed(field, "") for field in step.fields} for _ in range(count)]

    def _typed(self, field: Field, start: str) -> str:
        """What is there already, nothing where that may be, or something of its type."""
        if field.options:
            return self._random.choice(field.options).id
        chance = self._random.random()
        if start and chance < 0.4:
            return start
        if field.optional and chance < 0.6:
            return ""
        return self._of_type(field)

    def _of_type(self, field: Field) -> str:  # noqa: PLR0911 - one branch a kind
        random = self._random
        day = (TODAY + timedelta(days=random.choice((-30000, -4000, -400, -90, -7, 0, 1, 30, 89, 400)))).isoformat()
        match field.type:
            case "year":
                return str(TODAY.year + random.randint(-2, 2))
            case "month":
                return day[:7] if day > "1949" else "2018-12"
            case "date":
                return day
            case "date_range":
                return f"{day}/{TODAY.isoformat()}" if day < TODAY.isoformat() else f"{TODAY.isoformat()}/{day}"
            case "money" | "count" | "percent":
                return str(random.choice((0, 1, 2, 3, 50, 100, *self._numbers)))
            case "text" if self._words and random.random() < 0.3:
                return random.choice(self._words)
            case "text" if random.random() < 0.3:
                return str(random.randint(1000, 99999))
            case _:
                return written(field.kind.sample, field)

    def _lookup(self, step: Step) -> JsonValue:
        said = self._random.choice(samples(step))
        assert isinstance(said, dict)
        plain = self.as_in_the_example or self._random.random() < 0.3
        data = said["data"] if plain else self._varied(said["data"])
        return {"status": said["status"], "data": data, "source": said["source"]}

    def completed(self, visit: Visit) -> dict[str, JsonValue]:
        """The answers as the center decides by them: what could not be asked at the terminal was asked later."""
        answers = dict(visit.answers)
        for step in visit.matter.steps:
            said = answers.get(step.id)
            if isinstance(step, LookupStep) and isinstance(said, dict) and said["status"] == "unavailable":
                answers[step.id] = {**said, "status": "found", "data": self._varied(dict(step.example))}
        return answers

    def _varied(self, value: JsonValue) -> JsonValue:  # noqa: PLR0911 - one branch a kind
        """Another value of the same shape: what another department's answer could look like."""
        random = self._random
        if isinstance(value, dict):
            return {key: self._varied(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._varied(item) for item in value][: random.randint(0, len(value))]
        if random.random() < 0.5:
            return value
        if isinstance(value, bool):
            return not value
        if isinstance(value, int):
            return random.choice((0, 1, value + 1, *(near + shift for near in self._numbers for shift in (-1, 0, 1))))
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return (TODAY + timedelta(days=random.choice((-4000, -90, -1, 0, 30, 89, 91, 4000)))).isoformat()
        if isinstance(value, str) and self._words and not re.match(r"\d", value):
            return random.choice(self._compared if self._compared and random.random() < 0.5 else self._words)
        return value
