"""The audit log over HTTP, for auditors."""

from typing import Annotated

from fastapi import APIRouter, Query

from center import audit
from center.bodies import At
from center.routes.authority import AsStaff, need
from center.staff import Right
from flows.text import Frozen

router = APIRouter(prefix="/v1/staff/audit", tags=["staff"])


class VerdictReply(Frozen):
    """`problem` is empty for a whole log; `head` is to be noted elsewhere."""

    entries: int
    problem: str
    head: audit.Head | None


@router.get("")
def get_entries(
    at: At,
    actor: AsStaff,
    before: Annotated[int | None, Query(ge=1)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> list[audit.Entry]:
    """List the newest entries before number `before`, oldest first."""
    need(actor, Right.READ_AUDIT)
    with at.center.database.reading() as session:
        return audit.entries_of(session, limit, before)


@router.get("/verdict")
def get_verdict(at: At, actor: AsStaff) -> VerdictReply:
    """Walk the whole chain now, and tell whether it was touched."""
    need(actor, Right.READ_AUDIT)
    with at.center.database.reading() as session:
        verdict = audit.verify(session, at.center.keys.signing.public_key())
        return VerdictReply(entries=verdict.entries, problem=verdict.problem, head=audit.head_of(session))
