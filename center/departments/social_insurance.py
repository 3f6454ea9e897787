"""人社, sample adapter: insurance months made up from the number alone, always marked 示例.

The same number always gives the same record. A number whose serial (places 15 to 17) is 999 has no record.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.clock import CHINA_TIME
from flows.api import LookupReply
from flows.text import Text

SAMPLE = "示例"
_INSURANCES = ("pension", "medical", "unemployment", "injury", "maternity")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_NOT_FOUND = Text(zh="没有查到参保记录（示例）", en="There is no insurance record (sample)")
_NOT_UNDERSTOOD = Text(zh="查询条件不完整（示例）", en="The question is not complete (sample)")


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:
    """`number`, `from` and `to` (YYYY-MM); `data` as the example of flows/catalog/social-insurance-certificate.yaml."""
    number = parameters.get("number")
    first, last = _month(parameters.get("from")), _month(parameters.get("to"))
    if not isinstance(number, str) or not number or first is None or last is None or first > last:
        return LookupReply(status="refused", source=SAMPLE, message=_NOT_UNDERSTOOD)
    if number[14:17] == "999":
        return LookupReply(status="notFound", source=SAMPLE, message=_NOT_FOUND)
    local = now.astimezone(CHINA_TIME)
    this_month = local.year * 12 + local.month - 1
    months: dict[str, JsonValue] = {
        name: _insured_months(number, name, first, min(last, this_month), this_month) for name in _INSURANCES
    }
    data: dict[str, JsonValue] = {
        "area": "瑞安市",
        "employer": "瑞安市测试单位（示例）",
        "from": str(parameters["from"]),
        "to": str(parameters["to"]),
        "months": months,
    }
    return LookupReply(status="found", data=data, source=SAMPLE)


def _month(value: JsonValue) -> int | None:
    """Months since year 0; None when it is not a month."""
    match = _MONTH.fullmatch(value) if isinstance(value, str) else None
    return int(match[1]) * 12 + int(match[2]) - 1 if match else None


def _insured_months(number: str, insurance: str, first: int, last: int, this_month: int) -> int:
    """Insured without a gap from a month 18 to 255 months ago until now."""
    digest = hashlib.sha256(f"{insurance} {number}".encode()).digest()
    since = this_month - max(18, digest[0])
    return max(0, last - max(first, since) + 1)
