"""民政, sample adapter: whether the old-age allowance can be had, always marked 示例."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.departments.sampling import found, local_day, provoked, refused, text_of
from flows.api import LookupReply
from flows.expressions import age

_MONTHLY = ((100, "500.00"), (90, "200.00"), (0, "100.00"))  # yuan from an age on


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:
    """`number`, `birth_date` (or null); `data` as the example of flows/catalog/old-age-allowance.yaml.

    Three places before the check digit: 996 receives it already, 995 is registered elsewhere.
    """
    number, born = text_of(parameters, "number"), text_of(parameters, "birth_date")
    if not number:
        return refused()
    years = age(born, local_day(now)) if born else 80
    mark = number[-4:-1]
    return provoked(number) or found(
        {
            "registered_here": mark != "995",
            "receiving": mark == "996",
            "monthly": next(amount for since, amount in _MONTHLY if years >= since),
        }
    )
