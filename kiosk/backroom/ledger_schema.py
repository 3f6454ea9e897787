"""The outbox's tables, and the steps that bring an older file up to date with everything that waits in it.

Steps only add, and what they add has a default: an older program goes on with a newer file, and nothing is dropped
either way. A step that an older program cannot go on with writes its number into `counter` under NEEDS; older programs
then leave the file alone.
"""

from collections.abc import Callable

from sqlite_utils import Database

from flows.wire import Envelope
from kiosk.backroom.uses import FIRST_COUNTS

NEEDS = "needs"


class TooNew(Exception):
    """Only a program that knows more steps may write to this file."""


def bring_up_to_date(database: Database, first_sequence: int) -> None:
    """All missing steps in one transaction each; `first_sequence` is where a fresh file begins to count.

    Raises TooNew, and nothing was changed.
    """
    done = int(database.execute("PRAGMA user_version").fetchone()[0])
    if done > len(STEPS) and _needed(database) > len(STEPS):
        raise TooNew
    for number, step in enumerate(STEPS[done:], done + 1):
        with database.atomic():
            step(database)
            database.execute(f"PRAGMA user_version = {number}")
    with database.atomic():
        database.execute("INSERT OR IGNORE INTO counter (name, last) VALUES ('sequence', ?)", [first_sequence])


def _needed(database: Database) -> int:
    row = database.execute("SELECT last FROM counter WHERE name = ?", [NEEDS]).fetchone()
    return int(row[0]) if row else 0


def _first_tables(database: Database) -> None:
    database.table("outbox").create(
        {
            "envelope_id": str,
            "sequence": int,
            "kind": str,  # of the envelope: case, rating, supplement
            "matter": str,
            "instant": int,  # 1: the center decides at once
            "state": str,  # waiting, delivered, quarantined
            "created_at": str,
            "attempts": int,
            "last_error": str,
            "case_number": str,
            "local_number": str,
            "epoch": str,
            "envelope": bytes,
        },
        pk="envelope_id",
        if_not_exists=True,
        not_null={"sequence", "kind", "state", "envelope"},
    )
    database.table("outbox").create_index(["sequence"], unique=True, if_not_exists=True)
    database.table("outbox").create_index(["state", "sequence"], if_not_exists=True)
    database.table("counter").create({"name": str, "last": int}, pk="name", if_not_exists=True)
    database.table("prints").create(
        {"command_id": str, "phase": str, "created_at": str}, pk="command_id", if_not_exists=True
    )


def _receipts_and_attachments(database: Database) -> None:
    """The receipt, to be shown to a restored center; and whose each sealed attachment is, to clear up the others.

    Plain SQL: the library's own inserts commit, and a step must be there whole or not at all.
    """
    database.execute("ALTER TABLE outbox ADD COLUMN receipt TEXT NOT NULL DEFAULT ''")
    database.execute("CREATE TABLE attachments (sha256 TEXT PRIMARY KEY, envelope_id TEXT NOT NULL)")
    database.execute("CREATE INDEX attachments_by_envelope ON attachments (envelope_id)")
    for (body,) in database.execute("SELECT envelope FROM outbox").fetchall():
        envelope = Envelope.from_bytes(body)
        owned = [(item.sha256, envelope.envelope_id) for item in envelope.attachments]
        database.conn.executemany("INSERT INTO attachments VALUES (?, ?)", owned)


def _order_of_tries(database: Database) -> None:
    """When each was last offered: what is tried again stands behind the others."""
    known = {row[1] for row in database.execute("PRAGMA table_info(outbox)").fetchall()}
    for column in ("tried INTEGER NOT NULL DEFAULT 0", "tried_at TEXT NOT NULL DEFAULT ''"):
        if column.split()[0] not in known:
            database.execute(f"ALTER TABLE outbox ADD COLUMN {column}")
    database.execute("CREATE INDEX IF NOT EXISTS outbox_to_try ON outbox (tried, sequence) WHERE state = 'waiting'")


def _uses(database: Database) -> None:
    for statement in FIRST_COUNTS.split(";"):
        database.execute(statement)


STEPS: tuple[Callable[[Database], None], ...] = (
    _first_tables,
    _receipts_and_attachments,
    _order_of_tries,
    _uses,
)
