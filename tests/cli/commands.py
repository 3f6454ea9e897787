"""Run the real commands as a technician would, in a process of their own."""

import json
import subprocess
import sys
from pathlib import Path


def kiosk(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return _run("kiosk", arguments, cwd)


def kiosk_center(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return _run("center", arguments, cwd)


def _run(module: str, arguments: tuple[str | Path, ...], cwd: Path | None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, timeout=60)


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one clear line of a command that refused; fails on a traceback, on silence, or on exit code 0."""
    assert done.returncode != 0, done.stdout
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in lines[0]
    return lines[0]


def refused_as_json(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    assert done.returncode != 0
    error: dict[str, str] = json.loads(done.stdout)["error"]
    assert set(error) == {"code", "action", "message"}
    return error
