"""How every command speaks: a line for people, JSON for scripts, and one clear line and exit code 1 for an error."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from devices.device import DeviceError
from devices.drivers import DriverConfigError
from kiosk.config import ConfigError, TerminalConfig, load_config

JsonFlag = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]
ConfigFlag = Annotated[Path | None, typer.Option("--config", help="terminal.toml; default: the project's own.")]

PROJECT = Path(__file__).resolve().parents[2]


def config_path(given: Path | None) -> Path:
    """The configuration to use: the named one, else config/terminal.toml here, else the project's."""
    here = Path("config/terminal.toml")
    return given or (here if here.exists() else PROJECT / "config/terminal.toml")


def configuration(given: Path | None) -> TerminalConfig:
    return load_config(config_path(given))


def emit(value: object) -> None:
    """One line of JSON on standard output."""
    print(json.dumps(value, ensure_ascii=False, default=str), flush=True)


def fail(message: str, *, code: str = "invalidCommand", action: str = "configure", as_json: bool = False) -> NoReturn:
    line = " ".join(message.split())
    try:
        if as_json:
            emit({"error": {"code": code, "action": action, "message": line}})
    except OSError:  # the disk the output goes to may be what is full
        as_json = False
    if not as_json:
        print(f"error: {line}", file=sys.stderr)
    raise typer.Exit(1)


@contextmanager
def one_line_errors(*, as_json: bool = False) -> Iterator[None]:
    """Turn what can go wrong for outside reasons into one line with a code and an action."""
    try:
        yield
    except (ConfigError, DriverConfigError) as error:
        fail(str(error), code="invalidConfiguration", as_json=as_json)
    except DeviceError as error:
        fail(str(error), code=error.code, action=str(error.action), as_json=as_json)
    except OSError as error:
        fail(_os_line(error), code="internalError", action="configure", as_json=as_json)


def _os_line(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}; check the path, its permissions and the free disk space"
