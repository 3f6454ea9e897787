"""Staff alerts (浙政钉 消息): kept in the database until a webhook has taken them, signed, with growing pauses.

Body: JSON in UTF-8. `OEB-Alert-Signature` is the HMAC-SHA256, in hex, with the shared secret over the value of
`OEB-Alert-Time`, a line feed, and the body. An alert may come twice: `alert_id` tells.
"""

import hashlib
import hmac
import json
import secrets
from datetime import datetime, timedelta

import httpx
from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from center.database import Database
from center.fleet_tables import Alert, Trouble
from center.journal import Event, log
from center.tables import StoredEnvelope, Terminal
from flows.case import iso_seconds
from flows.text import Text

AT_ONCE = 20  # alerts a turn
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=15)
TOO_OLD = timedelta(days=1)  # what could not be told for so long is in the list only
TIMEOUT = 10.0  # s


def add_alert(session: Session, trouble: Trouble, words: Text, event: str, now: datetime) -> None:
    """`event`: begun or ended."""
    if event == "ended":
        words = Text(zh=f"已恢复：{words.zh}", en=f"over: {words.en}")
    _add(session, trouble.terminal_id, (trouble.kind, trouble.subject, event), words, (trouble.since, now))


def add_case_alert(session: Session, envelope_id: str, kind: str, subject: str, words: Text, now: datetime) -> None:
    """Of what came in that envelope: a case whose limit is near, a rating that was bad; it names no person."""
    sent_by = session.scalar(select(StoredEnvelope.terminal_id).where(StoredEnvelope.envelope_id == envelope_id))
    if sent_by is not None:
        _add(session, sent_by, (kind, subject, "begun"), words, (now, now))


def add_terminal_alert(session: Session, terminal_id: str, kind: str, subject: str, words: Text, now: datetime) -> None:
    """Of what somebody did at a terminal; it names no person."""
    _add(session, terminal_id, (kind, subject, "begun"), words, (now, now))


def _add(
    session: Session, terminal_id: str, what: tuple[str, str, str], words: Text, times: tuple[datetime, datetime]
) -> None:
    terminal = session.get_one(Terminal, terminal_id)
    (kind, subject, event), (since, now) = what, times
    alert_id = secrets.token_hex(16)
    body = {
        "alert_id": alert_id,
        "event": event,
        "kind": kind,
        "subject": subject,
        "terminal_id": terminal_id,
        "name": terminal.name,
        "site": terminal.site,
        "words": {
            "zh": f"{terminal.site} {terminal.name}：{words.zh}",
            "en": f"{terminal.site}, {terminal.name}: {words.en}",
        },
        "since": iso_seconds(since),
        "made_at": iso_seconds(now),
    }
    session.add(
        Alert(
            alert_id=alert_id,
            terminal_id=terminal_id,
            kind=kind,
            subject=subject,
            event=event,
            body=json.dumps(body, ensure_ascii=False),
            made_at=now,
            next_try_at=now,
            attempts=0,
        )
    )


def signature(secret: str, time: str, body: bytes) -> str:
    return hmac.new(secret.encode(), time.encode() + b"\n" + body, hashlib.sha256).hexdigest()


def send_due(database: Database, client: httpx.Client, url: str, secret: str, now: datetime) -> int:
    """How many were taken by the webhook. Of several workers of a center one sends each alert."""
    due = (Alert.sent_at.is_(None)) & (Alert.next_try_at <= now) & (Alert.made_at > now - TOO_OLD)
    with database.reading() as session:
        alerts = session.scalars(select(Alert).where(due).order_by(Alert.made_at).limit(AT_ONCE)).all()
    return sum(_send(database, client, url, secret, alert, now) for alert in alerts)


def _send(database: Database, client: httpx.Client, url: str, secret: str, alert: Alert, now: datetime) -> bool:
    pause = min(FIRST_PAUSE * 2 ** min(alert.attempts, 10), LONGEST_PAUSE)
    mine = (Alert.alert_id == alert.alert_id) & (Alert.attempts == alert.attempts) & Alert.sent_at.is_(None)
    with database.writing() as session:
        claimed: CursorResult[tuple[()]] = session.execute(  # type: ignore[assignment]  # of an UPDATE it is one
            update(Alert).where(mine).values(attempts=Alert.attempts + 1, next_try_at=now + pause)
        )
        if claimed.rowcount != 1:
            return False
    time, body = iso_seconds(now), alert.body.encode()
    headers = {
        "Content-Type": "application/json",
        "OEB-Alert-Time": time,
        "OEB-Alert-Signature": signature(secret, time, body),
    }
    try:
        with client.stream("POST", url, content=body, headers=headers) as answer:
            taken = answer.is_success  # whatever else it says, however much, is not read
    except httpx.HTTPError:
        taken = False
    if not taken:
        log(Event.ALERT_WAITS, alert_id=alert.alert_id, attempts=alert.attempts + 1)
        return False
    with database.writing() as session:
        session.execute(update(Alert).where(Alert.alert_id == alert.alert_id).values(sent_at=now))
    return True


def all_alerts(database: Database, most: int = 100) -> list[Alert]:
    """Newest first."""
    with database.reading() as session:
        return list(session.scalars(select(Alert).order_by(Alert.made_at.desc()).limit(most)))
