"""What commands share: options that many take, and how one says what came out or what is wrong."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import BaseModel, JsonValue

from center.errors import CenterUnusable, Refused
from center.services import Center

if TYPE_CHECKING:
    from center.staff import Actor
    from center.tables import CaseRecord

UsageError: Any = typer.BadParameter.__mro__[1]  # typer carries click inside and shows only its leaves

By = Annotated[str | None, typer.Option("--by", metavar="STAFF", help="Done for this person, with their roles.")]
Json = Annotated[bool, typer.Option("--json", help="JSON, one line an item.")]


def actor_of(center: Center, by: str | None) -> "Actor":
    """Whoever sits at the console has the center's keys and may do everything. Raises CenterUnusable."""
    from center.staff import CONSOLE, by_name

    return CONSOLE if by is None else by_name(center, by)


@contextmanager
def refusals_told() -> Iterator[None]:
    """What the center refuses to do becomes a CenterUnusable with its reason."""
    from center.casework.moving import MoveRefused

    try:
        yield
    except MoveRefused as error:
        raise CenterUnusable(str(error)) from error
    except Refused as error:
        raise CenterUnusable(f"{error.title}: {error.detail}".rstrip(": ")) from error


@contextmanager
def told(as_json: bool) -> Iterator[None]:
    """A CenterUnusable becomes one line on stderr (JSON on stdout) and exit code 1."""
    try:
        yield
    except CenterUnusable as error:
        _refuse(str(error), "unusable", as_json)
        sys.exit(1)
    except UsageError as error:
        words = error.format_message().strip().rstrip(".")
        if type(error).__name__ == "NoArgsIsHelpError":
            say(words)
        else:
            path = error.ctx.command_path if error.ctx else "kiosk-center"
            _refuse(f"{words}; see {path} --help", "invalidCommand", as_json)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _refuse(f"{place}{error.strerror or error}; check the path and the free disk space", "unusable", as_json)
        sys.exit(1)


def _refuse(line: str, code: str, as_json: bool) -> None:
    words = " ".join(line.split())
    if as_json:
        say_json({"error": {"code": code, "action": "configure", "message": words}})
    else:
        say(f"kiosk-center: {words}", to_stderr=True)


def say(words: str, *, to_stderr: bool = False) -> None:
    print(words, file=sys.stderr if to_stderr else sys.stdout, flush=True)


def tell(item: Mapping[str, JsonValue] | BaseModel, words: str, *, as_json: bool) -> None:
    """One thing: as one line of JSON where that was asked for, else in words."""
    if not as_json:
        say(words)
    else:
        say_json(item.model_dump(mode="json") if isinstance(item, BaseModel) else item)


def case_named(center: Center, named: str, *, listed_by: str = "cases list") -> "CaseRecord":
    """By number or id. Raises CenterUnusable."""
    from center.cases import find_case

    record = find_case(center, named)
    if record is None:
        raise CenterUnusable(f"no case {named}; see: kiosk-center {listed_by}")
    return record


def by_part(stands: Iterable[tuple[str, str]]) -> str:
    """How each part of a case stands: the word alone, or title:approved,loan:waiting for a linked one."""
    told = list(stands)
    return ",".join(word if len(told) == 1 else f"{part_id}:{word}" for part_id, word in told)


def say_json(value: Mapping[str, JsonValue]) -> None:
    say(json.dumps(value, ensure_ascii=False))
