"""Opening a citizen's case: by those who may, and never without a line in the audit log."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from center import audit
from center.cases import OpenedCase, attachments_of, open_case, open_content
from center.casework.moving import parts_of
from center.casework.tables import SupplementRecord
from center.errors import Refused
from center.services import Center
from center.staff import Actor, Right
from center.tables import CaseRecord
from flows.contents import Supplement
from flows.decide import rows_of_case
from flows.expressions import ExpressionFailed
from flows.text import LabelledValue
from flows.wire import Envelope


def open_for(center: Center, actor: Actor, record: CaseRecord, what: str = "case") -> OpenedCase:
    """`what` is opened: `case`, or the name of an attachment, or `document`. Raises Refused."""
    with center.database.writing() as session:
        departments = {part.department for part in parts_of(session, record.case_id)}
        if not actor.may(Right.OPEN_CASES):
            raise Refused(403, "notYours", "This needs the role receiver or examiner", "", "")
        if actor.department and actor.department not in departments:
            raise Refused(403, "notYours", "This is a case of another department", "", "")
        now, key = center.clock.now(), center.keys.signing
        audit.record(
            session, key, now, actor=actor.name, action="case.open", subject=record.case_number, opened=what[:64]
        )
    return open_case(center, record.case_id)


def first_rows(center: Center, opened: OpenedCase) -> tuple[LabelledValue, ...]:
    """What staff look at first, as the matter's `case_rows` say; none where this center does not know that version."""
    matter = center.catalog.of_version(opened.case.matter, opened.case.matter_version)
    if matter is None:
        return ()
    try:
        return rows_of_case(matter, opened.case.answers, opened.day)
    except ExpressionFailed:  # answers of a kind that this version never asked for
        return ()


def supplements_to(center: Center, record: CaseRecord) -> Sequence[tuple[Envelope, Supplement]]:
    """What was brought later, opened; only for those who opened the case."""
    mine = select(SupplementRecord.supplement_id).where(SupplementRecord.case_number == record.case_number)
    with center.database.reading() as session:
        ids = session.scalars(mine.order_by(SupplementRecord.received_at)).all()
    opened = (open_content(center, supplement_id) for supplement_id in ids)
    return [(envelope, content) for envelope, content in opened if isinstance(content, Supplement)]


def attachments_to(center: Center, opened: OpenedCase) -> Iterator[tuple[str, str, bytes]]:
    """Name, media type and bytes of all that came with the case; those of a supplement have its id before their names.

    Raises BlobMissing.
    """
    yield from attachments_of(center, opened.envelope, opened.case)
    for envelope, content in supplements_to(center, opened.record):
        for name, media_type, plain in attachments_of(center, envelope, content):
            yield f"{content.supplement_id}-{name}", media_type, plain
