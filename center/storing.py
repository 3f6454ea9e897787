"""Envelopes onto the disk: those that come together share a transaction, and unique constraints find repetitions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from center.arrival import Arrival
from center.casework.beginning import begin
from center.casework.corrections import take_supplement
from center.casework.followups import hear_case, hear_rating, hear_report
from center.numbers import take_case_numbers
from center.services import Center
from center.tables import CaseRecord, RatingRecord, SealedEnvelope, StoredEnvelope
from flows.case import Case, Rating
from flows.contents import Report, Supplement
from flows.wire import Receipt, sign_receipt


def store_arrivals(center: Center, arrivals: Sequence[Arrival]) -> list[Receipt | None]:
    """One transaction: envelopes, cases, ratings, numbers, receipts. None for each whose identity is taken.

    Raises IntegrityError for a conflict that has nothing to do with the identity, such as a case number given twice.
    """
    if not arrivals:
        return []
    now = center.clock.now()
    with center.database.writing() as session:
        fresh = _claim(session, arrivals, now)
        numbers = _numbers(center, session, [arrivals[place] for place in sorted(fresh)], now)
        receipts: list[Receipt | None] = [None] * len(arrivals)
        for place, number in zip(sorted(fresh), numbers, strict=True):
            receipts[place] = _store(center, session, arrivals[place], number, now)
    return receipts


def _claim(session: Session, arrivals: Sequence[Arrival], now: datetime) -> set[int]:
    """The places of those whose identity was free, and is theirs now: in one order, or two groups could block."""
    first = {arrival.envelope.envelope_id: place for place, arrival in reversed(list(enumerate(arrivals)))}
    rows = [_identity(arrivals[first[envelope_id]], now) for envelope_id in sorted(first)]
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # its asyncpg half alone takes a tenth of a second to load

        alike = postgresql.insert(StoredEnvelope).on_conflict_do_nothing()
        claimed = session.execute(alike.returning(StoredEnvelope.envelope_id), rows)
    else:
        free = sqlite.insert(StoredEnvelope).on_conflict_do_nothing()
        claimed = session.execute(free.returning(StoredEnvelope.envelope_id), rows)
    return {first[envelope_id] for envelope_id in claimed.scalars()}


def _identity(arrival: Arrival, now: datetime) -> dict[str, object]:
    envelope = arrival.envelope
    return {
        "envelope_id": envelope.envelope_id,
        "terminal_id": envelope.terminal_id,
        "sequence": envelope.sequence,
        "kind": envelope.kind,
        "digest": arrival.digest,
        "received_at": now,
    }


def _numbers(center: Center, session: Session, arrivals: Sequence[Arrival], now: datetime) -> list[str]:
    """A case number for each: the one it had, a new one, or none for what is no case."""
    kept = [_kept_number(session, arrival.earlier_number) for arrival in arrivals]
    wanted = [isinstance(arrival.content, Case) and not number for arrival, number in zip(arrivals, kept, strict=True)]
    new = iter(take_case_numbers(session, center.settings, now, sum(wanted)))
    return [next(new) if want else number for want, number in zip(wanted, kept, strict=True)]


def _kept_number(session: Session, number: str) -> str:
    """Empty where another case has it meanwhile."""
    taken = select(CaseRecord.case_id).where(CaseRecord.case_number == number)
    return number if number and session.scalar(taken) is None else ""


def _store(center: Center, session: Session, arrival: Arrival, number: str, now: datetime) -> Receipt:
    envelope = arrival.envelope
    number = _add(center, session, arrival, number, now)
    receipt = sign_receipt(
        envelope, case_number=number, received_at=now, epoch=center.epoch, signing_key=center.keys.signing
    )
    session.add(
        SealedEnvelope(
            envelope_id=envelope.envelope_id,
            received_at=now,
            body=envelope.to_bytes(),
            receipt=receipt.model_dump_json(),
        )
    )
    return receipt


def _add(center: Center, session: Session, arrival: Arrival, number: str, now: datetime) -> str:
    """The number of the case it is, or is about; empty for none."""
    match arrival.content:
        case Case() as case:
            _add_case(center, session, case, number, now)
            return number
        case Rating() as rating:
            return _add_rating(center, session, rating, now)
        case Supplement() as supplement:
            take_supplement(center, session, supplement, arrival.applied)
            return supplement.case_number
        case Report() as report:
            return hear_report(center, session, report)


def _add_case(center: Center, session: Session, case: Case, number: str, now: datetime) -> None:
    """Instant matters wait for their decision in 审批中, the others for the first check in 待预审."""
    matter = center.catalog.of_version(case.matter, case.matter_version) or center.catalog.get(case.matter)
    kind = matter.kind if matter is not None else "accepted"
    record = CaseRecord(
        case_id=case.case_id,
        case_number=number,
        matter=case.matter,
        matter_version=case.matter_version,
        kind=kind,
        state="inReview" if kind == "instant" else "awaitingPrecheck",
        state_since=now,
        received_at=now,
        follow_hash=case.follow_hash or None,
    )
    session.add(record)
    begin(session, record, case, matter)
    hear_case(session, record)


def _add_rating(center: Center, session: Session, rating: Rating, now: datetime) -> str:
    """The number of the case it rates, empty while that case is still on its way."""
    session.add(
        RatingRecord(
            rating_id=rating.rating_id,
            case_id=rating.case_id,
            level=rating.level,
            tags="|".join(rating.tags),
            received_at=now,
        )
    )
    hear_rating(center, session, rating)
    number = session.scalar(select(CaseRecord.case_number).where(CaseRecord.case_id == rating.case_id))
    return number or ""
