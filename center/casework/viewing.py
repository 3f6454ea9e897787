"""Cases as staff see them before they open one: stages, clocks, what is missing, what was done; and nobody's name."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from center.casework.corrections import asked_of, supplements_of
from center.casework.limits import read_clock
from center.casework.moving import moves_of, parts_of
from center.casework.stages import Stage, moves_from
from center.casework.tables import PartRecord
from center.casework.words import given_with
from center.services import Center
from center.tables import CaseRecord
from flows.case import iso_seconds
from flows.contents import Missing
from flows.text import Frozen, Text
from flows.working_days import Reading


class PartLine(Frozen):
    """`warned`: near, exceeded or overdue once the center has noticed."""

    id: str
    stage: Stage
    warned: str


class CaseHead(Frozen):
    case_id: str
    case_number: str
    matter: str
    kind: str
    state: str
    state_since: str
    received_at: str


class CaseLine(CaseHead):
    parts: tuple[PartLine, ...]


class ClockView(Frozen):
    """Working days; the fields are those of flows.working_days.Reading."""

    limit: int | None
    used: int
    left: int | None
    paused: int
    phase: str
    due: date | None
    is_known: bool


class MoveView(Frozen):
    move: str
    stage: Stage
    at: str
    actor: str
    reason: Text | None = None
    missing: tuple[Missing, ...] = ()


class PartView(Frozen):
    """`possible` are the moves staff may order now, `lacks` what no supplement has brought."""

    id: str
    department: str
    stage: Stage
    since: str
    needs: tuple[str, ...]
    outcome: str | None
    hands_over: bool
    warned: str
    legal: ClockView | None
    promised: ClockView | None
    lacks: tuple[Missing, ...]
    possible: tuple[str, ...]
    moves: tuple[MoveView, ...]


class SupplementView(Frozen):
    """`verdict`: taken, noCase, notAsked, otherPerson, or held after too many of other persons."""

    supplement_id: str
    part: str
    supplied: tuple[str, ...]
    verdict: str
    received_at: str


class CaseView(CaseHead):
    parts: tuple[PartView, ...]
    supplements: tuple[SupplementView, ...]


@dataclass(frozen=True)
class Wanted:
    """Which cases to list: all where nothing is said; `after` is the last case number of the page before."""

    stage: str = ""
    department: str = ""
    late: bool = False
    after: str = ""
    limit: int | None = None


def list_lines(center: Center, wanted: Wanted) -> list[CaseLine]:
    """Oldest first."""
    of_case = PartRecord.case_id == CaseRecord.case_id
    asked = select(CaseRecord).order_by(CaseRecord.received_at, CaseRecord.case_number).limit(wanted.limit)
    if wanted.stage:
        asked = asked.where(exists().where(of_case, PartRecord.stage == wanted.stage))
    if wanted.department:
        asked = asked.where(exists().where(of_case, PartRecord.department == wanted.department))
    if wanted.late:
        asked = asked.where(exists().where(of_case, PartRecord.warned != ""))
    with center.database.reading() as session:
        last = session.scalar(select(CaseRecord).where(CaseRecord.case_number == wanted.after))
        if last is not None:
            same = and_(CaseRecord.received_at == last.received_at, CaseRecord.case_number > last.case_number)
            asked = asked.where(or_(CaseRecord.received_at > last.received_at, same))
        records = list(session.scalars(asked))
        parts = parts_of_all(session, [record.case_id for record in records])
        return [_line(record, parts[record.case_id]) for record in records]


def parts_of_all(session: Session, case_ids: list[str]) -> dict[str, list[PartRecord]]:
    found: dict[str, list[PartRecord]] = {case_id: [] for case_id in case_ids}
    for start in range(0, len(case_ids), 500):
        some = PartRecord.case_id.in_(case_ids[start : start + 500])
        for part in session.scalars(select(PartRecord).where(some).order_by(PartRecord.place)):
            found[part.case_id].append(part)
    return found


def _line(record: CaseRecord, parts: list[PartRecord]) -> CaseLine:
    lines = tuple(PartLine(id=part.part_id, stage=Stage(part.stage), warned=part.warned) for part in parts)
    return CaseLine.model_validate(_told(record) | {"parts": lines})


def _told(record: CaseRecord) -> dict[str, object]:
    return {
        "case_id": record.case_id,
        "case_number": record.case_number,
        "matter": record.matter,
        "kind": record.kind,
        "state": record.state,
        "state_since": iso_seconds(record.state_since),
        "received_at": iso_seconds(record.received_at),
    }


def view_case(center: Center, record: CaseRecord) -> CaseView:
    with center.database.reading() as session:
        parts = tuple(_part(center, session, record, part) for part in parts_of(session, record.case_id))
        supplements = tuple(
            SupplementView(
                supplement_id=row.supplement_id,
                part=row.part_id,
                supplied=tuple(name for name in row.supplied.split("|") if name),
                verdict=row.verdict,
                received_at=iso_seconds(row.received_at),
            )
            for row in supplements_of(session, record)
        )
    return CaseView.model_validate(_told(record) | {"parts": parts, "supplements": supplements})


def _part(center: Center, session: Session, record: CaseRecord, part: PartRecord) -> PartView:
    moves, now = moves_of(session, part), center.clock.now()
    legal, promised = (read_clock(part, moves, now, limit) for limit in (part.legal_days, part.promised_days))
    return PartView(
        id=part.part_id,
        department=part.department,
        stage=Stage(part.stage),
        since=iso_seconds(part.stage_since),
        needs=tuple(need for need in part.needs.split("|") if need),
        outcome=part.outcome,
        hands_over=part.hands_over,
        warned=part.warned,
        legal=_clock(legal),
        promised=_clock(promised),
        lacks=asked_of(center, session, part, record.case_number).lacks,
        possible=tuple(dict.fromkeys(move.name for move in moves_from(Stage(part.stage)))),
        moves=tuple(
            MoveView(
                move=move.move,
                stage=Stage(move.stage),
                at=iso_seconds(move.at),
                actor=move.actor,
                reason=given_with(center, move).reason,
                missing=given_with(center, move).missing,
            )
            for move in moves
        ),
    )


def _clock(reading: Reading | None) -> ClockView | None:
    if reading is None:
        return None
    return ClockView(
        limit=reading.limit,
        used=reading.used,
        left=reading.left,
        paused=reading.paused,
        phase=reading.phase,
        due=reading.due,
        is_known=reading.is_known,
    )
