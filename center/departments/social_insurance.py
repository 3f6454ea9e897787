"""人社, sample adapter: insurance months made up from the number alone, always marked 示例."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.departments.sampling import figure, found, local_day, month_number, provoked, refused, text_of
from flows.api import LookupReply

_INSURANCES = ("pension", "medical", "unemployment", "injury", "maternity")


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:
    """`number`, `from` and `to` (YYYY-MM); `data` as the example of flows/catalog/social-insurance-certificate.yaml."""
    number, start, end = (text_of(parameters, name) for name in ("number", "from", "to"))
    try:
        first, last = month_number(start), month_number(end)
    except ValueError:
        return refused()
    if not number or first > last:
        return refused()
    this_month = month_number(local_day(now)[:7])
    months: dict[str, JsonValue] = {
        name: _insured_months(number, name, first, min(last, this_month), this_month) for name in _INSURANCES
    }
    return provoked(number) or found(
        {"area": "瑞安市", "employer": "瑞安市测试单位（示例）", "from": start, "to": end, "months": months}
    )


def _insured_months(number: str, insurance: str, first: int, last: int, this_month: int) -> int:
    """Insured without a gap from a month 18 to 255 months ago until now."""
    since = this_month - figure(f"{insurance} {number}", 18, 255)
    return max(0, last - max(first, since) + 1)
