"""Pick-up codes: told to the terminal that has just sent the case, and shown at any terminal."""

from typing import Annotated

from fastapi import APIRouter, Path

from center.bodies import At, SignedBy
from center.cases import case_of_terminal
from center.casework.handovers import code_for_terminal, scan
from center.casework.moving import MoveRefused
from center.casework.progress import progress_of
from center.errors import Refused
from center.problems import may_refuse
from flows.api import PickupCode, PickupRequest, ProgressReply

router = APIRouter(prefix="/v1")
CaseId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
_STATUS = {"noHandover": 404, "noSuchCode": 404, "notYours": 403, "lockerAway": 503}
_ACTION = {"lockerAway": "retry", "noSuchCode": "correct"}


@router.post("/cases/{case_id}/pickup-code", responses=may_refuse(409))
def post_pickup_code(case_id: CaseId, at: At, terminal: SignedBy) -> PickupCode:
    """Make a code for whoever applied a moment ago at this terminal; an earlier one is no longer good."""
    record = case_of_terminal(at.center, case_id, terminal)
    try:
        return PickupCode(code=code_for_terminal(at.center, record))
    except MoveRefused as error:
        raise refused(error) from error


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


def refused(error: MoveRefused) -> Refused:
    status = _STATUS.get(error.code, 409)
    return Refused(status, error.code, "It cannot be handed over so", str(error), _ACTION.get(error.code, ""))
