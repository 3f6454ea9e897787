"""The parts a new case begins with: those of a linked matter that apply, or the whole case; and its handover."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.casework.limits import RETRY_DECISION, china_day, day_of_visit, silence_ends
from center.casework.stages import Stage, find_move
from center.casework.tables import WHOLE, HandoverRecord, MoveRecord, PartRecord
from center.staff import APPLICANT
from center.tables import CaseRecord
from flows.case import Case
from flows.expressions import ExpressionFailed, holds
from flows.handovers import handover_for
from flows.matter import Matter
from flows.terms import Limits, Part
from flows.visit import names_of


def begin(session: Session, record: CaseRecord, case: Case, matter: Matter | None) -> None:
    """In the transaction that stores the case; hardly anything is read, for many cases arrive at once."""
    applying = _applying(matter, case, record.received_at) if matter is not None else ()
    if matter is not None and applying:
        ids = [part.id for part in applying]
        parts = [_linked(matter, part, place, ids, record) for place, part in enumerate(applying)]
    else:
        limits = matter.limits if matter is not None else Limits()
        parts = [_new(record, WHOLE, matter.department.zh if matter is not None else "", limits)]
    session.add_all(parts)
    session.add_all([_first_move(record, part) for part in parts])
    if matter is not None and matter.handover:
        session.add_all(_handed_over(session, record, case, matter, [part.part_id for part in parts]))


def _handed_over(
    session: Session, record: CaseRecord, case: Case, matter: Matter, ids: Sequence[str]
) -> Iterator[HandoverRecord]:
    """A code that another case has is nobody's here: staff give a new one."""
    way = handover_for(matter, names_of(matter, case.answers, day_of_visit(case.created_at, record.received_at)))
    if way is None:
        return
    things = [name for name in ids if not way.parts or name in way.parts]
    if things:
        place = way.at.model_dump_json() if way.at else None
        taken = select(HandoverRecord.case_id).where(HandoverRecord.code_hash == case.pickup_hash)
        free = case.pickup_hash and way.needs_code and session.scalar(taken) is None
        yield HandoverRecord(
            case_id=record.case_id,
            parts="|".join(things),
            way=way.by,
            place=place,
            locker=way.locker,
            code_hash=case.pickup_hash if free else None,
        )


def _applying(matter: Matter, case: Case, received_at: datetime) -> Sequence[Part]:
    """All of them where a condition cannot be told: nothing somebody applied for is left out."""
    if not matter.parts:
        return ()
    names = names_of(matter, case.answers, day_of_visit(case.created_at, received_at))
    try:
        return [part for part in matter.parts if holds(part.when, names)]
    except ExpressionFailed:
        return matter.parts


def _linked(matter: Matter, part: Part, place: int, ids: Sequence[str], record: CaseRecord) -> PartRecord:
    needs = "|".join(need for need in part.needs if need in ids)
    return _new(record, part.id, part.department.zh, part.limits or matter.limits, place, needs)


def _new(
    record: CaseRecord, part_id: str, department: str, limits: Limits, place: int = 0, needs: str = ""
) -> PartRecord:
    return PartRecord(
        case_id=record.case_id,
        part_id=part_id,
        place=place,
        department=department[:200],
        needs=needs,
        stage=Stage.INITIALISED,
        stage_since=record.received_at,
        moves=1,
        arrived_at=record.received_at,
        legal_days=limits.legal_days,
        promised_days=limits.promised_days,
        hands_over=False,
        warned="",
    )


def _first_move(record: CaseRecord, part: PartRecord) -> MoveRecord:
    name = "wait" if part.needs else "submit-instant" if record.kind == "instant" else "submit"
    move = find_move(name, Stage.INITIALISED)
    assert move is not None
    assert move.to is not None
    part.stage = move.to
    if part.stage == Stage.ACCEPTED:
        part.clock_from = china_day(record.received_at)
        part.wakes_at = record.received_at + RETRY_DECISION
    elif part.stage == Stage.AWAITING_PRECHECK:
        part.wakes_at = silence_ends(part)
    return MoveRecord(
        case_id=part.case_id,
        part_id=part.part_id,
        number=1,
        move=name,
        origin=Stage.INITIALISED,
        stage=part.stage,
        at=record.received_at,
        actor=APPLICANT.name,
    )
