"""Requests made up from the OpenAPI document, right and wrong ones, signed as a terminal signs: schemathesis."""

import re
import secrets
from dataclasses import dataclass, field

import hypothesis
import schemathesis
from requests.auth import AuthBase
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from center.clock import SystemClock
from flows.wire import sign_request
from tests.patience import turns

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
BUSY = re.compile(rb'"(busy|terminalBusy|databaseSlow|databaseAway|blobsAway)"')  # not a limit of an hour
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)


class Signed(AuthBase):
    """Signs what is really sent, the last thing before it goes."""

    def __init__(self, terminal):
        self.terminal = terminal

    def __call__(self, request):
        body = request.body or b""
        signed = sign_request(
            request.method,
            request.path_url,
            body.encode() if isinstance(body, str) else body,
            terminal_id=self.terminal.identity.terminal_id,
            signing_key=self.terminal.key,
            time=SystemClock().now(),
            nonce=secrets.token_hex(16),
        )
        request.headers.update(signed)
        return request


@dataclass
class Fuzzed:
    """By which status how many requests were answered, and what was wrong with an answer: one an operation."""

    statuses: dict[int, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    operations: int = 0

    @property
    def requests(self):
        return sum(self.statuses.values())


def fuzz(url, terminal, examples) -> Fuzzed:
    """Fails with a server error, and with an answer that the document does not allow."""
    fuzzed = Fuzzed()
    for found in schemathesis.openapi.from_url(f"{url}/v1/openapi.json").get_all_operations():
        operation = found.ok()
        fuzzed.operations += 1
        for mode in MODES:
            _fuzz(operation, mode, Signed(terminal), examples, fuzzed)
    return fuzzed


def _fuzz(operation, mode, signed, examples, fuzzed):
    last = []

    @hypothesis.seed(1)
    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        for _ in turns("an answer of a busy machine"):
            response = case.call(auth=signed)
            if "retry-after" not in response.headers or not BUSY.search(response.content):
                break
        fuzzed.statuses[response.status_code] = fuzzed.statuses.get(response.status_code, 0) + 1
        last.append(response.content[:300])
        case.validate_response(response, checks=CHECKS)

    try:
        ask()
    except hypothesis.errors.Unsatisfiable:  # nothing can be wrong where nothing is asked
        return
    except (AssertionError, schemathesis.errors.FailureGroup) as error:
        fuzzed.failures += [f"{operation.label}: {one}: {last[-1]}" for one in getattr(error, "exceptions", [error])]
