"""The outbox: sealed envelopes on disk, in order, until the center's receipt for exactly that digest is verified."""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from devices.clock import Clock
from flows.case import iso_seconds
from flows.wire import Envelope, Receipt
from kiosk.backroom.commit import Seal, commit, is_committed
from kiosk.backroom.entries import Entry, Parcel, read_entries, read_parcels
from kiosk.backroom.files import is_full, write_all_durably
from kiosk.backroom.kept import Kept
from kiosk.backroom.ledger import LOCK_PATIENCE, Ledger
from kiosk.backroom.print_intents import PrintIntents
from kiosk.backroom.reserve import Reserve
from kiosk.backroom.uses import used_lately

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


class Outbox:
    """One per state folder and machine; safe to call from any thread, each call some milliseconds."""

    def __init__(
        self, folder: Path, clock: Clock, on_damage: Callable[[Path], None], patience: float = LOCK_PATIENCE
    ) -> None:
        """Raises OutboxBusy, OutboxDamaged, OSError."""
        self._ledger = Ledger(folder, clock, on_damage, patience)
        self._clock = clock
        self._fresh: deque[str] = deque(maxlen=MOST_FRESH)
        self._held_back: set[str] = set()  # on disk and not offered: they may still change
        self.suspect = False  # a commit met an input/output error: take no more cases
        self.kept = Kept(self._ledger)
        self.prints = PrintIntents(self._ledger, clock)

    @property
    def folder(self) -> Path:
        return self._ledger.folder

    @property
    def database(self) -> Database:
        return self._ledger.database

    def when_full(self, reserve: Reserve) -> None:
        """What is given up before a visit that is under way is told that there is no room."""
        self._ledger.when_full(reserve)

    def close(self) -> None:
        self._ledger.close()

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
        files = [(self.attachment_path(sha256), data) for sha256, data in attachments.items()]

        def take_in() -> Entry:
            write_all_durably(files)
            return commit(self._ledger, matter, instant, local_number, list(attachments), seal)

        with self._ledger.lock:
            known = self.entry(envelope_id)
            if known is not None:
                return known
            try:
                entry = self._ledger.making_room(take_in)
            except (OSError, sqlite3.Error) as error:
                if is_full(error):
                    raise DiskFull(str(error)) from error
                return self._doubt(envelope_id, error)
            self._fresh.append(entry.envelope_id)
            return entry

    def _doubt(self, envelope_id: str, error: OSError | sqlite3.Error) -> Entry:
        """Files come before the commit; what a failed commit left is looked up. Raises StorageUnknown."""
        if isinstance(error, OSError):
            raise StorageUnknown(str(error)) from error
        self.suspect = True
        entry = self.entry(envelope_id) if is_committed(self.folder, envelope_id) else None
        if entry is None:
            raise StorageUnknown(str(error)) from error
        return entry

    # --- what may still change

    def hold_back(self, envelope_ids: Iterable[str]) -> None:
        """Not offered until `let_go`, or until another program opens the file, as after a power cut."""
        with self._ledger.lock:
            self._held_back.update(envelope_ids)

    def is_held_back(self, envelope_id: str) -> bool:
        with self._ledger.lock:
            return envelope_id in self._held_back

    def let_go(self) -> bool:
        """Offer what was held back; whether there was anything."""
        with self._ledger.lock:
            held, self._held_back = self._held_back, set()
            self._fresh.extend(held)
            return bool(held)

    def replace(self, envelope_id: str, seal: Seal) -> Entry:
        """Other contents for what is held back, under its own number. Raises DiskFull, StorageUnknown."""
        with self._ledger.lock:
            known = self.entry(envelope_id)
            assert known is not None
            assert envelope_id in self._held_back
            envelope = seal(known.sequence)
            try:
                self._update("envelope = ?, created_at = ?", [(envelope.to_bytes(), envelope.created_at, envelope_id)])
            except sqlite3.Error as error:
                raise (DiskFull if is_full(error) else StorageUnknown)(str(error)) from error
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
        ((tried,),) = self._ledger.rows("SELECT max(tried) FROM outbox WHERE state = 'waiting'")
        return int(tried or 0) + 1

    def to_offer(self, turn: int, after: tuple[int, int], most: int) -> list[Parcel]:
        """What waits and was not tried in this turn; `after`: tried and sequence of the last one seen."""
        where = "state = 'waiting' AND tried < ? AND (tried, sequence) > (?, ?)"
        with self._ledger.lock:
            held = list(self._held_back)
            where += f" AND envelope_id NOT IN ({_places(held)})" if held else ""
            return read_parcels(self._ledger.database, where, [turn, *after, *held], most)

    def fresh(self) -> list[Parcel]:
        """What came in since this was asked last: somebody may stand there and wait for its decision."""
        with self._ledger.lock:
            ids: list[object] = [one for one in self._fresh if one not in self._held_back]
            self._fresh.clear()
            if not ids:
                return []
            where = f"state = 'waiting' AND envelope_id IN ({_places(ids)})"
            return read_parcels(self._ledger.database, where, ids, len(ids))

    def count_waiting(self) -> int:
        ((count,),) = self._ledger.rows("SELECT count(*) FROM outbox WHERE state = 'waiting'")
        return int(count)

    def load(self) -> Load:
        query = (
            "SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'quarantined'),"
            " min(created_at) FILTER (WHERE state = 'waiting') FROM outbox WHERE state <> 'delivered'"
        )
        ((waiting, set_aside, oldest),) = self._ledger.rows(query)
        return Load(waiting, set_aside, oldest or "")

    def envelope(self, envelope_id: str) -> Envelope:
        ((body,),) = self._ledger.rows("SELECT envelope FROM outbox WHERE envelope_id = ?", [envelope_id])
        return Envelope.from_bytes(body)

    def used_lately(self, now: datetime) -> dict[str, int]:
        """Cases by matter in the last months, at this machine."""
        with self._ledger.lock:
            return used_lately(self._ledger.database, now)

    def attachment_path(self, sha256: str) -> Path:
        return self._ledger.attachments / sha256

    def _entries(self, where: str, values: list[object]) -> list[Entry]:
        with self._ledger.lock:
            return read_entries(self._ledger.database, where, values)

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
        with self._ledger.transaction() as connection:
            connection.executemany(f"UPDATE outbox SET {change} WHERE envelope_id = ?", rows)  # noqa: S608


def _places(values: Sequence[object]) -> str:
    """A question mark for each."""
    return ", ".join("?" * len(values))
