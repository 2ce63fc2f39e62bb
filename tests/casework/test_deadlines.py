# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines import due_at, limit_in_words
from casework.errors import KnownError
from casework.records.procedure import TimeLimit, TimeUnit
from casework.work_calendar import VIET_NAM, WorkCalendar

Local = Callable[[str], dt.datetime]

WORKING, CALENDAR, HOUR, UNSTATED = TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY, TimeUnit.HOUR, TimeUnit.UNSTATED


@pytest.mark.parametrize(
    ("received", "amount", "unit", "due"),
    [
        # Day 1 is the day after reception: Monday 9 Nov + 1 = Tuesday.
        ("2026-11-09 08:00", 1, WORKING, "2026-11-10 17:00"),
        ("2026-11-09 16:59", 1, WORKING, "2026-11-10 17:00"),
        # Over a weekend: Thursday + 3 = Friday, Monday, Tuesday.
        ("2026-11-12 08:00", 3, WORKING, "2026-11-17 17:00"),
        # 24 Nov is a holiday: Monday 23 + 1 = Wednesday 25.
        ("2026-11-23 08:00", 1, WORKING, "2026-11-25 17:00"),
        # Tết: Friday 13 Feb + 5 = 23, 24, 25, 26, 27 Feb.
        ("2026-02-13 10:00", 5, WORKING, "2026-02-27 17:00"),
        # The Saturday 22 Aug is worked: Friday 21 + 1 = Saturday 22; + 2 = Monday 24.
        ("2026-08-21 10:00", 1, WORKING, "2026-08-22 17:00"),
        ("2026-08-21 10:00", 2, WORKING, "2026-08-24 17:00"),
        # 31 Aug, 1 and 2 Sep are off: Friday 28 Aug + 1 = Thursday 3 Sep.
        ("2026-08-28 10:00", 1, WORKING, "2026-09-03 17:00"),
        # Received after hours or on a day off: counts from the next opening.
        ("2026-11-09 18:00", 1, WORKING, "2026-11-11 17:00"),
        ("2026-11-14 09:00", 1, WORKING, "2026-11-17 17:00"),
        # Within the day, until 15:00; after that the next working day.
        ("2026-11-09 08:00", 0, WORKING, "2026-11-09 17:00"),
        ("2026-11-09 15:00", 0, WORKING, "2026-11-09 17:00"),
        ("2026-11-09 15:01", 0, WORKING, "2026-11-10 17:00"),
        ("2026-11-23 15:30", 0, WORKING, "2026-11-25 17:00"),
        ("2026-11-13 15:30", 0, WORKING, "2026-11-16 17:00"),
        ("2026-11-09 12:00", 0, WORKING, "2026-11-09 17:00"),
        ("2026-11-09 17:30", 0, WORKING, "2026-11-10 17:00"),
        # Calendar days: 9 Nov + 15 = 24 Nov, a holiday, so 25 Nov. 2 Nov + 20 = Sunday 22, so Monday 23.
        ("2026-11-09 08:00", 15, CALENDAR, "2026-11-25 17:00"),
        ("2026-11-02 08:00", 20, CALENDAR, "2026-11-23 17:00"),
        ("2026-11-09 08:00", 1, CALENDAR, "2026-11-10 17:00"),
        # 30 calendar days from 16 Jan end on 15 Feb, the eve of Tết: the first working day is 23 Feb.
        ("2026-01-16 08:00", 30, CALENDAR, "2026-02-23 17:00"),
        # Hours roll over lunch, evening and days off.
        ("2026-11-09 08:00", 2, HOUR, "2026-11-09 10:00"),
        ("2026-11-09 10:30", 2, HOUR, "2026-11-09 14:30"),
        ("2026-11-09 10:30", 1, HOUR, "2026-11-09 11:30"),
        ("2026-11-09 16:00", 2, HOUR, "2026-11-10 08:00"),
        ("2026-11-09 07:00", 8, HOUR, "2026-11-09 17:00"),
        ("2026-11-09 08:00", 8, HOUR, "2026-11-10 08:00"),
        ("2026-11-13 16:30", 1, HOUR, "2026-11-16 07:30"),
        ("2026-11-23 16:30", 1, HOUR, "2026-11-25 07:30"),
        ("2026-11-09 12:00", 1, HOUR, "2026-11-09 14:30"),
        ("2026-11-09 09:00", 0, HOUR, "2026-11-09 09:00"),
        # A bare number counts as working days.
        ("2026-11-12 08:00", 3, UNSTATED, "2026-11-17 17:00"),
    ],
)
def test_examples_computed_by_hand(received: str, amount: int, unit: TimeUnit, due: str, local: Local) -> None:
    result = due_at(local(received), TimeLimit(amount, unit), WorkCalendar.shipped())
    assert result.at == local(due)
    assert result.is_certain is (unit is not UNSTATED)


def test_a_due_date_in_a_year_without_announced_holidays_is_not_certain(local: Local) -> None:
    result = due_at(local("2026-12-31 10:00"), TimeLimit(1, WORKING), WorkCalendar.shipped())
    assert result.at == local("2027-01-04 17:00")
    assert not result.is_certain


def test_without_a_time_limit_the_clerk_must_name_a_date(local: Local) -> None:
    with pytest.raises(KnownError) as caught:
        due_at(local("2026-11-09 08:00"), TimeLimit(None, UNSTATED), WorkCalendar.shipped())
    assert caught.value.code == "time-limit-unknown"


def test_the_moment_is_read_in_viet_nam_wherever_the_clock_stands(local: Local) -> None:
    at_two_in_london = dt.datetime(2026, 11, 9, 2, 0, tzinfo=dt.UTC)
    limit = TimeLimit(2, HOUR)
    assert due_at(at_two_in_london, limit, WorkCalendar.shipped()).at == local("2026-11-09 11:00")


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (TimeLimit(1, UNSTATED, "1"), "1 ngày làm việc"),
        (TimeLimit(5, WORKING), "5 ngày làm việc"),
        (TimeLimit(15, CALENDAR), "15 ngày"),
        (TimeLimit(8, HOUR), "8 giờ làm việc"),
        (TimeLimit(0, WORKING), "trong ngày làm việc"),
        (TimeLimit(None, UNSTATED), ""),
    ],
)
def test_a_time_limit_is_printed_in_words(limit: TimeLimit, words: str) -> None:
    assert limit_in_words(limit) == words


minutes = st.integers(0, 639 * 24 * 60)
moments = minutes.map(lambda count: dt.datetime(2026, 1, 1, tzinfo=VIET_NAM) + dt.timedelta(minutes=count))
units = st.sampled_from(TimeUnit)
amounts = st.integers(0, 60)


@given(moments, amounts, units)
def test_nothing_is_due_on_a_day_off_or_before_it_came_or_while_the_office_is_closed(
    received: dt.datetime, amount: int, unit: TimeUnit
) -> None:
    calendar = WorkCalendar.shipped()
    due = due_at(received, TimeLimit(amount, unit), calendar).at
    assert calendar.is_working_day(due.date())
    assert due > received if amount else due >= received
    assert any(session.opens <= due.time() <= session.closes for session in calendar.sessions)


@given(moments, moments, amounts, units)
def test_who_comes_later_is_never_due_earlier(
    one: dt.datetime, other: dt.datetime, amount: int, unit: TimeUnit
) -> None:
    limit, calendar = TimeLimit(amount, unit), WorkCalendar.shipped()
    earlier, later = sorted((one, other))
    assert due_at(earlier, limit, calendar).at <= due_at(later, limit, calendar).at


@given(moments, amounts, units)
def test_a_longer_limit_is_never_due_earlier(received: dt.datetime, amount: int, unit: TimeUnit) -> None:
    calendar = WorkCalendar.shipped()
    shorter, longer = (due_at(received, TimeLimit(size, unit), calendar).at for size in (amount, amount + 1))
    assert shorter <= longer


@given(moments, amounts)
def test_working_days_never_end_before_as_many_calendar_days(received: dt.datetime, amount: int) -> None:
    calendar = WorkCalendar.shipped()
    working, plain = (due_at(received, TimeLimit(amount, unit), calendar).at for unit in (WORKING, CALENDAR))
    assert working >= plain
