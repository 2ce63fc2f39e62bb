# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest

from casework.errors import BugError, KnownError
from casework.work_calendar import DEFAULT_SESSIONS, Session, WorkCalendar, local_day

Local = Callable[[str], dt.datetime]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-23", True),
        ("2026-11-22", False),
        ("2026-11-24", False),
        ("2026-08-22", True),
        ("2026-08-29", False),
        ("2026-08-31", False),
        ("2026-02-13", True),
        ("2026-02-16", False),
        ("2026-02-20", False),
        ("2026-02-23", True),
        ("2026-04-27", False),
        ("2027-02-04", False),
        ("2027-02-11", True),
        ("2027-05-03", False),
    ],
)
def test_the_shipped_calendar_knows_holidays_swaps_and_make_up_days(day: str, works: bool) -> None:
    assert WorkCalendar.shipped().is_working_day(dt.date.fromisoformat(day)) is works


def test_only_announced_years_are_certain() -> None:
    assert WorkCalendar.shipped().announced_years == {2026}


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2026-11-23 06:15", "2026-11-23 07:00"),
        ("2026-11-23 07:00", "2026-11-23 07:00"),
        ("2026-11-23 09:30", "2026-11-23 09:30"),
        ("2026-11-23 11:30", "2026-11-23 13:30"),
        ("2026-11-23 12:10", "2026-11-23 13:30"),
        ("2026-11-23 16:59", "2026-11-23 16:59"),
        ("2026-11-23 17:00", "2026-11-25 07:00"),
        ("2026-11-21 09:00", "2026-11-23 07:00"),
        ("2026-08-22 09:00", "2026-08-22 09:00"),
    ],
)
def test_a_moment_outside_opening_hours_counts_as_the_next_opening(moment: str, opened: str, local: Local) -> None:
    assert WorkCalendar.shipped().open_moment(local(moment)) == local(opened)


def test_a_moment_of_another_time_zone_is_the_same_moment_here() -> None:
    moment = dt.datetime(2026, 11, 23, 2, 30, tzinfo=dt.UTC)
    assert WorkCalendar.shipped().open_moment(moment).isoformat() == "2026-11-23T09:30:00+07:00"


@pytest.mark.parametrize(
    ("moment", "last"),
    [
        ("2026-11-23 06:15", "2026-11-20 17:00"),
        ("2026-11-23 07:00", "2026-11-20 17:00"),
        ("2026-11-23 07:01", "2026-11-23 07:01"),
        ("2026-11-23 11:30", "2026-11-23 11:30"),
        ("2026-11-23 12:10", "2026-11-23 11:30"),
        ("2026-11-23 13:30", "2026-11-23 11:30"),
        ("2026-11-23 13:31", "2026-11-23 13:31"),
        ("2026-11-23 17:00", "2026-11-23 17:00"),
        ("2026-11-23 17:01", "2026-11-23 17:00"),
        ("2026-11-25 06:59", "2026-11-23 17:00"),
        ("2026-08-23 09:00", "2026-08-22 17:00"),
    ],
)
def test_a_moment_outside_opening_hours_is_after_the_last_closing(moment: str, last: str, local: Local) -> None:
    assert WorkCalendar.shipped().last_open_moment(local(moment)) == local(last)
    assert WorkCalendar.shipped().last_open_moment(local(moment).astimezone(dt.UTC)) == local(last)


@pytest.mark.parametrize(
    ("moment", "within"),
    [
        ("2026-11-23 06:59", False),
        ("2026-11-23 07:00", True),
        ("2026-11-23 11:30", True),
        ("2026-11-23 11:31", False),
        ("2026-11-23 13:29", False),
        ("2026-11-23 13:30", True),
        ("2026-11-23 17:00", True),
        ("2026-11-23 17:01", False),
        ("2026-11-24 09:00", False),
    ],
)
def test_opening_and_closing_time_are_within_the_hours(moment: str, within: bool, local: Local) -> None:
    assert WorkCalendar.shipped().is_within_hours(local(moment)) is within


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-23 08:00", "2026-11-23 08:00", 0),
        ("2026-11-23 09:00", "2026-11-23 08:00", 0),
        ("2026-11-25 09:00", "2026-11-23 08:00", 0),
        ("2026-11-23 08:00", "2026-11-23 08:01", 1),
        ("2026-11-23 06:00", "2026-11-23 18:00", 480),
        ("2026-11-23 11:00", "2026-11-23 14:00", 60),
        ("2026-11-23 11:30", "2026-11-23 13:30", 0),
        ("2026-11-23 17:00", "2026-11-25 07:00", 0),
        ("2026-11-23 16:00", "2026-11-25 08:00", 120),
        ("2026-08-21 16:00", "2026-08-24 08:00", 60 + 480 + 60),
        ("2026-11-01 00:00", "2026-12-01 00:00", 20 * 480),
    ],
)
def test_open_time_leaves_lunch_evenings_and_days_off_out(start: str, end: str, minutes: int, local: Local) -> None:
    lost = dt.timedelta(minutes=minutes)
    assert WorkCalendar.shipped().open_time(local(start), local(end)) == lost
    in_utc = (local(start).astimezone(dt.UTC), local(end).astimezone(dt.UTC))
    assert WorkCalendar.shipped().open_time(*in_utc) == lost


def test_open_time_may_be_added_to_the_minute(local: Local) -> None:
    calendar = WorkCalendar.shipped()
    assert calendar.after_open_time(local("2026-11-23 16:00"), dt.timedelta(minutes=90)) == local("2026-11-25 07:30")
    assert calendar.after_open_time(local("2026-11-23 16:00"), dt.timedelta(hours=1)) == local("2026-11-23 17:00")
    assert calendar.after_open_time(local("2026-11-23 12:00"), dt.timedelta()) == local("2026-11-23 13:30")


def test_working_days_are_stepped_over_and_counted() -> None:
    calendar = WorkCalendar.shipped()
    monday, tuesday, wednesday, sunday = (dt.date(2026, 11, day) for day in (23, 24, 25, 22))
    assert calendar.next_working_day(monday) == wednesday
    assert calendar.previous_working_day(wednesday) == monday
    assert calendar.previous_working_day(tuesday) == monday
    assert calendar.previous_working_day(monday) == dt.date(2026, 11, 20)
    assert calendar.after_working_days(sunday, 0) == sunday
    assert calendar.after_working_days(sunday, 1) == monday
    assert calendar.after_working_days(sunday, 2) == wednesday
    assert calendar.working_days(sunday, monday) == 1
    assert calendar.working_days(monday, monday) == 0
    assert calendar.working_days(monday, tuesday) == 0
    assert calendar.working_days(monday, wednesday) == 1
    assert calendar.working_days(wednesday, monday) == 0
    assert calendar.working_days(dt.date(2026, 8, 21), dt.date(2026, 8, 24)) == 2


def test_the_years_of_two_moments_are_read_in_viet_nam(local: Local) -> None:
    calendar = WorkCalendar.shipped()
    assert calendar.knows_years(local("2026-01-01 00:00").astimezone(dt.UTC), local("2026-12-31 23:59"))
    assert not calendar.knows_years(local("2025-12-31 23:59"), local("2026-01-02 10:00"))
    assert not calendar.knows_years(local("2026-12-31 10:00"), local("2027-01-01 00:00").astimezone(dt.UTC))


def test_a_moment_belongs_to_its_day_in_viet_nam() -> None:
    assert local_day(dt.datetime(2026, 11, 23, 16, 59, tzinfo=dt.UTC)) == dt.date(2026, 11, 23)
    assert local_day(dt.datetime(2026, 11, 23, 17, 0, tzinfo=dt.UTC)) == dt.date(2026, 11, 24)


def file(**changes: object) -> bytes:
    year = {"source": "QĐ 1/2028", "announced": True, "days_off": {"2028-01-03": "Nghỉ bù"}, "make_up_days": {}}
    return json.dumps({"format": 1, "years": {"2028": {**year, **changes}}}).encode()


def test_a_holiday_file_of_a_later_year_can_be_imported_with_the_hours_of_the_unit() -> None:
    hours = (Session(dt.time(7, 30), dt.time(11, 30)), Session(dt.time(13, 0), dt.time(17, 0)))
    calendar = WorkCalendar.from_bytes(file(make_up_days={"2028-01-08": "Làm bù"}), hours)
    assert not calendar.is_working_day(dt.date(2028, 1, 3))
    assert calendar.is_working_day(dt.date(2028, 1, 8))
    assert calendar.sessions == hours != DEFAULT_SESSIONS
    assert calendar.announced_years == {2028}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"format": 2, "years": {}}',
        b'{"format": 1}',
        file(days_off={"2028-02-30": "x"}),
        file(days_off={"2029-01-01": "x"}),
        file(make_up_days=None),
        b'{"format": 1, "years": {"x": {"announced": true, "days_off": {}, "make_up_days": {}}}}',
    ],
)
def test_a_file_that_is_no_holiday_file_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        WorkCalendar.from_bytes(data)
    assert caught.value.code == "holiday-file-unreadable"


@pytest.mark.parametrize(
    "ask",
    [
        local_day,
        WorkCalendar.shipped().open_moment,
        WorkCalendar.shipped().last_open_moment,
        WorkCalendar.shipped().is_within_hours,
        lambda moment: WorkCalendar.shipped().open_time(moment, moment),
        lambda moment: WorkCalendar.shipped().after_open_hours(moment, 1),
        lambda moment: WorkCalendar.shipped().knows_years(moment, moment),
    ],
)
def test_a_moment_without_its_time_zone_is_our_own_fault(ask: Callable[[dt.datetime], object]) -> None:
    with pytest.raises(BugError, match=r"^a moment without its time zone$"):
        ask(dt.datetime(2026, 11, 23, 8, 0))  # noqa: DTZ001 - the very thing that is refused
