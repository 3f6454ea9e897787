"""公安户籍, sample adapter: a register entry made up from the number, always marked 示例."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.departments.sampling import figure, found, one_of, provoked, refused, text_of
from flows.api import LookupReply


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:  # noqa: ARG001 - the contract's shape
    """`number`, and of a relative `relative_name` and `relative_number`, or "".

    `data` as the example of flows/catalog/household-certificate.yaml. A relation is in the register when both numbers
    begin with the same six digits (区划).
    """
    number, relative = text_of(parameters, "number"), text_of(parameters, "relative_number")
    if not number:
        return refused()
    town = one_of(f"town {number}", "安阳", "玉海", "塘下", "飞云", "莘塍", "马屿")
    year = figure(f"since {number}", 1950, 1990)
    return provoked(number) or found(
        {
            "station": f"瑞安市公安局{town}派出所（示例）",
            "place": f"浙江省瑞安市{town}（示例）",
            "household": one_of(f"household {number}", "family", "family", "family", "collective"),
            "registered_since": f"{year}-10-01",
            "moved_from": one_of(
                f"from {number}", "浙江省永嘉县（示例）", "浙江省平阳县（示例）", "浙江省文成县（示例）"
            ),
            "relative_found": bool(relative) and relative[:6] == number[:6],
        }
    )
