"""Working days, and limits counted in them: what is used and what is paused is every working day there was."""

from datetime import date, timedelta
from itertools import pairwise

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.working_days import Change, day_after, is_known, is_working_day, read_limit, working_days

NEXT_YEAR = max(day.year for day in chinese_calendar.constants.holidays) + 1
days = st.dates(date(2022, 1, 1), date(NEXT_YEAR + 1, 12, 31))
steps = st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=8)


def test_days_are_worked_and_free_as_the_state_council_announced():
    assert not is_working_day(date(2024, 10, 1))
    assert is_working_day(date(2024, 9, 29))  # a Sunday, worked for the National Day
    assert day_after(date(2024, 9, 27), 5) == date(2024, 10, 10)
    assert list(working_days(date(2024, 9, 28), date(2024, 9, 30))) == [date(2024, 9, 29), date(2024, 9, 30)]


def test_of_a_year_nobody_announced_yet_weekdays_count_and_it_is_said():
    new_year = date(NEXT_YEAR, 1, 1)
    assert not is_known(new_year)
    assert is_working_day(new_year) == (new_year.weekday() < 5)
    reading = read_limit([Change(date(NEXT_YEAR - 1, 12, 20), "running")], date(NEXT_YEAR - 1, 12, 25), 10)
    assert not reading.is_known
    assert read_limit([Change(date(2024, 3, 4), "running")], date(2024, 3, 8), 10).is_known


def test_a_limit_ends_on_its_last_day_and_is_exceeded_on_the_next():
    changes = [Change(date(2024, 3, 4), "running")]  # a Monday
    last = read_limit(changes, date(2024, 3, 11), 5)
    assert (last.left, last.is_exceeded, last.due, last.is_near) == (0, False, date(2024, 3, 11), True)
    over = read_limit(changes, date(2024, 3, 12), 5)
    assert (over.left, over.is_exceeded, over.due) == (-1, True, date(2024, 3, 11))


def test_the_eighty_days_of_a_project_are_counted_alike():
    approved = [
        Change(date(2024, 3, 4), "running"),
        Change(date(2024, 3, 8), "paused"),
        Change(date(2024, 3, 18), "running"),
    ]
    reading = read_limit(approved, date(2024, 3, 22), 50)
    assert (reading.used, reading.paused, reading.left) == (8, 6, 42)
    assert reading.due == day_after(date(2024, 3, 22), 42)


@settings(deadline=None)
@given(start=days, steps=steps, ahead=st.integers(0, 120), limit=st.integers(0, 80), ends=st.booleans())
def test_used_and_paused_days_are_all_working_days_since_the_start(start, steps, ahead, limit, ends):
    changes, day = [Change(start, "running")], start
    for gap, running in steps:
        day += timedelta(days=gap)
        changes.append(Change(day, "running" if running else "paused"))
    if ends:
        changes.append(Change(day, "ended"))
    today = day + timedelta(days=ahead)
    reading = read_limit(changes, today, limit)
    assert reading.used + reading.paused == len(list(working_days(start, day if ends else today)))
    assert reading.left == limit - reading.used
    if reading.due is not None and not reading.is_exceeded and reading.due >= today:
        assert read_limit(changes, reading.due, limit).left == 0 or reading.left == 0
        assert read_limit(changes, day_after(reading.due, 1), limit).is_exceeded


@settings(deadline=None)
@given(start=days, count=st.integers(1, 60))
def test_the_day_after_so_many_working_days_is_the_last_of_them(start, count):
    counted = list(working_days(start, day_after(start, count)))
    assert len(counted) == count
    assert all(one < other for one, other in pairwise(counted))
    assert is_working_day(counted[-1])
