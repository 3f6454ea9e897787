"""A PostgreSQL of the tests' own: Debian's server on a new cluster in a temporary folder, on a loopback port."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from tests.center.begun import begin

ACCOUNT = "postgres"  # Debian's own; the server refuses to run as root


def _programs() -> Path:
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass
class Cluster:
    """`start` makes the cluster in `folder` where there is none yet."""

    folder: Path
    port: int = 0
    databases: int = 0
    _begun: str = ""  # the database that others are copies of

    @classmethod
    @contextmanager
    def in_a_folder(cls) -> "Iterator[Cluster]":
        """Not below pytest's own folder: the server's account may not look into that."""
        with TemporaryDirectory(prefix="center-postgresql-") as folder:
            running = cls(Path(folder)).start()
            try:
                yield running
            finally:
                running.stop()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> "Cluster":
        self.folder.mkdir(parents=True, exist_ok=True)
        self.give_away()
        if not self.data.exists():
            self.run("initdb", "-D", str(self.data), "-A", "trust", "-U", ACCOUNT, "--no-instructions", "-E", "UTF8")
        self.port = self.port or _free_port()
        options = f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.folder}"
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.folder / "log"), "-o", options, "start")
        return self

    def give_away(self) -> None:
        """The folder belongs to the server's account."""
        if os.geteuid() == 0:
            shutil.chown(self.folder, ACCOUNT)

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")

    def new_database(self, like: str = "template1") -> str:
        """Its URL."""
        self.databases += 1
        name = f"center{self.databases}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}".encode())
        return self._url(name)

    def begun_center(self) -> str:
        """Its URL."""
        if not self._begun:
            url = self.new_database()
            with TemporaryDirectory() as folder:
                begin(Path(folder), url)
            self._begun = url.rsplit("/", 1)[-1]
        return self.new_database(self._begun)

    def lets_nobody_into(self, url: str) -> None:
        """As after a fall: connections break, and new ones are refused."""
        name = url.rsplit("/", 1)[-1]
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

    def lets_in(self, url: str) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {url.rsplit('/', 1)[-1]} ALLOW_CONNECTIONS true".encode())

    def everything(self) -> bytes:
        """All that lies on its disk, the log of changes included."""
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        found = bytearray()
        for part in ("base", "pg_wal"):
            for path in (self.data / part).rglob("*"):
                with suppress(FileNotFoundError, IsADirectoryError):  # the server clears up while we read
                    found += path.read_bytes()
        return bytes(found)

    def _url(self, name: str) -> str:
        return f"postgresql://{ACCOUNT}@127.0.0.1:{self.port}/{name}"

    def run(self, program: str, *arguments: str) -> None:
        prefix = ["runuser", "-u", ACCOUNT, "--"] if os.geteuid() == 0 else []
        command = [*prefix, str(_programs() / program), *arguments]
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, cwd="/"
        )
        assert done.returncode == 0, done.stderr
