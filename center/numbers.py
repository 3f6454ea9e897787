"""Case numbers: the next serials of the day, taken in the transaction that stores the cases."""

from datetime import datetime

from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from center.clock import CHINA_TIME
from center.settings import CenterSettings
from center.tables import CaseSerial


def take_case_numbers(session: Session, settings: CenterSettings, now: datetime, count: int) -> list[str]:
    """Unique; gaps only where a transaction failed. The day is the day in China."""
    if not count:
        return []
    day = now.astimezone(CHINA_TIME).date()
    scope = settings.render_case_number(day, 0)
    values, more = {"scope": scope, "last": count}, {"last": CaseSerial.last + count}
    counted: ReturningInsert[int]
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # its asyncpg half alone takes a tenth of a second to load

        first = postgresql.insert(CaseSerial).values(values)
        counted = first.on_conflict_do_update(index_elements=["scope"], set_=more).returning(CaseSerial.last)
    else:
        alike = sqlite.insert(CaseSerial).values(values)
        counted = alike.on_conflict_do_update(index_elements=["scope"], set_=more).returning(CaseSerial.last)
    last = session.scalars(counted).one()
    return [settings.render_case_number(day, serial) for serial in range(last - count + 1, last + 1)]
