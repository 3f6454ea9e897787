"""市场监管和海关, sample adapter: what a company has for trading abroad, made up from its credit code, marked 示例."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.departments.sampling import found, one_of, provoked, refused, text_of
from flows.api import LookupReply


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:  # noqa: ARG001 - the contract's shape
    """`number`, `code`; `data` as the example of flows/catalog/foreign-trade-licence.yaml.

    A number whose three places before the check digit are 996 acts for a company whose licence was revoked.
    """
    number, code = text_of(parameters, "number"), text_of(parameters, "code")
    if not number or not code:
        return refused()
    return (
        provoked(number)
        or provoked(code)
        or found(
            {
                "name": "瑞安市测试进出口有限公司（示例）",
                "state": "revoked" if number[-4:-1] == "996" else "active",
                "trade_in_scope": one_of(f"scope {code}", "yes", "no") == "yes",
                "customs": one_of(f"customs {code}", "none", "none", "filed"),
            }
        )
    )
