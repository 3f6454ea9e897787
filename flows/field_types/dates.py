"""Years, months, days and spans of days."""

import re
from datetime import date

from pydantic import JsonValue

from flows.field_types.kind import FieldProblem, Kind, alike, compact, problem
from flows.text import Text

_FIRST, _LAST = 1840, 2199  # years
_DAY = re.compile(r"(\d{4})\s*[年/.\-]?\s*(\d{1,2})\s*[月/.\-]?\s*(\d{1,2})\s*日?")


def _month(text: str) -> str | FieldProblem:
    match = re.fullmatch(r"(\d{4})\s*[年/.\-]?\s*(\d{1,2})\s*月?", text)
    if not match:
        return problem("month", "请填年和月，例如 2026-03", "Enter the year and the month, such as 2026-03")
    year, month = int(match[1]), int(match[2])
    if not 1 <= month <= 12:
        return _no_month(month)
    if not 1949 <= year <= _LAST:
        return problem("year", f"请检查年份 {year}", f"Check the year {year}")
    return f"{year:04}-{month:02}"


def _no_month(month: int) -> FieldProblem:
    return problem("month", f"没有 {month} 月，请填 1 到 12", f"There is no month {month}: enter 1 to 12")


def _year(text: str) -> str | FieldProblem:
    digits = compact(text.removesuffix("年"))
    if not re.fullmatch("[0-9]*", digits):
        return problem("notDigits", "只能填数字，请检查是否有字母", "Only digits here: check for letters")
    if len(digits) != 4 or not 1949 <= int(digits) <= _LAST:
        return problem("year", "请填四位数的年份，例如 2026", "Enter the year with four digits, such as 2026")
    return digits


def _early_year(text: str) -> FieldProblem | None:
    digits = compact(text.removesuffix("年"))
    found = _year(text) if len(digits) >= 4 or not re.fullmatch("[0-9]*", digits) else None
    return found if isinstance(found, FieldProblem) else None


def _day(text: str) -> str | FieldProblem:
    match = _DAY.fullmatch(text)
    if not match or (match[0].isdigit() and len(match[0]) != 8):
        return problem("day", "请填年月日，例如 2026-03-05", "Enter year, month and day, such as 2026-03-05")
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if not _FIRST <= year <= _LAST:
        return problem("year", f"请检查年份 {year}", f"Check the year {year}")
    if not 1 <= month <= 12:
        return _no_month(month)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return problem("day", f"{year} 年 {month} 月没有 {day} 日", f"{year}-{month:02} has no day {day}")


def _early_day(text: str) -> FieldProblem | None:
    digits = compact(text)
    if not re.fullmatch("[0-9年月日/]*", digits):
        return problem("notDigits", "日期请填数字，例如 20260305", "A date is digits, such as 20260305")
    if not digits.isdigit():
        return None
    if len(digits) >= 4 and not _FIRST <= int(digits[:4]) <= _LAST:
        return problem("year", f"请检查年份 {digits[:4]}", f"Check the year {digits[:4]}")
    if len(digits) >= 6 and not 1 <= int(digits[4:6]) <= 12:
        return _no_month(int(digits[4:6]))
    found = _day(digits) if len(digits) >= 8 else None
    return found if isinstance(found, FieldProblem) else None


def day_shown(value: JsonValue) -> Text:
    """2026年3月5日 / 2026-03-05."""
    iso = str(value)
    year, month, day = iso.split("-")
    return Text(zh=f"{year}年{int(month)}月{int(day)}日", en=iso)


def _span(text: str) -> JsonValue | FieldProblem:
    """Two days with a slash between, as ISO 8601 writes an interval; a problem names the half it is in."""
    first, _, last = text.partition("/")
    ends: dict[str, JsonValue] = {}
    for name, half in (("from", first.strip()), ("to", last.strip())):
        result = _day(half) if half else problem("empty", "请填写起止日期", "Enter the first and the last day")
        if isinstance(result, FieldProblem):
            return FieldProblem(result.code, result.words, name)
        ends[name] = result
    if str(ends["from"]) > str(ends["to"]):
        return problem(
            "order",
            "开始日期不能晚于结束日期，请调整其中一个",
            "The first day is after the last one: change one of them",
            "from",
        )
    return ends


def _early_span(text: str) -> FieldProblem | None:
    first, _, last = text.partition("/")
    for name, half in (("from", first), ("to", last)):
        found = _early_day(half)
        if found:
            return FieldProblem(found.code, found.words, name)
    return None


def _span_written(value: JsonValue) -> str:
    return f"{value['from']}/{value['to']}" if isinstance(value, dict) else alike(value)


def _span_shown(value: JsonValue) -> Text:
    ends = value if isinstance(value, dict) else {}
    first, last = day_shown(ends.get("from")), day_shown(ends.get("to"))
    return Text(zh=f"{first.zh} 至 {last.zh}", en=f"{first.en} to {last.en}")


_HINT = Text(zh="8 位数字，例如 20260305", en="8 digits, such as 20260305")
MONTH = Kind("month", _month, "2026-11")
YEAR = Kind("digits", _year, "2026", early=_early_year)
DAY = Kind("digits", _day, "2026-11-23", early=_early_day, shown=day_shown, format_hint=_HINT)
SPAN = Kind(
    "digits", _span, {"from": "2026-11-01", "to": "2026-11-23"}, early=_early_span,
    written=_span_written, shown=_span_shown, empty=None, format_hint=_HINT,
)  # fmt: skip
