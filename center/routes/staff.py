"""Staff at work over HTTP: cases listed, opened and moved, follow-ups answered, the audit log read."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import Field

from center.blobs import BlobMissing
from center.bodies import At, Reception, pdf_answer
from center.cases import decision_of, find_case
from center.casework.moving import MoveRefused, Order
from center.casework.naming import read_missing
from center.casework.opening import attachments_to, first_rows, open_for, supplements_to
from center.casework.settling import carry_out
from center.casework.stages import Stage
from center.casework.viewing import CaseLine, CaseView, Wanted, list_lines, view_case
from center.casework.words import Given
from center.errors import Refused
from center.problems import BINARY, may_refuse
from center.routes.authority import AsStaff, need
from center.staff import Actor, Right
from center.tables import CaseRecord
from flows.api import Decision
from flows.case import Case
from flows.contents import Missing, Supplement
from flows.text import Frozen, LabelledValue, Text

router = APIRouter(prefix="/v1/staff", tags=["staff"])
CaseNumber = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,64}$")]
Name = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{1,64}$")]
_Responses = dict[int | str, dict[str, Any]]
_PICTURE: _Responses = may_refuse(500) | {
    200: {"content": {kind: {"schema": BINARY} for kind in ("image/jpeg", "image/png", "application/pdf")}}
}
_PDF: _Responses = may_refuse(500) | {200: {"content": {"application/pdf": {"schema": BINARY}}}}
_STATUS = {"noSuchPart": 404, "notYours": 403, "reasonMissing": 422, "listMissing": 422}


class Me(Frozen):
    name: str
    roles: tuple[str, ...]
    department: str
    rights: tuple[str, ...]


class MoveRequest(Frozen):
    """`missing`: complete, or only the ids of pictures that the matter asks for (`materials`)."""

    move: Annotated[str, Field(pattern=r"^[a-z-]{1,32}$")]
    part: Annotated[str, Field(max_length=40)] = ""
    reason: Text | None = None
    missing: tuple[Missing, ...] = ()
    materials: tuple[str, ...] = ()
    hands_over: bool = False


class OpenedReply(Frozen):
    """What the citizen said, what came later, and what was decided; `rows` say first what the case is about."""

    rows: tuple[LabelledValue, ...]
    case: Case
    supplements: tuple[Supplement, ...]
    decision: Decision | None


@router.get("/me")
def get_me(actor: AsStaff) -> Me:
    """Tell whose token this is, and what it may do."""
    rights = tuple(right for right in Right if actor.may(right))
    return Me(name=actor.name, roles=tuple(sorted(actor.roles)), department=actor.department, rights=rights)


@router.get("/cases")
def get_cases(
    at: At,
    actor: AsStaff,
    stage: Stage | None = None,
    late: bool = False,
    after: Annotated[str, Query(max_length=64)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[CaseLine]:
    """List cases, oldest first; `after` is the last case number of the page before.

    Staff of a department see its cases.
    """
    need(actor, Right.LIST_CASES)
    return list_lines(at.center, Wanted(stage or "", actor.department, late, after, limit))


@router.get("/cases/{case_number}")
def get_case(case_number: CaseNumber, at: At, actor: AsStaff) -> CaseView:
    """Show stages, clocks, what is missing and every move of a case; nobody is named."""
    return view_case(at.center, _record(at, actor, case_number))


@router.get("/cases/{case_number}/content")
def get_content(case_number: CaseNumber, at: At, actor: AsStaff) -> OpenedReply:
    """Open a case; that you did is kept in the audit log."""
    record = _record(at, actor, case_number)
    opened = open_for(at.center, actor, record)
    supplements = tuple(content for _, content in supplements_to(at.center, record))
    return OpenedReply(
        rows=first_rows(at.center, opened),
        case=opened.case,
        supplements=supplements,
        decision=decision_of(at.center, record.case_id),
    )


@router.get("/cases/{case_number}/attachments/{name}", responses=_PICTURE, response_class=Response)
def get_attachment(case_number: CaseNumber, name: Name, at: At, actor: AsStaff) -> Response:
    """Hand out one picture or signature of the case; of a supplement, under `<supplement_id>-<name>`."""
    record = _record(at, actor, case_number)
    opened = open_for(at.center, actor, record, name)
    try:
        for known, media_type, plain in attachments_to(at.center, opened):
            if known == name:
                return Response(plain, media_type=media_type, headers={"Cache-Control": "no-store"})
    except BlobMissing as error:
        raise Refused(500, "attachmentDamaged", "The attachment is damaged", "restore it from the backup") from error
    raise Refused(404, "noSuchAttachment", "The case has no such attachment", "", "")


@router.get("/cases/{case_number}/document", responses=_PDF, response_class=Response)
def get_document(case_number: CaseNumber, at: At, actor: AsStaff) -> Response:
    """Hand out the signed PDF that was issued."""
    record = _record(at, actor, case_number)
    open_for(at.center, actor, record, "document")
    return pdf_answer(at, record.case_id)


@router.post("/cases/{case_number}/moves")
def post_move(case_number: CaseNumber, asked: MoveRequest, at: At, actor: AsStaff) -> CaseView:
    """Move the case, or the part that is named; the answer says what is possible next."""
    record = _record(at, actor, case_number)
    try:
        materials = tuple(read_missing(at.center, record, name) for name in asked.materials)
        given = Given(reason=asked.reason, missing=asked.missing + materials)
        carry_out(
            at.center, actor, record.case_id, Order(asked.move, asked.part, given, asked.hands_over), at.public_url
        )
    except MoveRefused as refusal:
        raise Refused(
            _STATUS.get(refusal.code, 409), refusal.code, "The move is refused", str(refusal), ""
        ) from refusal
    return view_case(at.center, _again(at, record))


def _again(at: Reception, record: CaseRecord) -> CaseRecord:
    found = find_case(at.center, record.case_id)
    assert found is not None
    return found


def _record(at: Reception, actor: Actor, case_number: str) -> CaseRecord:
    need(actor, Right.LIST_CASES)
    record = find_case(at.center, case_number)
    if record is None:
        raise Refused(404, "noSuchCase", "There is no case of that number", "", "correct")
    return record
