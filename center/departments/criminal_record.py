"""公安, sample adapter: whether a certificate of no criminal record can be issued, always marked 示例."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.departments.sampling import figure, found, local_day, provoked, refused, text_of
from flows.api import LookupReply


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:
    """`number`, `card`; `data` as the example of flows/catalog/no-criminal-record.yaml.

    Three places before the check digit: 996 has something on record, 995 had four certificates within a year, 994 is
    a foreigner who has been here for 90 days.
    """
    number = text_of(parameters, "number")
    if not number:
        return refused()
    mark = number[-4:-1]
    return provoked(number) or found(
        {
            "clean": mark != "996",
            "times": 4 if mark == "995" else figure(f"times {number}", 0, 2),
            "days": 90 if mark == "994" else figure(f"days {number}", 200, 3000),
            "until": local_day(now),
        }
    )
