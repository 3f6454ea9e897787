"""公积金, sample adapter: an account made up from the number, always marked 示例."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.departments.sampling import figure, found, local_day, one_of, provoked, refused, text_of
from flows.api import LookupReply


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:
    """`number`; `data` as the example of flows/catalog/housing-fund-balance.yaml, amounts in yuan.

    A number whose three places before the check digit are 996 has a dormant account without a balance.
    """
    number = text_of(parameters, "number")
    if not number:
        return refused()
    dormant = number[-4:-1] == "996"
    monthly = figure(f"monthly {number}", 6, 24) * 100
    balance = 0 if dormant else figure(f"balance {number}", 12_000, 180_000)
    return provoked(number) or found(
        {
            "employer": "瑞安市测试单位（示例）",
            "state": "dormant" if dormant else "active",
            "monthly": f"{monthly}.00",
            "balance": f"{balance}.00",
            "balance_fen": balance * 100,
            "last_paid": "2020-06" if dormant else local_day(now)[:7],
            "loan": one_of(f"loan {number}", "none", "none", "open"),
        }
    )
