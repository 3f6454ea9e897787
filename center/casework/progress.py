"""What whoever has the number of a case may know: where it is, what it lacks, how long it may take, and no names."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.cases import citizen_state, matter_of
from center.casework.corrections import asked_of
from center.casework.guessing import judge_number
from center.casework.handed_over import handover_of
from center.casework.limits import last_day_to_correct, promised, read_clock
from center.casework.moving import moves_of, parts_of
from center.casework.stages import ASKED, CITIZEN_WORDS, Stage
from center.casework.tables import PartRecord
from center.casework.words import BLOCKED, LAPSED, TOLD
from center.errors import Refused
from center.services import Center
from center.tables import CaseRecord, StoredEnvelope
from flows.api import LimitReply, PartProgress, ProgressReply
from flows.case import CITIZEN_STATES, iso_seconds
from flows.matter import Matter
from flows.secret_codes import hash_of
from flows.text import Text


def followed(center: Center, code: str) -> str | None:
    """The number of the case whose receipt has this code; None where there is none, or more than one claims it."""
    named = select(CaseRecord.case_number).where(CaseRecord.follow_hash == hash_of(code)).limit(2)
    with center.database.reading() as session:
        numbers = session.scalars(named).all()
    return numbers[0] if len(numbers) == 1 else None


def asked_progress(center: Center, terminal_id: str, case_number: str) -> ProgressReply:
    """By the number alone, which anybody can count up: bounded where the terminal did not send it. Raises Refused."""
    came_with = StoredEnvelope.envelope_id == CaseRecord.case_id
    sent_by = select(StoredEnvelope.terminal_id).join(CaseRecord, came_with)
    with center.database.reading() as session:
        sender = session.scalar(sent_by.where(CaseRecord.case_number == case_number))
    judge_number(center, terminal_id, own=sender == terminal_id)
    return progress_of(center, case_number)


def progress_of(center: Center, case_number: str) -> ProgressReply:
    """Raises Refused."""
    with center.database.reading() as session:
        record = session.scalar(select(CaseRecord).where(CaseRecord.case_number == case_number))
        if record is None:
            raise Refused(404, "noSuchCase", "There is no case of that number", "", "correct")
        matter, state = matter_of(center, record), citizen_state(record)
        rows = parts_of(session, record.case_id)
        handover = handover_of(center, session, record, rows)
        parts = [_part(center, session, record, matter, row, rows) for row in rows]
    alone = parts[0] if len(parts) == 1 else None
    return ProgressReply(
        case_number=record.case_number,
        matter=record.matter,
        title=matter.title if matter else Text(zh=record.matter, en=record.matter),
        state=state,
        state_text=CITIZEN_STATES[state],
        since=iso_seconds(record.state_since),
        received_at=iso_seconds(record.received_at),
        message=alone.message if alone else None,
        missing=alone.missing if alone else (),
        correct_by=alone.correct_by if alone else None,
        limit=alone.limit if alone else None,
        parts=() if alone else tuple(parts),
        handover=handover,
    )


def _part(
    center: Center,
    session: Session,
    record: CaseRecord,
    matter: Matter | None,
    row: PartRecord,
    rows: list[PartRecord],
) -> PartProgress:
    known = {part.id: part for part in matter.parts} if matter else {}
    own, state = known.get(row.part_id), CITIZEN_WORDS[Stage(row.stage)]
    undone = {other.part_id for other in rows if other.outcome != "approved"}
    last_day = last_day_to_correct(row.stage_since, center.settings.correction_days)
    waits = [need for need in row.needs.split("|") if need in undone] if row.stage == Stage.WAITING else []
    return PartProgress(
        id=row.part_id,
        title=own.title if own else Text(zh=row.part_id, en=row.part_id),
        department=own.department if own else _named(row.department),
        state=state,
        state_text=CITIZEN_STATES[state],
        since=iso_seconds(row.stage_since),
        message=_message(session, row),
        waits_for=tuple(known[need].title if need in known else Text(zh=need, en=need) for need in waits),
        missing=asked_of(center, session, row, record.case_number).lacks,
        correct_by=last_day if row.stage in ASKED else None,
        limit=None if record.kind == "instant" else _limit(center, session, row),
    )


def _named(name: str) -> Text:
    return Text(zh=name or "政务服务中心", en=name or "Service center")


def _message(session: Session, row: PartRecord) -> Text | None:
    """The stage in words; the reasons of staff are told with the decision, to the terminal that sent the case."""
    last = moves_of(session, row)[-1]
    if last.move in ("block", "lapse"):
        return BLOCKED if last.move == "block" else LAPSED
    return TOLD.get(Stage(row.stage))


def _limit(center: Center, session: Session, row: PartRecord) -> LimitReply | None:
    """None before acceptance, once it has ended, and where nothing was promised."""
    reading = read_clock(row, moves_of(session, row), center.clock.now(), promised(row))
    if reading is None or reading.limit is None or reading.left is None or reading.phase == "ended":
        return None
    return LimitReply(
        limit=reading.limit,
        used=reading.used,
        left=reading.left,
        paused=reading.paused,
        is_running=reading.phase == "running",
        due=reading.due,
        calendar_known=reading.is_known,
    )
