"""Taking in envelopes: verified, opened, stored once, and acknowledged by a signed receipt only when on disk.

Nothing is looked up before it is inserted: the unique constraints decide what is a repetition, so sixty-four copies
that arrive at once make one case and get the same receipt.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from center.arrival import Arrival
from center.blobs import BlobMissing
from center.cases import find_case, open_case
from center.console import noted
from center.errors import Refused
from center.fleet_tables import HeldEnvelope
from center.held import hold
from center.journal import Event, log
from center.renewing import renewed
from center.services import Center
from center.storing import store_arrivals
from center.tables import Conflict, SealedEnvelope, StoredEnvelope, is_its_seal
from center.terminals import REVOKED, enrolled_terminal, known_terminal
from center.troubles import note_clone
from flows.canonical import sha256_hex
from flows.case import Case, Rating
from flows.contents import Content, Report, Supplement, attachments_of
from flows.keys import decode_verify_key
from flows.wire import (
    Envelope,
    EnvelopeRefused,
    Receipt,
    ReceiptRefused,
    digest,
    open_attachment,
    open_envelope,
    verify_receipt,
)

MAX_ATTACHMENTS = 64


@dataclass(frozen=True)
class Taken:
    """`instant`: it is a case that may be decided at once."""

    receipt: Receipt
    new: bool
    instant: bool


def take_envelope(center: Center, envelope: Envelope, earlier: bytes | Receipt = b"") -> Taken:
    """The receipt, and whether the envelope came for the first time. Raises Refused.

    `earlier`: a receipt this center gave before it was restored from a backup; the case keeps its number.
    """
    return _take(center, _arrived(center, envelope, earlier, partial(known_terminal, center.database)))


def take_envelopes(
    center: Center, envelopes: Sequence[Envelope], earlier: Mapping[str, Receipt]
) -> tuple[list[Taken], list[tuple[str, Refused]]]:
    """All that are good in one transaction; each of the others by its id with the reason it is refused for."""
    key_of = cache(partial(known_terminal, center.database))  # of a batch mostly the same
    good: list[Arrival] = []
    taken: list[Taken] = []
    refused: list[tuple[str, Refused]] = []
    for envelope in envelopes:
        try:
            good.append(_arrived(center, envelope, earlier.get(envelope.envelope_id, b""), key_of))
        except Refused as error:
            refused.append((envelope.envelope_id, error))
    for arrival, receipt in zip(good, _stored(center, good), strict=True):
        try:
            taken.append(_taken(center, arrival, receipt) if receipt else _take(center, arrival))
        except Refused as error:
            refused.append((arrival.envelope.envelope_id, error))
    return taken, refused


def admit(center: Center, held: HeldEnvelope) -> Taken:
    """Take in what a revoked terminal sent: a person has judged that a citizen stands behind it. Raises Refused."""
    envelope = Envelope.from_bytes(held.body)
    key = decode_verify_key(enrolled_terminal(center.database, held.terminal_id).public_key)
    taken = _take(center, _arrived(center, envelope, b"", lambda _: key))
    with center.database.writing() as session:
        session.get_one(HeldEnvelope, held.digest).admitted_at = center.clock.now()
        noted(center, session, "envelope.admit", held.envelope_id, terminal_id=held.terminal_id)
    log(Event.ENVELOPE_ADMITTED, terminal_id=held.terminal_id, digest=held.digest)
    return taken


def _stored(center: Center, arrivals: Sequence[Arrival]) -> Sequence[Receipt | None]:
    try:
        return store_arrivals(center, arrivals)
    except IntegrityError:  # of one of them, not to do with its identity: each for itself
        return [None] * len(arrivals)


def _take(center: Center, arrival: Arrival) -> Taken:
    return _taken(center, arrival, center.arrivals.do(arrival, partial(store_arrivals, center)))


def _taken(center: Center, arrival: Arrival, receipt: Receipt | None) -> Taken:
    """`receipt` None: its identity was taken before."""
    if receipt is None:
        return Taken(_known(center, arrival), new=False, instant=_is_instant(center, arrival.content))
    _report(arrival.envelope, arrival.content, receipt)
    return Taken(receipt, new=True, instant=_is_instant(center, arrival.content))


def _is_instant(center: Center, content: Content) -> bool:
    """Also where this center does not know that version of the matter: whoever decides looks at the case."""
    if not isinstance(content, Case):
        return False
    matter = center.catalog.of_version(content.matter, content.matter_version)
    return matter is None or matter.kind == "instant"


def _arrived(
    center: Center, envelope: Envelope, earlier: bytes | Receipt, key_of: Callable[[str], Ed25519PublicKey]
) -> Arrival:
    """Raises Refused for what cannot be believed or is not complete."""
    refusal: Refused | None = None
    try:
        terminal_key = key_of(envelope.terminal_id)
    except Refused as error:
        if error.code != REVOKED:
            raise
        terminal_key = decode_verify_key(enrolled_terminal(center.database, envelope.terminal_id).public_key)
        refusal = error
    try:
        center_key = center.keys.sealing.named(envelope.key_id)
        content = open_envelope(envelope, terminal_key=terminal_key, center_key=center_key)
        _check_attachments(center, envelope, content)
    except EnvelopeRefused as error:
        log(
            Event.ENVELOPE_REFUSED,
            envelope_id=envelope.envelope_id,
            terminal_id=envelope.terminal_id,
            code=error.code,
        )
        raise Refused(422, error.code, "The envelope cannot be taken", str(error), "quarantine") from error
    if refusal is not None:
        hold(center, envelope, refusal)
    number = _earlier_number(center, envelope, earlier)
    return Arrival(envelope, content, digest(envelope), number, _applied(center, content))


def _applied(center: Center, content: Content) -> Case | None:
    """The case that a supplement belongs to."""
    record = find_case(center, content.case_number) if isinstance(content, Supplement) else None
    return open_case(center, record.case_id).case if record is not None else None


def _check_attachments(center: Center, envelope: Envelope, content: Content) -> None:
    """All there, of the size told, and each opens to what the case says: a receipt promises that nothing is lost."""
    if len(envelope.attachments) > MAX_ATTACHMENTS:
        raise EnvelopeRefused("content", f"more than {MAX_ATTACHMENTS} attachments")
    missing = [item.sha256 for item in envelope.attachments if item.sha256 not in center.blobs]
    if missing:
        detail = "send first: " + ", ".join(missing)
        raise Refused(424, "attachmentsMissing", "Attachments are not here yet", detail, "sendAttachments")
    plain_digests = {item.name: item.sha256 for item in attachments_of(content)}
    for item in envelope.attachments:
        try:
            sealed = center.blobs.read(item.sha256)
        except BlobMissing as error:
            raise Refused(
                424, "attachmentsMissing", "An attachment is damaged", f"send again: {item.sha256}", "sendAttachments"
            ) from error
        plain = open_attachment(sealed, envelope.terminal_id, center.keys.sealing.named(envelope.key_id))
        if len(sealed) != item.size or sha256_hex(plain) != plain_digests.get(item.name):
            raise EnvelopeRefused("mismatch", f"attachment {item.name} is not what the case says")


def _earlier_number(center: Center, envelope: Envelope, earlier: bytes | Receipt) -> str:
    """Empty where there is no earlier receipt that proves itself."""
    if not earlier:
        return ""
    key = center.keys.signing.public_key()
    try:
        receipt = verify_receipt(earlier, envelope_id=envelope.envelope_id, digest=digest(envelope), center_key=key)
    except ReceiptRefused:
        return ""
    return receipt.case_number


def _known(center: Center, arrival: Arrival) -> Receipt:
    """The receipt this very envelope got before; another one under its identity is kept and refused."""
    envelope = arrival.envelope
    same_place = (StoredEnvelope.terminal_id == envelope.terminal_id) & (StoredEnvelope.sequence == envelope.sequence)
    same = or_(StoredEnvelope.envelope_id == envelope.envelope_id, same_place)
    both = select(StoredEnvelope.digest, SealedEnvelope.receipt).join(SealedEnvelope, is_its_seal).where(same)
    with center.database.reading() as session:
        rows = session.execute(both).all()
    for known_digest, receipt in rows:
        if known_digest == arrival.digest:
            return renewed(center, arrival, Receipt.model_validate_json(receipt))
    _keep_conflict(center, envelope, rows[0][0])
    log(
        Event.ENVELOPE_CONFLICT,
        envelope_id=envelope.envelope_id,
        terminal_id=envelope.terminal_id,
        sequence=envelope.sequence,
    )
    detail = "another envelope has this id, or this terminal and sequence; it is kept for a person to look at"
    raise Refused(409, "conflict", "The identity of the envelope is taken", detail, "quarantine")


def _keep_conflict(center: Center, envelope: Envelope, taken_by: str) -> None:
    now = center.clock.now()
    with center.database.writing() as session:
        note_clone(session, envelope.terminal_id, f"two envelopes with sequence {envelope.sequence}", now)
        session.merge(
            Conflict(
                digest=digest(envelope),
                envelope_id=envelope.envelope_id,
                terminal_id=envelope.terminal_id,
                sequence=envelope.sequence,
                taken_by=taken_by,
                body=envelope.to_bytes(),
                received_at=now,
            )
        )


def _report(envelope: Envelope, content: Content, receipt: Receipt) -> None:
    number, terminal_id = receipt.case_number, envelope.terminal_id
    match content:
        case Case():
            log(Event.CASE_RECEIVED, case_number=number, matter=content.matter, terminal_id=terminal_id)
        case Rating():
            log(Event.RATING_RECEIVED, case_number=number, terminal_id=terminal_id)
        case Supplement():
            log(Event.SUPPLEMENT_RECEIVED, case_number=number, terminal_id=terminal_id)
        case Report():
            log(Event.REPORT_RECEIVED, follow_up_id=content.report_id, terminal_id=terminal_id)
