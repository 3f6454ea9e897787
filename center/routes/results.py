"""出件 over HTTP: what is still to be handed over, laid ready, handed out against its code, or posted."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Path
from pydantic import Field

from center.bodies import At, Reception
from center.cases import find_case
from center.casework import handovers
from center.casework.handed_over import HandoverLine, line_for, list_lines
from center.casework.moving import MoveRefused
from center.errors import Refused
from center.problems import may_refuse
from center.routes.authority import AsStaff, need
from center.routes.handovers import refused
from center.staff import Actor, Right
from center.tables import CaseRecord
from flows.api import PickupCode
from flows.text import Frozen

router = APIRouter(prefix="/v1/staff/handovers", tags=["staff"])
CaseNumber = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,64}$")]
_Told = TypeVar("_Told")
_NOT_NOW = may_refuse(404, 409)


class Given(Frozen):
    """The code as printed, in any grouping."""

    code: Annotated[str, Field(min_length=1, max_length=80)]


class Posted(Frozen):
    """Number of the parcel, which the progress then tells."""

    tracking: Annotated[str, Field(max_length=64)] = ""


class Address(Frozen):
    address: str


@router.get("")
def get_handovers(at: At, actor: AsStaff, done: bool = False) -> list[HandoverLine]:
    """List what is still to be handed over, oldest first; with `done` also what was.

    Staff of a department see its cases.
    """
    need(actor, Right.LIST_CASES)
    return list_lines(at.center, only_open=not done, department=actor.department)


@router.post("/given", responses=_NOT_NOW)
def post_given(asked: Given, at: At, actor: AsStaff) -> HandoverLine:
    """Hand a result out against its code: once."""
    return _done(at, lambda: handovers.give(at.center, actor, asked.code))


@router.post("/{case_number}/ready", responses=may_refuse(409))
def post_ready(case_number: CaseNumber, at: At, actor: AsStaff) -> HandoverLine:
    """Lay it ready at the counter, or in the compartment that has just opened; `where` says which."""
    record = _record(at, actor, case_number)

    def laid() -> CaseRecord:
        handovers.make_ready(at.center, actor, record)
        return record

    return _done(at, laid)


@router.post("/{case_number}/posted", responses=may_refuse(409))
def post_posted(case_number: CaseNumber, asked: Posted, at: At, actor: AsStaff) -> HandoverLine:
    """Note that it was posted."""
    record = _record(at, actor, case_number)

    def posted() -> CaseRecord:
        handovers.post(at.center, actor, record, asked.tracking)
        return record

    return _done(at, posted)


@router.get("/{case_number}/address", responses=may_refuse(409))
def get_address(case_number: CaseNumber, at: At, actor: AsStaff) -> Address:
    """Tell where it is posted to; that you looked is kept in the audit log."""
    record = _record(at, actor, case_number)
    return Address(address=_allowed(lambda: handovers.address(at.center, actor, record)))


@router.post("/{case_number}/code", responses=may_refuse(409))
def post_code(case_number: CaseNumber, at: At, actor: AsStaff) -> PickupCode:
    """Make a new code for somebody whose papers you have seen; the old one is no longer good."""
    record = _record(at, actor, case_number)
    return PickupCode(code=_allowed(lambda: handovers.renew_code(at.center, actor, record)))


def _done(at: Reception, act: Callable[[], CaseRecord]) -> HandoverLine:
    return line_for(at.center, _allowed(act))


def _allowed(act: Callable[[], _Told]) -> _Told:
    try:
        return act()
    except MoveRefused as error:
        raise refused(error) from error


def _record(at: Reception, actor: Actor, case_number: str) -> CaseRecord:
    need(actor, Right.OPEN_CASES)
    record = find_case(at.center, case_number)
    if record is None:
        raise Refused(404, "noSuchCase", "There is no case of that number", "", "correct")
    return record
