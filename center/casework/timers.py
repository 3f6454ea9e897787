"""What is due without anybody asking: acceptance by silence, corrections that did not come, limits, late follow-ups.

Every act looks again inside its own transaction, so whoever else acts at the same time, each is done once; the claim
only spares several workers from looking for the same work.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, select, update

from center.alerts import add_case_alert
from center.casework.followups import warn_late
from center.casework.guessing import forget_old
from center.casework.limits import promised, read_clock
from center.casework.moving import CaseInHand, Order, perform, take_in_hand, wakes_at
from center.casework.settling import settle
from center.casework.stages import BEFORE_ACCEPTANCE, FINAL, Stage
from center.casework.tables import FollowUpRecord, PartRecord
from center.claims import claimed
from center.decisions import decide_case
from center.drafts import forget_expired
from center.journal import Event, log, place_of
from center.services import Center
from center.staff import CENTER
from flows.text import Text

_AT_ONCE = 200  # parts a round; the next round comes in a minute
_AFTER_FAILURE = timedelta(hours=1)
_NAME = "timers"
_ALERTS: Mapping[str, tuple[str, Text]] = {  # by what a part is warned of
    "near": ("limitNear", Text(zh="即将超过办理时限", en="is near its limit")),
    "exceeded": ("limitOver", Text(zh="已超过办理时限", en="is over its limit")),
    "overdue": ("correctionLate", Text(zh="补正逾期", en="still lacks what it was asked for")),
}


@dataclass
class DoneWork:
    """How many of each kind."""

    accepted_by_silence: int = 0
    lapsed: int = 0
    corrections_overdue: int = 0
    limits_near: int = 0
    limits_exceeded: int = 0
    settled: int = 0
    follow_ups_late: int = 0
    failed: int = 0


def run_due(center: Center, public_url: str) -> DoneWork | None:
    """Once around; None where another worker is at it."""
    with claimed(center, _NAME) as mine:
        if not mine:
            return None
        done = DoneWork()
        for case_id, part_id in _due(center):
            try:
                _wake(center, case_id, part_id, public_url, done)
            except Exception as error:  # noqa: BLE001 - one case that cannot be worked on must not hold up the others
                _postpone(center, case_id, part_id)
                log(Event.WORK_FAILED, what=f"{case_id}/{part_id}", reason=place_of(error))
                done.failed += 1
        _late_follow_ups(center, done)
        forget_expired(center, center.clock.now())
        forget_old(center, center.clock.now())
        return done


def _due(center: Center) -> list[tuple[str, str]]:
    due = select(PartRecord.case_id, PartRecord.part_id).where(PartRecord.wakes_at <= center.clock.now())
    with center.database.reading() as session:
        return [(row[0], row[1]) for row in session.execute(due.order_by(PartRecord.wakes_at).limit(_AT_ONCE))]


def _wake(center: Center, case_id: str, part_id: str, public_url: str, done: DoneWork) -> None:
    with center.database.writing() as session:
        case = take_in_hand(center, session, case_id)
        part = case.part(part_id)
        if part.wakes_at is None or part.wakes_at > case.now:
            return
        part.wakes_at = wakes_at(case, part)  # by the calendar as it is known today
        stage, is_due = Stage(part.stage), part.wakes_at is not None and part.wakes_at <= case.now
        if is_due and stage in BEFORE_ACCEPTANCE:
            perform(case, CENTER, Order("accept-by-silence", part_id))
            done.accepted_by_silence += 1
        elif is_due and stage in (Stage.RETURNED, Stage.AWAITING_CORRECTION):
            perform(case, CENTER, Order("lapse", part_id))
            done.lapsed += 1
        elif is_due and stage == Stage.CORRECTING:
            part.warned, part.wakes_at = "overdue", None
            log(Event.CORRECTION_OVERDUE, case_number=case.record.case_number, part=part_id)
            _alert(case, part)
            done.corrections_overdue += 1
        elif stage == Stage.ACCEPTED:
            _warn(case, part, done)
        kind = case.record.kind
    if stage == Stage.ACCEPTED and kind == "instant":
        decide_case(center, case_id, public_url)
    elif stage in FINAL or stage in (Stage.APPROVED, Stage.DISAPPROVED):
        settle(center, case_id, public_url)
        done.settled += 1


def _warn(case: CaseInHand, part: PartRecord, done: DoneWork) -> None:
    reading = read_clock(part, case.moves_of(part), case.now, promised(part))
    if reading is None or reading.left is None or not reading.is_near:
        return
    if reading.is_exceeded and part.warned != "exceeded":
        part.warned = "exceeded"
        done.limits_exceeded += 1
        _alert(case, part)
    elif not reading.is_exceeded and part.warned == "":
        part.warned = "near"
        done.limits_near += 1
        _alert(case, part)
    part.wakes_at = wakes_at(case, part)
    log(Event.LIMIT_NEAR, case_number=case.record.case_number, part=part.part_id, left=reading.left)


def _alert(case: CaseInHand, part: PartRecord) -> None:
    kind, words = _ALERTS[part.warned]
    number = case.record.case_number
    told = Text(zh=f"办件 {number} {words.zh}", en=f"case {number} {words.en}")
    add_case_alert(case.session, part.case_id, kind, number, told, case.now)


def _late_follow_ups(center: Center, done: DoneWork) -> None:
    now, is_open = center.clock.now(), FollowUpRecord.closed_at.is_(None)
    uncontacted = FollowUpRecord.contacted_at.is_(None) & (FollowUpRecord.contact_by <= now)
    late: Mapping[str, ColumnElement[bool]] = {
        "fix": (FollowUpRecord.fix_by <= now) & (FollowUpRecord.warned != "fix"),
        "contact": uncontacted & (FollowUpRecord.warned == ""),
    }
    for what, is_late in late.items():
        with center.database.writing() as session:
            warned = update(FollowUpRecord).where(is_open & is_late).values(warned=what)
            for follow_up_id in session.scalars(warned.returning(FollowUpRecord.follow_up_id)).all():
                log(Event.FOLLOW_UP_LATE, follow_up_id=follow_up_id, what=what)
                warn_late(session, follow_up_id, what, now)
                done.follow_ups_late += 1


def _postpone(center: Center, case_id: str, part_id: str) -> None:
    mine = (PartRecord.case_id == case_id) & (PartRecord.part_id == part_id)
    with center.database.writing() as session:
        session.execute(update(PartRecord).where(mine).values(wakes_at=center.clock.now() + _AFTER_FAILURE))
