"""不动产登记, sample adapter: homes, titles and applications made up from the numbers, always marked 示例."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.departments.sampling import figure, found, one_of, provoked, refused, text_of
from flows.api import LookupReply

_NOTHING: Mapping[str, JsonValue] = {
    "homes": "",
    "certificate": "",
    "place": "",
    "area": "",
    "use": "",
    "encumbrance": "",
    "stage": "",
}


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:  # noqa: ARG001 - the contract's shape
    """`number`, `question` (homes, title, progress), and `certificate` or `receipt`.

    `data` as the example of flows/catalog/real-estate-query.yaml. The number of the title or of the application can
    provoke an answer too, by the digits it ends with.
    """
    number, question = text_of(parameters, "number"), text_of(parameters, "question")
    asked = {
        "homes": number,
        "title": text_of(parameters, "certificate").rstrip("号").strip(),
        "progress": text_of(parameters, "receipt"),
    }.get(question, "")
    if not number or not asked:
        return refused()
    return provoked(number) or provoked(asked) or found({**_NOTHING, **_answer(question, number, asked)})


def _answer(question: str, number: str, asked: str) -> dict[str, JsonValue]:
    if question == "homes":
        return {"homes": figure(f"homes {number}", 0, 2)}
    if question == "progress":
        return {"stage": one_of(f"stage {asked}", "received", "examined", "registered")}
    return {
        "certificate": f"{asked}号",
        "place": f"瑞安市测试路{figure(asked, 1, 99)}号（示例）",
        "area": f"{figure(f'area {asked}', 60, 180)}.50",
        "use": one_of(f"use {asked}", "residential", "residential", "commercial"),
        "encumbrance": one_of(f"burden {asked}", "none", "none", "mortgaged", "seized"),
    }
