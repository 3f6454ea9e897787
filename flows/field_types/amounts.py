"""Amounts as whole numbers of their smallest unit: money in 分, percent in hundredths of one; never a float."""

import re
from collections.abc import Callable
from decimal import Decimal

from pydantic import JsonValue

from flows.field_types.kind import FieldProblem, Kind, problem
from flows.text import Text

MOST_FEN = 10**14  # a million million yuan
MOST_COUNT = 10**9


def hundredths(value: int) -> str:
    """1234.50 for 123450: 分 as 元, or a share as percent."""
    sign, value = ("-" if value < 0 else ""), abs(value)
    return f"{sign}{value // 100}.{value % 100:02}"


def grouped(value: int) -> str:
    """1,234.50 for 123450."""
    return f"{Decimal(value) / 100:,.2f}"


def _cleaned(text: str) -> str:
    return re.sub(r"[\s,，¥￥元%]", "", text).replace("。", ".")


def _decimal(text: str, most: int, too_much: FieldProblem) -> int | FieldProblem:
    digits = _cleaned(text)
    if not re.fullmatch(r"[0-9]+(\.[0-9]*)?", digits):
        return problem("notDigits", "请填数字，例如 1234.50", "Enter a number, such as 1234.50")
    whole, _, places = digits.partition(".")
    if len(places) > 2:
        return problem("places", "小数点后最多两位", "At most two places after the point")
    value = int(whole) * 100 + int(places.ljust(2, "0"))
    return too_much if value > most else value


def _money(text: str) -> int | FieldProblem:
    return _decimal(text, MOST_FEN, problem("tooMuch", "金额太大了，请检查", "That is too much: check it"))


def _percent(text: str) -> int | FieldProblem:
    return _decimal(text, 10000, problem("tooMuch", "不能超过 100%", "Not more than 100 %"))


def _early_decimal(parse: Callable[[str], int | FieldProblem]) -> Callable[[str], FieldProblem | None]:
    """What is typed so far is itself a number, so what is wrong with it stays wrong."""

    def early(text: str) -> FieldProblem | None:
        found = parse(text) if _cleaned(text) else None
        return found if isinstance(found, FieldProblem) else None

    return early


def _count(text: str) -> int | FieldProblem:
    digits = _cleaned(text)
    if not re.fullmatch("[0-9]+", digits):
        return problem("notDigits", "请填整数，例如 3", "Enter a whole number, such as 3")
    if int(digits) > MOST_COUNT:
        return problem("tooMuch", "数字太大了，请检查", "That is too much: check it")
    return int(digits)


def whole(value: JsonValue) -> int:
    return value if isinstance(value, int) else 0


def _hundredths_written(value: JsonValue) -> str:
    return "" if value is None else hundredths(whole(value)) if isinstance(value, int) else str(value)


def money_shown(value: JsonValue) -> Text:
    return Text(zh=f"{grouped(whole(value))} 元", en=f"{grouped(whole(value))} yuan")


def percent_shown(value: JsonValue) -> Text:
    said = f"{hundredths(whole(value)).removesuffix('.00')} %"
    return Text(zh=said, en=said)


MONEY = Kind(
    "amount", _money, 123450, early=_early_decimal(_money), written=_hundredths_written, shown=money_shown, empty=None,
    format_hint=Text(zh="单位：元", en="In yuan"),
)  # fmt: skip
PERCENT = Kind(
    "amount", _percent, 5000, early=_early_decimal(_percent), written=_hundredths_written, shown=percent_shown,
    empty=None, format_hint=Text(zh="单位：%", en="In percent"),
)  # fmt: skip
COUNT = Kind("digits", _count, 3, early=_early_decimal(_count), empty=None)
