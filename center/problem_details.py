"""RFC 9457 problem details: how each refusal goes out."""

from fastapi.responses import Response

from center.errors import Refused
from flows.api import ProblemDetails


def details_of(error: Refused) -> ProblemDetails:
    return ProblemDetails(
        title=error.title, status=error.status, detail=error.detail, code=error.code, action=error.action
    )


def problem(details: ProblemDetails) -> Response:
    return Response(details.model_dump_json(), details.status, media_type="application/problem+json")
