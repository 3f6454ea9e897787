"""Taking in envelopes: verified, opened, stored once, and acknowledged by a signed receipt only when on disk.

Nothing is looked up before it is inserted: the unique constraints decide what is a repetition, so sixty-four copies
that arrive at once make one case and get the same receipt.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from center.blobs import BlobMissing
from center.errors import Refused
from center.journal import Event, log
from center.numbers import next_case_number
from center.services import Center
from center.tables import CaseRecord, Conflict, RatingRecord, StoredEnvelope
from center.terminals import known_terminal
from flows.canonical import sha256_hex
from flows.case import Case, Rating
from flows.wire import (
    Envelope,
    EnvelopeRefused,
    Receipt,
    ReceiptRefused,
    digest,
    open_attachment,
    open_envelope,
    sign_receipt,
    verify_receipt,
)

MAX_ATTACHMENTS = 64


@dataclass(frozen=True)
class Taken:
    receipt: Receipt
    new: bool


def take_envelope(center: Center, envelope: Envelope, earlier: bytes = b"") -> Taken:
    """The receipt, and whether the envelope came for the first time. Raises Refused.

    `earlier`: a receipt this center gave before it was restored from a backup; the case keeps its number.
    """
    terminal_key = known_terminal(center.database, envelope.terminal_id)
    try:
        content = open_envelope(envelope, terminal_key=terminal_key, center_key=center.keys.sealing)
        _check_attachments(center, envelope, content)
    except EnvelopeRefused as error:
        log(
            Event.ENVELOPE_REFUSED,
            envelope_id=envelope.envelope_id,
            terminal_id=envelope.terminal_id,
            code=error.code,
        )
        raise Refused(422, error.code, "The envelope cannot be taken", str(error), "quarantine") from error
    try:
        receipt = _store(center, envelope, content, _earlier_number(center, envelope, earlier))
    except IntegrityError as error:
        return Taken(_known(center, envelope, error), new=False)
    _report(envelope, content, receipt)
    return Taken(receipt, new=True)


def _check_attachments(center: Center, envelope: Envelope, content: Case | Rating) -> None:
    """All there, of the size told, and each opens to what the case says: a receipt promises that nothing is lost."""
    if len(envelope.attachments) > MAX_ATTACHMENTS:
        raise EnvelopeRefused("content", f"more than {MAX_ATTACHMENTS} attachments")
    missing = [item.sha256 for item in envelope.attachments if item.sha256 not in center.blobs]
    if missing:
        detail = "send first: " + ", ".join(missing)
        raise Refused(424, "attachmentsMissing", "Attachments are not here yet", detail, "sendAttachments")
    plain_digests = {item.name: item.sha256 for item in content.attachments} if isinstance(content, Case) else {}
    for item in envelope.attachments:
        try:
            sealed = center.blobs.read(item.sha256)
        except BlobMissing as error:
            raise Refused(
                424, "attachmentsMissing", "An attachment is damaged", f"send again: {item.sha256}", "sendAttachments"
            ) from error
        plain = open_attachment(sealed, envelope.terminal_id, center.keys.sealing)
        if len(sealed) != item.size or sha256_hex(plain) != plain_digests.get(item.name):
            raise EnvelopeRefused("mismatch", f"attachment {item.name} is not what the case says")


def _earlier_number(center: Center, envelope: Envelope, earlier: bytes) -> str:
    """Empty where there is no earlier receipt that proves itself."""
    if not earlier:
        return ""
    key = center.keys.signing.public_key()
    try:
        receipt = verify_receipt(earlier, envelope_id=envelope.envelope_id, digest=digest(envelope), center_key=key)
    except ReceiptRefused:
        return ""
    return receipt.case_number


def _store(center: Center, envelope: Envelope, content: Case | Rating, earlier_number: str) -> Receipt:
    """One transaction: envelope, case or rating, number and receipt. Raises IntegrityError for an identity taken."""
    now = center.clock.now()
    sign = partial(sign_receipt, envelope, received_at=now, epoch=center.epoch, signing_key=center.keys.signing)
    with center.database.writing() as session:
        row = StoredEnvelope(
            envelope_id=envelope.envelope_id,
            terminal_id=envelope.terminal_id,
            sequence=envelope.sequence,
            kind=envelope.kind,
            digest=digest(envelope),
            body=envelope.to_bytes(),
            receipt="",
            received_at=now,
        )
        session.add(row)
        session.flush()
        number = (
            _add_case(center, session, content, now, earlier_number)
            if isinstance(content, Case)
            else _add_rating(session, content, now)
        )
        receipt = sign(case_number=number)
        row.receipt = receipt.model_dump_json()
    return receipt


def _add_case(center: Center, session: Session, case: Case, now: datetime, earlier_number: str) -> str:
    """Instant matters wait for their decision in 审批中, the others for the first check in 待预审."""
    taken = select(CaseRecord.case_id).where(CaseRecord.case_number == earlier_number)
    number = earlier_number if earlier_number and session.scalar(taken) is None else ""
    number = number or next_case_number(session, center.settings, now)
    matter = center.catalog.get(case.matter)
    kind = matter.kind if matter is not None else "accepted"
    session.add(
        CaseRecord(
            case_id=case.case_id,
            case_number=number,
            matter=case.matter,
            matter_version=case.matter_version,
            kind=kind,
            state="inReview" if kind == "instant" else "awaitingPrecheck",
            state_since=now,
            received_at=now,
        )
    )
    session.flush()
    return number


def _add_rating(session: Session, rating: Rating, now: datetime) -> str:
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
    session.flush()
    number = session.scalar(select(CaseRecord.case_number).where(CaseRecord.case_id == rating.case_id))
    return number or ""


def _known(center: Center, envelope: Envelope, cause: IntegrityError) -> Receipt:
    """The receipt this very envelope got before; another one under its identity is kept and refused."""
    same_place = (StoredEnvelope.terminal_id == envelope.terminal_id) & (StoredEnvelope.sequence == envelope.sequence)
    with center.database.reading() as session:
        same = or_(StoredEnvelope.envelope_id == envelope.envelope_id, same_place)
        rows = session.scalars(select(StoredEnvelope).where(same)).all()
    for row in rows:
        if row.digest == digest(envelope):
            return Receipt.model_validate_json(row.receipt)
    if not rows:
        raise cause  # nothing to do with the identity, such as a case number given out under an older template
    _keep_conflict(center, envelope, rows[0].digest)
    log(
        Event.ENVELOPE_CONFLICT,
        envelope_id=envelope.envelope_id,
        terminal_id=envelope.terminal_id,
        sequence=envelope.sequence,
    )
    detail = "another envelope has this id, or this terminal and sequence; it is kept for a person to look at"
    raise Refused(409, "conflict", "The identity of the envelope is taken", detail, "quarantine")


def _keep_conflict(center: Center, envelope: Envelope, taken_by: str) -> None:
    with center.database.writing() as session:
        session.merge(
            Conflict(
                digest=digest(envelope),
                envelope_id=envelope.envelope_id,
                terminal_id=envelope.terminal_id,
                sequence=envelope.sequence,
                taken_by=taken_by,
                body=envelope.to_bytes(),
                received_at=center.clock.now(),
            )
        )


def _report(envelope: Envelope, content: Case | Rating, receipt: Receipt) -> None:
    number, terminal_id = receipt.case_number, envelope.terminal_id
    if isinstance(content, Case):
        log(Event.CASE_RECEIVED, case_number=number, matter=content.matter, terminal_id=terminal_id)
    else:
        log(Event.RATING_RECEIVED, case_number=number, terminal_id=terminal_id)
