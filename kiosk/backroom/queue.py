"""What the command line does with the outbox: look, offer again, deliver now."""

import random  # noqa: TID251 - a generator of this process's own, for the pauses
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from devices.clock import Clock, SystemClock
from flows.case import iso_seconds
from flows.wire import Receipt
from kiosk.backroom.answers import CenterFailed
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.delivery import Round, deliver_waiting
from kiosk.backroom.entries import Entry, read_entries
from kiosk.backroom.explaining import Explanation, Surrounding, explain
from kiosk.backroom.heeding import Heeding
from kiosk.backroom.keeping import Keeping
from kiosk.backroom.ledger import (
    OutboxBusy,
    OutboxDamaged,
    WriterLock,
    connect,
    database_path,
    is_held,
    set_aside,
)
from kiosk.backroom.outbox import Outbox
from kiosk.backroom.sync_note import read_note
from kiosk.config import TerminalConfig
from kiosk.identity import Identity, IdentityDamaged, load_identity

PAUSE = 2.0  # s; mean is half of it


class SyncProblem(Exception):
    """Nothing can be delivered from here now; one line."""

    def __init__(self, message: str, code: str = "deviceNotReady") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Line:
    """A case, and what `kiosk queue list` says of it; `since` in the time of this place."""

    entry: Entry
    explanation: Explanation
    since: str

    def as_json(self) -> dict[str, object]:
        told = self.explanation
        return {
            **self.entry.as_json(),
            "why": told.why.model_dump(),
            "next": told.next.model_dump(),
            "next_try_at": told.next_try_at or None,
            "last_try_at": self.entry.tried_at or None,
        }


def queue_list(state_folder: Path) -> Sequence[Entry]:
    """Every case, supplement and rating on this machine, oldest first; also while the terminal runs. Raises OSError."""
    with reading(state_folder) as database:
        return [] if database is None else read_entries(database, "1", [])


def queue_lines(config: TerminalConfig, clock: Clock | None = None) -> Sequence[Line]:
    """The same, explained. Raises OSError."""
    folder, zone = config.terminal.state_folder, ZoneInfo(config.terminal.time_zone)
    entries = queue_list(folder)
    now = iso_seconds((clock or SystemClock()).now())
    around = Surrounding(read_note(folder), is_held(folder), now, zone)
    waiting = sorted((entry.tried, entry.sequence) for entry in entries if entry.state == "waiting")
    places = {place: number for number, place in enumerate(waiting)}
    return [
        Line(
            entry,
            explain(entry, around, places.get((entry.tried, entry.sequence), 0)),
            f"{datetime.fromisoformat(entry.created_at).astimezone(zone):%Y-%m-%d %H:%M}",
        )
        for entry in entries
    ]


def queue_show(config: TerminalConfig, case_id: str) -> Line | None:
    """The one whose id begins so; None when there is none or more than one."""
    found = [line for line in queue_lines(config) if line.entry.envelope_id.startswith(case_id)]
    return found[0] if len(found) == 1 else None


def queue_retry(state_folder: Path, case_id: str | None) -> int:
    """Let quarantined cases wait again; how many. A running terminal offers them with its next look. Raises OSError."""
    if not database_path(state_folder).exists():
        return 0
    with storage_errors(state_folder):
        connection = connect(database_path(state_folder))
        try:
            with connection:
                changed = connection.execute(
                    "UPDATE outbox SET state = 'waiting' WHERE state = 'quarantined' AND envelope_id LIKE ? || '%'",
                    [case_id or ""],
                )
            return changed.rowcount
        finally:
            connection.close()


def queue_set_aside(state_folder: Path, clock: Clock) -> Path | None:
    """Where this outbox is kept from now on, with its attachments; the next start begins a fresh one above it. None:
    there is none. Raises SyncProblem, OSError.
    """
    try:
        with closing(WriterLock(state_folder, clock, 0.0)):
            return set_aside(state_folder) if database_path(state_folder).exists() else None
    except OutboxBusy as error:
        raise SyncProblem("the terminal is running and has the outbox; stop it first") from error


def sync_now(config: TerminalConfig, *, until_empty: bool = False, clock: Clock | None = None) -> Round:
    """Deliver from here, as the one writer. Raises SyncProblem."""
    clock = clock or SystemClock()
    folder = config.terminal.state_folder
    try:
        identity = load_identity(folder)
    except IdentityDamaged as error:
        raise SyncProblem(str(error), "notEnrolled") from error
    if identity is None:
        raise SyncProblem("this terminal is not enrolled; run `kiosk enrol CODE --center URL`", "notEnrolled")
    try:
        outbox = Outbox(folder, clock, lambda _: None, patience=0.0)
    except (OutboxBusy, OutboxDamaged) as error:
        raise SyncProblem(str(error)) from error
    link = open_link(config, identity, clock)
    keeping = Keeping(outbox, link, clock, config.terminal.keep_days)
    try:
        Heeding(outbox, link).turn()
        done = _rounds(outbox, link, clock, until_empty)
        if done.reachable and _settled(keeping):
            done = done.followed_by(_rounds(outbox, link, clock, until_empty))
        return done
    finally:
        link.close()
        outbox.close()


def open_link(config: TerminalConfig, identity: Identity, clock: Clock) -> CenterLink:
    """To the configured center, else to the one this terminal enrolled with."""
    told = config.center
    url, kbit = told.url or identity.center_url, told.upload_kbit_per_second
    return CenterLink(url, identity, clock, told.timeout_seconds, upload_kbit=kbit)


def _rounds(outbox: Outbox, link: CenterLink, clock: Clock, until_empty: bool) -> Round:
    chance = random.Random()  # noqa: S311 - spreads retries, keeps no secret
    total = Round()
    while True:
        done = deliver_waiting(outbox, link, _nothing_more)
        total = total.followed_by(done)
        if not until_empty or not done.waiting:
            return total
        clock.sleep(max(done.retry_after, chance.uniform(0, PAUSE)))


def _settled(keeping: Keeping) -> int:
    """How many wait again because the center was restored."""
    try:
        return keeping.settle("")
    except CenterFailed:
        return 0


def _nothing_more(entry: Entry, receipt: Receipt) -> None:
    """The outbox has it already."""


@contextmanager
def reading(state_folder: Path) -> Iterator[Database | None]:
    """None where there is no outbox yet. Opened for writing only so that SQLite may roll back after a crash."""
    path = database_path(state_folder)
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        yield None
        return
    with storage_errors(state_folder):
        connection = sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=5.0)
        try:
            connection.execute("PRAGMA query_only=ON")
            yield Database(connection)
        finally:
            connection.close()


@contextmanager
def storage_errors(state_folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(f"{database_path(state_folder)}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise OSError(
            f"{database_path(state_folder)}: damaged ({error}); the terminal keeps it aside at its next start"
        ) from error
