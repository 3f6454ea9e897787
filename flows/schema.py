"""The shape of a matter as JSON Schema (2020-12), for editors that complete and check YAML while it is written."""

from typing import Any

from flows.matter import Matter

_USE = {
    "type": "object",
    "properties": {"use": {"type": "string"}, "with": {"type": "object"}},
    "required": ["use"],
    "additionalProperties": False,
    "description": "What the fragment of this name puts in.",
}


def matter_schema() -> dict[str, Any]:
    """Where a list has items of its own, an item may be a `use` as well; expressions and ids are not looked into."""
    schema: dict[str, Any] = Matter.model_json_schema(mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$defs"]["Use"] = _USE
    _allow_use(schema)
    return schema


def _allow_use(part: Any) -> None:  # noqa: ANN401 - any JSON
    if isinstance(part, dict):
        items = part.get("items")
        if part.get("type") == "array" and isinstance(items, dict) and ("$ref" in items or "oneOf" in items):
            part["items"] = {"anyOf": [items, {"$ref": "#/$defs/Use"}]}
            _allow_use(items)
        for name, below in part.items():
            if name != "items" or part.get("type") != "array":
                _allow_use(below)
    elif isinstance(part, list):
        for below in part:
            _allow_use(below)
