"""Cases as the center holds them: found, opened, and told to those who may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from center.casework.limits import day_of_visit
from center.errors import Refused
from center.services import Center
from center.tables import CaseRecord, DecisionRecord, SealedEnvelope, StoredEnvelope, Terminal, is_its_seal
from flows.api import Decision, ResultReply
from flows.case import CITIZEN_STATES, Case, CaseState
from flows.contents import Content
from flows.contents import attachments_of as told_attachments
from flows.keys import decode_verify_key
from flows.matter import Matter
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

    @property
    def day(self) -> date:
        """Of the visit: what "today" means in its matter's rules."""
        return day_of_visit(self.case.created_at, self.record.received_at)


def find_case(center: Center, id_or_number: str) -> CaseRecord | None:
    same = or_(CaseRecord.case_id == id_or_number, CaseRecord.case_number == id_or_number)
    with center.database.reading() as session:
        return session.scalar(select(CaseRecord).where(same))


def matter_of(center: Center, record: CaseRecord) -> Matter | None:
    """In the version the case was made under; the newest one where that is not known any more."""
    return center.catalog.of_version(record.matter, record.matter_version) or center.catalog.get(record.matter)


def open_content(center: Center, envelope_id: str) -> tuple[Envelope, Content]:
    """What came in, opened with the center's key. Raises KeyError for an envelope that is not here."""
    with center.database.reading() as session:
        row = session.execute(
            select(SealedEnvelope.body, Terminal.public_key)
            .select_from(StoredEnvelope)
            .join(SealedEnvelope, is_its_seal)
            .join(Terminal, Terminal.terminal_id == StoredEnvelope.terminal_id)
            .where(StoredEnvelope.envelope_id == envelope_id)
        ).first()
    if row is None:
        raise KeyError(envelope_id)
    body, public_key = row
    envelope, terminal_key = Envelope.from_bytes(body), decode_verify_key(public_key)
    center_key = center.keys.sealing.named(envelope.key_id)
    return envelope, open_envelope(envelope, terminal_key=terminal_key, center_key=center_key)


def open_case(center: Center, case_id: str) -> OpenedCase:
    """What the citizen said. Raises KeyError for a case that is not here."""
    with center.database.reading() as session:
        record = session.get(CaseRecord, case_id)
    envelope, case = open_content(center, case_id)
    if record is None or not isinstance(case, Case):
        raise KeyError(case_id)
    return OpenedCase(record, envelope, case)


def attachments_of(center: Center, envelope: Envelope, content: Content) -> Iterable[tuple[str, str, bytes]]:
    """Name, media type and plain bytes. Raises BlobMissing."""
    media_types = {item.name: item.media_type for item in told_attachments(content)}
    center_key = center.keys.sealing.named(envelope.key_id)
    for item in envelope.attachments:
        sealed = center.blobs.read(item.sha256)
        yield item.name, media_types[item.name], open_attachment(sealed, envelope.terminal_id, center_key)


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
    return ResultReply(case_number=record.case_number, state=citizen_state(record), decision=decision)


def citizen_state(record: CaseRecord) -> CaseState:
    for state in CITIZEN_STATES:
        if state == record.state:
            return state
    raise ValueError(f"case {record.case_number} has the unknown state {record.state}")
