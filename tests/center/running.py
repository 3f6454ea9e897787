"""The center as a process of its own, and its commands."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from center.__main__ import main
from center.clock import SystemClock
from center.services import open_center
from center.settings import CenterSettings
from center.terminals import add_code


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run_center(*arguments: str) -> Done:
    """`kiosk-center` with these arguments, without the two seconds that another interpreter takes to load."""
    out, err, code = StringIO(), StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main(arguments)
        except SystemExit as end:
            code = int(end.code or 0)
    return Done(code, out.getvalue(), err.getvalue())


@dataclass
class RunningCenter:
    """`kiosk-center serve --port 0` over one state folder; `url` once it is ready."""

    state: Path
    options: Sequence[str] = ()
    url: str = ""
    process: subprocess.Popen | None = None

    def start(self):
        command = [sys.executable, "-m", "center", "serve", "--port", "0", "--state", str(self.state), *self.options]
        with (self.state.parent / f"{self.state.name}.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("center ready on http://127.0.0.1:"), line or self.log
        self.url = line.split()[-1]
        return self

    @property
    def log(self) -> str:
        return (self.state.parent / f"{self.state.name}.log").read_text(encoding="utf-8")

    def kill(self):
        self._end(signal.SIGKILL)

    def stop(self):
        return self._end(signal.SIGTERM)

    def _end(self, how):
        if self.process is None:
            return None
        if self.process.poll() is None:
            os.kill(self.process.pid, how)
        code = self.process.wait(timeout=20)
        self.process.stdout.close()
        self.process = None
        return code

    def command(self, *arguments: str) -> str:
        done = run_center(*arguments, "--state", str(self.state))
        assert done.returncode == 0, done.stderr
        return done.stdout

    def code(self, site="瑞安市民中心"):
        """As `kiosk-center terminals add` makes one, without the wait for another process."""
        with closing(open_center(CenterSettings(state_folder=self.state), SystemClock())) as beside:
            code, _ = add_code(beside.database, site, beside.keys.signing.public_key(), beside.clock.now())
        return code

    def rows(self, query, *values):
        """Straight from the database, beside the running center."""
        with closing(sqlite3.connect(self.state / "center.sqlite3", timeout=30)) as database, database:
            return database.execute(query, values).fetchall()
