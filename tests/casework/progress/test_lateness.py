# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.progress.lateness import (
    DUE_SOON,
    PUNCTUALITY_WORDS,
    Punctuality,
    WorkingTime,
    early_by,
    is_due_soon,
    late_by,
    punctuality,
    standing,
    working_time,
)
from casework.records.rules_in_force import OpeningHours
from casework.work_calendar import VIET_NAM, WorkCalendar

Local = Callable[[str], dt.datetime]

SHIPPED = WorkCalendar.shipped()
TUESDAY_FIVE = "2026-11-10 17:00"


def hours(days: int, hours: int, minutes: int = 0) -> WorkingTime:
    return WorkingTime(days, hours * 60 + minutes)


@pytest.mark.parametrize(
    ("due", "at", "late"),
    [
        # Not late: before, and at the very moment.
        (TUESDAY_FIVE, "2026-11-10 16:59", hours(0, 0)),
        (TUESDAY_FIVE, "2026-11-10 17:00", hours(0, 0)),
        # Late in the evening of the same day: no open time yet.
        (TUESDAY_FIVE, "2026-11-10 17:01", hours(0, 0)),
        (TUESDAY_FIVE, "2026-11-11 07:00", hours(0, 0)),
        (TUESDAY_FIVE, "2026-11-11 07:01", hours(0, 0, 1)),
        # Half past twelve is lunch: the morning's four and a half hours.
        (TUESDAY_FIVE, "2026-11-11 12:30", hours(0, 4, 30)),
        (TUESDAY_FIVE, "2026-11-11 16:59", hours(0, 7, 59)),
        (TUESDAY_FIVE, "2026-11-11 17:00", hours(1, 0)),
        (TUESDAY_FIVE, "2026-11-11 23:00", hours(1, 0)),
        (TUESDAY_FIVE, "2026-11-13 10:00", hours(2, 3)),
        # Over the weekend nothing is added.
        (TUESDAY_FIVE, "2026-11-15 12:00", hours(3, 0)),
        (TUESDAY_FIVE, "2026-11-16 08:15", hours(3, 1, 15)),
        # 24 November is a holiday.
        ("2026-11-23 17:00", "2026-11-25 09:00", hours(0, 2)),
        ("2026-11-23 17:00", "2026-11-25 17:00", hours(1, 0)),
        # The Saturday 22 August is worked.
        ("2026-08-21 17:00", "2026-08-24 07:30", hours(1, 0, 30)),
        # A promised hour within the day: the next day at the same hour is one working day.
        ("2026-11-10 10:00", "2026-11-10 10:45", hours(0, 0, 45)),
        ("2026-11-10 10:00", "2026-11-10 14:00", hours(0, 2)),
        ("2026-11-10 10:00", "2026-11-11 09:59", hours(0, 7, 59)),
        ("2026-11-10 10:00", "2026-11-11 10:00", hours(1, 0)),
        # A moment on a day off counts as the closing before it.
        ("2026-11-14 10:00", "2026-11-16 10:00", hours(0, 3)),
        ("2026-11-14 10:00", "2026-11-16 17:00", hours(1, 0)),
    ],
)
def test_how_late_something_is_by_hand(due: str, at: str, late: WorkingTime, local: Local) -> None:
    assert late_by(local(due), local(at), SHIPPED) == late
    assert early_by(local(at), local(due), SHIPPED) == late


def test_seconds_are_dropped(local: Local) -> None:
    due = local(TUESDAY_FIVE)
    assert late_by(due, local("2026-11-11 07:01") - dt.timedelta(seconds=1), SHIPPED) == WorkingTime()
    assert late_by(due, local("2026-11-11 07:01") + dt.timedelta(seconds=59), SHIPPED) == hours(0, 0, 1)


def test_a_working_day_is_a_day_whatever_hours_the_unit_has(local: Local) -> None:
    six_hours = SHIPPED.amended([], [OpeningHours(day, dt.time(9), dt.time(15)) for day in range(1, 6)])
    assert late_by(local("2026-11-10 15:00"), local("2026-11-12 15:00"), six_hours) == hours(2, 0)
    assert late_by(local("2026-11-10 15:00"), local("2026-11-12 14:00"), six_hours) == hours(1, 5)


def test_the_clock_of_another_country_tells_the_same(local: Local) -> None:
    at = local("2026-11-13 10:00").astimezone(dt.UTC)
    assert late_by(local(TUESDAY_FIVE).astimezone(dt.UTC), at, SHIPPED) == hours(2, 3)


moments = st.integers(0, 400 * 24 * 60).map(
    lambda count: dt.datetime(2026, 1, 5, tzinfo=VIET_NAM) + dt.timedelta(minutes=count)
)


@settings(max_examples=60)
@given(moments, st.integers(0, 60 * 24 * 40), st.integers(0, 60 * 24 * 5))
def test_who_is_later_is_never_less_late(due: dt.datetime, late: int, more: int) -> None:
    first, second = (due + dt.timedelta(minutes=count) for count in (late, late + more))
    assert late_by(due, first, SHIPPED) <= late_by(due, second, SHIPPED)


@settings(max_examples=60)
@given(moments, st.integers(0, 60 * 24 * 40))
def test_working_time_is_the_open_time_in_days_of_eight_hours(start: dt.datetime, length: int) -> None:
    end = start + dt.timedelta(minutes=length)
    told = working_time(start, end, SHIPPED)
    assert dt.timedelta(hours=8) * told.days + dt.timedelta(minutes=told.minutes) == SHIPPED.open_time(start, end)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (hours(2, 3), "2 ngày 3 giờ làm việc"),
        (hours(2, 3, 5), "2 ngày 3 giờ 5 phút làm việc"),
        (hours(1, 0), "1 ngày làm việc"),
        (hours(0, 4), "4 giờ làm việc"),
        (hours(0, 0, 59), "59 phút làm việc"),
        (hours(0, 1, 0), "1 giờ làm việc"),
        (WorkingTime(), "dưới 1 phút làm việc"),
    ],
)
def test_working_time_in_words(length: WorkingTime, words: str) -> None:
    assert length.in_words() == words


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-11-09 23:59", Punctuality.EARLY),
        ("2026-11-10 00:00", Punctuality.ON_TIME),
        ("2026-11-10 17:00", Punctuality.ON_TIME),
        ("2026-11-10 17:01", Punctuality.LATE),
    ],
)
def test_early_is_the_day_before_and_late_the_minute_after(at: str, told: Punctuality, local: Local) -> None:
    assert punctuality(local(TUESDAY_FIVE), local(at)) is told
    assert punctuality(local(TUESDAY_FIVE).astimezone(dt.UTC), local(at).astimezone(dt.UTC)) is told


def test_the_control_slip_says_it_in_vietnamese() -> None:
    assert PUNCTUALITY_WORDS == {
        Punctuality.EARLY: "trước hạn",
        Punctuality.ON_TIME: "đúng hạn",
        Punctuality.LATE: "quá hạn",
    }
    assert [each.value for each in Punctuality] == ["early", "on-time", "late"]


@pytest.mark.parametrize(
    ("finished", "now", "words", "told"),
    [
        (None, "2026-11-09 16:00", "còn 1 ngày 1 giờ làm việc", Punctuality.ON_TIME),
        (None, "2026-11-10 17:00", "còn dưới 1 phút làm việc", Punctuality.ON_TIME),
        (None, "2026-11-10 17:01", "quá hạn dưới 1 phút làm việc", Punctuality.LATE),
        (None, "2026-11-13 10:00", "quá hạn 2 ngày 3 giờ làm việc", Punctuality.LATE),
        ("2026-11-09 17:00", "2026-12-01 10:00", "giải quyết xong trước hạn 1 ngày làm việc", Punctuality.EARLY),
        ("2026-11-10 16:00", "2026-12-01 10:00", "giải quyết xong đúng hạn", Punctuality.ON_TIME),
        ("2026-11-11 08:30", "2026-12-01 10:00", "giải quyết xong quá hạn 1 giờ 30 phút làm việc", Punctuality.LATE),
    ],
)
def test_a_standing_always_tells_the_promised_hour(
    finished: str | None, now: str, words: str, told: Punctuality, local: Local
) -> None:
    due = local(TUESDAY_FIVE)
    result = standing(due, local(finished) if finished else None, local(now), SHIPPED)
    assert result.in_words() == f"{words}, hẹn trả 17:00 ngày 10/11/2026"
    assert (result.punctuality, result.is_finished) == (told, finished is not None)
    assert result.is_late is (told is Punctuality.LATE)
    assert result.due_at == due


@pytest.mark.parametrize(
    ("now", "soon"),
    [
        ("2026-11-09 16:59", False),
        ("2026-11-09 17:00", True),
        ("2026-11-10 07:00", True),
        ("2026-11-10 17:00", True),
        ("2026-11-10 17:01", False),
    ],
)
def test_due_soon_is_the_last_working_day(now: str, soon: bool, local: Local) -> None:
    assert dt.timedelta(hours=8) == DUE_SOON
    assert is_due_soon(local(TUESDAY_FIVE), local(now), SHIPPED) is soon


def test_due_soon_may_be_asked_for_another_length(local: Local) -> None:
    within = dt.timedelta(hours=2)
    assert is_due_soon(local(TUESDAY_FIVE), local("2026-11-10 15:00"), SHIPPED, within)
    assert not is_due_soon(local(TUESDAY_FIVE), local("2026-11-10 14:59"), SHIPPED, within)
