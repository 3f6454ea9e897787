"""What a field type is: how it is read, written again, shown, and judged while it is still being typed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from flows.text import Text

Keyboard = Literal["digits", "idNumber", "amount", "phone", "latin", "code", "plate", "chinese", "choice", "month"]
GAPS = re.compile(r"[\s\-‐-―·.]+")


@dataclass(frozen=True)
class FieldProblem:
    """`field` is empty when the whole answer is meant."""

    code: str
    words: Text
    field: str = ""


def problem(code: str, zh: str, en: str, field: str = "") -> FieldProblem:
    return FieldProblem(code, Text(zh=zh, en=en), field)


def compact(text: str) -> str:
    """Without spaces, hyphens and dots; upper case."""
    return GAPS.sub("", text).upper()


def alike(value: JsonValue) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Kind:
    """`parse` takes text in one line, NFKC, never empty; `early` names what no further key can put right.

    `written` is what a person would type for a canonical value, `shown` how it reads; `empty` is the canonical value of
    an optional field left out; `sample` a canonical value that holds all the type can hold.
    """

    keyboard: Keyboard
    parse: Callable[[str], JsonValue | FieldProblem]
    sample: JsonValue
    early: Callable[[str], FieldProblem | None] | None = None
    written: Callable[[JsonValue], str] = alike
    shown: Callable[[JsonValue], Text] | None = None
    empty: JsonValue = ""
    format_hint: Text | None = None


def of_length(
    parse: Callable[[str], JsonValue | FieldProblem], length: int, characters: str, unit: Text
) -> Callable[[str], FieldProblem | None]:
    """For codes of one length: a character that never occurs, one too many, or all there and still wrong."""

    def early(text: str) -> FieldProblem | None:
        code = compact(text)
        odd = next((character for character in code if not re.fullmatch(characters, character)), "")
        if odd:
            return problem(
                "characters", f"{unit.zh}里没有“{odd}”，请检查", f"There is no “{odd}” in {unit.en}: check it"
            )
        if len(code) > length:
            return problem(
                "length",
                f"{unit.zh}是 {length} 位，已经多了 {len(code) - length} 位",
                f"Too long by {len(code) - length}: {unit.en} has {length} characters",
            )
        result = parse(text) if len(code) == length else None
        return result if isinstance(result, FieldProblem) else None

    return early
