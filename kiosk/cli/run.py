"""`kiosk run`: the terminal itself; imports next to nothing before the first frame."""

import argparse
import signal
import sys
from pathlib import Path
from typing import NoReturn


class _OneLine(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"error: {self.prog}: {message}; see {self.prog} --help\n")


HOME_PAGE_SHOWN = "home page shown"  # said on standard output at the first frame; ./run waits for it


def run(arguments: list[str]) -> int:
    """The short way taken by `kiosk run`; typer knows the same options for `kiosk --help`."""
    parser = _OneLine(prog="kiosk run", description="Start the terminal on this screen.")
    parser.add_argument("--config", type=Path, help="terminal.toml; default: the project's own")
    parser.add_argument("--windowed", action="store_true", help="in a window with a frame")
    parser.add_argument("--landscape", action="store_true", help="turn the configured screen on its side")
    options = parser.parse_args(arguments)
    return start(options.config or _default_config(), windowed=options.windowed, landscape=options.landscape)


def _default_config() -> Path:
    here = Path("config/terminal.toml")
    return here if here.exists() else Path(__file__).resolve().parents[2] / "config/terminal.toml"


def start(path: Path, *, windowed: bool, landscape: bool) -> int:
    """Show the first page at once; a wrong configuration ends with one line and exit code 2."""
    from kiosk.early import read_early
    from kiosk.memory import no_core

    early = read_early(path)
    if early is None:
        return _refuse(path)
    if not early.take_place():
        print(f"error: {early.state_folder}: a terminal runs on this folder already; stop it first", file=sys.stderr)
        return 2
    no_core()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an exception inside Qt's loop would end nothing
    from devices.clock import SystemClock
    from kiosk.ui.app import ScreenSettings
    from kiosk.ui.terminal import run_terminal

    long, short = max(early.width, early.height), min(early.width, early.height)
    size = (long, short) if landscape else (early.width, early.height)
    settings = ScreenSettings(*size, early.pixels_per_mm, windowed or early.windowed, early.contact)
    return run_terminal(path, settings, SystemClock(), HOME_PAGE_SHOWN)


def _refuse(path: Path) -> int:
    from kiosk.config import ConfigError, load_config

    try:
        load_config(path)
        print(f"error: {path}: [screen] has a value that cannot be used; see kiosk config schema", file=sys.stderr)
    except ConfigError as error:
        print(f"error: {error}", file=sys.stderr)
    return 2
