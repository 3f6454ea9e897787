"""What is still to be handed over, and how far that is: for staff in a list, for citizens in the progress; no names."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from center.cases import matter_of
from center.casework.limits import china_day
from center.casework.moving import parts_of
from center.casework.stages import FINAL, Stage
from center.casework.tables import WHOLE, HandoverRecord, PartRecord
from center.casework.viewing import parts_of_all
from center.services import Center
from center.tables import CaseRecord
from flows.api import HandoverProgress, HandoverState
from flows.case import iso_seconds
from flows.handovers import handover_text
from flows.text import Frozen, Text

STATES: Mapping[HandoverState, Text] = {
    "preparing": Text(zh="还没有做好", en="Not ready yet"),
    "ready": Text(zh="已做好，等您来取", en="Ready for you"),
    "expired": Text(zh="取件码已过期，请带证件到窗口领取", en="The code has expired; bring your ID to the counter"),
    "collected": Text(zh="已领取", en="Collected"),
    "posted": Text(zh="已寄出", en="Posted"),
}


class HandedPart(Frozen):
    """A part whose result is in the handover; `whole` for a case that is not linked."""

    id: str
    stage: Stage


class HandoverLine(Frozen):
    """`where` is the Chinese name of the place, or the compartment; nobody's address."""

    case_number: str
    parts: tuple[HandedPart, ...]
    state: HandoverState
    way: str
    where: str
    ready_at: str | None
    done_at: str | None


def handed(row: HandoverRecord, parts: Sequence[PartRecord]) -> list[PartRecord]:
    """Those whose results are handed over together."""
    ids = row.parts.split("|")
    return [part for part in parts if part.part_id in ids]


def state_of(row: HandoverRecord, now: datetime) -> HandoverState:
    if row.done_at is not None:
        return "posted" if row.way == "post" else "collected"
    if row.ready_at is None:
        return "preparing"
    return "expired" if row.expires_at is None or now >= row.expires_at else "ready"


def place_of(row: HandoverRecord) -> Text | None:
    return Text.model_validate_json(row.place) if row.place else None


def handover_of(
    center: Center, session: Session, record: CaseRecord, parts: Sequence[PartRecord]
) -> HandoverProgress | None:
    """None where nothing is handed over, or nothing can be any more."""
    row = session.get(HandoverRecord, record.case_id)
    if row is None or not any(_may_come(part) for part in handed(row, parts)):
        return None
    state, matter = state_of(row, center.clock.now()), matter_of(center, record)
    titles = {part.id: part.title for part in matter.parts} if matter else {}
    coming = [part.part_id for part in handed(row, parts) if part.part_id != WHOLE and _may_come(part)]
    return HandoverProgress(
        state=state,
        how=handover_text(row.way, place_of(row)),
        state_text=STATES[state],
        until=china_day(row.expires_at) if row.expires_at and state in ("ready", "expired") else None,
        tracking=row.tracking or "",
        parts=tuple(titles.get(name, Text(zh=name, en=name)) for name in coming),
    )


def _may_come(part: PartRecord) -> bool:
    """A result, now or later."""
    return part.outcome != "refused" and (part.stage not in FINAL or part.stage == Stage.COMPLETED)


def list_lines(center: Center, *, only_open: bool, department: str = "") -> list[HandoverLine]:
    """Oldest first, those that are not decided yet too; of one department, where one is named."""
    asked = select(HandoverRecord, CaseRecord).join(CaseRecord, CaseRecord.case_id == HandoverRecord.case_id)
    asked = asked.order_by(CaseRecord.received_at, CaseRecord.case_number)
    of_case, goes_on = PartRecord.case_id == HandoverRecord.case_id, PartRecord.stage.not_in(FINAL)
    if only_open:
        asked = asked.where(HandoverRecord.done_at.is_(None), exists().where(of_case, goes_on))
    if department:
        asked = asked.where(exists().where(of_case, PartRecord.department == department))
    with center.database.reading() as session:
        rows = session.execute(asked).all()
        parts = parts_of_all(session, [record.case_id for _, record in rows])
    now, found = center.clock.now(), [(row, record, handed(row, parts[record.case_id])) for row, record in rows]
    return [
        line_of(row, record, mine, now)
        for row, record, mine in found  # of a linked case it is these parts that count
        if (not only_open or any(part.stage not in FINAL for part in mine))
        and (not department or any(part.department == department for part in mine))
    ]


def line_for(center: Center, record: CaseRecord) -> HandoverLine:
    """Of a case that has a handover."""
    with center.database.reading() as session:
        row = session.get_one(HandoverRecord, record.case_id)
        return line_of(row, record, handed(row, parts_of(session, record.case_id)), center.clock.now())


def line_of(row: HandoverRecord, record: CaseRecord, parts: Sequence[PartRecord], now: datetime) -> HandoverLine:
    """`parts` are those of the handover."""
    place = place_of(row)
    return HandoverLine(
        case_number=record.case_number,
        parts=tuple(HandedPart(id=part.part_id, stage=Stage(part.stage)) for part in parts),
        state=state_of(row, now),
        way=row.way,
        where=row.compartment or (place.zh if place else ""),
        ready_at=iso_seconds(row.ready_at) if row.ready_at else None,
        done_at=iso_seconds(row.done_at) if row.done_at else None,
    )
