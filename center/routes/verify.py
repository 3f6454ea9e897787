"""The public page behind a document's QR code, and the holder's way to the document itself."""

import hmac
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import select, update
from starlette.concurrency import run_in_threadpool

from center.blobs import BlobMissing
from center.bodies import At, Reception, pdf_answer
from center.cases import document_of, open_case
from center.clock import CHINA_TIME
from center.documents.verification import PublicFacts, asking_page, damaged_page, genuine_page, unknown_page
from center.pages import HEADERS, in_words
from center.problems import BINARY, may_refuse
from center.random_codes import read_code
from center.services import Center
from center.tables import CaseRecord, DecisionRecord
from flows.canonical import sha256_hex
from flows.text import Text

router = APIRouter(prefix="/verify")
MAX_TRIES = 10  # of 11,000 possible endings; then only the counter hands the document out
_WRONG = Text(zh="后四位不对，请核对后再试", en="That does not match. Please check and try again")
Code = Annotated[str, Path(max_length=80)]


_PDF = may_refuse(500) | in_words(403, 404, 503) | {200: {"content": {"application/pdf": {"schema": BINARY}}}}
_LAST4 = {"type": "object", "properties": {"last4": {"type": "string"}}, "required": ["last4"]}
_FORM = {"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": _LAST4}}, "required": True}}


@router.get("", response_class=HTMLResponse, responses=in_words(404, 503))
def get_asking(at: At, code: Annotated[str, Query(max_length=80)] = "") -> Response:
    """Ask for the code on a document; with one, show whether it is genuine."""
    return _verdict(at, code) if code.strip() else HTMLResponse(asking_page(), 200, HEADERS)


@router.get("/{code}", response_class=HTMLResponse, responses=in_words(404, 503))
def get_verification(code: Code, at: At) -> Response:
    """Show whether a document is genuine: 404 for a code nobody was given."""
    return _verdict(at, code)


@router.post("/{code}/document", response_class=Response, responses=_PDF, openapi_extra=_FORM)
async def post_document_request(code: Code, request: Request, at: At) -> Response:
    """Hand the signed PDF to whoever also knows the last four characters of the number on it."""
    fields = parse_qs((await request.body())[:1000].decode("ascii", "replace"))
    last4 = fields.get("last4", [""])[0].strip().upper()
    return await run_in_threadpool(_hand_out, at, code, last4)


def _find(center: Center, typed: str) -> tuple[DecisionRecord, CaseRecord] | None:
    code = read_code(typed)
    with center.database.reading() as session:
        found = session.execute(
            select(DecisionRecord, CaseRecord)
            .join(CaseRecord, CaseRecord.case_id == DecisionRecord.case_id)
            .where(DecisionRecord.verify_code == code)
        ).first()
    return None if code is None or found is None else (found[0], found[1])


def _verdict(at: Reception, typed: str, problem: Text | None = None) -> Response:
    found = _find(at.center, typed)
    if found is None:
        return HTMLResponse(unknown_page(), 404, HEADERS)
    decision, case = found
    if not _is_whole(at.center, decision):
        return HTMLResponse(damaged_page(), 503, HEADERS)
    facts = PublicFacts(
        title=Text.model_validate_json(decision.document_title or ""),
        department=Text.model_validate_json(decision.department or ""),
        case_number=case.case_number,
        masked_name=decision.masked_name or "",
        issued_on=decision.decided_at.astimezone(CHINA_TIME).date(),
        sample=decision.sample or "",
        may_fetch=decision.failed_tries < MAX_TRIES,
    )
    page = genuine_page(facts, decision.verify_code or "", problem)
    return HTMLResponse(page, 200 if problem is None else 403, HEADERS)


def _is_whole(center: Center, decision: DecisionRecord) -> bool:
    try:
        pdf = document_of(center, decision.case_id)
    except BlobMissing:
        return False
    return pdf is not None and sha256_hex(pdf) == decision.document_sha256


def _hand_out(at: Reception, typed: str, last4: str) -> Response:
    found = _find(at.center, typed)
    if found is None or not _take_try(at.center, found[0]):
        return _verdict(at, typed, _WRONG)
    decision, _ = found
    number = open_case(at.center, decision.case_id).case.applicant.number
    if not hmac.compare_digest(number[-4:].upper().encode(), last4.encode()):
        return _verdict(at, typed, _WRONG)
    _give_back(at.center, decision)
    return pdf_answer(at, decision.case_id)


def _take_try(center: Center, decision: DecisionRecord) -> bool:
    """Counted before looking, so that many at once gain nothing. False when none is left."""
    left = (DecisionRecord.case_id == decision.case_id) & (DecisionRecord.failed_tries < MAX_TRIES)
    with center.database.writing() as session:
        counted = update(DecisionRecord).where(left).values(failed_tries=DecisionRecord.failed_tries + 1)
        return session.scalar(counted.returning(DecisionRecord.case_id)) is not None


def _give_back(center: Center, decision: DecisionRecord) -> None:
    with center.database.writing() as session:
        mine = DecisionRecord.case_id == decision.case_id
        session.execute(update(DecisionRecord).where(mine).values(failed_tries=DecisionRecord.failed_tries - 1))
