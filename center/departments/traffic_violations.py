"""交警, sample adapter: open violations of a vehicle made up from its plate, always marked 示例."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pydantic import JsonValue

from center.clock import CHINA_TIME
from center.departments.sampling import figure, found, local_day, one_of, provoked, refused, text_of
from flows.api import LookupReply

_POINTS = {"parking": 0, "speed": 3, "light": 6}
_FINES = {"parking": 150, "speed": 200, "light": 200}


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:
    """`number`, `plate`, `vin`; `data` as the example of flows/catalog/traffic-violations.yaml.

    A plate that ends in 994 has violations; of the others about half have none.
    """
    number, plate, vin = (text_of(parameters, name) for name in ("number", "plate", "vin"))
    if not number or not plate or not vin:
        return refused()
    count = figure(f"count {plate}", 1, 3) if plate.endswith("994") else max(0, figure(f"count {plate}", -2, 3))
    what = one_of(f"what {plate}", *_POINTS)
    ago = timedelta(days=figure(f"ago {plate}", 3, 90))
    none: dict[str, JsonValue] = {"what": "", "where": "", "when": ""}
    latest: dict[str, JsonValue] = {
        "what": what,
        "where": f"瑞安市测试路{figure(f'where {plate}', 1, 99)}号（示例）",
        "when": (now.astimezone(CHINA_TIME) - ago).date().isoformat(),
    }
    data: dict[str, JsonValue] = {
        "count": count,
        "points": count * _POINTS[what],
        "fine": f"{count * _FINES[what]}.00",
        "until": local_day(now),
    }
    return provoked(number) or provoked(plate) or found({**data, **(latest if count else none)})
