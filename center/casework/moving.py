"""One move of a case, or of a part of it: allowed or refused, and all that follows from it, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from center import audit
from center.casework.limits import (
    RETRY_DECISION,
    china_day,
    end_of,
    last_day_to_correct,
    promised,
    read_clock,
    silence_ends,
)
from center.casework.stages import (
    ASKED,
    BEFORE_ACCEPTANCE,
    CITIZEN_WORDS,
    FINAL,
    ONLY_ONCE,
    Move,
    Stage,
    find_move,
    moves_from,
)
from center.casework.tables import WHOLE, HandoverRecord, MoveRecord, PartRecord
from center.casework.words import Given, seal_given
from center.journal import Event, log
from center.services import Center
from center.staff import CENTER, Actor
from center.tables import CaseRecord, DecisionRecord
from flows.case import CaseState

_CITIZEN_FIRST: Sequence[CaseState] = (
    "awaitingCorrection",
    "returned",
    "inReview",
    "awaitingPrecheck",
    "toSubmit",
    "finished",
)


_DAY = timedelta(days=1)


class MoveRefused(Exception):
    """Codes: noSuchPart, notNow, notYours, reasonMissing, listMissing, onlyOnce; str says what may be done."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Order:
    """`part` may be empty where a case has one. `hands_over`: once decided, something is still to be handed over."""

    move: str
    part: str = ""
    given: Given = field(default_factory=Given)
    hands_over: bool = False


@dataclass(frozen=True)
class CaseInHand:
    """A case locked for this transaction, and its parts in the order of the matter."""

    center: Center
    session: Session
    record: CaseRecord
    parts: tuple[PartRecord, ...]
    now: datetime

    def part(self, part_id: str) -> PartRecord:
        """Raises MoveRefused."""
        if not part_id and len(self.parts) == 1:
            return self.parts[0]
        for part in self.parts:
            if part.part_id == part_id:
                return part
        known = ", ".join(part.part_id for part in self.parts)
        raise MoveRefused("noSuchPart", f"name the part of case {self.record.case_number}: {known}")

    def moves_of(self, part: PartRecord) -> list[MoveRecord]:
        return moves_of(self.session, part)


def take_in_hand(center: Center, session: Session, case_id: str) -> CaseInHand:
    """Others who would move the same case wait until this transaction ends. Raises KeyError."""
    locked = select(CaseRecord).where(CaseRecord.case_id == case_id).with_for_update()
    record = session.scalar(locked.execution_options(populate_existing=True))
    if record is None:
        raise KeyError(case_id)
    return CaseInHand(center, session, record, tuple(parts_of(session, case_id)), center.clock.now())


def parts_of(session: Session, case_id: str) -> list[PartRecord]:
    rows = select(PartRecord).where(PartRecord.case_id == case_id).order_by(PartRecord.place)
    return list(session.scalars(rows.execution_options(populate_existing=True)))


def moves_of(session: Session, part: PartRecord) -> list[MoveRecord]:
    """Oldest first."""
    mine = (MoveRecord.case_id == part.case_id) & (MoveRecord.part_id == part.part_id)
    return list(session.scalars(select(MoveRecord).where(mine).order_by(MoveRecord.number)))


def perform(case: CaseInHand, actor: Actor, order: Order) -> PartRecord:
    """The part after it. Raises MoveRefused and changes nothing."""
    part = case.part(order.part)
    move = find_move(order.move, Stage(part.stage))
    if move is None:
        raise MoveRefused("notNow", f"{_place(case, part)} is {part.stage}; possible: {_possible(part)}")
    _check(case, part, move, actor, order.given)
    _go(case, part, move, actor, order)
    _follow(case, part)
    case.record.state, before = _citizen_state(case.parts), case.record.state
    if case.record.state != before:
        case.record.state_since = case.now
    case.session.flush()
    if not actor.moves_by_itself or move.name in ("approve", "refuse", "accept-by-silence", "lapse"):
        _audit(case, part, move, actor)
    return part


def _check(case: CaseInHand, part: PartRecord, move: Move, actor: Actor, given: Given) -> None:
    where = _place(case, part)
    if not actor.may_move(move):
        raise MoveRefused("notYours", f"{move.name} needs the role {' or '.join(move.roles) or 'of the center itself'}")
    if actor.department and actor.department != part.department:
        raise MoveRefused("notYours", f"{where} is a case of {part.department}, not of {actor.department}")
    if move.given == "reason" and given.reason is None:
        raise MoveRefused("reasonMissing", f"{move.name} needs a reason")
    if move.given == "missing" and not given.missing:
        raise MoveRefused("listMissing", f"{move.name} needs the list of everything that is missing")
    if len({item.id for item in given.missing}) != len(given.missing):
        raise MoveRefused("listMissing", "the list of what is missing names something twice")
    if move.name == "deliver" and part.stage == Stage.APPROVED and _is_still_here(case, part):
        raise MoveRefused("notNow", f"the result of {where} is handed over first: kiosk-center handovers")
    if move.name == ONLY_ONCE and any(earlier.stage == move.to for earlier in case.moves_of(part)):
        raise MoveRefused("onlyOnce", f"{where} was told once what is missing; accept it, or decline it with a reason")


def _place(case: CaseInHand, part: PartRecord) -> str:
    return case.record.case_number + ("" if part.part_id == WHOLE else f"/{part.part_id}")


def _possible(part: PartRecord) -> str:
    return ", ".join(move.name for move in moves_from(Stage(part.stage))) or "nothing, it has ended"


def _go(case: CaseInHand, part: PartRecord, move: Move, actor: Actor, order: Order) -> None:
    """The move itself; a move without a goal goes back to where the last question came from."""
    origin = Stage(part.stage)
    to = move.to or next(Stage(row.origin) for row in reversed(case.moves_of(part)) if row.stage == origin)
    part.moves += 1
    case.session.add(
        MoveRecord(
            case_id=part.case_id,
            part_id=part.part_id,
            number=part.moves,
            move=move.name,
            origin=origin,
            stage=to,
            at=case.now,
            actor=actor.name,
            sealed=seal_given(case.center, part.case_id, order.given),
        )
    )
    part.stage, part.stage_since, part.warned = to, case.now, ""
    if origin not in BEFORE_ACCEPTANCE and to in BEFORE_ACCEPTANCE:
        part.arrived_at = case.now
    if to == Stage.ACCEPTED and part.clock_from is None:
        part.clock_from = china_day(part.arrived_at if move.name == "accept-by-silence" else case.now)
    if to in (Stage.APPROVED, Stage.DISAPPROVED):
        part.outcome = "approved" if to == Stage.APPROVED else "refused"
        part.hands_over = order.hands_over or (to == Stage.APPROVED and _is_a_thing(case, part))
    case.session.flush()
    part.wakes_at = wakes_at(case, part)
    log(Event.CASE_MOVED, case_number=case.record.case_number, part=part.part_id, move=move.name, actor=actor.name)


def _is_still_here(case: CaseInHand, part: PartRecord) -> bool:
    row = case.session.get(HandoverRecord, case.record.case_id)
    return row is not None and row.done_at is None and part.part_id in row.parts.split("|")


def _is_a_thing(case: CaseInHand, part: PartRecord) -> bool:
    row = case.session.get(HandoverRecord, case.record.case_id)
    return row is not None and part.part_id in row.parts.split("|")


def _go_by_itself(case: CaseInHand, part: PartRecord, name: str) -> None:
    move = find_move(name, Stage(part.stage))
    assert move is not None
    _go(case, part, move, CENTER, Order(name))


def _follow(case: CaseInHand, part: PartRecord) -> None:
    """What the move of one part brings about: the next stage that needs nobody, and the parts that waited for it."""
    if part.stage == Stage.PRECHECKED:
        _go_by_itself(case, part, "announce")
    for other in case.parts:
        if other.stage != Stage.WAITING:
            continue
        needed = [need for need in case.parts if need.part_id in other.needs.split("|")]
        if any(_has_failed(need) for need in needed):
            _go_by_itself(case, other, "block")
            _follow(case, other)
        elif all(need.outcome == "approved" for need in needed):
            _go_by_itself(case, other, "release")


def _has_failed(part: PartRecord) -> bool:
    return part.outcome == "refused" or (part.stage in FINAL and part.outcome != "approved")


def _citizen_state(parts: Sequence[PartRecord]) -> CaseState:
    states = {CITIZEN_WORDS[Stage(part.stage)] for part in parts}
    return next(state for state in _CITIZEN_FIRST if state in states)


def wakes_at(case: CaseInHand, part: PartRecord) -> datetime | None:
    """When the center itself must look at the part again; None: only a person or a supplement moves it."""
    stage = Stage(part.stage)
    if stage in BEFORE_ACCEPTANCE:
        return silence_ends(part)
    if stage in ASKED:
        last = last_day_to_correct(part.stage_since, case.center.settings.correction_days)
        return None if part.warned else end_of(last)
    if stage == Stage.ACCEPTED:
        return _limit_wakes_at(case, part)
    if stage in (Stage.APPROVED, Stage.DISAPPROVED):
        return None if part.hands_over else case.now
    decision = case.session.get(DecisionRecord, part.case_id)
    is_settled = stage not in FINAL or (decision is not None and decision.outcome != "accepted")
    return None if is_settled else case.now


def _limit_wakes_at(case: CaseInHand, part: PartRecord) -> datetime | None:
    """Not before the limit can come near or be exceeded: a working day takes a day at least."""
    if case.record.kind == "instant" and case.session.get(DecisionRecord, part.case_id) is None:
        return case.now + RETRY_DECISION
    reading = read_clock(part, case.moves_of(part), case.now, promised(part))
    if reading is None or reading.left is None or part.warned == "exceeded":
        return None
    working_days = reading.left + 1 if part.warned == "near" else reading.left - reading.near_at
    return end_of(china_day(case.now) + (working_days - 1) * _DAY)


def _audit(case: CaseInHand, part: PartRecord, move: Move, actor: Actor) -> None:
    audit.record(
        case.session,
        case.center.keys.signing,
        case.now,
        actor=actor.name,
        action=f"case.{move.name}",
        subject=case.record.case_number,
        part=part.part_id,
        stage=part.stage,
    )
