"""A table a month for the sealed envelopes, on PostgreSQL: made ahead, so that taking in never waits for one."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

AHEAD = 13  # months; made at every start and every backup, and until then what is later goes to sealed_envelopes_other


def make_months(connection: Connection, now: datetime) -> None:
    """This month and those ahead. Nothing happens on SQLite, nor for months that are there."""
    if connection.dialect.name != "postgresql":
        return
    there = set(connection.scalars(text("SELECT relname FROM pg_class WHERE relname LIKE 'sealed_envelopes_%'")))
    month = now
    for _ in range(AHEAD):
        if _name(month) not in there:
            with suppress(IntegrityError), connection.begin_nested():  # its rows lie in _other already, and stay there
                make_month(connection, month)
        month = _next(month)


def make_month(connection: Connection, month: datetime) -> None:
    """Raises IntegrityError where rows of the month lie in `sealed_envelopes_other`."""
    begin, end = f"{month:%Y-%m}-01", f"{_next(month):%Y-%m}-01"
    connection.execute(
        text(f"CREATE TABLE {_name(month)} PARTITION OF sealed_envelopes FOR VALUES FROM ('{begin}') TO ('{end}')")
    )


def _name(month: datetime) -> str:
    return f"sealed_envelopes_{month:%Y%m}"


def _next(month: datetime) -> datetime:
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1, day=1)
