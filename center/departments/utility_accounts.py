"""水电气, sample adapter: open bills of the accounts named, always marked 示例."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.departments.sampling import found, provoked, refused, text_of
from flows.api import LookupReply

_OPEN = "128.50"  # yuan


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:  # noqa: ARG001 - the contract's shape
    """`number`, and `water`, `power`, `gas` (or ""); `data` as the example of flows/catalog/real-estate-household.yaml.

    An account that ends in 996 has an open bill.
    """
    number = text_of(parameters, "number")
    accounts = {name: text_of(parameters, name) for name in ("water", "power", "gas")}
    if not number or not any(accounts.values()):
        return refused()
    amounts = {name: _OPEN if account.endswith("996") else "0.00" for name, account in accounts.items()}
    return provoked(number) or found({**amounts, "clear": _OPEN not in amounts.values()})
