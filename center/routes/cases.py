"""Envelopes and attachments in; results, documents and progress out."""

import base64
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from center.bodies import At, RepeatableBy, SignedBy, pdf_answer
from center.cases import case_of_terminal, progress_of, result_of
from center.decisions import decide_case
from center.errors import Refused
from center.intake import take_envelope
from flows.api import AttachmentReply, ProgressReply, ResultReply
from flows.canonical import sha256_hex
from flows.wire import Envelope, Receipt, Sha256

router = APIRouter(prefix="/v1")
_Responses = dict[int | str, dict[str, Any]]
_BYTES = {"requestBody": {"content": {"application/octet-stream": {}}, "required": True}}
_PDF: _Responses = {200: {"content": {"application/pdf": {}}}}
_RECEIPTS: _Responses = {
    200: {"model": Receipt, "description": "It was here already: the same receipt"},
    201: {"model": Receipt},
}
EarlierReceipt = Annotated[str | None, Header(max_length=4096)]
CaseId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
CaseNumber = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,64}$")]


@router.put("/attachments/{sha256}", openapi_extra=_BYTES)
async def put_attachment(sha256: Sha256, request: Request, at: At, _terminal: RepeatableBy) -> AttachmentReply:
    """Sealed bytes, named by their SHA-256; on disk when answered."""
    body = await request.body()
    if not body or sha256_hex(body) != sha256:
        raise Refused(422, "mismatch", "The bytes do not have this SHA-256", "", "retry")
    await run_in_threadpool(at.center.blobs.write, body)
    return AttachmentReply(sha256=sha256, size=len(body))


@router.put("/envelopes/{envelope_id}", responses=_RECEIPTS, response_model=None)
def put_envelope(envelope_id: str, envelope: Envelope, at: At, oeb_receipt: EarlierReceipt = None) -> Response:
    """201 with the signed receipt the first time, 200 with the same one ever after; 409, 422 and 424 as problems.

    `OEB-Receipt`: the receipt it got before, in base64, from a terminal that offers it again to a restored center.
    """
    if envelope.envelope_id != envelope_id:
        raise Refused(422, "mismatch", "The address names another envelope", "", "quarantine")
    taken = take_envelope(at.center, envelope, _decoded(oeb_receipt))
    if envelope.kind == "case":
        decide_case(at.center, envelope.envelope_id, at.public_url)
    return Response(taken.receipt.model_dump_json(), 201 if taken.new else 200, media_type="application/json")


def _decoded(header: str | None) -> bytes:
    """Empty for what is no base64: the header only helps to keep a number."""
    try:
        return base64.b64decode(header or "", validate=True)
    except ValueError:
        return b""


@router.get("/cases/{case_id}/result")
def get_result(case_id: CaseId, at: At, terminal: SignedBy) -> ResultReply:
    """What was decided; an instant case that still waits is decided now."""
    case_of_terminal(at.center, case_id, terminal)
    decide_case(at.center, case_id, at.public_url)
    return result_of(at.center, case_of_terminal(at.center, case_id, terminal))


@router.get("/cases/{case_id}/document", responses=_PDF, response_class=Response)
def get_document(case_id: CaseId, at: At, terminal: SignedBy) -> Response:
    """The signed PDF."""
    case_of_terminal(at.center, case_id, terminal)
    return pdf_answer(at, case_id)


@router.get("/progress/{case_number}")
def get_progress(case_number: CaseNumber, at: At, _terminal: SignedBy) -> ProgressReply:
    """One of the six states a citizen sees."""
    return progress_of(at.center, case_number)
