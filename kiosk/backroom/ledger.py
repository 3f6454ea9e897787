"""The outbox's database file: opened at its safest, checked, set aside when damaged, held by one writer."""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from devices.clock import Clock
from kiosk.backroom.files import is_full, sync_folder, write_durably
from kiosk.backroom.ledger_schema import TooNew, bring_up_to_date
from kiosk.backroom.reserve import Reserve

LOCK_PATIENCE = 8.0  # s; a backroom that was told to leave may still be writing
OLDEST_SQLITE = (3, 35, 0)  # UPDATE … RETURNING, ALTER TABLE … DROP COLUMN
SAFE_WITH_WAL = (3, 51, 3)  # before, two connections that write and checkpoint together lose commits
JOURNAL_STAYS = 1 << 20  # bytes of it that are kept between commits
ATTACHMENTS = "attachments"  # of a state folder: sealed, by their SHA-256
GENERATION = 1_000_000  # sequence numbers given to each database file, so that a fresh one never repeats the old one's


class OutboxBusy(Exception):
    """Another process is the writer."""


class OutboxDamaged(Exception):
    """The database cannot be used and was not replaced; one line."""


Done = TypeVar("Done")


class Ledger:
    """The file as its one writer has it open, and the folder of sealed attachments beside it.

    Safe to call from any thread; `lock` is for what must not be torn apart.
    """

    def __init__(self, folder: Path, clock: Clock, on_damage: Callable[[Path], None], patience: float) -> None:
        """Raises OutboxBusy, OutboxDamaged, OSError."""
        self.folder = folder
        self.lock = threading.RLock()
        self._reserve: Reserve | None = None
        self._writer = WriterLock(folder, clock, patience)
        try:
            self.database = open_ledger(folder, on_damage)
            self.attachments.mkdir(exist_ok=True, mode=0o700)
        except BaseException:
            self._writer.close()
            raise

    @property
    def attachments(self) -> Path:
        return self.folder / ATTACHMENTS

    def close(self) -> None:
        with self.lock:
            self.database.conn.close()
            self._writer.close()

    def when_full(self, reserve: Reserve) -> None:
        """What is given up before a visit that is under way is told that there is no room."""
        self._reserve = reserve

    def making_room(self, act: Callable[[], Done]) -> Done:
        """Once more, where the disk was full and there was a reserve to give up. Raises as `act` does."""
        try:
            return act()
        except (OSError, sqlite3.Error) as error:
            if not is_full(error) or self._reserve is None or not self._reserve.give_up():
                raise
        return act()

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self.lock:
            return list(self.database.execute(query, values).fetchall())

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing."""
        with self.lock, self.database.atomic() as database:
            yield database.conn


class WriterLock:
    """The one writer of a state folder; held until closed or the process ends."""

    def __init__(self, folder: Path, clock: Clock, patience: float = LOCK_PATIENCE) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._descriptor = os.open(folder / "outbox.lock", os.O_RDWR | os.O_CREAT, 0o600)
        until = clock.monotonic() + patience
        while not self._try():
            if clock.monotonic() >= until:
                os.close(self._descriptor)
                raise OutboxBusy("the terminal is running and has the outbox; it delivers by itself")
            clock.sleep(0.05)

    def close(self) -> None:
        os.close(self._descriptor)

    def _try(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def is_held(folder: Path) -> bool:
    """Whether a writer has this state folder now."""
    try:
        descriptor = os.open(folder / "outbox.lock", os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def database_path(folder: Path) -> Path:
    return folder / "outbox.db"


def open_ledger(folder: Path, on_damage: Callable[[Path], None]) -> Database:
    """The database, whole; `on_damage` is told where a damaged one was put. Raises OutboxDamaged, OSError."""
    path = database_path(folder)
    try:
        return _opened(path, _generation(folder))
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise OutboxDamaged(f"{path}: {error}; check the disk and the folder's permissions") from error
    on_damage(set_aside(folder))
    try:
        return _opened(path, _generation(folder))
    except sqlite3.DatabaseError as error:
        raise OutboxDamaged(f"{path}: a fresh one cannot be made ({error}); check the disk") from error


def connect(path: Path) -> sqlite3.Connection:
    """At its safest: rollback journal, all of it synced. Raises sqlite3.OperationalError.

    The journal stays and is only marked empty: as safe as deleting it, and two syncs of the folder fewer a commit.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise sqlite3.OperationalError(f"SQLite {sqlite3.sqlite_version} is too old; 3.35 is needed")
    connection = sqlite3.connect(path, timeout=5.0, check_same_thread=False)
    mode = str(connection.execute("PRAGMA journal_mode=PERSIST").fetchone()[0])
    if mode == "wal" and sqlite3.sqlite_version_info < SAFE_WITH_WAL:
        connection.close()
        raise sqlite3.OperationalError(
            f"another program keeps it in WAL mode, in which SQLite {sqlite3.sqlite_version} may lose what it"
            " committed; end that program"
        )
    for pragma in ("synchronous=EXTRA", "fullfsync=1", f"journal_size_limit={JOURNAL_STAYS}"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _opened(path: Path, generation: int) -> Database:
    connection = connect(path)
    try:
        findings = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if findings != ("ok",):
            raise sqlite3.DatabaseError("integrity check failed")
        database = Database(connection)
        bring_up_to_date(database, generation * GENERATION)
    except sqlite3.Error:
        connection.close()
        raise
    except TooNew:
        connection.close()
        raise OutboxDamaged(
            f"{path}: a newer program keeps it; install that one again, or run `kiosk queue export FOLDER` and then"
            " `kiosk queue set-aside`. Nothing is lost"
        ) from None
    path.chmod(0o600)
    return database


def _generation(folder: Path) -> int:
    try:
        return int((folder / "outbox.generation").read_text())
    except (FileNotFoundError, ValueError):
        return 0


def set_aside(folder: Path) -> Path:
    """Keep the file for a technician, with the sealed attachments of its cases: a fresh file would take them for
    nobody's. Count up so that sequence numbers go on above the old ones.
    """
    generation = _generation(folder) + 1
    while (aside := folder / f"outbox.damaged-{generation}.db").exists():
        generation += 1
    write_durably(folder / "outbox.generation", str(generation).encode())
    path = database_path(folder)
    beside = {
        path.with_name("outbox.db-journal"): aside.with_name(f"{aside.name}-journal"),
        folder / ATTACHMENTS: aside.with_suffix(".attachments"),
    }
    for left, kept in beside.items():
        if left.exists() and not kept.exists():
            left.rename(kept)
    path.rename(aside)
    sync_folder(folder)
    return aside
