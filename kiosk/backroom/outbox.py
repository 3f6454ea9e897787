"""The outbox: sealed envelopes on disk, in order, until the center's receipt for exactly that digest is verified."""

import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from devices.clock import Clock
from flows.case import iso_seconds
from flows.wire import Envelope, Receipt, digest
from kiosk.backroom.entries import Entry, Parcel, entry_of, read_entries, read_parcels
from kiosk.backroom.files import is_full, write_all_durably
from kiosk.backroom.ledger import ATTACHMENTS, WriterLock, connect, database_path, open_ledger
from kiosk.backroom.reserve import Reserve
from kiosk.backroom.uses import count_use, used_lately

MOST_FRESH = 100  # ids of what came in since the last look; more is a backlog and goes in order


class DiskFull(Exception):
    """There was no room; nothing was committed."""


class StorageUnknown(Exception):
    """The disk failed and the case is not to be found: it must not be called done."""


@dataclass(frozen=True)
class Load:
    """How much is not delivered; `oldest_waiting` is when the oldest waiting one was taken (ISO 8601, UTC)."""

    waiting: int = 0
    set_aside: int = 0
    oldest_waiting: str = ""


Seal = Callable[[int], Envelope]  # given the sequence number


class Outbox:
    """One per state folder and machine; safe to call from any thread, each call some milliseconds."""

    def __init__(self, folder: Path, clock: Clock, on_damage: Callable[[Path], None], patience: float = 8.0) -> None:
        self._folder = folder
        self._attachments = folder / ATTACHMENTS
        self._lock = threading.RLock()
        self._reserve: Reserve | None = None
        self._clock = clock
        self._fresh: deque[str] = deque(maxlen=MOST_FRESH)
        self._held_back: set[str] = set()  # on disk and not offered: they may still change
        self.suspect = False  # a commit met an input/output error: take no more cases
        self._writer = WriterLock(folder, clock, patience)
        try:
            self._database = open_ledger(folder, on_damage)
            self._attachments.mkdir(exist_ok=True, mode=0o700)
        except BaseException:
            self._writer.close()
            raise

    @property
    def folder(self) -> Path:
        return self._folder

    def when_full(self, reserve: Reserve) -> None:
        """What is given up before a visit that is under way is told that there is no room."""
        self._reserve = reserve

    @property
    def database(self) -> Database:
        return self._database

    def close(self) -> None:
        with self._lock:
            self._database.conn.close()
            self._writer.close()

    # --- taking in

    def add(
        self,
        envelope_id: str,
        matter: str,
        instant: bool,
        local_number: Callable[[int], str],
        attachments: Mapping[str, bytes],
        seal: Seal,
    ) -> Entry:
        """On disk when this returns; the same id again gives the entry there is. Raises DiskFull, StorageUnknown.

        `attachments`: sealed bytes by their SHA-256. Until a row says whose they are they are nobody's.
        """
        with self._lock:
            known = self.entry(envelope_id)
            if known is not None:
                return known
            try:
                write_all_durably([(self.attachment_path(sha256), data) for sha256, data in attachments.items()])
                entry = self._commit(matter, instant, local_number, list(attachments), seal)
            except (OSError, sqlite3.Error) as error:
                if not _is_full(error):
                    return self._doubt(envelope_id, error)
                if self._reserve is None or not self._reserve.give_up():
                    raise DiskFull(str(error)) from error
                return self.add(envelope_id, matter, instant, local_number, attachments, seal)
            self._fresh.append(entry.envelope_id)
            return entry

    def _doubt(self, envelope_id: str, error: OSError | sqlite3.Error) -> Entry:
        """Files come before the commit; what a failed commit left is looked up. Raises StorageUnknown."""
        if isinstance(error, OSError):
            raise StorageUnknown(str(error)) from error
        return self._read_back(envelope_id, error)

    def _commit(
        self, matter: str, instant: bool, local_number: Callable[[int], str], attachments: Sequence[str], seal: Seal
    ) -> Entry:
        with self._database.atomic() as transaction:
            transaction.execute("UPDATE counter SET last = last + 1 WHERE name = 'sequence'")
            sequence = int(transaction.execute("SELECT last FROM counter WHERE name = 'sequence'").fetchone()[0])
            envelope = seal(sequence)
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
                "tried": 0,
                "tried_at": "",
                "envelope": envelope.to_bytes(),
            }
            owned = [(sha256, envelope.envelope_id) for sha256 in attachments]
            transaction.conn.executemany(
                "INSERT OR REPLACE INTO attachments (sha256, envelope_id) VALUES (?, ?)", owned
            )
            names = ", ".join(row)
            transaction.execute(
                f"INSERT INTO outbox ({names}) VALUES ({', '.join(f':{name}' for name in row)})",  # noqa: S608
                row,
            )
            if matter:
                count_use(transaction.conn, matter, envelope.created_at)
        return entry_of(row)

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

    # --- what may still change

    def hold_back(self, envelope_ids: Iterable[str]) -> None:
        """Not offered until `let_go`, or until another program opens the file, as after a power cut."""
        with self._lock:
            self._held_back.update(envelope_ids)

    def is_held_back(self, envelope_id: str) -> bool:
        with self._lock:
            return envelope_id in self._held_back

    def let_go(self) -> bool:
        """Offer what was held back; whether there was anything."""
        with self._lock:
            held, self._held_back = self._held_back, set()
            self._fresh.extend(held)
            return bool(held)

    def replace(self, envelope_id: str, seal: Seal) -> Entry:
        """Other contents for what is held back, under its own number. Raises DiskFull, StorageUnknown."""
        with self._lock:
            known = self.entry(envelope_id)
            assert known is not None
            assert envelope_id in self._held_back
            envelope = seal(known.sequence)
            try:
                self._update("envelope = ?, created_at = ?", [(envelope.to_bytes(), envelope.created_at, envelope_id)])
            except sqlite3.Error as error:
                raise (DiskFull if _is_full(error) else StorageUnknown)(str(error)) from error
            return known

    # --- looking

    def entry(self, envelope_id: str) -> Entry | None:
        return next(iter(self._entries("envelope_id = ?", [envelope_id])), None)

    def by_local_number(self, number: str) -> Entry | None:
        return next(iter(self._entries("local_number = ? AND kind = 'case'", [number])), None)

    def waiting(self) -> list[Entry]:
        """All of them, in the order they were taken in."""
        return self._entries("state = 'waiting'", [])

    def turn(self) -> int:
        """The number of the next turn: above that of every try of what waits."""
        with self._lock:
            row = self._database.execute("SELECT max(tried) FROM outbox WHERE state = 'waiting'").fetchone()
        return int(row[0] or 0) + 1

    def to_offer(self, turn: int, after: tuple[int, int], most: int) -> list[Parcel]:
        """What waits and was not tried in this turn; `after`: tried and sequence of the last one seen."""
        where = "state = 'waiting' AND tried < ? AND (tried, sequence) > (?, ?)"
        with self._lock:
            held = list(self._held_back)
            where += f" AND envelope_id NOT IN ({_places(held)})" if held else ""
            return read_parcels(self._database, where, [turn, *after, *held], most)

    def fresh(self) -> list[Parcel]:
        """What came in since this was asked last: somebody may stand there and wait for its decision."""
        with self._lock:
            ids: list[object] = [one for one in self._fresh if one not in self._held_back]
            self._fresh.clear()
            if not ids:
                return []
            where = f"state = 'waiting' AND envelope_id IN ({_places(ids)})"
            return read_parcels(self._database, where, ids, len(ids))

    def count_waiting(self) -> int:
        with self._lock:
            return int(self._database.execute("SELECT count(*) FROM outbox WHERE state = 'waiting'").fetchone()[0])

    def load(self) -> Load:
        query = (
            "SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'quarantined'),"
            " min(created_at) FILTER (WHERE state = 'waiting') FROM outbox WHERE state <> 'delivered'"
        )
        with self._lock:
            waiting, set_aside, oldest = self._database.execute(query).fetchone()
        return Load(waiting, set_aside, oldest or "")

    def envelope(self, envelope_id: str) -> Envelope:
        with self._lock:
            row = self._database.execute("SELECT envelope FROM outbox WHERE envelope_id = ?", [envelope_id]).fetchone()
        return Envelope.from_bytes(row[0])

    def used_lately(self, now: datetime) -> dict[str, int]:
        """Cases by matter in the last months, at this machine."""
        with self._lock:
            return used_lately(self._database, now)

    def attachment_path(self, sha256: str) -> Path:
        return self._attachments / sha256

    def _entries(self, where: str, values: list[object]) -> list[Entry]:
        with self._lock:
            return read_entries(self._database, where, values)

    # --- what became of it

    def delivered(self, receipts: Sequence[Receipt]) -> None:
        """All in one transaction."""
        change = (
            "state = 'delivered', attempts = attempts + 1, last_error = '', case_number = ?, epoch = ?, receipt = ?"
        )
        rows = [(one.case_number, one.epoch, one.model_dump_json(), one.envelope_id) for one in receipts]
        self._update(change, rows)

    def failed(self, envelope_ids: Sequence[str], reason: str, turn: int) -> None:
        """They wait on, behind those that were not tried in this turn."""
        now = iso_seconds(self._clock.now())
        rows = [(reason, turn, now, envelope_id) for envelope_id in envelope_ids]
        self._update("attempts = attempts + 1, last_error = ?, tried = ?, tried_at = ?", rows)

    def quarantine(self, envelope_id: str, reason: str) -> None:
        now = iso_seconds(self._clock.now())
        change = "state = 'quarantined', attempts = attempts + 1, last_error = ?, tried_at = ?"
        self._update(change, [(reason, now, envelope_id)])

    def _update(self, change: str, rows: Sequence[tuple[object, ...]]) -> None:
        with self._lock, self._database.atomic() as transaction:
            transaction.conn.executemany(f"UPDATE outbox SET {change} WHERE envelope_id = ?", rows)  # noqa: S608

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
                "UPDATE outbox SET state = 'waiting', tried = 0 WHERE state = 'delivered' AND epoch <> ?", [epoch]
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
        try:
            self._set_print_phase(command_id, phase, now)
        except sqlite3.Error as error:
            if not _is_full(error) or self._reserve is None or not self._reserve.give_up():
                raise
            self._set_print_phase(command_id, phase, now)

    def _set_print_phase(self, command_id: str, phase: str, now: str) -> None:
        with self._lock, self._database.atomic() as transaction:
            transaction.execute(
                "INSERT INTO prints (command_id, phase, created_at) VALUES (?, ?, ?)"
                " ON CONFLICT (command_id) DO UPDATE SET phase = excluded.phase",
                [command_id, phase, now],
            )


def _places(values: Sequence[object]) -> str:
    """A question mark for each."""
    return ", ".join("?" * len(values))


def _is_full(error: OSError | sqlite3.Error) -> bool:
    if isinstance(error, OSError):
        return is_full(error)
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL


def _digest(envelope: bytes, receipt: str) -> str:
    """Taken from the receipt where there is one: it is checked already, and there may be thousands."""
    return Receipt.model_validate_json(receipt).digest if receipt else digest(Envelope.from_bytes(envelope))
