"""代办, sample adapter: the level of the agent by rule, and service points made up from the address, marked 示例."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.departments.sampling import figure, found, one_of, provoked, refused, text_of
from flows.api import LookupReply

_METRES_A_MINUTE = 75
_OFFICES = {
    "village": "测试村便民服务点（示例）",
    "town": "便民服务中心（示例）",
    "city": "瑞安市政务服务中心代办窗口（示例）",
}


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:  # noqa: ARG001 - the contract's shape
    """`number`, `address`, `matter` and `reason`; `data` as the example of flows/catalog/agent-request.yaml."""
    number, address = text_of(parameters, "number"), text_of(parameters, "address")
    if not number or not address:
        return refused()
    level = _level(text_of(parameters, "matter"), text_of(parameters, "reason"))
    town = one_of(f"town {number}", "安阳街道", "玉海街道", "塘下镇", "飞云街道", "莘塍街道", "马屿镇")
    first = figure(f"first {address}", 3, 9) * 100
    second = first + figure(f"second {address}", 2, 9) * 100
    third = second + figure(f"third {address}", 5, 20) * 100
    return provoked(number) or found(
        {
            "level": level,
            "office": town + _OFFICES["town"] if level == "town" else _OFFICES[level],
            "phone": "0577-00000000",
            "nearest": "测试村便民服务点（示例）",
            "nearest_minutes": first // _METRES_A_MINUTE,
            "second": "测试社区便民服务点（示例）",
            "second_minutes": second // _METRES_A_MINUTE,
            "third": f"{town}便民服务中心（示例）",
            "third_minutes": third // _METRES_A_MINUTE,
        }
    )


def _level(matter: str, reason: str) -> str:
    if matter == "project":
        return "city"
    return "town" if reason in ("several", "away") else "village"
