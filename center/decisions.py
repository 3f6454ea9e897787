"""Deciding instant matters by the matter's own rules, over data the center asks the departments for itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import JsonValue
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from center.cases import OpenedCase, keep_document, open_case, seal_decision
from center.casework.moving import Order, perform, take_in_hand
from center.casework.words import Given
from center.clock import CHINA_TIME
from center.departments.finding import DepartmentUnavailable, find_department
from center.journal import Event, log, place_of
from center.random_codes import new_code
from center.services import Center
from center.staff import CENTER
from center.tables import CaseRecord, DecisionRecord
from flows.answers import lookup_inputs
from flows.api import Decision
from flows.canonical import sha256_hex
from flows.decide import Decided, decide
from flows.expressions import ExpressionFailed, holds
from flows.matter import Document, Matter
from flows.steps import LookupStep
from flows.text import LabelledValue, Text
from flows.visit import names_of


@dataclass(frozen=True)
class Issued:
    """A signed document: its verification code and address, and the blob that holds it sealed."""

    code: str
    url: str
    pdf_sha256: str
    blob: str
    document: Document
    department: Text
    masked_name: str


class _Waits(Exception):
    """The decision cannot be made now; the message names no person."""


def decide_waiting(center: Center, public_url: str) -> None:
    """What a killed center left undecided."""
    _decide_those(center, _undecided().order_by(CaseRecord.received_at), public_url)


def decide_cases(center: Center, case_ids: Sequence[str], public_url: str) -> None:
    """The instant ones among them that still wait."""
    _decide_those(center, _undecided().where(CaseRecord.case_id.in_(case_ids)), public_url)


def _undecided() -> Select[str]:
    joined = select(CaseRecord.case_id).outerjoin(DecisionRecord, DecisionRecord.case_id == CaseRecord.case_id)
    return joined.where(CaseRecord.kind == "instant", DecisionRecord.case_id.is_(None))


def _decide_those(center: Center, which: Select[str], public_url: str) -> None:
    with center.database.reading() as session:
        case_ids = session.scalars(which).all()
    for case_id in case_ids:
        decide_case(center, case_id, public_url)


def decide_case(center: Center, case_id: str, public_url: str) -> None:
    """Decide it if it is an instant one that still waits; nothing happens otherwise, however often it is asked."""
    with center.database.reading() as session:
        record = session.get(CaseRecord, case_id)
        if record is None or record.kind != "instant" or session.get(DecisionRecord, case_id) is not None:
            return
    matter = center.catalog.of_version(record.matter, record.matter_version)
    if matter is None:
        reason = f"version {record.matter_version} of {record.matter} is not known here"
        log(Event.DECISION_WAITS, case_number=record.case_number, reason=reason)
        return
    try:
        _decide(center, matter, open_case(center, case_id), public_url)
    except (_Waits, DepartmentUnavailable, ExpressionFailed) as reason:
        log(Event.DECISION_WAITS, case_number=record.case_number, reason=reason)
    except Exception as error:  # noqa: BLE001 - the case is committed: its receipt, and the next case, must not wait
        log(Event.DECISION_WAITS, case_number=record.case_number, reason=place_of(error))


def _decide(center: Center, matter: Matter, opened: OpenedCase, public_url: str) -> None:
    now, today = center.clock.now(), opened.day
    answers, sample = ask_departments(matter, opened.case.answers, today, now)
    decided = decide(matter, answers, today)
    if decided is None or decided.outcome == "pending":
        raise _Waits("no rule decides it yet")
    issued = None
    if decided.outcome == "issued" and matter.document is not None:
        issued = issue_document(center, matter, opened, decided.rows, sample, public_url)
    _store(center, opened.record, decision_with(decided, sample, issued), issued)
    log(Event.CASE_DECIDED, case_number=opened.record.case_number, outcome=decided.outcome)


def ask_departments(
    matter: Matter, answers: Mapping[str, JsonValue], today: date, now: datetime
) -> tuple[dict[str, JsonValue], str]:
    """The answers with every lookup asked anew, for no terminal vouches for a department; and 示例 if any."""
    complete, sample = dict(answers), ""
    for step in matter.steps:
        names = names_of(matter, complete, today)
        if not isinstance(step, LookupStep) or not holds(step.when, names):
            continue
        department = find_department(step.lookup)
        if department is None:
            raise _Waits(f"there is no department adapter {step.lookup}")
        inputs = lookup_inputs(step, names)
        reply = department.look_up(inputs, now)
        status = "found" if reply.status == "found" else "notFound"
        complete[step.id] = {"status": status, "data": reply.data, "source": reply.source, "inputs": inputs}
        sample = sample or reply.source
    return complete, sample


def issue_document(
    center: Center,
    matter: Matter,
    opened: OpenedCase,
    rows: tuple[LabelledValue, ...],
    sample: str,
    public_url: str,
) -> Issued:
    """Drawn, signed and kept sealed; it counts once the row of its decision is stored."""
    document = matter.document
    assert document is not None
    from center.documents.page import DocumentPage, draw
    from center.documents.seal import sign_pdf

    code = new_code()
    url = f"{public_url}/verify/{code}"
    page = DocumentPage(
        title=document.title,
        department=matter.department,
        statement=document.statement,
        rows=rows,
        notes=document.notes,
        case_number=opened.record.case_number,
        issued_on=center.clock.now().astimezone(CHINA_TIME).date(),
        verify_code=code,
        verify_url=url,
        sample=sample,
    )
    pdf = sign_pdf(draw(page), center.keys, f"{document.title.zh} {opened.record.case_number}")
    blob = keep_document(center, opened.case.case_id, pdf)
    name = masked_name(opened.case.applicant.name)
    return Issued(code, url, sha256_hex(pdf), blob, document, matter.department, name)


def decision_with(decided: Decided, sample: str, issued: Issued | None) -> Decision:
    return Decision(
        outcome=decided.outcome,
        message=decided.message,
        rows=decided.rows,
        sample=sample,
        verify_code=issued.code if issued else "",
        verify_url=issued.url if issued else "",
        pdf_sha256=issued.pdf_sha256 if issued else "",
    )


def _store(center: Center, record: CaseRecord, decision: Decision, issued: Issued | None) -> None:
    """Decision and stage in one transaction; of two that decide a case at the same time the first has decided it."""
    try:
        with center.database.writing() as session:
            case = take_in_hand(center, session, record.case_id)
            session.add(row_of_decision(center, record, decision, issued, case.now))
            session.flush()
            if decision.outcome == "accepted":
                return
            move = "refuse" if decision.outcome == "refused" else "approve"
            part = perform(case, CENTER, Order(move, given=Given(reason=decision.message)))
            if not part.hands_over:
                perform(case, CENTER, Order("deliver", given=Given(reason=decision.message)))
    except IntegrityError:
        return


def row_of_decision(
    center: Center, record: CaseRecord, decision: Decision, issued: Issued | None, now: datetime
) -> DecisionRecord:
    return DecisionRecord(
        case_id=record.case_id,
        outcome=decision.outcome,
        sealed=seal_decision(center, record.case_id, decision),
        decided_at=now,
        verify_code=issued.code if issued else None,
        document_blob=issued.blob if issued else None,
        document_sha256=issued.pdf_sha256 if issued else None,
        document_title=issued.document.title.model_dump_json() if issued else None,
        department=issued.department.model_dump_json() if issued else None,
        masked_name=issued.masked_name if issued else None,
        sample=decision.sample or None,
        failed_tries=0,
    )


def masked_name(name: str) -> str:
    """The first character and a star for each other: 测试甲 → 测**."""
    return name[:1] + "*" * (len(name) - 1)
