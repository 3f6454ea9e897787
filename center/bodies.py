"""How requests come in: who signed them, and a limit on their bodies."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.responses import Response
from fastapi.security import APIKeyHeader
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from center.blobs import BlobMissing
from center.cases import document_of
from center.errors import Refused
from center.pages import Gate
from center.problem_details import problem
from center.services import Center
from center.terminals import SignedRequest, authenticate
from flows.api import ProblemDetails

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


async def came_altered(request: Request) -> bool:
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
