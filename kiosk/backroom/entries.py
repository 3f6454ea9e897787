"""One row of the outbox as this machine may know it: everything but what is sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from flows.wire import Envelope


@dataclass(frozen=True)
class Entry:
    """One sealed content. `tried`: the turn in which it was last offered, 0 for never; `tried_at`: when."""

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
    tried: int
    tried_at: str

    def as_json(self) -> dict[str, object]:
        """A line of `kiosk queue list --json`; `case_id` is the envelope's own id; only cases have a matter."""
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


@dataclass(frozen=True)
class Parcel:
    """What is offered to the center: the envelope, and the receipt it got before a restore, as JSON, or nothing."""

    entry: Entry
    envelope: Envelope
    earlier: str


_COLUMNS = ", ".join(Entry.__dataclass_fields__)


def read_entries(database: Database, where: str, values: list[object]) -> list[Entry]:
    """Rows of the outbox in the order they were taken in."""
    query = f"SELECT {_COLUMNS} FROM outbox WHERE {where} ORDER BY sequence"  # noqa: S608
    return [entry_of(row) for row in database.query(query, values)]


def read_parcels(database: Database, where: str, values: list[object], most: int) -> list[Parcel]:
    """Those never offered first, then those offered longest ago: one that is tried again stands behind the others."""
    query = f"SELECT {_COLUMNS}, envelope, receipt FROM outbox WHERE {where} ORDER BY tried, sequence LIMIT ?"  # noqa: S608
    rows = database.query(query, [*values, most])
    return [Parcel(entry_of(row), Envelope.from_bytes(row["envelope"]), row["receipt"]) for row in rows]


def entry_of(row: Mapping[str, Any]) -> Entry:
    values = {name: row[name] for name in Entry.__dataclass_fields__}
    return Entry(**values | {"instant": bool(row["instant"])})
