"""Heartbeats as the center takes them: what the terminal said is kept, and answered with what there is for it."""

from center.fleet_tables import TerminalReport
from center.packages import announced
from center.services import Center
from flows.heartbeats import Beat, BeatAnswer, sign_beat_answer
from flows.wire import iso_utc


def take_beat(center: Center, terminal_id: str, beat: Beat, nonce: str) -> BeatAnswer:
    """Keep it, and say what is new."""
    now = center.clock.now()
    with center.database.writing() as session:
        session.merge(
            TerminalReport(
                terminal_id=terminal_id,
                counter=beat.counter,
                package=beat.package,
                received_at=now,
                beat=beat.model_dump_json(),
            )
        )
        package = announced(session)
    values = {"nonce": nonce, "now": iso_utc(now), "epoch": center.epoch}
    return sign_beat_answer(values | {"package": package.model_dump() if package else None}, center.keys.signing)
