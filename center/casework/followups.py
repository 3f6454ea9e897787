"""回访: bad ratings (差评) and reports that it did not work out (办不成事), each to be answered in time."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from center import audit
from center.alerts import add_case_alert
from center.cases import open_content
from center.casework.limits import china_day, end_of
from center.casework.phone_words import rating_by_phone
from center.casework.tables import FollowUpRecord
from center.errors import Refused
from center.services import Center
from center.staff import Actor, Right
from center.tables import CaseRecord
from flows.case import Case, Rating, iso_seconds
from flows.contents import Report
from flows.text import Frozen, Text
from flows.working_days import day_after

BAD_LEVELS = (1, 2)  # 差评
REPORT_MATTER = "did-not-work-out"  # 办不成事反映, where somebody identified themselves
CONTACT_DAYS, FIX_DAYS = 1, 15  # taken as working days: the source does not say which
_INFO = b"OEB-1 follow-up\n"
BEGUN: Mapping[str, tuple[str, Text]] = {
    "rating": (
        "badRating",
        Text(zh="收到差评，请在 1 个工作日内联系", en="a bad rating: to be contacted within a working day"),
    ),
    "report": (
        "notWorkedOut",
        Text(
            zh="有人反映事情没办成，请在 1 个工作日内联系",
            en="it did not work out: to be contacted within a working day",
        ),
    ),
}
LATE: Mapping[str, Text] = {
    "contact": Text(zh="回访超过联系时限", en="nobody was contacted in time"),
    "fix": Text(zh="回访超过整改时限", en="a follow-up was not answered in time"),
}


class FollowUp(Frozen):
    """`late`: contact or fix once the center has noticed; `level` is the rating's, `review_level` that of the 追评."""

    follow_up_id: str
    source: str
    matter: str
    level: int | None
    state: str
    opened_at: str
    contact_by: str
    fix_by: str
    late: str
    review_level: int | None


def told(row: FollowUpRecord) -> FollowUp:
    state = "closed" if row.closed_at else "contacted" if row.contacted_at else "open"
    return FollowUp(
        follow_up_id=row.follow_up_id,
        source=row.source,
        matter=row.matter,
        level=row.level,
        state=state,
        opened_at=iso_seconds(row.opened_at),
        contact_by=iso_seconds(row.contact_by),
        fix_by=iso_seconds(row.fix_by),
        late=row.warned,
        review_level=row.review_level,
    )


def hear_rating(center: Center, session: Session, rating: Rating) -> None:
    """In the transaction that stores it: a bad one opens a follow-up; one after a closed follow-up is its 追评."""
    now = center.clock.now()
    mine = (FollowUpRecord.case_id == rating.case_id) & (FollowUpRecord.source == "rating")
    earlier = session.scalars(select(FollowUpRecord).where(mine).with_for_update()).all()
    closed = next((row for row in earlier if row.closed_at is not None and row.reviewed_at is None), None)
    if closed is not None:
        closed.review_level, closed.reviewed_at = rating.level, now
    elif rating.level in BAD_LEVELS and not earlier:
        matter = session.scalar(select(CaseRecord.matter).where(CaseRecord.case_id == rating.case_id)) or ""
        _open(
            session, now, rating.rating_id, source="rating", case_id=rating.case_id, matter=matter, level=rating.level
        )


def hear_report(center: Center, session: Session, report: Report) -> str:
    """In the transaction that stores it. The number of the case it is about, empty for none."""
    found = select(CaseRecord).where(CaseRecord.case_number == (report.case_number or ""))
    case = session.scalar(found)
    matter = case.matter if case is not None else report.matter
    _open(
        session,
        center.clock.now(),
        report.report_id,
        source="report",
        case_id=case.case_id if case else None,
        matter=matter,
        level=None,
    )
    return case.case_number if case else ""


def hear_case(session: Session, record: CaseRecord) -> None:
    """In the transaction that stores it: the matter by which people say what did not work out."""
    if record.matter == REPORT_MATTER:
        now, number = record.received_at, record.case_id
        _open(session, now, number, source="report", case_id=number, matter=REPORT_MATTER, level=None)


def _alert(session: Session, follow_up_id: str, kind: str, words: Text, now: datetime) -> None:
    add_case_alert(session, follow_up_id, kind, follow_up_id, words, now)


def warn_late(session: Session, follow_up_id: str, what: str, now: datetime) -> None:
    """`what`: contact or fix."""
    _alert(session, follow_up_id, "followUpLate", LATE[what], now)


def _open(
    session: Session,
    now: datetime,
    follow_up_id: str,
    *,
    source: str,
    case_id: str | None,
    matter: str,
    level: int | None,
) -> None:
    today = china_day(now)
    session.add(
        FollowUpRecord(
            follow_up_id=follow_up_id,
            source=source,
            case_id=case_id,
            matter=matter,
            level=level,
            opened_at=now,
            contact_by=end_of(day_after(today, CONTACT_DAYS)),
            fix_by=end_of(day_after(today, FIX_DAYS)),
            warned="",
        )
    )
    _alert(session, follow_up_id, *BEGUN[source], now)


def list_follow_ups(center: Center, *, only_open: bool) -> list[FollowUpRecord]:
    """The most urgent first."""
    rows = select(FollowUpRecord).order_by(FollowUpRecord.fix_by, FollowUpRecord.follow_up_id)
    with center.database.reading() as session:
        return list(session.scalars(rows.where(FollowUpRecord.closed_at.is_(None)) if only_open else rows))


def open_words(center: Center, actor: Actor, follow_up_id: str) -> tuple[FollowUpRecord, Case | Rating | Report, str]:
    """The follow-up, what was said, and what was done about it; the opening is logged. Raises Refused."""
    _check(actor)
    with center.database.writing() as session:
        row = _found(session, follow_up_id)
        _log(center, session, actor, row, "open")
    content = rating_by_phone(center, follow_up_id) if _is_by_phone(row) else open_content(center, follow_up_id)[1]
    assert isinstance(content, Case | Rating | Report)
    done = center.keys.sealing.open(row.sealed, _INFO + follow_up_id.encode()).decode() if row.sealed else ""
    return row, content, done


def _is_by_phone(row: FollowUpRecord) -> bool:
    """Its id is that of its case: there is no envelope of its own."""
    return row.source == "rating" and row.follow_up_id == row.case_id


def contact(center: Center, actor: Actor, follow_up_id: str) -> FollowUpRecord:
    """The person was spoken to. Raises Refused."""
    _check(actor)
    with center.database.writing() as session:
        row = _found(session, follow_up_id)
        if row.contacted_at is not None or row.closed_at is not None:
            raise Refused(409, "notNow", "The person was contacted already", "", "")
        row.contacted_at = center.clock.now()
        _log(center, session, actor, row, "contact")
    return row


def close(center: Center, actor: Actor, follow_up_id: str, done: str) -> FollowUpRecord:
    """After contact, with what was done about it. Raises Refused."""
    _check(actor)
    if not any(letter.isalnum() for letter in done):
        raise Refused(422, "reasonMissing", "It is not said what was done", "write in words what was done about it", "")
    with center.database.writing() as session:
        row = _found(session, follow_up_id)
        if row.closed_at is not None or row.contacted_at is None:
            what = "It is closed already" if row.closed_at else "The person was not contacted yet"
            raise Refused(409, "notNow", what, "contact the person first, then close it once", "")
        row.closed_at = center.clock.now()
        row.sealed = center.keys.sealing.public.seal(done.encode(), _INFO + follow_up_id.encode())
        _log(center, session, actor, row, "close")
    return row


def review(center: Center, actor: Actor, follow_up_id: str, level: int) -> FollowUpRecord:
    """追评, once and after it was closed: what the person says now, told by telephone. Raises Refused."""
    _check(actor)
    with center.database.writing() as session:
        row = _found(session, follow_up_id)
        if row.closed_at is None or row.reviewed_at is not None:
            what = "It was reviewed already" if row.reviewed_at else "It is not closed yet"
            raise Refused(409, "notNow", what, "one review, once it is closed", "")
        row.review_level, row.reviewed_at = level, center.clock.now()
        _log(center, session, actor, row, "review")
    return row


def _check(actor: Actor) -> None:
    if not actor.may(Right.FOLLOW_UP):
        raise Refused(403, "notYours", "This needs the role supervisor", "", "")


def _found(session: Session, follow_up_id: str) -> FollowUpRecord:
    row = session.get(FollowUpRecord, follow_up_id, with_for_update=True)
    if row is None:
        raise Refused(
            404, "noSuchFollowUp", "There is no such follow-up", "see: kiosk-center followups list", "correct"
        )
    return row


def _log(center: Center, session: Session, actor: Actor, row: FollowUpRecord, act: str) -> None:
    session.flush()
    now, key = center.clock.now(), center.keys.signing
    audit.record(session, key, now, actor=actor.name, action=f"followup.{act}", subject=row.follow_up_id)
