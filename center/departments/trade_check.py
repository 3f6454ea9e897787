"""市场监管, sample adapter: whether a name is free, and the licence list with its four ways (证照分离), marked 示例."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue
from stdnum.cn import uscc

from center.departments.sampling import figure, found, provoked, refused, text_of
from flows.api import LookupReply

# trade: its permit, and the way to it: 直接取消审批, 审批改为备案, 告知承诺, 优化审批服务
LICENCE_LIST: Mapping[str, tuple[str, str]] = {
    "retail": ("", "none"),
    "food_shop": ("仅销售预包装食品备案（示例）", "filing"),
    "restaurant": ("食品经营许可（示例）", "promise"),
    "beauty": ("公共场所卫生许可（示例）", "promise"),
    "hotel": ("特种行业许可（示例）", "improved"),
    "pharmacy": ("药品经营许可（示例）", "improved"),
    "repair": ("机动车维修经营许可（示例）", "cancelled"),
}


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:  # noqa: ARG001 - the contract's shape
    """`number`, `name`, `trade`; `data` as the example of flows/catalog/sole-trader-registration.yaml.

    A name with 重名 in it is taken.
    """
    number, name, trade = (text_of(parameters, key) for key in ("number", "name", "trade"))
    if not number or not name or trade not in LICENCE_LIST:
        return refused()
    permit, mode = LICENCE_LIST[trade]
    return provoked(number) or found(
        {"name": name, "free": "重名" not in name, "permit": permit, "mode": mode, "code": _credit_code(number + name)}
    )


def _credit_code(seed: str) -> str:
    """92 is a sole trader's; the place is 瑞安."""
    front = f"92330381MA{figure(seed, 0, 9_999_999):07}"
    return front + str(uscc.calc_check_digit(front))
