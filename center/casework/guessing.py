"""So often an hour somebody may be wrong about whose case it is, for a stolen terminal would ask for name after name.

Counted on disk, for each case and for each terminal, in the transaction before the answer goes out: many at once gain
nothing. A right answer costs nothing, and none is given once the hour's are used up.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from center import audit
from center.alerts import add_terminal_alert
from center.casework.tables import WrongAnswers
from center.errors import Refused
from center.journal import Event, log
from center.services import Center
from center.troubles import note_guessing
from flows.text import Text

WINDOW = timedelta(hours=1)  # from the first wrong answer
OF_A_CASE, FROM_A_TERMINAL = 5, 30  # wrong answers
CASE, TERMINAL = "case:", "terminal:"


def judge(center: Center, terminal_id: str, case_number: str, *, right: bool) -> None:
    """To be asked before `right` is told. `case_number` is empty for no known case. Raises Refused."""
    with center.database.writing() as session:
        if not right:
            _make_rows(session, terminal_id, case_number, center.clock.now())
        left = time_left(center, session, terminal_id, case_number)
        if not left and not right:
            count_wrong(center, session, terminal_id, case_number)
    if left:
        detail = "too many cards that are not the applicant's; staff have been told"
        seconds = max(1, round(left.total_seconds()))
        raise Refused(429, "tooManyTries", "This is not answered for now", detail, "retry", retry_after=seconds)


def time_left(center: Center, session: Session, terminal_id: str, case_number: str) -> timedelta:
    """Until somebody may ask again; zero: now. Whoever asks the same at the same time waits for this transaction."""
    now = center.clock.now()
    rows = [_locked(session, scope) for scope, _ in _budgets(terminal_id, case_number)]
    spent = [row.since + WINDOW - now for row in rows if row is not None and row.count >= _limit(row.scope)]
    return max((left for left in spent if left > timedelta()), default=timedelta())


def count_wrong(center: Center, session: Session, terminal_id: str, case_number: str) -> None:
    """The one that uses a budget up is told to staff, at once and in the audit log."""
    now = center.clock.now()
    _make_rows(session, terminal_id, case_number, now)
    for scope, limit in _budgets(terminal_id, case_number):
        row = _locked(session, scope)
        assert row is not None
        if row.since + WINDOW <= now:
            row.count, row.since = 0, now
        row.count += 1
        session.flush()
        if row.count == limit:
            _tell(center, session, terminal_id, scope, now)


def forget_old(center: Center, now: datetime) -> None:
    with center.database.writing() as session:
        session.execute(delete(WrongAnswers).where(WrongAnswers.since <= now - WINDOW))


def _budgets(terminal_id: str, case_number: str) -> Sequence[tuple[str, int]]:
    """Always in this order, or two could wait for each other."""
    of_terminal = (TERMINAL + terminal_id, FROM_A_TERMINAL)
    return (of_terminal, (CASE + case_number, OF_A_CASE)) if case_number else (of_terminal,)


def _limit(scope: str) -> int:
    return OF_A_CASE if scope.startswith(CASE) else FROM_A_TERMINAL


def _locked(session: Session, scope: str) -> WrongAnswers | None:
    return session.get(WrongAnswers, scope, with_for_update=True, populate_existing=True)


def _make_rows(session: Session, terminal_id: str, case_number: str, now: datetime) -> None:
    """Where they are not there yet, so that there is something to lock."""
    values = [{"scope": scope, "count": 0, "since": now} for scope, _ in _budgets(terminal_id, case_number)]
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # its asyncpg half alone takes a tenth of a second to load

        session.execute(postgresql.insert(WrongAnswers).on_conflict_do_nothing(), values)
    else:
        session.execute(sqlite.insert(WrongAnswers).on_conflict_do_nothing(), values)


def _tell(center: Center, session: Session, terminal_id: str, scope: str, now: datetime) -> None:
    if scope.startswith(CASE):
        number = scope.removeprefix(CASE)
        words = Text(
            zh=f"办件 {number} 一小时内有 {OF_A_CASE} 次出示的证件不是申请人的，暂停核对",
            en=f"{OF_A_CASE} cards in an hour were not those of the applicant of case {number}; it is not answered now",
        )
        add_terminal_alert(session, terminal_id, "guessing", number, words, now)
    else:
        note_guessing(session, terminal_id, str(FROM_A_TERMINAL), now)
    kind, _, subject = scope.partition(":")
    log(Event.GUESSES_SPENT, terminal_id=terminal_id, budget=kind)
    audit.record(session, center.keys.signing, now, actor=terminal_id, action=f"guesses.{kind}", subject=subject)
