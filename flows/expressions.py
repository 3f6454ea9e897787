"""CEL expressions of a matter: compiled once, checked for the names they use, evaluated without side effects."""

import logging
import re
import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any

from pydantic import JsonValue

from flows.field_types.amounts import hundredths

AMBIENT = ("today", "month", "year")  # YYYY-MM-DD, YYYY-MM and YYYY, as texts, of the day the visit began
FUNCTIONS = (
    *("contains", "double", "endsWith", "int", "matches", "size", "startsWith", "string"),  # CEL's own
    "age",  # age("1966-11-24", today) == 59 on 2026-11-23
    "months_before",  # months_before("2026-11", 11) == "2025-12"
    "days_between",  # days_between("2026-11-23", "2026-12-01") == 8
    "sum",  # sum(owners.map(one, one.share)); null counts as nothing
    "yuan",  # yuan(80) == 8000, as money is kept in 分
    "as_yuan",  # as_yuan(8000) == "80.00"
    "percent",  # percent(100) == 10000, as percent is kept in hundredths
)
MACROS = ("all", "exists", "exists_one", "filter", "map", "has")
_BOUND = re.compile(r"\.\s*(?:all|exists|exists_one|filter|map)\s*\(\s*([A-Za-z_]\w*)\s*,")
_OVER_A_LIST = re.compile(r"\.\s*(?:all|exists|exists_one|filter|map)\s*\(")
MOST_CHARACTERS = 1000  # of an expression: no deeper than its reader can follow
MOST_LISTS = 2  # times an expression may go over a list: each multiplies the time it takes
_SHOWN = 100  # characters of an expression in a message
_BAD_PATTERN = re.compile(r"error: '(.*?)' not a valid regex", re.DOTALL)
_REFUSED_VALUE = re.compile(r"Function '(\w+)' error: Python function call failed: ValueError")  # then comes the value
_PLAIN = {  # what CEL says, in words an author knows
    r"No such overload: .*": "the values are of different kinds, or one is missing (null)",
    r"Undefined variable or function: '(\w+)'": r"\1 has no text or list to work on; it may be missing (null)",
}
_WHERE = re.compile(r"<input>:\d+:(\d+): (?:Syntax error: )?(.*)")


class ExpressionRefused(ValueError):
    """An expression that cannot be used; the message says why, `allowed` what could stand there."""

    def __init__(self, message: str, allowed: str = "") -> None:
        super().__init__(message)
        self.allowed = allowed


class ExpressionFailed(Exception):
    """An expression that met values it was not written for; names the expression, never the values."""


def _load_cel() -> ModuleType:
    """The extension module alone: `import cel` also loads its command line, half a second of prompt_toolkit."""
    package = PathFinder.find_spec("cel")
    spec = PathFinder.find_spec("cel.cel", package.submodule_search_locations if package else None)
    if spec is None or spec.loader is None:
        raise ImportError("the package common-expression-language is not installed")
    module = sys.modules.get("cel.cel") or module_from_spec(spec)
    if "cel.cel" not in sys.modules:
        spec.loader.exec_module(module)
        sys.modules["cel.cel"] = module
    logging.getLogger("cel").setLevel(logging.CRITICAL + 1)  # it tells the log what values a function failed on
    return module


_cel = _load_cel()


@lru_cache(maxsize=2048)
def _program(source: str) -> Any:  # noqa: ANN401 - cel.Program, of a module loaded by hand
    shown = _one_line(source)
    if len(source) > MOST_CHARACTERS:
        raise ExpressionRefused(f"expression `{shown}` is too long", f"{MOST_CHARACTERS} characters")
    if len(_OVER_A_LIST.findall(source)) > MOST_LISTS:
        raise ExpressionRefused(f"expression `{shown}` goes over lists too often", f"{MOST_LISTS} times, as map does")
    return _cel.compile(source)


@lru_cache(maxsize=2048)
def _reads(source: str) -> tuple[tuple[str, ...], dict[str, Callable[..., JsonValue]]]:
    """The names and the functions of ours that it uses: handing over all there are takes twenty times as long."""
    used = _program(source).references()
    return tuple(used["variables"]), {name: _OWN[name] for name in used["functions"] if name in _OWN}


def check_expression(source: str, names: tuple[str, ...]) -> None:
    """Compiles, and names only `names`, `today`, `month` and known functions; raises ExpressionRefused."""
    shown = _one_line(source)
    try:
        used = _program(source).references()
    except ExpressionRefused:
        raise
    except ValueError as error:
        place = _WHERE.search(str(error))
        detail = f"column {place[1]}: {place[2].split(' expecting ')[0]}" if place else "it does not parse"
        raise ExpressionRefused(f"broken expression `{shown}`: {detail}", 'CEL, such as period == "own"') from error
    known = (*names, *AMBIENT)
    for name in used["variables"]:
        if name not in known and name not in _BOUND.findall(source):
            raise ExpressionRefused(
                f"expression `{shown}` names `{name}`, which is no earlier answer", ", ".join(known)
            )
    for name in used["functions"]:
        if name[0].isalpha() and name not in FUNCTIONS:
            raise ExpressionRefused(
                f"expression `{shown}` calls the unknown function `{name}`", ", ".join((*FUNCTIONS, *MACROS))
            )


def _one_line(source: str) -> str:
    """YAML may spread an expression over lines; what is said of it is one, and no page of it."""
    line = " ".join(source.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


def names_in(source: str) -> tuple[str, ...]:
    """The answers and ambient names an expression reads."""
    bound = _BOUND.findall(source)
    return tuple(name for name in _program(source).variables() if name not in bound)


def evaluate(source: str, names: Mapping[str, JsonValue]) -> JsonValue:
    """The value, as JSON; raises ExpressionFailed for a missing key, a wrong type, an index out of range."""
    read, functions = _reads(source)
    context = _cel.Context({name: names[name] for name in read if name in names}, functions)
    try:
        value: JsonValue = _program(source).execute(context)
    except (TypeError, KeyError, IndexError, RuntimeError, ValueError, ArithmeticError) as error:
        reason = f"has no {error}" if isinstance(error, KeyError) else _reason(str(error))
        raise ExpressionFailed(f"`{_one_line(source)}`: {reason}") from None
    return value


def _reason(said: str) -> str:
    """What CEL says of a failure, without what it says about itself."""
    pattern = _BAD_PATTERN.search(said)
    if pattern:
        return f"'{_one_line(pattern[1])}' is no pattern"
    refusing = _REFUSED_VALUE.search(said)
    if refusing:
        return f"{refusing[1]} cannot take such a value"
    for jargon, words in _PLAIN.items():
        said = re.sub(jargon, words, said)
    return _one_line(said.rpartition("TypeError: ")[2].split(". ", maxsplit=1)[0])


def holds(source: str | None, names: Mapping[str, JsonValue]) -> bool:
    """Whether a condition is true; no condition is."""
    if source is None:
        return True
    value = evaluate(source, names)
    if not isinstance(value, bool):
        raise ExpressionFailed(f"`{_one_line(source)}`: gives no true or false")
    return value


def months_before(month: str, count: int) -> str:
    """`count` months before a month written YYYY-MM; negative counts go forward."""
    year, number = map(int, month.split("-"))
    total = year * 12 + number - 1 - count
    return f"{total // 12:04}-{total % 12 + 1:02}"


def age(birth_date: str, today: str) -> int:
    """Whole years between two days written YYYY-MM-DD."""
    born, now = birth_date.split("-"), today.split("-")
    return int(now[0]) - int(born[0]) - (now[1:] < born[1:])


def days_between(first: str, last: str) -> int:
    """Days from one day written YYYY-MM-DD to another; negative where the second one is earlier."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def total(numbers: list[JsonValue]) -> int:
    """The sum of whole numbers; raises TypeError for anything else."""
    known = [number for number in numbers if number is not None]
    if not all(isinstance(number, int) and not isinstance(number, bool) for number in known):
        raise TypeError("sum takes a list of whole numbers")
    return sum(number for number in known if isinstance(number, int))


def _whole(number: JsonValue) -> int:
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError("a whole number is needed")
    return number


_OWN: Mapping[str, Callable[..., JsonValue]] = {
    "age": age,
    "months_before": months_before,
    "days_between": days_between,
    "sum": total,
    "yuan": lambda number: _whole(number) * 100,
    "as_yuan": lambda fen: hundredths(_whole(fen)),
    "percent": lambda number: _whole(number) * 100,
}
