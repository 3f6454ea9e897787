"""What a restored center says of an envelope that it has already: its receipt anew, under the number that was told."""

from datetime import datetime

from sqlalchemy import select, update

from center.arrival import Arrival
from center.services import Center
from center.tables import CaseRecord, SealedEnvelope
from flows.wire import Receipt, sign_receipt


def renewed(center: Center, arrival: Arrival, receipt: Receipt) -> Receipt:
    """The receipt as it is, but for two cases after a restore. One of another epoch is said anew, or terminals would
    offer the envelope again for ever. And where a late copy of the first request came before the one that carries the
    receipt, the number that was told takes the place of the new one.
    """
    number = receipt.case_number
    if arrival.earlier_number not in ("", number) and _takes_number(center, arrival):
        number = arrival.earlier_number
    elif receipt.epoch == center.epoch:
        return receipt
    anew = sign_receipt(
        arrival.envelope,
        case_number=number,
        received_at=datetime.fromisoformat(receipt.received_at),
        epoch=center.epoch,
        signing_key=center.keys.signing,
    )
    with center.database.writing() as session:
        own = SealedEnvelope.envelope_id == arrival.envelope.envelope_id
        session.execute(update(SealedEnvelope).where(own).values(receipt=anew.model_dump_json()))
    return anew


def _takes_number(center: Center, arrival: Arrival) -> bool:
    """Whether the case goes by that number now; not where another one has it."""
    with center.database.writing() as session:
        own = session.get(CaseRecord, arrival.envelope.envelope_id)
        taken = select(CaseRecord.case_id).where(CaseRecord.case_number == arrival.earlier_number)
        if own is None or session.scalar(taken) is not None:
            return False
        own.case_number = arrival.earlier_number
        return True
