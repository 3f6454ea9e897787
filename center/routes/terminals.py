"""Enrolment, and questions to the departments."""

from typing import Annotated

from fastapi import APIRouter, Path

from center.bodies import At, SignedBy
from center.certificates import certificate_for
from center.departments.finding import DepartmentUnavailable, find_department
from center.errors import Refused
from center.journal import Event, log
from center.problems import may_refuse
from center.terminals import enrol
from flows.api import EnrolmentReply, EnrolmentRequest, LookupReply, LookupRequest
from flows.keys import encode_verify_key

router = APIRouter(prefix="/v1")
LookupName = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,63}$")]


@router.post("/enrolments", status_code=201, responses=may_refuse(404, 410))
def post_enrolment(request: EnrolmentRequest, at: At) -> EnrolmentReply:
    """Enrol a terminal by its one-time code. Asking again with the same key gives the same answer: it may be lost."""
    keys = at.center.keys
    terminal = enrol(at.center, request)
    certificate_for(at.center, terminal.terminal_id)  # the terminal fetches it as soon as it runs
    log(Event.TERMINAL_ENROLLED, terminal_id=terminal.terminal_id)
    return EnrolmentReply(
        terminal_id=terminal.terminal_id,
        site=terminal.site,
        center_sealing_key=keys.sealing.public.text,
        center_signing_key=encode_verify_key(keys.signing.public_key()),
        epoch=at.center.epoch,
    )


@router.post("/lookups/{name}")
def post_lookup(name: LookupName, request: LookupRequest, at: At, _terminal: SignedBy) -> LookupReply:
    """Ask the department of that name; sample data says 示例 in `source`."""
    department = find_department(name)
    if department is None:
        raise Refused(404, "noSuchLookup", "There is no such lookup", "", "callMaintenance")
    try:
        return department.look_up(request.parameters, at.center.clock.now())
    except DepartmentUnavailable as error:
        raise Refused(503, "departmentUnavailable", "The department does not answer", "", "retry") from error
