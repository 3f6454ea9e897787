"""市场监管, sample adapter: the register entry of a business made up from its credit code, marked 示例."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.departments.sampling import figure, found, one_of, provoked, refused, text_of
from center.departments.trade_check import LICENCE_LIST
from flows.api import LookupReply

_SCOPES = {
    "retail": "百货零售",
    "food_shop": "食品销售",
    "restaurant": "餐饮服务",
    "beauty": "理发服务",
    "hotel": "住宿服务",
    "pharmacy": "药品零售",
    "repair": "机动车修理",
}


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:  # noqa: ARG001 - the contract's shape
    """`number`, `code`; `data` as the example of flows/catalog/business-licence-print.yaml.

    A credit code that begins with 92 is a sole trader's, every other a company's. A number whose three places before
    the check digit are 996 is in charge of a business whose licence was revoked.
    """
    number, code = text_of(parameters, "number"), text_of(parameters, "code")
    if not number or not code:
        return refused()
    trade = one_of(f"trade {code}", *_SCOPES)
    permit, mode = LICENCE_LIST[trade]
    sole = code.startswith("92")
    return (
        provoked(number)
        or provoked(code)
        or found(
            {
                "name": "瑞安市测试店（示例）" if sole else "瑞安市测试有限公司（示例）",
                "kind": "sole_trader" if sole else "company",
                "person": "测试甲",
                "place": f"瑞安市测试路{figure(code, 1, 99)}号（示例）",
                "scope": _SCOPES[trade],
                "registered": f"{figure(f'year {code}', 2010, 2024)}-01-01",
                "state": "revoked" if number[-4:-1] == "996" else "active",
                "permit": permit,
                "mode": mode,
            }
        )
    )
