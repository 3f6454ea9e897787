"""The database: SQLite as safe as it can be set, or PostgreSQL by URL, brought up to date by Alembic at start."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

import center.casework.tables
import center.staff_tables  # noqa: F401 - tables that nobody imported would be left out of backups
from center.clock import Clock
from center.errors import CenterUnusable
from center.months import make_months
from center.tables import Fact
from center.waits import Waits

_SQLITE_SETTINGS = (
    "PRAGMA busy_timeout = 30000",  # ms; first, for the others may have to wait
    "PRAGMA journal_mode = DELETE",  # WAL before 3.51.3 can lose commits
    "PRAGMA synchronous = EXTRA",
    "PRAGMA foreign_keys = ON",
)
_MIGRATION_LOCK = 330381_0001  # one process migrates a PostgreSQL database at a time
_MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST_REVISION = max(path.stem.split("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


class Database:
    """One engine; `reading()` and `writing()` are the two ways in."""

    def __init__(self, url: str, clock: Clock) -> None:
        """Connects and migrates. Raises CenterUnusable."""
        self._waits = Waits(clock.monotonic)
        try:
            self._engine = _engine(url)
            self._writer = self._engine.execution_options(writes=True)
            with self._writer.begin() as connection:
                _migrate(connection)
                make_months(connection, clock.now())
                self.epoch = _epoch(connection)
        except (ArgumentError, NoSuchModuleError) as error:
            raise CenterUnusable(f"database: not a URL of a database this center knows: {_safe(url)}") from error
        except DBAPIError as error:
            reason = str(error.orig).strip().splitlines()[0]
            raise CenterUnusable(f"database: cannot work with {_safe(url)}: {reason}; check --database") from error

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._waits.counted(), Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction, on disk when the block ends without an exception; SQLite writers wait for each other."""
        with self._waits.counted(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Everything as it is at one moment, for reading, whatever is written meanwhile."""
        engine = self._engine
        if engine.dialect.name != "sqlite":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with engine.connect() as connection:
            yield connection

    def make_months(self, now: datetime) -> None:
        """Room for the year ahead, where the database keeps a table a month."""
        with self._writer.begin() as connection:
            _lock(connection)
            make_months(connection, now)

    @property
    def is_postgresql(self) -> bool:
        return self._engine.dialect.name == "postgresql"

    def oldest_wait(self) -> float:
        """Seconds the oldest transaction has been under way, waiting for a connection included."""
        return self._waits.oldest()

    def connections_in_use(self) -> int:
        pool = self._engine.pool
        return pool.checkedout() if isinstance(pool, QueuePool) else 0

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """A connection for the length of the block, for what belongs to a connection and not to a transaction."""
        with self._engine.connect() as connection:
            yield connection

    def close(self) -> None:
        self._engine.dispose()


def _safe(url: str) -> str:
    """The URL without its password."""
    return re.sub(r"(://[^:/@]*:)[^@]*@", r"\1***@", url) if "://" in url else "the given address"


def _engine(url: str) -> Engine:
    if url.startswith(("postgresql:", "postgresql+psycopg:")):
        from center.postgresql import postgresql_engine  # psycopg, where it is wanted

        return postgresql_engine(url)
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise ArgumentError("a center works with SQLite and PostgreSQL")
    if parsed.database:
        _make_parent(Path(parsed.database))
    engine = create_engine(parsed, pool_timeout=60)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_parent(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CenterUnusable(f"database: cannot make folder {path.parent}: {error.strerror}") from error


def _set_up_sqlite(connection: SqliteConnection, _record: object) -> None:
    connection.isolation_level = None  # the driver would commit behind our back; _begin_sqlite begins
    for setting in _SQLITE_SETTINGS:
        connection.execute(setting).close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once, or two that read first would refuse each other."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(connection: Connection) -> None:
    """To the newest revision, inside the transaction under way: all of it or nothing."""
    _lock(connection)
    if _revision(connection) == NEWEST_REVISION:
        return
    from alembic import command  # half a second, and only where there is something to do
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise CenterUnusable(f"database: made by a newer center than this one: {error}; update this one") from error


def _lock(connection: Connection) -> None:
    """Until the transaction ends; on SQLite every writer has it anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})


def _revision(connection: Connection) -> str | None:
    """None for a database that was never migrated."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def new_epoch() -> str:
    return secrets.token_hex(8)


def _epoch(connection: Connection) -> str:
    """Made once with the database; terminals see by it that they talk to the same memory as before."""
    with Session(connection) as session:
        known = session.scalar(select(Fact.value).where(Fact.name == "epoch"))
        if known is None:
            known = new_epoch()
            session.add(Fact(name="epoch", value=known))
            session.flush()
        return known
