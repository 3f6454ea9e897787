"""The outbox: sealed envelopes on disk, in order, until the center's receipt for exactly that digest is verified."""

import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from sqlite_utils import Database

from devices.clock import Clock
from flows.wire import Envelope, Receipt, digest
from kiosk.backroom.files import is_full, write_durably
from kiosk.backroom.ledger import WriterLock, connect, database_path, open_ledger

State = Literal["waiting", "delivered", "quarantined"]
_COLUMNS = (
    "envelope_id, sequence, kind, matter, instant, state, created_at, attempts, last_error, case_number, local_number"
)


class DiskFull(Exception):
    """There was no room; nothing was committed."""


class StorageUnknown(Exception):
    """The disk failed and the case is not to be found: it must not be called done."""


@dataclass(frozen=True)
class Entry:
    """One sealed case or rating as this machine may know it."""

    envelope_id: str
    sequence: int
    kind: str
    matter: str
    instant: bool
    state: str
    created_at: str
    attempts: int
    last_error: str
    case_number: str
    local_number: str

    def as_json(self) -> dict[str, object]:
        """A line of `kiosk queue list --json`; `case_id` of a rating is the rating's own, its matter null."""
        return {
            "case_id": self.envelope_id,
            "sequence": self.sequence,
            "matter": self.matter or None,
            "state": self.state,
            "created_at": self.created_at,
            "attempts": self.attempts,
            "last_error": self.last_error or None,
            "case_number": self.case_number or None,
        }

    def in_words(self) -> str:
        what = self.matter if self.kind == "case" else "rating"
        trouble = f"  tries {self.attempts}: {self.last_error}" if self.last_error else ""
        number = self.case_number or self.local_number
        return f"{self.envelope_id}  {self.sequence:>6}  {self.state:11}  {self.created_at}  {what}  {number}{trouble}"


@dataclass(frozen=True)
class Sealed:
    """What goes to disk in one piece: the envelope, and its sealed attachments by SHA-256 of the sealed bytes."""

    envelope: Envelope
    attachments: Mapping[str, bytes]


Seal = Callable[[int], Sealed]  # given the sequence number


class Outbox:
    """One per state folder and machine; safe to call from any thread, each call some milliseconds."""

    def __init__(self, folder: Path, clock: Clock, on_damage: Callable[[Path], None], patience: float = 8.0) -> None:
        self._folder = folder
        self._attachments = folder / "attachments"
        self._lock = threading.RLock()
        self.suspect = False  # a commit met an input/output error: take no more cases
        self._writer = WriterLock(folder, clock, patience)
        try:
            self._attachments.mkdir(exist_ok=True, mode=0o700)
            self._database = open_ledger(folder, on_damage)
        except BaseException:
            self._writer.close()
            raise

    @property
    def database(self) -> Database:
        return self._database

    def close(self) -> None:
        with self._lock:
            self._database.conn.close()
            self._writer.close()

    # --- taking in

    def add(
        self, envelope_id: str, matter: str, instant: bool, local_number: Callable[[int], str], seal: Seal
    ) -> Entry:
        """On disk when this returns; the same id again gives the entry there is. Raises DiskFull, StorageUnknown."""
        with self._lock:
            known = self.entry(envelope_id)
            if known is not None:
                return known
            try:
                return self._commit(matter, instant, local_number, seal)
            except OSError as error:
                if is_full(error):
                    raise DiskFull(str(error)) from error
                raise StorageUnknown(str(error)) from error
            except sqlite3.Error as error:
                if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
                    raise DiskFull(str(error)) from error
                return self._read_back(envelope_id, error)

    def _commit(self, matter: str, instant: bool, local_number: Callable[[int], str], seal: Seal) -> Entry:
        with self._database.atomic() as transaction:
            transaction.execute("UPDATE counter SET last = last + 1 WHERE name = 'sequence'")
            sequence = int(transaction.execute("SELECT last FROM counter WHERE name = 'sequence'").fetchone()[0])
            sealed = seal(sequence)
            for sha256, data in sealed.attachments.items():
                write_durably(self.attachment_path(sha256), data)
            envelope = sealed.envelope
            row = {
                "envelope_id": envelope.envelope_id,
                "sequence": sequence,
                "kind": envelope.kind,
                "matter": matter,
                "instant": int(instant),
                "state": "waiting",
                "created_at": envelope.created_at,
                "attempts": 0,
                "last_error": "",
                "case_number": "",
                "local_number": local_number(sequence),
                "epoch": "",
                "envelope": envelope.to_bytes(),
            }
            owned = [(sha256, envelope.envelope_id) for sha256 in sealed.attachments]
            transaction.conn.executemany("INSERT OR REPLACE INTO attachments VALUES (?, ?)", owned)
            names = ", ".join(row)
            transaction.execute(
                f"INSERT INTO outbox ({names}) VALUES ({', '.join(f':{name}' for name in row)})",  # noqa: S608
                row,
            )
        return _entry(row)

    def _read_back(self, envelope_id: str, cause: sqlite3.Error) -> Entry:
        """After an I/O error a commit may or may not have happened: only a fresh look at the file tells."""
        self.suspect = True
        try:
            with closing(connect(database_path(self._folder))) as fresh:
                found = fresh.execute("SELECT 1 FROM outbox WHERE envelope_id = ?", [envelope_id]).fetchone()
        except sqlite3.Error:
            found = None
        entry = self.entry(envelope_id) if found else None
        if entry is None:
            raise StorageUnknown(str(cause)) from cause
        return entry

    # --- looking

    def entry(self, envelope_id: str) -> Entry | None:
        return next(iter(self._entries("envelope_id = ?", [envelope_id])), None)

    def by_local_number(self, number: str) -> Entry | None:
        return next(iter(self._entries("local_number = ? AND kind = 'case'", [number])), None)

    def waiting(self) -> list[Entry]:
        """In the order they were taken in."""
        return self._entries("state = 'waiting'", [])

    def count_waiting(self) -> int:
        with self._lock:
            return int(self._database.execute("SELECT count(*) FROM outbox WHERE state = 'waiting'").fetchone()[0])

    def envelope(self, envelope_id: str) -> Envelope:
        with self._lock:
            row = self._database.execute("SELECT envelope FROM outbox WHERE envelope_id = ?", [envelope_id]).fetchone()
        return Envelope.from_bytes(row[0])

    def attachment_path(self, sha256: str) -> Path:
        return self._attachments / sha256

    def _entries(self, where: str, values: list[object]) -> list[Entry]:
        with self._lock:
            return read_entries(self._database, where, values)

    # --- what became of it

    def delivered(self, receipt: Receipt) -> None:
        self._update(
            "state = 'delivered', attempts = attempts + 1, last_error = '', case_number = ?, epoch = ?, receipt = ?",
            [receipt.case_number, receipt.epoch, receipt.model_dump_json(), receipt.envelope_id],
        )

    def failed(self, envelope_id: str, reason: str) -> None:
        self._update("attempts = attempts + 1, last_error = ?", [reason, envelope_id])

    def quarantine(self, envelope_id: str, reason: str) -> None:
        self._update("state = 'quarantined', attempts = attempts + 1, last_error = ?", [reason, envelope_id])

    def _update(self, change: str, values: list[object]) -> None:
        with self._lock, self._database.atomic() as transaction:
            transaction.execute(f"UPDATE outbox SET {change} WHERE envelope_id = ?", values)  # noqa: S608

    def kept(self, before: str, most: int) -> list[tuple[str, str]]:
        """(id, digest) of what was delivered and was made before that time (ISO 8601, UTC), oldest first."""
        query = (
            "SELECT envelope_id, envelope, receipt FROM outbox"
            " WHERE state = 'delivered' AND created_at < ? ORDER BY sequence LIMIT ?"
        )
        with self._lock:
            rows = self._database.execute(query, [before, most]).fetchall()
        return [(row[0], _digest(row[1], row[2])) for row in rows]

    def forget(self, envelope_ids: Sequence[str]) -> None:
        """Attachments first: a row without them is one that the center has, attachments without a row are nobody's."""
        with self._lock:
            for envelope_id in envelope_ids:
                owned = self._database.execute("SELECT sha256 FROM attachments WHERE envelope_id = ?", [envelope_id])
                for (sha256,) in owned.fetchall():
                    self.attachment_path(sha256).unlink(missing_ok=True)
            with self._database.atomic() as transaction:
                ids = [(envelope_id,) for envelope_id in envelope_ids]
                transaction.conn.executemany("DELETE FROM attachments WHERE envelope_id = ?", ids)
                transaction.conn.executemany("DELETE FROM outbox WHERE envelope_id = ?", ids)

    def clear_unowned(self, before: datetime) -> None:
        """Sealed attachments of a commit that never was, if they are older than that."""
        for path in self._attachments.iterdir():
            with self._lock:
                owned = self._database.execute("SELECT 1 FROM attachments WHERE sha256 = ?", [path.name]).fetchone()
                if not owned and path.stat().st_mtime < before.timestamp():
                    path.unlink()

    def offer_again(self, epoch: str) -> int:
        """What another memory of the center acknowledged waits once more; how many."""
        with self._lock, self._database.atomic() as transaction:
            changed = transaction.execute(
                "UPDATE outbox SET state = 'waiting' WHERE state = 'delivered' AND epoch <> ?", [epoch]
            )
            return int(changed.rowcount)

    def receipt(self, envelope_id: str) -> str:
        """The center's receipt as JSON; empty where there is none."""
        with self._lock:
            row = self._database.execute("SELECT receipt FROM outbox WHERE envelope_id = ?", [envelope_id]).fetchone()
        return str(row[0]) if row else ""

    # --- prints

    def print_phase(self, command_id: str) -> str | None:
        """How far this print got, as far as the disk knows; None: never heard of it."""
        with self._lock:
            row = self._database.execute("SELECT phase FROM prints WHERE command_id = ?", [command_id]).fetchone()
        return str(row[0]) if row else None

    def set_print_phase(self, command_id: str, phase: str, now: str) -> None:
        """Raises sqlite3.Error: then nothing may be sent to the printer."""
        with self._lock, self._database.atomic() as transaction:
            transaction.execute(
                "INSERT INTO prints VALUES (?, ?, ?) ON CONFLICT (command_id) DO UPDATE SET phase = excluded.phase",
                [command_id, phase, now],
            )


def read_entries(database: Database, where: str, values: list[object]) -> list[Entry]:
    """Rows of the outbox in order."""
    query = f"SELECT {_COLUMNS} FROM outbox WHERE {where} ORDER BY sequence"  # noqa: S608
    return [_entry(row) for row in database.query(query, values)]


def _digest(envelope: bytes, receipt: str) -> str:
    """Taken from the receipt where there is one: it is checked already, and there may be thousands."""
    return Receipt.model_validate_json(receipt).digest if receipt else digest(Envelope.from_bytes(envelope))


def _entry(row: Mapping[str, Any]) -> Entry:
    values = {name: row[name] for name in Entry.__dataclass_fields__}
    return Entry(**values | {"instant": bool(row["instant"])})
