"""What a lookup must find, and whether the visit can go on with it: asked of the departments, not of the screen."""

from pydantic import JsonValue

from center.clock import SystemClock
from center.departments.finding import DepartmentUnavailable, find_department
from flows.steps import LookupStep
from flows.visit import AnswerRefused, Visit


def looked_up(step: LookupStep, visit: Visit, *, online: bool) -> dict[str, JsonValue]:
    department = find_department(step.lookup)
    assert department is not None
    if not online:
        return {"status": "unavailable", "data": {}, "source": ""}
    try:
        reply = department.look_up(visit.lookup_inputs(step), SystemClock().now())
    except DepartmentUnavailable:
        return {"status": "unavailable", "data": {}, "source": ""}
    status = "found" if reply.status == "found" else "notFound"
    return {"status": status, "data": dict(reply.data), "source": reply.source}


def is_refused(step: LookupStep, visit: Visit, answer: JsonValue) -> bool:
    try:
        visit.answer(step.id, answer)
    except AnswerRefused:
        return True
    return False
