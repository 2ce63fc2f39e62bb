# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest

from casework.errors import KnownError
from casework.work_calendar import DEFAULT_SESSIONS, Session, WorkCalendar

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
    ],
)
def test_a_file_that_is_no_holiday_file_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        WorkCalendar.from_bytes(data)
    assert caught.value.code == "holiday-file-unreadable"
