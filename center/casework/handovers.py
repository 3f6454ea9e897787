"""出件: a result lies ready and is collected against its code, comes out of a locker, or is posted.

A code is 140 random bits that the terminal made and printed, so that it is there without a network too; only its hash
comes here, in the case. It is good once, for this case alone, and not for ever.
"""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from center import audit
from center.cases import matter_of
from center.casework.handed_over import STATES, handed, place_of, state_of
from center.casework.moving import CaseInHand, MoveRefused, Order, perform, take_in_hand
from center.casework.opening import open_for
from center.casework.stages import FINAL, Stage
from center.casework.tables import WHOLE, HandoverRecord, PartRecord
from center.journal import Event, log
from center.lockers.finding import Locker, LockerUnavailable, find_locker
from center.random_codes import new_code, read_code
from center.services import Center
from center.staff import APPLICANT, Actor, Right
from center.tables import CaseRecord, Terminal
from flows.handovers import address_of, handover_for, handover_text
from flows.secret_codes import hash_of
from flows.text import Text
from flows.visit import names_of

_Answer = TypeVar("_Answer")
_DECIDED = FINAL | {Stage.APPROVED, Stage.DISAPPROVED}


def renew_code(center: Center, actor: Actor, record: CaseRecord) -> str:
    """For somebody whose papers staff have seen; an expired one begins anew. Raises MoveRefused."""
    code = new_code()
    with center.database.writing() as session:
        case, row = _open_one(center, session, actor, record)
        if row.way == "post":
            raise MoveRefused("notNow", f"case {record.case_number} is posted: nobody collects it")
        row.code_hash = hash_of(code)
        if row.ready_at is not None:
            row.expires_at = case.now + timedelta(days=center.settings.pickup_days)
        _note(case, actor, "handover.code")
    return code


def make_ready(center: Center, actor: Actor, record: CaseRecord) -> HandoverRecord:
    """It lies at the counter from now on, or in a compartment that opens for staff. Raises MoveRefused."""
    with center.database.writing() as session:
        case, row = _open_one(center, session, actor, record)
        _approved(case, row)
        if row.way == "post":
            raise MoveRefused("notNow", f"case {record.case_number} goes by post; then: kiosk-center handovers post")
        if row.ready_at is not None:
            raise MoveRefused("notNow", f"case {record.case_number} lies ready already")
        if row.locker is not None:
            row.compartment = _with_locker(row.locker, lambda locker: locker.put_in(record.case_number))
        row.ready_at, row.expires_at = case.now, case.now + timedelta(days=center.settings.pickup_days)
        _note(case, actor, "handover.ready")
    return row


def post(center: Center, actor: Actor, record: CaseRecord, tracking: str) -> None:
    """It is on its way. Raises MoveRefused."""
    with center.database.writing() as session:
        case, row = _open_one(center, session, actor, record)
        _approved(case, row)
        if row.way != "post":
            raise MoveRefused("notNow", f"case {record.case_number} is collected; then: kiosk-center handovers ready")
        row.tracking = tracking or None
        _done(case, actor, row, "handover.post")


def address(center: Center, actor: Actor, record: CaseRecord) -> str:
    """Where it is posted to; that somebody looked is in the audit log. Raises MoveRefused and Refused."""
    matter, opened = matter_of(center, record), open_for(center, actor, record, "address")
    names = names_of(matter, opened.case.answers, opened.day) if matter else {}
    way = handover_for(matter, names) if matter else None
    if way is None or way.by != "post":
        raise MoveRefused("noHandover", f"case {record.case_number} is not posted")
    return address_of(way, names) or (way.at.zh if way.at else "")


def give(center: Center, actor: Actor, typed: str) -> CaseRecord:
    """Staff hand it out against the code. Raises MoveRefused."""
    with center.database.writing() as session:
        found = _by_code(center, session, typed)
        if found is None:
            raise MoveRefused("noSuchCode", "no result has this code, or a newer one replaced it")
        case, row = found
        _must_be_theirs(case, row, actor)
        state, number = state_of(row, case.now), case.record.case_number
        if state != "ready":
            raise MoveRefused("notNow", f"the result of case {number} is {state}, not ready; nothing was handed out")
        lay_in = row.compartment
        _done(case, actor, row, "handover.give")
        _open(row, lay_in)
    return case.record


def scan(center: Center, terminal_id: str, code: str) -> tuple[CaseRecord, Text] | None:
    """What whoever shows the code at a terminal is told; before its locker the compartment opens. None: no such code.

    Raises MoveRefused where the locker does not answer.
    """
    with center.database.writing() as session:
        found = _by_code(center, session, code)
        if found is None:
            return None
        case, row = found
        if not _stands_before(session, terminal_id, row, case.now):
            return case.record, _told(row, case.now)
        opened = row.compartment
        _done(case, APPLICANT, row, "handover.collect", terminal=terminal_id)
        _open(row, opened)
    text = Text(
        zh=f"{opened} 号格已打开，请取走您的东西，关好柜门。",
        en=f"Compartment {opened} is open. Please take what is yours and close the door.",
    )
    return case.record, text


def _stands_before(session: Session, terminal_id: str, row: HandoverRecord, now: datetime) -> bool:
    if row.locker is None or row.compartment is None or state_of(row, now) != "ready":
        return False
    site = session.get_one(Terminal, terminal_id).site
    return _with_locker(row.locker, lambda locker: locker.stands_at(site))


def _open(row: HandoverRecord, compartment: str | None) -> None:
    """After all that may still refuse, and before it is on disk: what does not open is not collected."""
    if row.locker is not None and compartment is not None:
        _with_locker(row.locker, lambda locker: locker.open(compartment))


def _told(row: HandoverRecord, now: datetime) -> Text:
    state, how = STATES[state_of(row, now)], handover_text(row.way, place_of(row))
    return Text(zh=f"{state.zh}。{how.zh}", en=f"{state.en}. {how.en}")


def _by_code(center: Center, session: Session, typed: str) -> tuple[CaseInHand, HandoverRecord] | None:
    """Found by its hash; compared once more, in a time that tells nothing, when nobody can replace it meanwhile."""
    code = read_code(typed)
    wanted = hash_of(code or "")
    case_id = session.scalar(select(HandoverRecord.case_id).where(HandoverRecord.code_hash == wanted))
    if code is None or case_id is None:
        return None
    case = take_in_hand(center, session, case_id)
    row = session.get_one(HandoverRecord, case_id, populate_existing=True)
    return (case, row) if hmac.compare_digest(row.code_hash or "", wanted) else None


def _open_one(center: Center, session: Session, actor: Actor, record: CaseRecord) -> tuple[CaseInHand, HandoverRecord]:
    """Not handed over yet, and this actor's to work on."""
    case = take_in_hand(center, session, record.case_id)
    row = session.get(HandoverRecord, record.case_id, populate_existing=True)
    if row is None:
        raise MoveRefused("noHandover", f"case {record.case_number} has nothing to be handed over")
    if row.done_at is not None:
        raise MoveRefused("notNow", f"the result of case {record.case_number} was handed over already")
    _must_be_theirs(case, row, actor)
    return case, row


def _approved(case: CaseInHand, row: HandoverRecord) -> list[PartRecord]:
    """The parts whose results are handed over now: at one time, once all of them are decided. Raises MoveRefused."""
    parts = handed(row, case.parts)
    approved = [part for part in parts if part.stage == Stage.APPROVED]
    undecided = next((part for part in parts if part.stage not in _DECIDED), None)
    if undecided is not None or not approved:
        stands = undecided or parts[0]
        where = case.record.case_number + ("" if stands.part_id == WHOLE else f"/{stands.part_id}")
        raise MoveRefused("notNow", f"case {where} is {stands.stage}, not approved")
    return approved


def _must_be_theirs(case: CaseInHand, row: HandoverRecord, actor: Actor) -> None:
    if actor == APPLICANT:
        return
    if not actor.may(Right.OPEN_CASES):
        raise MoveRefused("notYours", "this needs the role receiver or examiner")
    if actor.department and actor.department not in {part.department for part in handed(row, case.parts)}:
        raise MoveRefused("notYours", f"case {case.record.case_number} is one of another department")


def _done(case: CaseInHand, actor: Actor, row: HandoverRecord, action: str, **more: str) -> None:
    approved = _approved(case, row)
    row.done_at, row.compartment = case.now, None
    for part in approved:
        perform(case, actor, Order("deliver", part.part_id))
    _note(case, actor, action, **more)
    log(Event.HANDED_OVER, case_number=case.record.case_number, way=row.way, actor=actor.name)


def _with_locker(name: str, ask: Callable[[Locker], _Answer]) -> _Answer:
    locker = find_locker(name)
    try:
        if locker is None:
            raise LockerUnavailable(f"there is no locker adapter {name}")
        return ask(locker)
    except LockerUnavailable as error:
        raise MoveRefused("lockerAway", f"{error}; try again later") from error


def _note(case: CaseInHand, actor: Actor, action: str, **more: str) -> None:
    audit.record(
        case.session,
        case.center.keys.signing,
        case.now,
        actor=actor.name,
        action=action,
        subject=case.record.case_number,
        **more,
    )
