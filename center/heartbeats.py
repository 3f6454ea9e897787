"""Heartbeats as the center takes them: what the terminal said is kept, and answered with what there is for it."""

from datetime import datetime

from pydantic import JsonValue
from sqlalchemy.orm import Session

from center.fleet_tables import TerminalReport
from center.packages import announced
from center.services import Center
from center.sites import announced_settings
from center.tables import Terminal
from center.troubles import note, note_clone, told_by
from flows.heartbeats import Beat, BeatAnswer, sign_beat_answer
from flows.wire import iso_utc


def take_beat(center: Center, terminal_id: str, beat: Beat, nonce: str) -> BeatAnswer:
    """Keep it, and say what is new."""
    now = center.clock.now()
    with center.database.writing() as session:
        terminal = session.get_one(Terminal, terminal_id)
        if terminal.revoked_at is not None:
            return _answer(center, nonce, {"standing": "revoked"})
        package = announced(session)
        _keep(session, terminal_id, beat, now)
        note(session, terminal_id, told_by(beat, package.version if package else 0, now), now)
        settings = announced_settings(center, session, terminal, beat.settings)
    given: dict[str, JsonValue] = {"package": package.model_dump() if package else None}
    return _answer(center, nonce, given | {"settings": settings.model_dump() if settings else None})


def _answer(center: Center, nonce: str, given: dict[str, JsonValue]) -> BeatAnswer:
    values: dict[str, JsonValue] = {"nonce": nonce, "now": iso_utc(center.clock.now()), "epoch": center.epoch}
    return sign_beat_answer(values | given, center.keys.signing)


def _keep(session: Session, terminal_id: str, beat: Beat, now: datetime) -> None:
    """A counter that does not go up comes from a second machine, or from an old copy of the disk."""
    row = session.get(TerminalReport, terminal_id, with_for_update=True)
    if row is None:
        row = TerminalReport(terminal_id=terminal_id, counter=0)
        session.add(row)
    elif beat.counter <= row.counter:
        note_clone(session, terminal_id, f"heartbeat {beat.counter} after {row.counter}", now)
    row.counter = max(beat.counter, row.counter)
    row.package, row.received_at, row.beat = beat.package, now, beat.model_dump_json()
