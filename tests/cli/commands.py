"""Run the real commands as a technician would, in a process of their own."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

from center.__main__ import main as main_of_center
from kiosk.__main__ import main as main_of_kiosk
from tests.warm import WarmProcess

LIMIT = 120  # s


def kiosk(*arguments: str | Path, cwd: Path | None = None) -> CompletedProcess[str]:
    return _run(main_of_kiosk, ["kiosk", *map(str, arguments)], cwd)


def kiosk_center(*arguments: str | Path, cwd: Path | None = None) -> CompletedProcess[str]:
    return _run(main_of_center, ["kiosk-center", *map(str, arguments)], cwd)


def _run(main: Callable[[], object], words: list[str], cwd: Path | None) -> CompletedProcess[str]:
    with TemporaryDirectory() as folder:
        said = Path(folder) / "stderr"
        process = WarmProcess(_typed, (main, words, cwd), said)
        out = process.stdout.read()
        return CompletedProcess(words, process.wait(LIMIT), out, said.read_text(encoding="utf-8"))


def _typed(main: Callable[[], object], words: list[str], cwd: Path | None) -> object:
    sys.argv = words
    os.chdir(cwd or Path.cwd())
    return main()


def refused(done: CompletedProcess[str]) -> str:
    """The one clear line of a command that refused; fails on a traceback, on silence, or on exit code 0."""
    assert done.returncode != 0, done.stdout
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in lines[0]
    return lines[0]


def refused_as_json(done: CompletedProcess[str]) -> dict[str, str]:
    assert done.returncode != 0
    error: dict[str, str] = json.loads(done.stdout)["error"]
    assert set(error) == {"code", "action", "message"}
    return error
