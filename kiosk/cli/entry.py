"""The way into every command but `run`: whatever is wrong on the way is one line, never a traceback."""

import os
import sys
import traceback
from pathlib import Path
from typing import Any

import typer
from typer.main import get_command

from kiosk.cli.commands import app
from kiosk.cli.output import fail, one_line_errors

USAGE = 2  # exit code of a command that was typed wrong
INTERRUPTED = 130
UsageError: Any = typer.BadParameter.__mro__[1]  # typer carries click inside and shows only its leaves


def enter(arguments: list[str]) -> int:
    """Exit code; 0 only for success."""
    as_json = "--json" in arguments
    try:
        with one_line_errors(as_json=as_json):
            code = get_command(app).main(arguments, "kiosk", standalone_mode=False)
            sys.stdout.flush()
            return int(code or 0)
    except typer.Exit as leave:
        return leave.exit_code
    except UsageError as error:
        return _mistyped(error, as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a mistake of ours: its place, and no value that may be personal
        return _ours(error, as_json=as_json)
    finally:
        _let_go_of_output()


def _mistyped(error: typer.BadParameter, *, as_json: bool) -> int:
    path = error.ctx.command_path if error.ctx else "kiosk"
    words = error.format_message().strip().rstrip(".")
    if type(error).__name__ == "NoArgsIsHelpError":
        print(words)
        return USAGE
    try:
        fail(f"{path}: {words}; see {path} --help", as_json=as_json)
    except typer.Exit:
        return USAGE


def _ours(error: Exception, *, as_json: bool) -> int:
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    try:
        fail(
            f"a mistake of this program ({type(error).__name__} in {place}); report it",
            code="internalError",
            action="callMaintenance",
            as_json=as_json,
        )
    except typer.Exit as leave:
        return leave.exit_code


def _let_go_of_output() -> None:
    """Python flushes once more at its end and would complain of a full disk or a reader that left."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
