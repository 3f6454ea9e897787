"""Fields: what a person typed becomes the canonical value, or a problem in words that say how to put it right."""

import unicodedata
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field as Bounds
from pydantic import JsonValue

from flows.field_types import amounts, contact, dates, numbers, vehicles, words
from flows.field_types.kind import FieldProblem, Kind, problem
from flows.text import Frozen, Text, joined

__all__ = ["KINDS", "Choice", "Field", "FieldProblem", "FieldType", "early_problem", "parse", "shown", "written"]
FieldType = Literal[
    "text",
    "name",
    "address",
    "id_number",
    "mobile",
    "month",
    "year",
    "choice",
    "date",
    "date_range",
    "money",
    "percent",
    "count",
    "phone",
    "email",
    "social_credit_code",
    "passport",
    "mrz",
    "plate",
    "vin_end",
    "bank_card",
    "project_code",
    "title_number",
]
_CHOICE = Kind("choice", lambda text: text, "")
KINDS: Mapping[FieldType, Kind] = {
    "text": words.TEXT,
    "name": words.NAME,
    "address": words.ADDRESS,
    "id_number": numbers.ID_NUMBER,
    "mobile": contact.MOBILE,
    "month": dates.MONTH,
    "year": dates.YEAR,
    "choice": _CHOICE,
    "date": dates.DAY,
    "date_range": dates.SPAN,
    "money": amounts.MONEY,
    "percent": amounts.PERCENT,
    "count": amounts.COUNT,
    "phone": contact.PHONE,
    "email": contact.EMAIL,
    "social_credit_code": numbers.CREDIT_CODE,
    "passport": numbers.PASSPORT,
    "mrz": numbers.ZONE,
    "plate": vehicles.PLATE,
    "vin_end": vehicles.VIN_END,
    "bank_card": numbers.BANK_CARD,
    "project_code": numbers.PROJECT_CODE,
    "title_number": numbers.TITLE,
}
NOT_PROVIDED = Text(zh="未填写", en="Not provided")


class Choice(Frozen):
    """One of several answers; `id` is what is stored."""

    id: str
    label: Text
    detail: Text | None = None


class Field(Frozen):
    """One question of a form. `default` is CEL and fills the field in; `max_length` counts characters."""

    id: str
    type: FieldType
    label: Text
    hint: Text | None = None
    optional: bool = False
    masked: bool = False
    default: str | None = None
    options: tuple[Choice, ...] = ()
    max_length: Annotated[int, Bounds(ge=1, le=200)] = 100

    @property
    def kind(self) -> Kind:
        return KINDS[self.type]


def parse(raw: str, field: Field) -> JsonValue | FieldProblem:
    """The canonical value (`Kind.empty` for an optional field left out); spaces, hyphens, full width are accepted."""
    text = _one_line(raw)
    if not text or text == "/":  # both halves of a span left out
        if field.optional:
            return field.kind.empty
        return problem("empty", f"请填写{field.label.zh}", f"Enter: {field.label.en}")
    if field.type == "choice":
        return _choice(text, field)
    return _too_long(text, field) or field.kind.parse(text)


def early_problem(raw: str, field: Field) -> FieldProblem | None:
    """What is certainly wrong already with what was typed so far; None while it may still become right."""
    text = _one_line(raw)
    if not text or field.type == "choice":
        return None
    return _too_long(text, field) or (field.kind.early(text) if field.kind.early else None)


def written(value: JsonValue, field: Field) -> str:
    """What a person would have typed for a canonical value."""
    return value if isinstance(value, str) else field.kind.written(value)


def shown(value: JsonValue, field: Field) -> Text:
    """A canonical value as it reads; a masked one with its middle hidden."""
    if value is None or value == "":
        return NOT_PROVIDED
    if field.type == "choice":
        return joined(option.label for option in field.options if option.id == value)
    if field.masked:
        return _same(masked(str(value)))
    return field.kind.shown(value) if field.kind.shown else _same(str(value))


def masked(number: str) -> str:
    """The middle hidden, as others may look on: 330381********0015."""
    return number if len(number) < 8 else f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"


def _same(text: str) -> Text:
    return Text(zh=text, en=text)


def _one_line(raw: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", raw).split())


def _too_long(text: str, field: Field) -> FieldProblem | None:
    if len(text) <= field.max_length:
        return None
    return problem(
        "tooLong",
        f"太长了：最多 {field.max_length} 个字，现在有 {len(text)} 个",
        f"Too long: at most {field.max_length} characters, this has {len(text)}",
    )


def _choice(text: str, field: Field) -> str | FieldProblem:
    if any(option.id == text for option in field.options):
        return text
    return problem("notOffered", f"请选择一项：{field.label.zh}", f"Choose one: {field.label.en}")
