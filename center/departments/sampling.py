"""What the sample departments share: records made up from a number by rule, and numbers that get another answer.

Everything is marked 示例. The same number always gives the same record. Of an ID number, a credit code or a project
code the three places before the check character decide, of anything else the last three: 999 is not found, 998 is
refused, and for 997 the department does not answer.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.clock import CHINA_TIME
from center.departments.finding import DepartmentUnavailable
from flows.api import LookupReply
from flows.text import Text

SAMPLE = "示例"
CHECKED_LENGTHS = (18, 24)  # with a check character at the end: ID number and credit code, project code
_NOT_UNDERSTOOD = Text(zh="查询条件不完整（示例）", en="The question is not complete (sample)")
_NO_RECORD = Text(zh="没有查到记录（示例）", en="There is no record (sample)")
_REFUSED = Text(
    zh="这条记录不能在自助机上查，请带证件到窗口（示例）",
    en="This record cannot be asked for here: please bring your papers to the counter (sample)",
)


def found(data: Mapping[str, JsonValue]) -> LookupReply:
    return LookupReply(status="found", data=dict(data), source=SAMPLE)


def not_found(words: Text = _NO_RECORD) -> LookupReply:
    return LookupReply(status="notFound", source=SAMPLE, message=words)


def refused(words: Text = _NOT_UNDERSTOOD) -> LookupReply:
    return LookupReply(status="refused", source=SAMPLE, message=words)


def provoked(number: str) -> LookupReply | None:
    """The answer a tester asks for with the number; None for all others. Raises DepartmentUnavailable."""
    mark = number[-4:-1] if len(number) in CHECKED_LENGTHS else number[-3:]
    if mark == "997":
        raise DepartmentUnavailable("a sample department plays dead")
    return {"999": not_found(), "998": refused(_REFUSED)}.get(mark)


def text_of(parameters: Mapping[str, JsonValue], name: str) -> str:
    """A parameter that is a text, without spaces around it; "" for everything else."""
    value = parameters.get(name)
    return value.strip() if isinstance(value, str) else ""


def figure(seed: str, low: int, high: int) -> int:
    """From `low` to `high`, both included, always the same for the same seed."""
    digest = hashlib.sha256(seed.encode()).digest()
    return low + int.from_bytes(digest[:8]) % (high - low + 1)


def one_of(seed: str, *choices: str) -> str:
    return choices[figure(seed, 0, len(choices) - 1)]


def month_number(month: str) -> int:
    """Months since year 0 of a month written YYYY-MM; raises ValueError."""
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


def month_text(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def local_day(now: datetime) -> str:
    """YYYY-MM-DD at the place."""
    return now.astimezone(CHINA_TIME).date().isoformat()
