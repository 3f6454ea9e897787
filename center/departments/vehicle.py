"""车管, sample adapter: a vehicle made up from its plate, always marked 示例."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.departments.sampling import found, local_day, month_number, month_text, one_of, provoked, refused, text_of
from flows.api import LookupReply

_YEARS = {"996": 6, "995": 10}  # by the end of the plate: the years with a test
_TESTED = (6, 10)
_VALID_MONTHS = 24


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:
    """`number`, `plate`, `vin` (its last six); `data` as the example of flows/catalog/vehicle-inspection-sticker.yaml.

    A plate that ends in 996 is in its 6th year, 995 in its 10th, 994 has an open violation, 993 no insurance, and 992
    comes too early.
    """
    number, plate, vin = (text_of(parameters, name) for name in ("number", "plate", "vin"))
    if not number or not plate or not vin:
        return refused()
    mark = plate[-3:]
    year = _YEARS.get(mark) or int(one_of(plate, "2", "4", "8"))
    this_month = month_number(local_day(now)[:7])
    due = "nothing" if mark == "992" else "inspection" if year in _TESTED else "sticker"
    return (
        provoked(number)
        or provoked(plate)
        or found(
            {
                "kind": "small",
                "registered": month_text(this_month - 12 * year),
                "year": year,
                "due": due,
                "insured": mark != "993",
                "violations": 1 if mark == "994" else 0,
                "valid_to": month_text(this_month + _VALID_MONTHS),
            }
        )
    )
