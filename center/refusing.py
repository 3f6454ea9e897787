"""Whatever goes wrong while a request is answered becomes problem details that quote nothing of what came in."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import DataError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from center.blobs import BlobsAway
from center.bodies import came_altered
from center.errors import Refused
from center.journal import Event, log
from center.problem_details import details_of, problem
from flows.api import ProblemDetails

_AWAY = (OperationalError, InterfaceError, NoConnectionFree)
_COME_BACK = 5  # s; a standby takes about this long to take over


def answer_problems(app: FastAPI) -> None:
    """Every refusal of the app has its answer here."""
    for kind, answer in _ANSWERS.items():
        app.add_exception_handler(kind, answer)  # type: ignore[arg-type]  # each is asked for its own kind only


async def _refused(request: Request, error: Refused) -> Response:
    if error.status == 422 and error.action == "quarantine" and await came_altered(request):
        error = Refused(401, "altered", "The request came altered", "send it again", "retry")
    log(Event.REQUEST_REFUSED, status=error.status, code=error.code, method=request.method)
    answer = problem(details_of(error))
    if error.retry_after:
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


async def _malformed(request: Request, error: RequestValidationError) -> Response:
    places = "; ".join(".".join(map(str, item["loc"])) for item in error.errors())
    title = "The request is not understood"
    return await _refused(request, Refused(422, "content", title, f"at {places}", "quarantine"))


async def _database_away(request: Request, error: SQLAlchemyError) -> Response:
    """Whatever was under way is unknown: the terminal sends it again, and unique constraints tell."""
    if isinstance(error, DataError):
        return await _refused(request, Refused(422, "content", "A value is out of range", "", "quarantine"))
    if not isinstance(error, _AWAY):
        raise error
    log(Event.DATABASE_AWAY, database_error=type(error).__name__)
    return await _later(request, "databaseAway", "The database does not answer")


async def _blobs_away(request: Request, error: BlobsAway) -> Response:
    log(Event.BLOBS_AWAY, store_error=error)
    return await _later(request, "blobsAway", "The store of attachments does not answer")


async def _later(request: Request, code: str, title: str) -> Response:
    return await _refused(request, Refused(503, code, title, "come back later", "retry", retry_after=_COME_BACK))


async def _broke_off(request: Request, _error: ClientDisconnect) -> Response:
    """Nobody hears the answer; the terminal sends it again."""
    log(Event.REQUEST_REFUSED, status=400, code="http", method=request.method)
    return problem(ProblemDetails(title="The request broke off", status=400, code="http"))


async def _other(_request: Request, error: HTTPException) -> Response:
    answer = problem(ProblemDetails(title=str(error.detail), status=error.status_code, code="http"))
    answer.headers.update(error.headers or {})  # such as Allow
    return answer


_ANSWERS = {
    Refused: _refused,
    RequestValidationError: _malformed,
    SQLAlchemyError: _database_away,
    BlobsAway: _blobs_away,
    ClientDisconnect: _broke_off,
    HTTPException: _other,
}
