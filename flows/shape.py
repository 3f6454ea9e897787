"""The shape of a matter: pydantic's complaints said in our words, with what is allowed at that place."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from flows.matter import Matter
from flows.positions import Fault, Path

_LANGUAGE_NAMES = {"zh": "Chinese", "en": "English"}
_SHOWN = 60  # characters of what was given
_PATTERNS: Mapping[str, str] = {
    "id": "small letters and digits, joined by '_' in steps and by '-' in matters",
    "icon": "the name of a file in assets/icons without .svg",
    "lookup": "small letters and digits, joined by '-'",
    "start": "an hour of the day, such as 08:30",
    "end": "an hour of the day, such as 17:00",
}


def shape_faults(error: ValidationError, value: object) -> Iterator[Fault]:
    """One fault for each complaint; `value` is the data that was refused."""
    details = error.errors(include_url=False)
    within = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    for detail in details:
        if detail["type"] == "too_short" and detail["loc"] in within:
            continue  # some of them are there and wrong, which is said
        path = _path_in_data(detail["loc"], value)
        yield _fault(detail, path)


def _path_in_data(location: tuple[int | str, ...], value: object) -> Path:
    """Pydantic's location without the names of union members, which are not in the file."""
    path: list[str | int] = []
    for depth, place in enumerate(location, start=1):
        known = _has(value, place)
        if known or depth == len(location):
            path.append(place)
            value = value[place] if known else None  # type: ignore[index]
    return tuple(path)


def _has(value: object, place: str | int) -> bool:
    if isinstance(value, dict):
        return place in value
    return isinstance(value, list) and isinstance(place, int) and place < len(value)


def _fault(detail: ErrorDetails, path: Path) -> Fault:  # noqa: PLR0911, PLR0912 - a table, one line a complaint
    kind, context = detail["type"], detail.get("ctx", {})
    name = str(path[-1]) if path else "matter"
    given = detail["input"]
    match kind:
        case "missing" if name in _LANGUAGE_NAMES:
            return Fault(path, f"the text lacks {_LANGUAGE_NAMES[name]} ({name})", "zh and en, both")
        case "missing":
            return Fault(path, f"'{name}' is missing", _known_keys(detail["loc"][:-1]))
        case "extra_forbidden":
            return Fault(path, f"unknown key '{name}'{_foreign(name)}", _known_keys(detail["loc"][:-1]))
        case "union_tag_not_found":
            return Fault(path, "'kind' is missing", _kinds())
        case "union_tag_invalid":
            return Fault((*path, "kind"), f"unknown step kind '{context.get('tag')}'", _kinds())
        case "literal_error":
            name = next((str(place) for place in reversed(path) if isinstance(place, str)), name)
            return Fault(path, f"'{given}' is not known as {name}", str(context.get("expected")).replace(" or ", ", "))
        case "string_pattern_mismatch":
            return Fault(
                path, f"'{_short(given)}' cannot be a name here", _PATTERNS.get(name, str(context.get("pattern")))
            )
        case "string_type":
            return Fault(path, f"'{name}' must be a text: put it in quotes", 'such as "…"')
        case "tuple_type":
            return Fault(path, f"'{name}' must be a list", "[…], or a line with - for each")
        case "int_type" | "int_parsing" | "int_from_float":
            return Fault(path, f"'{name}' must be a whole number")
        case "too_short":
            return Fault(path, f"'{name}' has {context.get('actual_length')}", f"{context.get('min_length')} or more")
        case "string_too_short":
            return Fault(path, f"'{name}' is empty")
        case "model_type" | "model_attributes_type" if not path:
            return Fault(path, "not a matter: keys and values are missing", _known_keys(()))
        case "model_type" | "model_attributes_type" if "Text" in str(context):
            return Fault(path, f"'{name}' must be a text in both languages", "{zh: …, en: …}")
        case _:
            named = next((str(place) for place in reversed(path) if isinstance(place, str)), name)
            return Fault(path, f"'{named}' {_plain(detail['msg'])}")


def _short(given: object) -> str:
    text = str(given)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _foreign(name: str) -> str:
    """What is odd about a key that looks like one that is known."""
    odd = next((letter for letter in name if not letter.isascii()), "")
    return f": its '{odd}' is {unicodedata.name(odd, 'an odd letter').capitalize()}" if odd else ""


def _plain(message: str) -> str:
    return message.replace("Input should be", "must be").replace("Tuple should have", "must have").split(", unable")[0]


def _kinds() -> str:
    return ", ".join(_tag(model) for model in _models(Matter.model_fields["steps"].annotation))


def _known_keys(location: tuple[int | str, ...]) -> str:
    candidates: list[type[BaseModel]] = [Matter]
    for place in location:
        tagged = [model for model in candidates if _tag(model) == place]
        if tagged:
            candidates = tagged
        elif isinstance(place, str):
            annotations = [model.model_fields[place] for model in candidates if place in model.model_fields]
            candidates = [found for item in annotations for found in _models(item.annotation)] or candidates
    return ", ".join(dict.fromkeys(name for model in candidates for name in model.model_fields))


def _models(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401 - an annotation is any object
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models(argument)]


def _tag(model: type[BaseModel]) -> str:
    kind = model.model_fields.get("kind")
    arguments = get_args(kind.annotation) if kind else ()
    return str(arguments[0]) if len(arguments) == 1 else ""
