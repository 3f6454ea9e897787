"""Envelopes in, alone or several at once; results, documents and progress out."""

import base64
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Header, Path
from fastapi.responses import Response

from center.bodies import At, SignedBy, pdf_answer
from center.cases import case_of_terminal, result_of
from center.casework.corrections import is_applicant
from center.casework.progress import asked_progress
from center.decisions import decide_case, decide_cases
from center.errors import Refused
from center.intake import take_envelope, take_envelopes
from center.problem_details import details_of
from center.problems import BINARY, may_refuse
from flows.api import ApplicantReply, ApplicantRequest, ProgressReply, ResultReply
from flows.batches import BatchAnswer, EnvelopeBatch, RefusedEnvelope
from flows.wire import Envelope, Receipt

router = APIRouter(prefix="/v1")
_Responses = dict[int | str, dict[str, Any]]
_PDF: _Responses = may_refuse(500) | {200: {"content": {"application/pdf": {"schema": BINARY}}}}
_RECEIPTS: _Responses = may_refuse(401, 403, 424) | {
    200: {"model": Receipt, "description": "It was here already: the same receipt"},
    201: {"model": Receipt, "description": "The center's signed word that it has exactly this on disk"},
}
EarlierReceipt = Annotated[str | None, Header(max_length=4096)]
CaseId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
CaseNumber = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,64}$")]


@router.put("/envelopes/{envelope_id}", responses=_RECEIPTS, response_model=None)
def put_envelope(envelope_id: str, envelope: Envelope, at: At, oeb_receipt: EarlierReceipt = None) -> Response:
    """Take one envelope: 201 with the signed receipt the first time, 200 with the same one ever after.

    `OEB-Receipt`: the receipt it got before, in base64, from a terminal that offers it again to a restored center.
    """
    if envelope.envelope_id != envelope_id:
        raise Refused(422, "mismatch", "The address names another envelope", "", "quarantine")
    taken = take_envelope(at.center, envelope, _decoded(oeb_receipt))
    if taken.instant:
        decide_case(at.center, envelope.envelope_id, at.public_url)
    return Response(taken.receipt.model_dump_json(), 201 if taken.new else 200, media_type="application/json")


@router.post("/envelopes")
def post_envelopes(batch: EnvelopeBatch, at: At, later: BackgroundTasks) -> BatchAnswer:
    """Take several envelopes, each as if alone but stored in one transaction.

    Instant cases are decided once this is answered.
    """
    earlier = {receipt.envelope_id: receipt for receipt in batch.earlier}
    taken, refused = take_envelopes(at.center, batch.envelopes, earlier)
    here = {one.receipt.envelope_id for one in taken}
    later.add_task(decide_cases, at.center, sorted(here), at.public_url)
    problems = [RefusedEnvelope(envelope_id=name, problem=details_of(error)) for name, error in refused]
    return BatchAnswer(receipts=tuple(one.receipt for one in taken), refused=tuple(problems))


def _decoded(header: str | None) -> bytes:
    """Empty for what is no base64: the header only helps to keep a number."""
    try:
        return base64.b64decode(header or "", validate=True)
    except ValueError:
        return b""


@router.get("/cases/{case_id}/result")
def get_result(case_id: CaseId, at: At, terminal: SignedBy) -> ResultReply:
    """Tell what was decided; an instant case that still waits is decided now."""
    case_of_terminal(at.center, case_id, terminal)
    decide_case(at.center, case_id, at.public_url)
    return result_of(at.center, case_of_terminal(at.center, case_id, terminal))


@router.get("/cases/{case_id}/document", responses=_PDF, response_class=Response)
def get_document(case_id: CaseId, at: At, terminal: SignedBy) -> Response:
    """Hand out the signed PDF of a case of this terminal."""
    case_of_terminal(at.center, case_id, terminal)
    return pdf_answer(at, case_id)


@router.get("/progress/{case_number}")
def get_progress(case_number: CaseNumber, at: At, terminal: SignedBy) -> ProgressReply:
    """Tell which of the six states a citizen sees a case is in.

    After too many numbers within an hour that are of no case, or of another terminal's, only this terminal's own are
    answered: 429 with `Retry-After`, and staff hear of it.
    """
    return asked_progress(at.center, terminal, case_number)


@router.post("/progress/{case_number}/applicant")
def post_applicant(case_number: CaseNumber, asked: ApplicantRequest, at: At, terminal: SignedBy) -> ApplicantReply:
    """Tell whether this is the number the case was made with, before somebody takes pictures for a case of another.

    After too many wrong ones within an hour nobody is told: 429 with `Retry-After`, and staff hear of it.
    """
    return ApplicantReply(same=is_applicant(at.center, terminal, case_number, asked.number))
