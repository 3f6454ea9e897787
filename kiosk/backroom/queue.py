"""What the command line does with the outbox: look, offer again, copy out, deliver now."""

import random  # noqa: TID251 - a generator of this process's own, for the pauses
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from devices.clock import Clock, SystemClock
from flows.wire import Envelope, Receipt
from kiosk.backroom.center_link import CenterFailed, CenterLink
from kiosk.backroom.delivery import Round, deliver_waiting
from kiosk.backroom.files import write_durably
from kiosk.backroom.keeping import Keeping
from kiosk.backroom.ledger import OutboxBusy, OutboxDamaged, connect, database_path
from kiosk.backroom.outbox import Entry, Outbox, read_entries
from kiosk.config import TerminalConfig
from kiosk.identity import IdentityDamaged, load_identity

PAUSE = 2.0  # s; mean is half of it


class SyncProblem(Exception):
    """Nothing can be delivered from here now; one line."""

    def __init__(self, message: str, code: str = "deviceNotReady") -> None:
        super().__init__(message)
        self.code = code


def queue_list(state_folder: Path) -> Sequence[Entry]:
    """Every case and rating on this machine, oldest first; also while the terminal runs. Raises OSError."""
    with _reading(state_folder) as database:
        return [] if database is None else read_entries(database, "1", [])


def queue_show(state_folder: Path, case_id: str) -> Entry | None:
    """The one whose id begins so; None when there is none or more than one."""
    found = [entry for entry in queue_list(state_folder) if entry.envelope_id.startswith(case_id)]
    return found[0] if len(found) == 1 else None


def queue_retry(state_folder: Path, case_id: str | None) -> int:
    """Let quarantined cases wait again; how many. A running terminal offers them with its next look. Raises OSError."""
    if not database_path(state_folder).exists():
        return 0
    with _errors(state_folder):
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


def queue_export(state_folder: Path, folder: Path) -> int:
    """Copy each undelivered envelope (`ID.json`) and its sealed attachments (by SHA-256); how many. Raises OSError."""
    with _reading(state_folder) as database:
        if database is None:
            return 0
        bodies = [row[0] for row in database.execute("SELECT envelope FROM outbox WHERE state <> 'delivered'")]
    folder.mkdir(parents=True, exist_ok=True)
    for body in bodies:
        envelope = Envelope.from_bytes(body)
        for attachment in envelope.attachments:
            sealed = (state_folder / "attachments" / attachment.sha256).read_bytes()
            write_durably(folder / attachment.sha256, sealed)
        write_durably(folder / f"{envelope.envelope_id}.json", body)
    return len(bodies)


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
    link = CenterLink(config.center.url or identity.center_url, identity, clock, config.center.timeout_seconds)
    keeping = Keeping(outbox, link, clock, config.terminal.keep_days)
    try:
        done = _rounds(outbox, link, clock, until_empty)
        if done.reachable and _settled(keeping):
            done = _added(done, _rounds(outbox, link, clock, until_empty))
        return done
    finally:
        link.close()
        outbox.close()


def _rounds(outbox: Outbox, link: CenterLink, clock: Clock, until_empty: bool) -> Round:
    chance = random.Random()  # noqa: S311 - spreads retries, keeps no secret
    total = Round()
    while True:
        done = deliver_waiting(outbox, link, _nothing_more)
        total = _added(total, done)
        if not until_empty or not done.waiting:
            return total
        clock.sleep(chance.uniform(0, PAUSE))


def _added(earlier: Round, later: Round) -> Round:
    return Round(
        earlier.delivered + later.delivered,
        earlier.quarantined + later.quarantined,
        later.waiting,
        later.reachable,
        later.last_error,
    )


def _settled(keeping: Keeping) -> int:
    """How many wait again because the center was restored."""
    try:
        return keeping.settle("")
    except CenterFailed:
        return 0


def _nothing_more(entry: Entry, receipt: Receipt) -> None:
    """The outbox has it already."""


@contextmanager
def _reading(state_folder: Path) -> Iterator[Database | None]:
    """None where there is no outbox yet. Opened for writing only so that SQLite may roll back after a crash."""
    path = database_path(state_folder)
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        yield None
        return
    with _errors(state_folder):
        connection = sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=5.0)
        try:
            connection.execute("PRAGMA query_only=ON")
            yield Database(connection)
        finally:
            connection.close()


@contextmanager
def _errors(state_folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(f"{database_path(state_folder)}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise OSError(
            f"{database_path(state_folder)}: damaged ({error}); the terminal keeps it aside at its next start"
        ) from error
