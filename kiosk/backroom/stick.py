"""Sealed cases on a stick, and the center's receipts that come back on it: a way for a terminal without a network."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from flows.wire import Envelope, Receipt, ReceiptRefused, digest, verify_receipt
from kiosk.backroom.files import sync_folder, write_durably
from kiosk.backroom.ledger import ATTACHMENTS, connect, database_path
from kiosk.backroom.queue import reading, storage_errors
from kiosk.identity import Identity

RECEIPT, EARLIER = ".receipt.json", ".earlier.json"
LARGEST_RECEIPT = 10_000  # bytes


@dataclass(frozen=True)
class Verdict:
    """Of one receipt on the stick. `refused`: why it does not count, in one line; empty where it does."""

    file: str
    case_number: str = ""
    refused: str = ""


def queue_export(state_folder: Path, folder: Path) -> int:
    """Copy each undelivered envelope (`ID.json`) and its sealed attachments (by SHA-256); how many. Raises OSError."""
    with reading(state_folder) as database:
        if database is None:
            return 0
        rows = database.execute("SELECT envelope, receipt FROM outbox WHERE state <> 'delivered' ORDER BY sequence")
        bodies = rows.fetchall()
    folder.mkdir(parents=True, exist_ok=True)
    for body, receipt in bodies:
        envelope = Envelope.from_bytes(body)
        for attachment in envelope.attachments:
            target = folder / attachment.sha256
            if not target.exists() or target.stat().st_size != attachment.size:
                write_durably(target, (state_folder / ATTACHMENTS / attachment.sha256).read_bytes())
        if receipt:
            write_durably(folder / f"{envelope.envelope_id}{EARLIER}", receipt.encode())
        write_durably(folder / f"{envelope.envelope_id}.json", body)
    sync_folder(folder)
    return len(bodies)


def import_receipts(state_folder: Path, folder: Path, identity: Identity) -> Iterator[Verdict]:
    """Each receipt on the stick is believed as one from the wire would be; then its case is delivered. Raises OSError.

    Also while the terminal runs: SQLite lets one write after the other.
    """
    files = sorted(folder.glob(f"*{RECEIPT}"))
    if not database_path(state_folder).exists():
        yield from (Verdict(path.name, refused="there is no case on this machine") for path in files)
        return
    with storage_errors(state_folder), closing(connect(database_path(state_folder))) as connection:
        for path in files:
            yield _import_one(connection, path, identity)


def _import_one(connection: sqlite3.Connection, path: Path, identity: Identity) -> Verdict:
    with path.open("rb") as file:
        body = file.read(LARGEST_RECEIPT)
    envelope_id = path.name.removesuffix(RECEIPT)
    known = connection.execute("SELECT envelope, state FROM outbox WHERE envelope_id = ?", [envelope_id]).fetchone()
    if known is None:
        return Verdict(path.name, refused="is of no case on this machine; another terminal's, or done with long ago")
    sent = digest(Envelope.from_bytes(known[0]))
    try:
        receipt = verify_receipt(body, envelope_id=envelope_id, digest=sent, center_key=identity.center_key())
    except ReceiptRefused:
        return Verdict(path.name, refused="is damaged, or not this center's receipt; import the stick there again")
    if known[1] != "delivered":
        _delivered(connection, receipt)
    return Verdict(path.name, receipt.case_number)


def _delivered(connection: sqlite3.Connection, receipt: Receipt) -> None:
    with connection:
        connection.execute(
            "UPDATE outbox SET state = 'delivered', last_error = '', case_number = ?, epoch = ?, receipt = ?"
            " WHERE envelope_id = ?",
            [receipt.case_number, receipt.epoch, receipt.model_dump_json(), receipt.envelope_id],
        )
