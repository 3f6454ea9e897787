"""发改, sample adapter: the 80-day clock of a project made up from its code, marked 示例."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.departments.sampling import figure, found, local_day, provoked, refused, text_of
from flows.api import LookupReply

_STAGES = ("initiation", "planning", "construction", "completion")
_LIMITS = {"usual": 80, "low_risk": 20}  # working days
_NEAR = 5
_OVER = "996"
_LOW_RISK = "995"


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:
    """`number`, `code`, `company`; `data` as the example of flows/catalog/investment-project.yaml.

    Three places before the last of the project code: 996 is over its limit, 995 is a low-risk small project.
    """
    number, code, company = (text_of(parameters, name) for name in ("number", "code", "company"))
    if not number or not code or not company:
        return refused()
    mark = code[-4:-1]
    kind = "low_risk" if mark == _LOW_RISK else "usual"
    limit = _LIMITS[kind]
    reached = figure(f"stage {code}", 0, len(_STAGES) - 1)
    share = limit // 4
    days = [figure(f"{name} {code}", 1, share) if place <= reached else 0 for place, name in enumerate(_STAGES)]
    if mark == _OVER:
        days[reached] += limit
    used = sum(days)
    left = limit - used
    data: dict[str, JsonValue] = {
        "name": "测试项目（示例）",
        "kind": kind,
        "stage": _STAGES[reached],
        "limit": limit,
        "used": used,
        "left": max(0, left),
        "paused": figure(f"paused {code}", 0, 9),
        "warning": "over" if left < 0 else "near" if left <= _NEAR else "none",
        "until": local_day(now),
    }
    return (
        provoked(number)
        or provoked(code)
        or provoked(company)
        or found({**data, **dict(zip(_STAGES, days, strict=True))})
    )
