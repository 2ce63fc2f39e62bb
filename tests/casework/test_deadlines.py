# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines import (
    FORWARDED_SAME_DAY_UNTIL,
    SAME_DAY_UNTIL,
    counted_from,
    due_at,
    forward_by,
    is_within_the_day,
    limit_in_words,
    moment_in_words,
)
from casework.errors import BugError, KnownError
from casework.records.procedure import TimeLimit, TimeUnit
from casework.records.rules_in_force import OpeningHours
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
        ("2026-11-12 08:00", 2, UNSTATED, "2026-11-16 17:00"),
        # A bare "1" means within the day, after 15:00 the next working day.
        ("2026-11-12 08:00", 1, UNSTATED, "2026-11-12 17:00"),
        ("2026-11-12 15:00", 1, UNSTATED, "2026-11-12 17:00"),
        ("2026-11-12 15:01", 1, UNSTATED, "2026-11-13 17:00"),
        ("2026-11-13 16:00", 1, UNSTATED, "2026-11-16 17:00"),
        ("2026-11-12 08:00", 0, UNSTATED, "2026-11-12 17:00"),
        ("2026-11-12 15:01", 0, UNSTATED, "2026-11-13 17:00"),
        # No day in days is within the day as well.
        ("2026-11-12 15:00", 0, CALENDAR, "2026-11-12 17:00"),
        ("2026-11-13 15:01", 0, CALENDAR, "2026-11-16 17:00"),
        # After 15:00 makes a difference for nothing else.
        ("2026-11-12 15:01", 1, WORKING, "2026-11-13 17:00"),
        ("2026-11-12 15:01", 1, CALENDAR, "2026-11-13 17:00"),
        ("2026-11-12 15:01", 0, HOUR, "2026-11-12 15:01"),
        ("2026-11-12 15:01", 1, HOUR, "2026-11-12 16:01"),
        # Before opening, at opening, at closing.
        ("2026-11-12 06:59", 0, WORKING, "2026-11-12 17:00"),
        ("2026-11-12 07:00", 0, WORKING, "2026-11-12 17:00"),
        ("2026-11-12 17:00", 0, WORKING, "2026-11-13 17:00"),
        ("2026-11-12 17:00", 1, WORKING, "2026-11-16 17:00"),
        ("2026-11-12 17:00", 1, CALENDAR, "2026-11-16 17:00"),
        # A holiday is no day to begin on: the eve of 30 April, and Tuesday 24 November.
        ("2026-04-29 16:00", 0, WORKING, "2026-05-04 17:00"),
        ("2026-11-24 09:00", 1, WORKING, "2026-11-26 17:00"),
        # Sunday 26 April is a holiday with Monday 27 in its place: Friday 24 + 1 = Tuesday 28.
        ("2026-04-24 09:00", 1, WORKING, "2026-04-28 17:00"),
        # A working Saturday is a day to receive on: + 1 = Monday 24 August.
        ("2026-08-22 09:00", 0, WORKING, "2026-08-22 17:00"),
        ("2026-08-22 09:00", 1, WORKING, "2026-08-24 17:00"),
        ("2026-08-21 16:30", 1, HOUR, "2026-08-22 07:30"),
        # One day in days from Friday 21 ends on that Saturday.
        ("2026-08-21 09:00", 1, CALENDAR, "2026-08-22 17:00"),
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


@pytest.mark.parametrize(
    ("received", "due", "is_certain"),
    [
        ("2026-12-30 10:00", "2026-12-31 17:00", True),
        ("2025-12-31 16:59", "2026-01-02 17:00", False),
        ("2025-12-31 23:59", "2026-01-05 17:00", False),
        ("2026-01-01 00:00", "2026-01-05 17:00", True),
    ],
)
def test_every_year_from_reception_to_the_due_date_has_to_be_announced(
    received: str, due: str, is_certain: bool, local: Local
) -> None:
    result = due_at(local(received), TimeLimit(1, WORKING), WorkCalendar.shipped())
    assert (result.at, result.is_certain) == (local(due), is_certain)
    in_utc = due_at(local(received).astimezone(dt.UTC), TimeLimit(1, WORKING), WorkCalendar.shipped())
    assert in_utc == result


POLICE = WorkCalendar.shipped().amended(
    [],
    [
        *(OpeningHours(day, dt.time(7, 30), dt.time(11, 30)) for day in range(1, 7)),
        *(OpeningHours(day, dt.time(13, 30), dt.time(17, 0)) for day in range(1, 6)),
    ],
)
"""Monday to Friday and Saturday morning, as the counters for residence."""


@pytest.mark.parametrize(
    ("received", "amount", "unit", "due"),
    [
        # On a Saturday everything comes before 15:00 and is due when the counter closes, until it has closed.
        ("2026-11-14 07:30", 0, WORKING, "2026-11-14 11:30"),
        ("2026-11-14 11:29", 0, WORKING, "2026-11-14 11:30"),
        ("2026-11-14 11:30", 0, WORKING, "2026-11-16 17:00"),
        ("2026-11-14 15:01", 0, WORKING, "2026-11-16 17:00"),
        ("2026-11-13 15:01", 0, WORKING, "2026-11-14 11:30"),
        # Saturday is a working day here.
        ("2026-11-13 08:00", 1, WORKING, "2026-11-14 11:30"),
        ("2026-11-13 08:00", 2, WORKING, "2026-11-16 17:00"),
        ("2026-11-13 08:00", 1, CALENDAR, "2026-11-14 11:30"),
        ("2026-11-13 08:00", 2, CALENDAR, "2026-11-16 17:00"),
        # Hours: 30 minutes on Friday, four on Saturday, the rest on Monday.
        ("2026-11-13 16:30", 5, HOUR, "2026-11-16 08:00"),
    ],
)
def test_a_counter_that_is_open_on_saturday_morning(
    received: str, amount: int, unit: TimeUnit, due: str, local: Local
) -> None:
    assert due_at(local(received), TimeLimit(amount, unit), POLICE).at == local(due)


def test_same_day_ends_at_three() -> None:
    assert dt.time(15, 0) == SAME_DAY_UNTIL == FORWARDED_SAME_DAY_UNTIL


@pytest.mark.parametrize(
    ("received", "forwarded"),
    [
        ("2026-11-09 08:00", "2026-11-09 17:00"),
        ("2026-11-09 15:00", "2026-11-09 17:00"),
        ("2026-11-09 15:01", "2026-11-10 07:00"),
        ("2026-11-09 18:00", "2026-11-10 07:00"),
        ("2026-11-09 06:00", "2026-11-09 17:00"),
        ("2026-11-13 15:01", "2026-11-16 07:00"),
        ("2026-11-23 15:01", "2026-11-25 07:00"),
        # What came on a day off counts as received when the office opens.
        ("2026-11-14 09:00", "2026-11-16 17:00"),
        ("2026-11-14 16:00", "2026-11-16 17:00"),
        ("2026-11-24 16:00", "2026-11-25 17:00"),
        ("2026-08-22 15:01", "2026-08-24 07:00"),
    ],
)
def test_a_dossier_is_forwarded_the_same_day_or_at_the_next_opening(
    received: str, forwarded: str, local: Local
) -> None:
    assert forward_by(local(received), WorkCalendar.shipped()) == local(forwarded)
    assert forward_by(local(received).astimezone(dt.UTC), WorkCalendar.shipped()) == local(forwarded)


def test_a_counter_that_closes_at_noon_forwards_by_noon(local: Local) -> None:
    assert forward_by(local("2026-11-14 09:00"), POLICE) == local("2026-11-14 11:30")
    assert forward_by(local("2026-11-14 12:00"), POLICE) == local("2026-11-16 17:00")


@pytest.mark.parametrize(
    ("limit", "is_within"),
    [
        (TimeLimit(0, WORKING), True),
        (TimeLimit(1, WORKING), False),
        (TimeLimit(0, CALENDAR), True),
        (TimeLimit(1, CALENDAR), False),
        (TimeLimit(0, HOUR), False),
        (TimeLimit(1, HOUR), False),
        (TimeLimit(0, UNSTATED), True),
        (TimeLimit(1, UNSTATED), True),
        (TimeLimit(2, UNSTATED), False),
        (TimeLimit(None, UNSTATED), False),
        (TimeLimit(None, WORKING), False),
    ],
)
def test_what_is_due_within_the_day(limit: TimeLimit, is_within: bool) -> None:
    assert is_within_the_day(limit) is is_within


def test_counting_from_the_closing_of_a_day_counts_from_that_day(local: Local) -> None:
    calendar, closing = WorkCalendar.shipped(), local("2026-11-09 17:00")
    assert counted_from(closing, TimeLimit(2, WORKING), calendar) == local("2026-11-11 17:00")
    assert counted_from(closing, TimeLimit(2, HOUR), calendar) == local("2026-11-10 09:00")
    assert counted_from(closing, TimeLimit(0, WORKING), calendar) == local("2026-11-10 17:00")
    with pytest.raises(KnownError, match="time-limit-unknown"):
        counted_from(closing, TimeLimit(None, WORKING), calendar)


def test_counting_reads_the_moment_in_viet_nam(local: Local) -> None:
    calendar = WorkCalendar.shipped()
    early = local("2026-11-09 06:30").astimezone(dt.UTC)
    assert counted_from(early, TimeLimit(1, WORKING), calendar) == local("2026-11-10 17:00")
    assert counted_from(early, TimeLimit(1, CALENDAR), calendar) == local("2026-11-10 17:00")
    late = local("2026-11-09 15:01").astimezone(dt.UTC)
    assert counted_from(late, TimeLimit(0, WORKING), calendar) == local("2026-11-10 17:00")


def test_a_promised_moment_is_told_with_its_hour_in_viet_nam(local: Local) -> None:
    assert moment_in_words(local("2026-11-10 17:00").astimezone(dt.UTC)) == "17:00 ngày 10/11/2026"
    assert moment_in_words(local("2026-02-03 07:05")) == "07:05 ngày 03/02/2026"


def test_without_a_time_limit_the_clerk_must_name_a_date(local: Local) -> None:
    with pytest.raises(KnownError) as caught:
        due_at(local("2026-11-09 08:00"), TimeLimit(None, UNSTATED), WorkCalendar.shipped())
    assert caught.value.code == "time-limit-unknown"


def test_the_moment_is_read_in_viet_nam_wherever_the_clock_stands(local: Local) -> None:
    at_two_in_london = dt.datetime(2026, 11, 9, 2, 0, tzinfo=dt.UTC)
    limit = TimeLimit(2, HOUR)
    assert due_at(at_two_in_london, limit, WorkCalendar.shipped()).at == local("2026-11-09 11:00")


@pytest.mark.parametrize(
    ("received", "due", "forwarded"),
    [
        ("2026-11-10 15:00:59.999999", "2026-11-10 17:00", "2026-11-10 17:00"),
        ("2026-11-10 15:01:00", "2026-11-11 17:00", "2026-11-11 07:00"),
    ],
)
def test_what_the_receipt_calls_three_in_the_afternoon_is_not_after_it(
    received: str, due: str, forwarded: str, local: Local
) -> None:
    assert due_at(local(received), TimeLimit(0, WORKING), WorkCalendar.shipped()).at == local(due)
    assert forward_by(local(received), WorkCalendar.shipped()) == local(forwarded)


@pytest.mark.parametrize(
    "ask",
    [
        moment_in_words,
        lambda moment: due_at(moment, TimeLimit(1, WORKING), WorkCalendar.shipped()),
        lambda moment: counted_from(moment, TimeLimit(0, WORKING), WorkCalendar.shipped()),
        lambda moment: forward_by(moment, WorkCalendar.shipped()),
    ],
)
def test_no_clock_of_a_computer_decides_what_a_moment_without_time_zone_means(
    ask: Callable[[dt.datetime], object],
) -> None:
    with pytest.raises(BugError, match=r"^a moment without its time zone$"):
        ask(dt.datetime(2026, 11, 23, 8, 0))  # noqa: DTZ001 - the very thing that is refused


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (TimeLimit(1, UNSTATED, "1"), "1 ngày làm việc"),
        (TimeLimit(5, WORKING), "5 ngày làm việc"),
        (TimeLimit(15, CALENDAR), "15 ngày"),
        (TimeLimit(8, HOUR), "8 giờ làm việc"),
        (TimeLimit(0, WORKING), "trong ngày làm việc"),
        (TimeLimit(0, CALENDAR), "trong ngày làm việc"),
        (TimeLimit(0, UNSTATED), "trong ngày làm việc"),
        (TimeLimit(0, HOUR), "0 giờ làm việc"),
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
