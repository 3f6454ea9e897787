"""Backups: one SQLite file of all tables, whatever the database is, and the blobs beside it; and the way back.

The center's keys are not in a backup: who finds one reads nobody's case. They are kept apart (docs/operations.md).
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import connect

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.orm import Session

from center import audit
from center.blob_folder import BlobFolder
from center.blob_stores import open_blobs
from center.blobs import BlobMissing, Blobs
from center.clock import CHINA_TIME, Clock
from center.console import noted
from center.database import Database, new_epoch
from center.errors import CenterUnusable
from center.fleet_tables import PackageRecord
from center.keys import open_keys
from center.packages import VERSION_FLOOR
from center.services import Center
from center.settings import CenterSettings
from center.sites import SETTINGS_VERSION
from center.staff import CONSOLE
from center.tables import CaseSerial, Fact, SealedEnvelope, StoredEnvelope, Table, Terminal
from flows.wire import Envelope

CHUNK = 500  # rows
VERSIONS_LEFT_OUT = 1_000  # packages of matters the lost center may have published after the backup
SERIALS_A_SECOND = 250  # no center gives out more case numbers than that


@dataclass(frozen=True)
class Copied:
    envelopes: int
    blobs: int
    file: Path


def write_backup(center: Center, folder: Path) -> Copied:
    """Into `folder`, beside earlier ones; what is in it is marked, so that terminals may forget. Raises CenterUnusable.

    The rows are read first: a blob is always there before the row that names it.
    """
    now = center.clock.now()
    blobs = BlobFolder(folder / "blobs")
    file = folder / f"center-{now:%Y%m%dT%H%M%S%f}Z.sqlite3"
    part = file.with_suffix(".part")
    try:
        with closing(_copied(center, part.resolve())) as target:
            copied = _copy_blobs(center.blobs, blobs)
            _check(target, blobs)
            part.rename(file)
            _mark(center.database, target, now)
            with center.database.writing() as session:
                noted(center, session, "backup.made", file.name)
            center.database.make_months(now)
            return Copied(_count(target), copied, file)
    finally:
        part.unlink(missing_ok=True)


def restore_backup(settings: CenterSettings, folder: Path, clock: Clock) -> Copied:
    """The newest backup of `folder` into an empty center. A new epoch makes terminals offer again what it lacks.

    Raises CenterUnusable: nothing to restore, keys not there, a center that is not empty, a damaged backup.
    """
    file = _newest(folder)
    if not (settings.keys_folder / "signing.key").exists():
        raise CenterUnusable(f"put the center's keys into {settings.keys_folder} first; they are not in the backup")
    source, target = Database(f"sqlite:///{file.resolve()}", clock), Database(settings.database_url, clock)
    try:
        if _count(target) or _has_terminals(target):
            raise CenterUnusable("there is a center here already; restore into an empty --state and --database")
        blobs = BlobFolder(folder / "blobs")
        _check(source, blobs)
        copied = _copy_blobs(blobs, open_blobs(settings.blobs_address))
        with source.snapshot() as rows:
            _copy_tables(rows, target)
        _begin_anew(target, settings, file, clock.now())
        return Copied(_count(target), copied, file)
    finally:
        source.close()
        target.close()


def _newest(folder: Path) -> Path:
    files = sorted(folder.glob("center-*Z.sqlite3"))
    if not files:
        raise CenterUnusable(f"{folder}: no backup there; name the folder that `kiosk-center backup` wrote to")
    with connect(files[-1]) as database:
        whole = database.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    database.close()
    if not whole:
        raise CenterUnusable(f"{files[-1]}: this backup is damaged; take it away to restore the one before")
    return files[-1]


def _copied(center: Center, file: Path) -> Database:
    """All tables as they are at one moment."""
    address = f"sqlite:///{file}"
    with center.database.snapshot() as source:
        original = source.connection.driver_connection
        if isinstance(original, SqliteConnection):
            with closing(connect(file)) as copy:
                original.backup(copy)
            return Database(address, center.clock)
        target = Database(address, center.clock)
        _copy_tables(source, target)
        return target


def _copy_tables(source: Connection, target: Database) -> None:
    """All of it or nothing; what the target had is replaced."""
    with target.writing() as session:
        for table in reversed(Table.metadata.sorted_tables):
            session.execute(delete(table))
        for table in Table.metadata.sorted_tables:
            rows = source.execution_options(yield_per=CHUNK).execute(select(table))
            for chunk in rows.mappings().partitions(CHUNK):
                session.execute(table.insert(), [dict(row) for row in chunk])


def _copy_blobs(source: Blobs, target: Blobs) -> int:
    """How many were not there yet. Raises CenterUnusable for one that rotted."""
    copied = 0
    for sha256 in source.names():
        if sha256 not in target:
            try:
                target.write(source.read(sha256))
            except BlobMissing as error:
                raise CenterUnusable(f"blob {sha256} is damaged; restore it from an earlier backup") from error
            copied += 1
    return copied


def _check(database: Database, blobs: Blobs) -> None:
    """Every attachment that a row names is there. Raises CenterUnusable."""
    for body in _column(database, SealedEnvelope.body):
        for attachment in Envelope.from_bytes(body).attachments:
            if attachment.sha256 not in blobs:
                raise CenterUnusable(f"the backup lacks attachment {attachment.sha256}")


def _mark(live: Database, backup: Database, now: datetime) -> None:
    """In the live database, whatever is in the backup for the first time."""
    fresh = StoredEnvelope.backed_up_at.is_(None)
    with backup.reading() as session:
        ids = list(session.scalars(select(StoredEnvelope.envelope_id).where(fresh)))
    for chunk in _chunks(ids):
        with live.writing() as session:
            session.execute(
                update(StoredEnvelope).where(StoredEnvelope.envelope_id.in_(chunk)).values(backed_up_at=now)
            )


def _begin_anew(target: Database, settings: CenterSettings, file: Path, now: datetime) -> None:
    """Another epoch, and case numbers above those that were given out after the backup.

    By the time of day, to less than a second, so that the same backup restored once more goes on above what the
    restored center gave out.
    """
    today = now.astimezone(CHINA_TIME)
    scope = settings.render_case_number(today.date(), 0)
    since_midnight = today - today.replace(hour=0, minute=0, second=0, microsecond=0)
    above = ceil(SERIALS_A_SECOND * (1 + since_midnight.total_seconds()))
    with target.writing() as session:
        session.merge(Fact(name="epoch", value=new_epoch()))
        settings_version = session.get(Fact, SETTINGS_VERSION)
        if settings_version is not None:
            settings_version.value = str(int(settings_version.value) + VERSIONS_LEFT_OUT)
        session.merge(Fact(name=VERSION_FLOOR, value=str(_last_package(session) + VERSIONS_LEFT_OUT)))
        known = session.get(CaseSerial, scope)
        session.merge(CaseSerial(scope=scope, last=max(above, known.last if known else 0)))
        session.execute(update(StoredEnvelope).values(backed_up_at=now))
        keys, _ = open_keys(settings.keys_folder, now)
        audit.record(session, keys.signing, now, actor=CONSOLE.name, action="center.restored", subject=file.name)


def _last_package(session: Session) -> int:
    return session.scalar(select(func.max(PackageRecord.version))) or 0


def _count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(StoredEnvelope)) or 0


def _has_terminals(database: Database) -> bool:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Terminal)) != 0


def _column(database: Database, column: object) -> Iterator[bytes]:
    with database.snapshot() as connection:
        rows = connection.execution_options(yield_per=CHUNK).execute(select(column))  # type: ignore[call-overload]
        for row in rows:
            yield row[0]


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
