"""Fields while they are filled in: what was typed stays, problems stand beside their fields."""

from collections.abc import Iterable, Iterator, Mapping

from flows.fields import Field, FieldProblem, early_problem, parse, shown
from kiosk.journey.page import Setting
from kiosk.journey.screens import FormField, Option

LONGEST = 500  # characters that are kept of what was typed into one field
_HALVES = (("from", "form.span_from"), ("to", "form.span_to"))


class Filling:
    """A span of days is shown as two fields, `<id>.from` and `<id>.to`, and typed as `first/last`."""

    def __init__(
        self, setting: Setting, fields: Iterable[Field], start: Mapping[str, str], prefilled: Iterable[str] = ()
    ) -> None:
        self._setting = setting
        self._fields = tuple(fields)
        self._start = dict(start)
        self._typed = dict(start)
        self._prefilled = frozenset(prefilled)
        self._problems: tuple[FieldProblem, ...] = ()
        self._sent = False

    @property
    def values(self) -> dict[str, str]:
        return {field.id: self._typed.get(field.id, "") for field in self._fields}

    def type_in(self, field_id: str, text: str) -> None:
        """One key further: of this field only what is certainly wrong already is said."""
        name = field_id.partition(".")[0]
        field = next((field for field in self._fields if field.id == name), None)
        if field is None or self._shown_text(field_id) == text:
            return
        self._keep({field_id: text})
        found = early_problem(self._typed[name], field)
        others = tuple(item for item in self._problems if item.field.partition(".")[0] not in ("", name))
        self._problems = (*others, *([_placed(found, name)] if found else []))
        self._sent = self._sent and bool(self._problems)

    def fill(self, values: Mapping[str, str]) -> None:
        self._keep(values)

    def refuse(self, problems: Iterable[FieldProblem]) -> None:
        """What is wrong with all that was sent."""
        self._problems = tuple(problems)
        self._sent = True

    @property
    def summary(self) -> str:
        if not self._problems or not self._sent:
            return ""
        return self._words_for("") or self._setting.say("form.problem_summary", count=len(self._problems))

    def shown(self) -> tuple[FormField, ...]:
        return tuple(item for field in self._fields for item in self._items(field))

    def _keep(self, values: Mapping[str, str]) -> None:
        for field in self._fields:
            if field.id in values:
                self._typed[field.id] = values[field.id][:LONGEST]
            if field.type == "date_range":
                ends = [values.get(f"{field.id}.{half}", self._half(field.id, half))[:LONGEST] for half, _ in _HALVES]
                self._typed[field.id] = "/".join(ends) if any(ends) else ""

    def _half(self, name: str, half: str) -> str:
        first, _, last = self._typed.get(name, "").partition("/")
        return first if half == "from" else last

    def _shown_text(self, field_id: str) -> str:
        name, _, half = field_id.partition(".")
        return self._half(name, half) if half else self._typed.get(name, "")

    def _words_for(self, *places: str) -> str:
        language = self._setting.language
        return " ".join(item.words.in_language(language) for item in self._problems if item.field in places)

    def _items(self, field: Field) -> Iterator[FormField]:
        if field.type != "date_range":
            yield self._item(field, field.id, field.label.in_language(self._setting.language), field.id)
            return
        label = field.label.in_language(self._setting.language)
        for half, words in _HALVES:
            place = f"{field.id}.{half}"
            yield self._item(field, place, self._setting.say(words, label=label), place, *[field.id][: half == "from"])

    def _item(self, field: Field, place: str, label: str, *problems_at: str) -> FormField:
        language, value = self._setting.language, self._shown_text(place)
        hint = field.hint or field.kind.format_hint
        return FormField(
            id=place,
            label=label,
            value=value,
            hint=hint.in_language(language) if hint else "",
            problem=self._words_for(*problems_at),
            optional=field.optional,
            keyboard=field.kind.keyboard,
            options=tuple(
                Option(
                    id=option.id,
                    label=option.label.in_language(language),
                    detail=option.detail.in_language(language) if option.detail else "",
                    selected=option.id == value,
                )
                for option in field.options
            ),
            prefilled=field.id in self._prefilled and self._typed.get(field.id, "") == self._start[field.id],
            masked=field.masked,
            echo=self._echo(field, value),
        )

    def _echo(self, field: Field, value: str) -> str:
        """How it will read, where that helps to see a slip: 2026年3月5日, 1,234.50 元."""
        if field.kind.shown is None or field.masked or field.type == "date_range":
            return ""
        result = parse(value, field) if value else None
        said = (
            ""
            if result is None or isinstance(result, FieldProblem)
            else shown(result, field).in_language(self._setting.language)
        )
        return said if said != value else ""


def _placed(found: FieldProblem, name: str) -> FieldProblem:
    return FieldProblem(found.code, found.words, f"{name}.{found.field}" if found.field else name)
