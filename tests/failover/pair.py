"""A PostgreSQL primary and its synchronous standby: two clusters on loopback; one is killed, the other promoted."""

import os
import signal
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from tests.center.postgres import ACCOUNT, Cluster
from tests.patience import turns

_NAME = "second"


class Pair:
    """`url` names both, as the center's --database does."""

    def __init__(self, folder):
        self.first = Cluster(folder / "first").start()
        self._make_second(folder / "second")

    def _make_second(self, folder):
        self.second = Cluster(folder)
        folder.mkdir()
        self.second.give_away()
        primary = f"host=127.0.0.1 port={self.first.port} user={ACCOUNT} application_name={_NAME}"
        self.second.run("pg_basebackup", "-D", str(self.second.data), "-R", "-X", "stream", "-c", "fast", "-d", primary)
        self.second.start()
        with self._asked(self.first) as connection:
            connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{_NAME}'")
            connection.execute("SELECT pg_reload_conf()")
            for _ in turns("the standby is in step"):
                if connection.execute("SELECT sync_state FROM pg_stat_replication").fetchone() == ("sync",):
                    break

    @property
    def url(self):
        hosts = f"127.0.0.1:{self.first.port},127.0.0.1:{self.second.port}"
        return f"postgresql://{ACCOUNT}@{hosts}/postgres?target_session_attrs=read-write"

    def kill_first(self):
        """Every process of it, at once, as when the machine is gone."""
        pid = int((self.first.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for process in (pid, *map(int, children)):
            os.kill(process, signal.SIGKILL)

    def promote_second(self):
        self.second.run("pg_ctl", "-D", str(self.second.data), "-w", "promote")

    def rows(self, query):
        with self._asked(self.second) as connection:
            return connection.execute(query).fetchall()

    def _asked(self, cluster):
        return psycopg.connect(f"postgresql://{ACCOUNT}@127.0.0.1:{cluster.port}/postgres", autocommit=True)

    def stop(self):
        self.second.stop()


@contextmanager
def pair():
    with TemporaryDirectory(prefix="center-failover-") as folder:
        if os.geteuid() == 0:
            Path(folder).chmod(0o755)
        made = Pair(Path(folder))
        try:
            yield made
        finally:
            made.stop()
