"""So often an hour somebody may be wrong about whose case it is, or ask about cases that a terminal did not send: a
stolen one would ask for name after name, number after number.

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
NUMBERS_OF_OTHERS = 60  # three minutes a visit make twenty an hour, each with a slip of the finger or two
CASE, TERMINAL, NUMBERS = "case:", "terminal:", "numbers:"
LIMITS = {CASE: OF_A_CASE, TERMINAL: FROM_A_TERMINAL, NUMBERS: NUMBERS_OF_OTHERS}


def judge(center: Center, terminal_id: str, case_number: str, *, right: bool) -> None:
    """To be asked before `right` is told. `case_number` is empty for no known case. Raises Refused."""
    detail = "too many cards that are not the applicant's; staff have been told"
    _judge(center, terminal_id, budgets_of(terminal_id, case_number), detail, right=right)


def judge_number(center: Center, terminal_id: str, *, own: bool) -> None:
    """To be asked before the case of a number is told; `own`: this terminal sent it. Raises Refused."""
    if not own:
        detail = "too many numbers of cases that are not of this terminal; staff have been told"
        _judge(center, terminal_id, [NUMBERS + terminal_id], detail, right=False)


def _judge(center: Center, terminal_id: str, scopes: Sequence[str], detail: str, *, right: bool) -> None:
    with center.database.writing() as session:
        if not right:
            _make_rows(session, scopes, center.clock.now())
        left = time_left(center, session, scopes)
        if not left and not right:
            count_wrong(center, session, terminal_id, scopes)
    if left:
        seconds = max(1, round(left.total_seconds()))
        raise Refused(429, "tooManyTries", "This is not answered for now", detail, "retry", retry_after=seconds)


def time_left(center: Center, session: Session, scopes: Sequence[str]) -> timedelta:
    """Until somebody may ask again; zero: now. Whoever asks the same at the same time waits for this transaction."""
    now = center.clock.now()
    rows = [_locked(session, scope) for scope in scopes]
    spent = [row.since + WINDOW - now for row in rows if row is not None and row.count >= _limit(row.scope)]
    return max((left for left in spent if left > timedelta()), default=timedelta())


def count_wrong(center: Center, session: Session, terminal_id: str, scopes: Sequence[str]) -> None:
    """The one that uses a budget up is told to staff, at once and in the audit log."""
    now = center.clock.now()
    _make_rows(session, scopes, now)
    for scope in scopes:
        row = _locked(session, scope)
        assert row is not None
        if row.since + WINDOW <= now:
            row.count, row.since = 0, now
        row.count += 1
        session.flush()
        if row.count == _limit(scope):
            _tell(center, session, terminal_id, scope, now)


def forget_old(center: Center, now: datetime) -> None:
    with center.database.writing() as session:
        session.execute(delete(WrongAnswers).where(WrongAnswers.since <= now - WINDOW))


def budgets_of(terminal_id: str, case_number: str) -> Sequence[str]:
    """Always in this order, or two could wait for each other."""
    of_terminal = TERMINAL + terminal_id
    return (of_terminal, CASE + case_number) if case_number else (of_terminal,)


def _limit(scope: str) -> int:
    return LIMITS[scope[: scope.index(":") + 1]]


def _locked(session: Session, scope: str) -> WrongAnswers | None:
    return session.get(WrongAnswers, scope, with_for_update=True, populate_existing=True)


def _make_rows(session: Session, scopes: Sequence[str], now: datetime) -> None:
    """Where they are not there yet, so that there is something to lock."""
    values = [{"scope": scope, "count": 0, "since": now} for scope in scopes]
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
        note_guessing(session, terminal_id, str(_limit(scope)), now)
    kind, _, subject = scope.partition(":")
    log(Event.GUESSES_SPENT, terminal_id=terminal_id, budget=kind)
    audit.record(session, center.keys.signing, now, actor=terminal_id, action=f"guesses.{kind}", subject=subject)
