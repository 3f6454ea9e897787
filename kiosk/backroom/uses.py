"""How often each matter was done at this machine, by month: a number, with nothing of anybody in it."""

import sqlite3
from datetime import datetime

from sqlite_utils import Database

MONTHS = 3  # looked back at, the one under way included: what is done in autumn is not what is done in spring

FIRST_COUNTS = """
CREATE TABLE IF NOT EXISTS
    uses (matter TEXT NOT NULL, month TEXT NOT NULL, cases INTEGER NOT NULL, PRIMARY KEY (matter, month));
INSERT OR IGNORE INTO uses SELECT matter, substr(created_at, 1, 7), count(*) FROM outbox
    WHERE kind = 'case' AND matter <> '' GROUP BY 1, 2
"""


def count_use(connection: sqlite3.Connection, matter: str, created_at: str) -> None:
    """One more case of this matter; `created_at` is ISO 8601. Within the caller's transaction."""
    connection.execute(
        "INSERT INTO uses (matter, month, cases) VALUES (?, ?, 1)"
        " ON CONFLICT (matter, month) DO UPDATE SET cases = cases + 1",
        [matter, created_at[:7]],
    )


def used_lately(database: Database, now: datetime) -> dict[str, int]:
    """Cases by matter in the last months."""
    first = now.year * 12 + now.month - MONTHS  # months since the year 0, from 0
    since = f"{first // 12:04d}-{first % 12 + 1:02d}"
    rows = database.execute("SELECT matter, sum(cases) FROM uses WHERE month >= ? GROUP BY matter", [since])
    return {str(matter): int(cases) for matter, cases in rows.fetchall()}
