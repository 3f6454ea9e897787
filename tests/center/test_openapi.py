"""The OpenAPI document is complete and current, and the center keeps to it, whatever it is sent."""

import ast
import json
from pathlib import Path

import httpx
import pytest
from jsonschema_rs import Draft202012Validator

from center.app import bare_app
from center.problems import ACTIONS, CODES
from tests.api_fuzz.fuzzing import fuzz

PAGES = ("/verify", "/c/", "/r/")  # for people: they refuse in words
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def document():
    return bare_app().openapi()


def operations(document):
    return [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_document_in_docs_is_current(document):
    written = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(document)), "run: kiosk-center openapi --out docs/openapi.json"


def test_the_running_center_serves_it(center, document):
    assert httpx.get(f"{center.url}/v1/openapi.json").json() == json.loads(json.dumps(document))


def test_every_operation_says_what_it_does_and_how_it_is_answered(document):
    for method, path, operation in operations(document):
        assert operation["summary"], f"{method} {path} has no docstring"
        for status, answer in operation["responses"].items():
            if int(status) < 400 or path.startswith(PAGES):
                assert answer.get("content") or "$ref" in answer, f"{method} {path} {status}"
            else:
                assert answer == {"$ref": f"#/components/responses/{status}"}, f"{method} {path} {status}"
    for answer in document["components"]["responses"].values():
        assert answer["content"]["application/problem+json"]["examples"]


def test_every_body_has_an_example_that_is_right(document):
    schemas = document["components"]["schemas"]
    asked = set()
    for _, path, operation in operations(document):
        if not path.startswith("/v1/staff"):
            bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
            asked |= {
                content.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
                for body in bodies
                for content in body.get("content", {}).values()
            }
    for name in asked - {""}:
        whole = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        for example in schemas[name].get("examples", [None]):
            problems = [error.message for error in Draft202012Validator(whole).iter_errors(example)]
            assert not problems, f"{name} in center/openapi_examples.json: {problems}"


def test_every_way_to_refuse_is_in_the_closed_list():
    for path in (ROOT / "center").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                told = [item.value if isinstance(item, ast.Constant) else None for item in node.args]
                place = f"{path}:{node.lineno}: add it to center/problems.py"
                assert told[1] is None or told[1] in CODES, place
                assert len(told) < 5 or told[4] is None or told[4] in ACTIONS, place


def test_whatever_it_is_sent_the_center_answers_as_the_document_says(center, new_terminal):
    done = fuzz(center.url, new_terminal(center), examples=3)
    assert not done.failures, "\n".join(done.failures)
    assert sum(done.statuses.values()) > 100
    assert done.statuses[200] > 5
