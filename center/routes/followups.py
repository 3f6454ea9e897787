"""Follow-ups over HTTP: bad ratings and reports, answered by the supervisor."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from center.bodies import At
from center.casework import followups
from center.casework.followups import FollowUp, told
from center.problems import may_refuse
from center.routes.authority import AsStaff, need
from center.staff import Right
from flows.case import Case, Rating
from flows.contents import Report
from flows.text import Frozen

router = APIRouter(prefix="/v1/staff/followups", tags=["staff"])
FollowUpId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


class OpenedFollowUp(Frozen):
    """What was said, and what was done about it."""

    follow_up: FollowUp
    rating: Rating | None
    report: Report | None
    case: Case | None
    done: str


class Closing(Frozen):
    done: Annotated[str, Field(min_length=1, max_length=1000)]


class Review(Frozen):
    level: Annotated[int, Field(ge=1, le=5)]


@router.get("")
def get_follow_ups(at: At, actor: AsStaff, closed: bool = False) -> list[FollowUp]:
    """List follow-ups, the most urgent first; with `closed` also those that are answered."""
    need(actor, Right.FOLLOW_UP)
    return [told(row) for row in followups.list_follow_ups(at.center, only_open=not closed)]


@router.get("/{follow_up_id}")
def get_follow_up(follow_up_id: FollowUpId, at: At, actor: AsStaff) -> OpenedFollowUp:
    """Open a follow-up: what was said; that you did is kept in the audit log."""
    row, content, done = followups.open_words(at.center, actor, follow_up_id)
    return OpenedFollowUp(
        follow_up=told(row),
        rating=content if isinstance(content, Rating) else None,
        report=content if isinstance(content, Report) else None,
        case=content if isinstance(content, Case) else None,
        done=done,
    )


@router.post("/{follow_up_id}/contact", responses=may_refuse(409))
def post_contact(follow_up_id: FollowUpId, at: At, actor: AsStaff) -> FollowUp:
    """Note that the person was spoken to."""
    return told(followups.contact(at.center, actor, follow_up_id))


@router.post("/{follow_up_id}/close")
def post_close(follow_up_id: FollowUpId, asked: Closing, at: At, actor: AsStaff) -> FollowUp:
    """Close it, with what was done about it."""
    return told(followups.close(at.center, actor, follow_up_id, asked.done))


@router.post("/{follow_up_id}/review")
def post_review(follow_up_id: FollowUpId, asked: Review, at: At, actor: AsStaff) -> FollowUp:
    """Note what the person says now (追评): once, and after it was closed."""
    return told(followups.review(at.center, actor, follow_up_id, asked.level))
