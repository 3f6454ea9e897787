"""The center's watch over its terminals: notices who has gone silent, and sends alerts; beside the requests."""

import threading
from datetime import datetime, timedelta

import httpx
from sqlalchemy import CursorResult, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from center.alerts import TIMEOUT, add_alert, send_due
from center.fleet_tables import Alert, TerminalReport, Trouble
from center.journal import Event, log
from center.services import Center
from center.tables import Terminal
from center.troubles import begin, words_of

AT_ONCE = frozenset({"clone", "guessing", "package", "settings", "down"})  # nobody mends these in a minute
MUCH_LATER = frozenset({"behind"})  # told after ten times the usual while: a package takes its time to arrive


class Watch:
    """A thread of its own in every worker; what one of them has done the others leave."""

    def __init__(self, center: Center) -> None:
        self._center = center
        self._stopping = threading.Event()
        self._client = httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False)
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=TIMEOUT)
        self._client.close()

    def _run(self) -> None:
        while not self._stopping.wait(self._center.settings.watch_seconds):
            try:
                self._turn()
            except SQLAlchemyError as error:
                log(Event.WATCH_FAILED, reason=type(error).__name__)

    def _turn(self) -> None:
        settings, now = self._center.settings, self._center.clock.now()
        notice_silence(self._center, now)
        tell_troubles(self._center, now)
        if settings.alert_url:
            send_due(self._center.database, self._client, settings.alert_url, settings.alert_secret, now)


def notice_silence(center: Center, now: datetime) -> None:
    """A terminal that was heard of once, and not for `silent_seconds`, is down."""
    limit = now - timedelta(seconds=center.settings.silent_seconds)
    down = select(Trouble.terminal_id).where(Trouble.kind == "down")
    silent = (
        select(TerminalReport.terminal_id, TerminalReport.received_at)
        .join(Terminal, Terminal.terminal_id == TerminalReport.terminal_id)
        .where(TerminalReport.received_at < limit, Terminal.revoked_at.is_(None))
        .where(TerminalReport.terminal_id.not_in(down))
    )
    with center.database.reading() as session:
        rows = session.execute(silent).all()
    for terminal_id, heard in rows:
        try:
            with center.database.writing() as session:
                begin(session, terminal_id, ("down", ""), "", heard)
        except IntegrityError:
            continue  # another worker noticed it


def tell_troubles(center: Center, now: datetime) -> None:
    """What has lasted for a while becomes an alert, once, and not again within `alert_quiet_seconds`."""
    with center.database.reading() as session:
        untold = session.scalars(select(Trouble).where(Trouble.told_at.is_(None))).all()
    for trouble in (one for one in untold if one.since <= now - _hold(center, one.kind)):
        with center.database.writing() as session:
            if _claim(session, trouble, now) and not _told_lately(center, session, trouble, now):
                words = words_of(trouble.kind, trouble.subject, trouble.detail)
                add_alert(session, trouble, words, "begun", now)


def _hold(center: Center, kind: str) -> timedelta:
    usual = timedelta(seconds=center.settings.alert_hold_seconds)
    return timedelta() if kind in AT_ONCE else 10 * usual if kind in MUCH_LATER else usual


def _claim(session: Session, trouble: Trouble, now: datetime) -> bool:
    same = (Trouble.terminal_id == trouble.terminal_id) & (Trouble.kind == trouble.kind)
    mine = same & (Trouble.subject == trouble.subject) & Trouble.told_at.is_(None)
    done: CursorResult[tuple[()]] = session.execute(  # type: ignore[assignment]  # of an UPDATE it is one
        update(Trouble).where(mine).values(told_at=now)
    )
    return done.rowcount == 1


def _told_lately(center: Center, session: Session, trouble: Trouble, now: datetime) -> bool:
    """A printer whose paper comes and goes all day is told of once an hour."""
    same = (Alert.terminal_id == trouble.terminal_id) & (Alert.kind == trouble.kind)
    lately = Alert.made_at > now - timedelta(seconds=center.settings.alert_quiet_seconds)
    found = select(Alert.alert_id).where(same, Alert.subject == trouble.subject, Alert.event == "begun", lately)
    return session.scalars(found.limit(1)).first() is not None
