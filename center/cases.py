"""Cases as the center holds them: found, opened, and told to those who may know."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select

from center.errors import Refused
from center.services import Center
from center.tables import CaseRecord, DecisionRecord, SealedEnvelope, StoredEnvelope, Terminal, is_its_seal
from flows.api import Decision, ProgressReply, ResultReply
from flows.case import CITIZEN_STATES, Case, CaseState, iso_seconds
from flows.keys import decode_verify_key
from flows.text import Text
from flows.wire import Envelope, open_attachment, open_envelope

_DECISION_INFO = b"OEB-1 decision\n"
_DOCUMENT_INFO = b"OEB-1 document\n"
_ACCEPTED = Text(
    zh="申请已收到，等待预审。可凭办件编号查询进度。",
    en="Your application has arrived and waits for its first check. Ask for its progress by the case number.",
)
_PENDING = Text(zh="申请已收到，正在审批中。", en="Your application has arrived and is being decided.")


@dataclass(frozen=True)
class OpenedCase:
    record: CaseRecord
    envelope: Envelope
    case: Case


def list_cases(center: Center) -> list[CaseRecord]:
    """Oldest first."""
    with center.database.reading() as session:
        return list(session.scalars(select(CaseRecord).order_by(CaseRecord.received_at, CaseRecord.case_number)))


def find_case(center: Center, id_or_number: str) -> CaseRecord | None:
    same = or_(CaseRecord.case_id == id_or_number, CaseRecord.case_number == id_or_number)
    with center.database.reading() as session:
        return session.scalar(select(CaseRecord).where(same))


def open_case(center: Center, case_id: str) -> OpenedCase:
    """What the citizen said, opened with the center's key. Raises KeyError for a case that is not here."""
    with center.database.reading() as session:
        row = session.execute(
            select(CaseRecord, SealedEnvelope.body, Terminal.public_key)
            .join(StoredEnvelope, StoredEnvelope.envelope_id == CaseRecord.case_id)
            .join(SealedEnvelope, is_its_seal)
            .join(Terminal, Terminal.terminal_id == StoredEnvelope.terminal_id)
            .where(CaseRecord.case_id == case_id)
        ).first()
    if row is None:
        raise KeyError(case_id)
    record, body, public_key = row
    envelope, terminal_key = Envelope.from_bytes(body), decode_verify_key(public_key)
    center_key = center.keys.sealing.named(envelope.key_id)
    case = open_envelope(envelope, terminal_key=terminal_key, center_key=center_key)
    assert isinstance(case, Case)
    return OpenedCase(record, envelope, case)


def attachments_of(center: Center, opened: OpenedCase) -> Iterable[tuple[str, str, bytes]]:
    """Name, media type and plain bytes. Raises BlobMissing."""
    media_types = {item.name: item.media_type for item in opened.case.attachments}
    center_key = center.keys.sealing.named(opened.envelope.key_id)
    for item in opened.envelope.attachments:
        sealed = center.blobs.read(item.sha256)
        plain = open_attachment(sealed, opened.envelope.terminal_id, center_key)
        yield item.name, media_types[item.name], plain


def seal_decision(center: Center, case_id: str, decision: Decision) -> bytes:
    return center.keys.sealing.public.seal(decision.model_dump_json().encode(), _DECISION_INFO + case_id.encode())


def decision_of(center: Center, case_id: str) -> Decision | None:
    with center.database.reading() as session:
        record = session.get(DecisionRecord, case_id)
    if record is None:
        return None
    plain = center.keys.sealing.open(record.sealed, _DECISION_INFO + case_id.encode())
    return Decision.model_validate_json(plain)


def keep_document(center: Center, case_id: str, pdf: bytes) -> str:
    """Sealed to the center's own key: the folder of blobs tells nothing. The blob's SHA-256."""
    return center.blobs.write(center.keys.sealing.public.seal(pdf, _DOCUMENT_INFO + case_id.encode()))


def document_of(center: Center, case_id: str) -> bytes | None:
    """The signed PDF; None when none was issued. Raises BlobMissing."""
    with center.database.reading() as session:
        record = session.get(DecisionRecord, case_id)
    if record is None or record.document_blob is None:
        return None
    return center.keys.sealing.open(center.blobs.read(record.document_blob), _DOCUMENT_INFO + case_id.encode())


def case_of_terminal(center: Center, case_id: str, terminal_id: str) -> CaseRecord:
    """A terminal is told of the cases it sent and of no others. Raises Refused."""
    with center.database.reading() as session:
        record = session.get(CaseRecord, case_id)
        envelope = session.get(StoredEnvelope, case_id)
    if record is None or envelope is None or envelope.terminal_id != terminal_id:
        raise Refused(404, "noSuchCase", "This terminal sent no such case", "", "retry")
    return record


def result_of(center: Center, record: CaseRecord) -> ResultReply:
    decision = decision_of(center, record.case_id)
    if decision is None and record.kind == "instant":
        decision = Decision(outcome="pending", message=_PENDING)
    if decision is None:
        decision = Decision(outcome="accepted", message=_ACCEPTED)
    return ResultReply(case_number=record.case_number, state=_state(record), decision=decision)


def progress_of(center: Center, case_number: str) -> ProgressReply:
    """Matter, state and dates, and nobody's name: whoever has the number may know this much. Raises Refused."""
    with center.database.reading() as session:
        record = session.scalar(select(CaseRecord).where(CaseRecord.case_number == case_number))
    if record is None:
        raise Refused(404, "noSuchCase", "There is no case of that number", "", "correct")
    matter, state = center.catalog.get(record.matter), _state(record)
    return ProgressReply(
        case_number=record.case_number,
        matter=record.matter,
        title=matter.title if matter else Text(zh=record.matter, en=record.matter),
        state=state,
        state_text=CITIZEN_STATES[state],
        since=iso_seconds(record.state_since),
        received_at=iso_seconds(record.received_at),
    )


def _state(record: CaseRecord) -> CaseState:
    for state in CITIZEN_STATES:
        if state == record.state:
            return state
    raise ValueError(f"case {record.case_number} has the unknown state {record.state}")
