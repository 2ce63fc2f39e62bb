# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

from casework.records.rules_in_force import CalendarDay, OpeningHours
from casework.work_calendar import DEFAULT_SESSIONS, VIET_NAM, WorkCalendar

MONDAY = dt.date(2026, 11, 23)
SATURDAY = dt.date(2026, 11, 28)
HOLIDAY = dt.date(2026, 1, 1)
WEEK = [
    *(OpeningHours(weekday, dt.time(8, 0), dt.time(12, 0)) for weekday in range(1, 7)),
    *(OpeningHours(weekday, dt.time(13, 0), dt.time(16, 0)) for weekday in range(1, 5)),
]


def at(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), VIET_NAM)


def test_nothing_decided_leaves_the_shipped_calendar() -> None:
    assert WorkCalendar.shipped().amended([], []) == WorkCalendar.shipped()


def test_a_decision_of_the_place_outranks_the_shipped_calendar() -> None:
    shipped = WorkCalendar.shipped()
    assert (shipped.is_working_day(HOLIDAY), shipped.is_working_day(MONDAY)) == (False, True)
    amended = shipped.amended(
        [
            CalendarDay(HOLIDAY, True, "Làm bù", "Thông báo 1"),
            CalendarDay(MONDAY, False, "Nghỉ bù", "Thông báo 2"),
            CalendarDay(SATURDAY, True, "Làm bù", "Thông báo 2"),
        ],
        [],
    )
    assert amended.is_working_day(HOLIDAY)
    assert not amended.is_working_day(MONDAY)
    assert amended.is_working_day(SATURDAY)
    assert amended.sessions_on(SATURDAY) == DEFAULT_SESSIONS


def test_hours_that_were_written_are_the_whole_week() -> None:
    calendar = WorkCalendar.shipped().amended([], WEEK)
    assert calendar.is_working_day(SATURDAY)
    assert not calendar.is_working_day(SATURDAY + dt.timedelta(days=1))
    assert calendar.closing(SATURDAY) == at(SATURDAY, 12)
    assert calendar.closing(MONDAY) == at(MONDAY, 16)
    assert calendar.open_moment(at(SATURDAY, 13)) == at(MONDAY + dt.timedelta(days=7), 8)


def test_a_week_has_seven_days() -> None:
    calendar = WorkCalendar.shipped().amended([], WEEK)
    assert len(calendar.weekly_sessions) == 7
    assert calendar.weekly_days_off == {6}


def test_open_hours_are_counted_by_the_hours_of_each_day() -> None:
    calendar = WorkCalendar.shipped().amended([], WEEK)
    thursday = MONDAY + dt.timedelta(days=3)
    assert calendar.after_open_hours(at(thursday, 15), 5) == at(thursday + dt.timedelta(days=1), 12)
    assert calendar.after_open_hours(at(thursday, 15), 6) == at(SATURDAY, 9)


def test_a_make_up_day_without_hours_of_its_own_has_those_of_the_first_open_day() -> None:
    sunday = SATURDAY + dt.timedelta(days=1)
    calendar = WorkCalendar.shipped().amended([CalendarDay(sunday, True, "Làm bù", "Thông báo 3")], WEEK)
    assert calendar.closing(sunday) == at(sunday, 16)
