"""What a revoked terminal still sends: kept for a person to look at, so that no citizen's case is lost with it."""

from sqlalchemy import select

from center.errors import Refused
from center.fleet_tables import HeldEnvelope
from center.journal import Event, log
from center.services import Center
from center.tables import StoredEnvelope
from flows.wire import Envelope, digest


def hold(center: Center, envelope: Envelope, refusal: Refused) -> None:
    """Nothing where it was taken in before; else it is kept, once, and refused. Raises Refused.

    Whether a case was taken before the terminal fell into other hands, only a person can judge: its own date is the
    word of whoever has the key.
    """
    name = digest(envelope)
    with center.database.reading() as session:
        known = session.scalar(select(StoredEnvelope.digest).where(StoredEnvelope.envelope_id == envelope.envelope_id))
    if known == name:
        return
    with center.database.writing() as session:
        if session.get(HeldEnvelope, name) is None:
            session.merge(
                HeldEnvelope(
                    digest=name,
                    envelope_id=envelope.envelope_id,
                    terminal_id=envelope.terminal_id,
                    sequence=envelope.sequence,
                    body=envelope.to_bytes(),
                    received_at=center.clock.now(),
                )
            )
    log(Event.ENVELOPE_HELD, envelope_id=envelope.envelope_id, terminal_id=envelope.terminal_id, digest=name)
    raise refusal


def held_envelopes(center: Center) -> list[HeldEnvelope]:
    """Those nobody has let in yet, oldest first."""
    waiting = select(HeldEnvelope).where(HeldEnvelope.admitted_at.is_(None)).order_by(HeldEnvelope.received_at)
    with center.database.reading() as session:
        return list(session.scalars(waiting))
