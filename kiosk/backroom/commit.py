"""The one transaction that takes a content in: its number, the envelope sealed under it, its attachments, the use."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from flows.wire import Envelope
from kiosk.backroom.entries import Entry, entry_of
from kiosk.backroom.ledger import Ledger, connect, database_path
from kiosk.backroom.uses import count_use

Seal = Callable[[int], Envelope]  # given the sequence number


def commit(
    ledger: Ledger,
    matter: str,
    instant: bool,
    local_number: Callable[[int], str],
    attachments: Sequence[str],
    seal: Seal,
) -> Entry:
    """On disk when this returns; `attachments`: SHA-256 of those sealed. Raises sqlite3.Error: then nobody knows."""
    with ledger.transaction() as connection:
        sequence = _next_number(connection)
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
        connection.executemany("INSERT OR REPLACE INTO attachments (sha256, envelope_id) VALUES (?, ?)", owned)
        places = ", ".join(f":{name}" for name in row)
        connection.execute(f"INSERT INTO outbox ({', '.join(row)}) VALUES ({places})", row)  # noqa: S608
        if matter:
            count_use(connection, matter, envelope.created_at)
    return entry_of(row)


def _next_number(connection: sqlite3.Connection) -> int:
    connection.execute("UPDATE counter SET last = last + 1 WHERE name = 'sequence'")
    return int(connection.execute("SELECT last FROM counter WHERE name = 'sequence'").fetchone()[0])


def is_committed(folder: Path, envelope_id: str) -> bool:
    """After an I/O error a commit may or may not have happened: only a fresh look at the file tells."""
    try:
        with closing(connect(database_path(folder))) as fresh:
            return bool(fresh.execute("SELECT 1 FROM outbox WHERE envelope_id = ?", [envelope_id]).fetchone())
    except sqlite3.Error:
        return False
