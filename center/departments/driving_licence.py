"""车管, sample adapter: a driving licence made up from the number, always marked 示例."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pydantic import JsonValue

from center.clock import CHINA_TIME
from center.departments.sampling import figure, found, one_of, provoked, refused, text_of
from flows.api import LookupReply

_NEXT = {"6": "10", "10": "long", "long": "long"}  # once no period reached 12 points
_DAYS_LEFT = {"995": 200, "993": -400}


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:
    """`number`; `data` as the example of flows/catalog/driving-licence-renewal.yaml.

    Three places before the check digit: 996 is long-term, 995 ends in 200 days, 994 has an open violation, 993 ended
    400 days ago, 992 reached 12 points and keeps its term.
    """
    number = text_of(parameters, "number")
    if not number:
        return refused()
    mark = number[-4:-1]
    term = "long" if mark == "996" else one_of(f"term {number}", "6", "10")
    days = _DAYS_LEFT.get(mark, figure(f"days {number}", 5, 88))
    valid_to = (now.astimezone(CHINA_TIME) + timedelta(days=days)).date().isoformat()
    return provoked(number) or found(
        {
            "class": one_of(f"class {number}", "C1", "C1", "C2", "B2"),
            "valid_to": "长期" if term == "long" else valid_to,
            "days_left": days,
            "term": term,
            "next": term if mark == "992" else _NEXT[term],
            "violations": 1 if mark == "994" else 0,
        }
    )
