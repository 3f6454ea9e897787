"""The center as a process of its own, and its commands."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import psycopg

from center.__main__ import main
from center.clock import SystemClock
from center.services import open_center
from center.settings import CenterSettings
from center.terminals import add_code
from tests.center.begun import CHECKED, DATABASE, lay_begun
from tests.center.postgres import Cluster
from tests.warm import WarmProcess


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


def _interpreter(command, log):
    """Not forked: one whose workers are processes themselves."""
    with log.open("ab") as file:
        return subprocess.Popen(
            [sys.executable, "-m", "center", *command], stdout=subprocess.PIPE, stderr=file, text=True
        )


@dataclass
class RunningCenter:
    """`kiosk-center serve --port 0` over one state folder; `url` once it is ready."""

    state: Path
    cluster: Cluster | None = None  # PostgreSQL; without it the center keeps its own SQLite
    database: str = ""
    blobs: str = ""  # a folder below `state`, or an address
    port: int = 0  # 0: one that is free
    options: tuple[str, ...] = ()  # more for `serve`
    url: str = ""
    process: subprocess.Popen | WarmProcess | None = None

    def start(self):
        if self.cluster is not None and not self.database:
            self.database = self.cluster.begun_center()
            lay_begun(self.state, CHECKED)
        elif not self.database:
            lay_begun(self.state, CHECKED, DATABASE)
        command = ["serve", "--port", str(self.port), *self.options, *self._where()]
        log = self.state.parent / f"{self.state.name}.log"
        self.process = _interpreter(command, log) if self.options else WarmProcess(main, [command], log)
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
        done = run_center(*arguments, *self._where())
        assert done.returncode == 0, done.stderr
        return done.stdout

    def code(self, site="瑞安市民中心"):
        """As `kiosk-center terminals add` makes one, without the wait for another process."""
        settings = CenterSettings(state_folder=self.state, database=self.database, blobs=self.blobs)
        with closing(open_center(settings, SystemClock())) as beside:
            code, _ = add_code(beside, site)
        return code

    def restored(self, state, backup):
        """Another center with the same keys, filled from a backup; not started."""
        database = self.cluster.new_database() if self.cluster else ""
        fresh = RunningCenter(state, self.cluster, database, port=self.port).with_keys_of(self)
        fresh.command("restore", str(backup))
        return fresh

    def with_keys_of(self, other):
        shutil.copytree(other.state / "keys", self.state / "keys")
        return self

    @property
    def database_url(self):
        return self.database or f"sqlite:///{self.state}/center.sqlite3"

    def beside(self):
        """Another center over the same state and database, not started."""
        return RunningCenter(self.state, self.cluster, self.database)

    def rows(self, query, *values):
        """Straight from the database, beside the running center; `?` stands for a value."""
        if self.database:
            with psycopg.connect(self.database) as database:
                done = database.execute(query.replace("?", "%s"), values)
                return done.fetchall() if done.description else []
        with closing(sqlite3.connect(self.state / "center.sqlite3", timeout=30)) as database, database:
            return database.execute(query, values).fetchall()

    def on_disk(self) -> bytes:
        """All that the database keeps."""
        return self.cluster.everything() if self.cluster else (self.state / "center.sqlite3").read_bytes()

    def _where(self):
        database = ("--database", self.database) if self.database else ()
        blobs = ("--blobs", self.blobs) if self.blobs else ()
        return ("--state", str(self.state), *database, *blobs)
