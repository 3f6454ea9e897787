"""税务, sample adapter: income and tax of a period, split at January 2019, always marked 示例."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.departments.sampling import (
    figure,
    found,
    local_day,
    month_number,
    month_text,
    provoked,
    refused,
    text_of,
)
from flows.api import LookupReply

_SPLIT = 2019 * 12  # 税务总局公告2018年第55号: 纳税记录 from January 2019 on, 完税证明 before
_EXEMPT = 5000  # yuan a month


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:
    """`number`, `from`, `to` (YYYY-MM); `data` as the example of flows/catalog/tax-certificate.yaml.

    A number whose first place of the serial is 5 never paid tax.
    """
    number = text_of(parameters, "number")
    try:
        first, last = month_number(text_of(parameters, "from")), month_number(text_of(parameters, "to"))
    except ValueError:
        return refused()
    if not number or first > last or last > month_number(local_day(now)[:7]):
        return refused()
    return provoked(number) or found(
        {
            "certificate": _part(number, first, min(last, _SPLIT - 1)),
            "record": _part(number, max(first, _SPLIT), last),
        }
    )


def _part(number: str, first: int, last: int) -> dict[str, JsonValue]:
    if first > last:
        return {"period": "", "income": "", "tax": ""}
    monthly = 4800 if number[-4:-3] == "5" else figure(number, 52, 120) * 100
    months = last - first + 1
    tax = max(0, monthly - _EXEMPT) * 3 // 100 * months
    period = f"{month_text(first)} – {month_text(last)}"
    return {"period": period, "income": f"{monthly * months}.00", "tax": f"{tax}.00"}
