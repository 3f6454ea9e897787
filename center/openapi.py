"""The contract as an OpenAPI document: FastAPI's own, with every refusal, who must sign, and an example of each body.

What a route may refuse follows from what it is: see `_statuses`; more is declared at the route by `responses`.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from center.problems import ACTIONS, CODES, KNOWN, MEANING

Json = dict[str, Any]
PROBLEM = "application/problem+json"
ADDRESS = "/v1/openapi.json"
_REFUSAL = 400
_COME_BACK = (429, 503)
_METHODS = ("get", "put", "post", "patch", "delete")
_SIGNED: Json = {"OEB-Terminal": [], "OEB-Time": [], "OEB-Nonce": [], "OEB-Signature": []}


def describe(app: FastAPI) -> None:
    """The app serves the document at `ADDRESS`, made when it is first asked for."""

    def made() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = made  # type: ignore[method-assign]


def _document(app: FastAPI) -> Json:
    document = get_openapi(
        title="瓯e办 center",
        version="1",
        description="What terminals, staff and anybody with a document's code may ask. The bytes of what is sealed and"
        " signed: docs/wire.md. Every refusal is RFC 9457 problem details; `code` and `action` are for machines.",
        routes=app.routes,
    )
    components = document.setdefault("components", {})
    _complete_schemas(components.setdefault("schemas", {}))
    components["responses"] = {str(status): _refusal(status) for status in MEANING}
    _secure(components.setdefault("securitySchemes", {}))
    for path, methods in document["paths"].items():
        for method in _METHODS:
            if method in methods:
                _complete(methods[method], path)
    return document


def _complete(operation: Json, path: str) -> None:
    words = operation.get("description", "")
    operation["summary"] = words.replace("\n", " ").split(". ")[0].rstrip(".")
    if any("OEB-Signature" in way for way in operation.get("security", [])):
        operation["security"] = [_SIGNED]
    answers = operation["responses"]
    for status in (*_statuses(operation, path), *(int(told) for told in answers if int(told) >= _REFUSAL)):
        if "text/html" not in answers.get(str(status), {}).get("content", {}):
            answers[str(status)] = {"$ref": f"#/components/responses/{status}"}


def _statuses(operation: Json, path: str) -> Iterator[int]:
    yield from (429, 503) if path not in ("/v1/health", "/v1/ready") else (503,) if path == "/v1/ready" else ()
    if "requestBody" in operation:
        yield from (400, 409, 413, 422)
    if operation.get("parameters"):
        yield 422
    if "security" in operation:
        yield from (401, 403)
    if "{" in path:
        yield 404


def _refusal(status: int) -> Json:
    examples = {
        known.code: {"value": {"title": MEANING[status], "status": status, "code": known.code, "action": known.action}}
        for known in KNOWN
        if known.status == status
    }
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}, "examples": examples}}
    answer: Json = {"description": MEANING[status], "content": content}
    if status in _COME_BACK:
        answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds"}}
    return answer


def _complete_schemas(schemas: Json) -> None:
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["ProblemDetails"] = {
        "title": "ProblemDetails",
        "description": "RFC 9457. `code` says what, `action` what the terminal does about it; both lists are closed.",
        "type": "object",
        "required": ["title", "status", "code"],
        "properties": {
            "type": {"type": "string", "const": "about:blank", "default": "about:blank"},
            "title": {"type": "string"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"type": "string", "default": ""},
            "code": {"type": "string", "enum": CODES},
            "action": {"type": "string", "enum": ACTIONS, "default": ""},
        },
    }
    for name, example in _examples().items():
        if name in schemas:
            schemas[name]["examples"] = [example]


def _secure(schemes: Json) -> None:
    for header in _SIGNED:
        schemes[header] = {
            "type": "apiKey",
            "in": "header",
            "name": header,
            "description": "One of the four headers of a signed request: docs/wire.md",
        }


@cache
def _examples() -> Json:
    """By the name of the model."""
    told: Json = json.loads(Path(__file__).with_name("openapi_examples.json").read_text(encoding="utf-8"))
    return told
