"""Codes of paper shown at any terminal: to collect a result, and to follow a case."""

from fastapi import APIRouter

from center.bodies import At, SignedBy
from center.casework.handovers import scan
from center.casework.moving import MoveRefused
from center.casework.progress import followed, progress_of
from center.errors import Refused
from center.problems import may_refuse
from flows.api import FollowRequest, PickupRequest, ProgressReply

router = APIRouter(prefix="/v1")
_STATUS = {"noHandover": 404, "noSuchCode": 404, "notYours": 403, "lockerAway": 503}
_ACTION = {"lockerAway": "retry", "noSuchCode": "correct"}


@router.post("/pickups", responses=may_refuse(404))
def post_pickup(request: PickupRequest, at: At, terminal: SignedBy) -> ProgressReply:
    """Tell what a pick-up code is for; before its locker the compartment opens, once. `message` says it in words."""
    try:
        found = scan(at.center, terminal, request.code)
    except MoveRefused as error:
        raise refused(error) from error
    if found is None:
        raise Refused(404, "noSuchPickupCode", "No result has this code", "", "correct")
    record, text = found
    return progress_of(at.center, record.case_number).model_copy(update={"message": text})


@router.post("/follows", responses=may_refuse(404))
def post_follow(request: FollowRequest, at: At, _terminal: SignedBy) -> ProgressReply:
    """Tell the progress of the case whose receipt has this code; 404 also while the case is still on its way."""
    number = followed(at.center, request.code)
    if number is None:
        raise Refused(404, "noSuchCase", "No case that is here has this code", "", "correct")
    return progress_of(at.center, number)


def refused(error: MoveRefused) -> Refused:
    status = _STATUS.get(error.code, 409)
    return Refused(status, error.code, "It cannot be handed over so", str(error), _ACTION.get(error.code, ""))
