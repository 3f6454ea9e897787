"""How the result of one case reaches the citizen, in words: 自取 at a point, 取件柜, or 邮寄."""

from collections.abc import Mapping

from pydantic import JsonValue

from flows.expressions import ExpressionFailed, evaluate, holds
from flows.matter import Matter
from flows.terms import Handover, Part
from flows.text import Text

_PICKUP_CODE = "OEB1:P:"


def handover_for(matter: Matter, names: Mapping[str, JsonValue]) -> Handover | None:
    """The first way that holds for these answers; None where nothing is handed over."""
    try:
        way = next((way for way in matter.handover if holds(way.when, names)), None)
        return way if way and (not matter.parts or things_of(matter, way, names)) else None
    except ExpressionFailed:  # answers it depends on are missing
        return None


def things_of(matter: Matter, way: Handover, names: Mapping[str, JsonValue]) -> tuple[Part, ...]:
    """Of a linked matter the parts that apply and whose results are handed over so. Raises ExpressionFailed."""
    meant = (part for part in matter.parts if not way.parts or part.id in way.parts)
    return tuple(part for part in meant if holds(part.when, names))


def address_of(way: Handover, names: Mapping[str, JsonValue]) -> str:
    """Where it is posted to; empty where it is not."""
    given = evaluate(way.to, names) if way.to else ""
    return str(given or "")


def handover_text(by: str, at: Text | None) -> Text:
    """The way and the place, without anybody's address."""
    if by == "post" and at is not None:
        return Text(zh=f"送到：{at.zh}", en=f"Delivered to {at.en}")
    if at is None:
        return Text(zh="邮寄到您填写的地址", en="By post to the address you gave")
    if by == "locker":
        return Text(zh=f"凭取件码到取件柜领取：{at.zh}", en=f"From the locker, with your pick-up code: {at.en}")
    return Text(zh=f"凭取件码自取：{at.zh}", en=f"Collect it with your pick-up code: {at.en}")


def pickup_payload(code: str) -> str:
    """The text of the QR code."""
    return _PICKUP_CODE + code


def grouped(code: str) -> str:
    """In groups of four, as it is said and typed."""
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))
