"""How requests come in and refusals go out: a limit on bodies, the signature, and RFC 9457 problem details."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, cast

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.security import APIKeyHeader
from sqlalchemy.exc import DataError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from center.blobs import BlobMissing, BlobsAway
from center.cases import document_of
from center.errors import Refused
from center.journal import Event, log
from center.pages import Gate
from center.services import Center
from center.terminals import SignedRequest, authenticate
from flows.api import ProblemDetails

_AWAY = (OperationalError, InterfaceError, NoConnectionFree)
_COME_BACK = 5  # s; a standby takes about this long to take over
MAX_BODY = 32 * 1024 * 1024  # bytes; a page of A4 as JPEG stays far below


@dataclass(frozen=True)
class Reception:
    """What the routes need: the open center, the address a phone reaches it at, and who opens its pages too often."""

    center: Center
    public_url: str
    gate: Gate


async def reception_of(request: Request) -> Reception:
    """Asynchronous, or each request would wait for a thread to look this up."""
    return cast("Reception", request.app.state.reception)


At = Annotated[Reception, Depends(reception_of)]


_SIGNATURE = APIKeyHeader(name="OEB-Signature", scheme_name="OEB-Signature", auto_error=False)
_Told = Annotated[str | None, Depends(_SIGNATURE)]  # only for OpenAPI: all four headers are read from the request


def _signed(*, repeatable: bool, any_standing: bool) -> Callable[[Request], Awaitable[str]]:
    async def authenticated(request: Request, _told: _Told = None) -> str:
        target = request.scope["raw_path"].decode("ascii")
        if request.scope["query_string"]:
            target += "?" + request.scope["query_string"].decode("ascii")
        signed = SignedRequest(request.method, target, request.headers, await request.body())
        center = (await reception_of(request)).center
        ask = partial(authenticate, repeatable=repeatable, any_standing=any_standing)
        return await run_in_threadpool(ask, center.database, signed, center.clock.now())

    return authenticated


# The terminal's id. `SignedBy`: the same request is refused a second time; `RepeatableBy`: it changes nothing when it
# comes again; `ReportedBy` and `SentBy` are the same of terminals that were revoked or whose certificate has expired.
SignedBy = Annotated[str, Depends(_signed(repeatable=False, any_standing=False))]
RepeatableBy = Annotated[str, Depends(_signed(repeatable=True, any_standing=False))]
ReportedBy = Annotated[str, Depends(_signed(repeatable=False, any_standing=True))]
SentBy = Annotated[str, Depends(_signed(repeatable=True, any_standing=True))]


def details_of(error: Refused) -> ProblemDetails:
    return ProblemDetails(
        title=error.title, status=error.status, detail=error.detail, code=error.code, action=error.action
    )


def problem(details: ProblemDetails) -> Response:
    return Response(details.model_dump_json(), details.status, media_type="application/problem+json")


def answer_problems(app: FastAPI) -> None:
    """Every refusal of the app becomes problem details that quote nothing of what came in."""

    @app.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> Response:
        if error.status == 422 and error.action == "quarantine" and await _came_altered(request):
            error = Refused(401, "altered", "The request came altered", "send it again", "retry")
        log(Event.REQUEST_REFUSED, status=error.status, code=error.code, method=request.method)
        answer = problem(details_of(error))
        if error.retry_after:
            answer.headers["Retry-After"] = str(error.retry_after)
        return answer

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> Response:
        places = "; ".join(".".join(map(str, item["loc"])) for item in error.errors())
        return await refused(
            request, Refused(422, "content", "The request is not understood", f"at {places}", "quarantine")
        )

    @app.exception_handler(SQLAlchemyError)
    async def database_away(request: Request, error: SQLAlchemyError) -> Response:
        """Whatever was under way is unknown: the terminal sends it again, and unique constraints tell."""
        if isinstance(error, DataError):
            return await refused(request, Refused(422, "content", "A value is out of range", "", "quarantine"))
        if not isinstance(error, _AWAY):
            raise error
        log(Event.DATABASE_AWAY, database_error=type(error).__name__)
        return await later(request, "databaseAway", "The database does not answer")

    @app.exception_handler(BlobsAway)
    async def blobs_away(request: Request, error: BlobsAway) -> Response:
        log(Event.BLOBS_AWAY, store_error=error)
        return await later(request, "blobsAway", "The store of attachments does not answer")

    async def later(request: Request, code: str, title: str) -> Response:
        return await refused(request, Refused(503, code, title, "come back later", "retry", retry_after=_COME_BACK))

    @app.exception_handler(ClientDisconnect)
    async def broke_off(request: Request, _error: ClientDisconnect) -> Response:
        """Nobody hears the answer; the terminal sends it again."""
        log(Event.REQUEST_REFUSED, status=400, code="http", method=request.method)
        return problem(ProblemDetails(title="The request broke off", status=400, code="http"))

    @app.exception_handler(HTTPException)
    async def other(_request: Request, error: HTTPException) -> Response:
        answer = problem(ProblemDetails(title=str(error.detail), status=error.status_code, code="http"))
        answer.headers.update(error.headers or {})  # such as Allow
        return answer


async def _came_altered(request: Request) -> bool:
    """Whether a terminal signed another body than what came: then the way is at fault, and no case is refused."""
    try:
        await _signed(repeatable=True, any_standing=True)(request)
    except Refused as error:
        return error.code == "signature"
    return False


def pdf_answer(at: Reception, case_id: str) -> Response:
    """Raises Refused when there is no document, or none that can be trusted any more."""
    try:
        pdf = document_of(at.center, case_id)
    except BlobMissing as error:
        raise Refused(500, "documentDamaged", "The document is damaged", "restore it from the backup") from error
    if pdf is None:
        raise Refused(404, "noDocument", "No document was issued for this case", "", "")
    return Response(pdf, media_type="application/pdf", headers={"Cache-Control": "no-store"})


class BodyLimit:
    """Refuses bodies over `MAX_BODY` before they fill the memory."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if told.isdigit() and int(told) > MAX_BODY:
            details = ProblemDetails(
                title="The body is too large", status=413, detail=f"at most {MAX_BODY} bytes", code="tooLarge"
            )
            await problem(details)(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > MAX_BODY:
                raise Refused(413, "tooLarge", "The body is too large", f"at most {MAX_BODY} bytes", "quarantine")
            return message

        await self._app(scope, counted, send)
