"""Working days (工作日) of China, and what a time limit in them has used, has left and has paused; days, no hours.

The holidays of a year are announced in the autumn before it. Of a year that the calendar (chinese-calendar) does not
know yet, every weekday counts as a working day, and whoever asks is told so by `is_known`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import chinese_calendar

_DAY = timedelta(days=1)
_SATURDAY = 5
_LAST_KNOWN_YEAR: int = max(day.year for day in chinese_calendar.constants.holidays)
_FIRST_KNOWN_YEAR: int = min(day.year for day in chinese_calendar.constants.holidays)
Phase = Literal["running", "paused", "ended"]


@dataclass(frozen=True)
class Change:
    """From the end of this day on; the first one is `running`, an `ended` one is the last."""

    day: date
    phase: Phase


@dataclass(frozen=True)
class Reading:
    """A limit as it stands at the end of a day; every working day after the first is either used or paused.

    `left` is negative once it is exceeded and None without a limit. `due` is the last day that keeps the limit, None
    while it is paused, once it has ended, and without one. `is_known`: every day counted is in the calendar.
    """

    limit: int | None
    used: int
    paused: int
    phase: Phase
    due: date | None
    is_known: bool

    @property
    def left(self) -> int | None:
        return None if self.limit is None else self.limit - self.used

    @property
    def near_at(self) -> int:
        """So many days left are near the limit: a fifth of it, or one."""
        return max(1, (self.limit or 0) // 5)

    @property
    def is_near(self) -> bool:
        """Also once it is exceeded."""
        return self.phase == "running" and self.left is not None and self.left <= self.near_at

    @property
    def is_exceeded(self) -> bool:
        return self.limit is not None and self.used > self.limit


def is_known(day: date) -> bool:
    """Whether the holidays of that year have been told to this software."""
    return _FIRST_KNOWN_YEAR <= day.year <= _LAST_KNOWN_YEAR


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    if not is_known(day):
        return day.weekday() < _SATURDAY
    known: bool = chinese_calendar.is_workday(day)
    return known


def working_days(after: date, until: date) -> Iterator[date]:
    """Those after the first day, the last one included: a limit's own first day does not count (民法典 §201)."""
    for number in range(1, (until - after).days + 1):
        day = after + number * _DAY
        if is_working_day(day):
            yield day


def day_after(start: date, count: int) -> date:
    """The working day on which `count` of them have passed since `start`; `start` itself for none."""
    day = start
    while count > 0:
        day += _DAY
        count -= is_working_day(day)
    return day


def read_limit(changes: Sequence[Change], today: date, limit: int | None) -> Reading:
    """`changes` oldest first, the first one running; those of the same day count as the last of them.

    A working day is what the limit was at its end, so that a day on which it is stopped is paused and a day on which
    it goes on again is used; the day on which it ends is what the limit was before.
    """
    start, used, paused = changes[0].day, 0, 0
    ended = next((change.day for change in changes if change.phase == "ended"), None)
    last = min(today, ended) if ended else today
    reached: date | None = start if limit == 0 else None  # the day that used up the limit
    for day in working_days(start, last):
        if _phase_on(changes, day) == "paused":
            paused += 1
            continue
        used += 1
        reached = day if used == limit else reached
    phase = changes[-1].phase
    due = None
    if limit is not None and phase == "running":
        due = reached or day_after(max(today, start), limit - used)
    return Reading(limit, used, paused, phase, due, is_known(start) and is_known(due or last))


def _phase_on(changes: Iterable[Change], day: date) -> Phase:
    phase: Phase = "running"
    for change in changes:
        if change.day <= day and change.phase != "ended":
            phase = change.phase
    return phase
