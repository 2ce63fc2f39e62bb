# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from casework.figures.period import Period
from casework.records.citizen_reception import ReceptionSchedule
from casework.registers.announcements import notice
from casework.registers.citizen_receptions import next_reception, notice_lines, receptions
from casework.work_calendar import VIET_NAM, WorkCalendar

CALENDAR = WorkCalendar.shipped()
NOVEMBER = Period.month_of(dt.date(2026, 11, 1))
CHAIRMAN = ReceptionSchedule(
    "a", "Chủ tịch Ủy ban nhân dân xã", "Phòng tiếp công dân", 2, frozenset(), dt.time(8), dt.time(11, 30),
    dt.date(2026, 11, 10), dt.date(2026, 12, 1),
)  # fmt: skip
SECRETARY = dataclasses.replace(
    CHAIRMAN, schedule_id="b", host="Bí thư Đảng ủy xã", weekday=4, weeks=frozenset({1, 5}), opens=dt.time(14),
    closes=dt.time(16), effective_from=dt.date(2026, 1, 1), effective_to=None,
)  # fmt: skip


def test_every_day_of_the_schedule_stands_in_the_calendar_and_a_day_off_is_shown_as_one() -> None:
    # 24 November 2026, the Day of Culture, is a Tuesday; November 2026 has Thursdays 5, 12, 19 and 26.
    found = receptions([SECRETARY, CHAIRMAN], NOVEMBER, CALENDAR)
    assert [(one.schedule.schedule_id, one.begins_at.day, one.falls_out) for one in found] == [
        ("b", 5, False),
        ("a", 10, False),
        ("a", 17, False),
        ("a", 24, True),
    ]
    assert found[0].begins_at == dt.datetime(2026, 11, 5, 14, tzinfo=VIET_NAM)
    assert found[0].ends_at == dt.datetime(2026, 11, 5, 16, tzinfo=VIET_NAM)


@pytest.mark.parametrize(
    ("day", "is_on"),
    [
        (dt.date(2026, 11, 3), False),
        (dt.date(2026, 11, 10), True),
        (dt.date(2026, 11, 11), False),
        (dt.date(2026, 12, 1), True),
        (dt.date(2026, 12, 8), False),
    ],
)
def test_a_line_counts_on_its_weekday_from_its_first_to_its_last_day(day: dt.date, is_on: bool) -> None:
    assert CHAIRMAN.is_on(day) is is_on


@pytest.mark.parametrize(("day", "is_on"), [(1, True), (7, True), (8, False), (28, False), (29, True), (31, True)])
def test_weeks_are_counted_by_the_days_of_that_name(day: int, is_on: bool) -> None:
    date = dt.date(2026, 10, day)
    assert dataclasses.replace(SECRETARY, weekday=date.isoweekday()).is_on(date) is is_on


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-17 07:00", 17),
        ("2026-11-17 11:29", 17),
        ("2026-11-17 11:30", 1),  # 24 November falls out
        ("2026-12-01 11:30", None),
    ],
)
def test_the_next_reception_is_the_one_that_takes_place_and_is_not_over(now: str, day: int | None) -> None:
    moment = dt.datetime.fromisoformat(now).replace(tzinfo=VIET_NAM).astimezone(dt.UTC)
    found = next_reception([CHAIRMAN], moment, CALENDAR)
    assert (found.begins_at.day if found else None) == day


def test_the_next_one_is_looked_for_as_far_as_asked() -> None:
    now = dt.datetime(2026, 11, 6, 8, tzinfo=VIET_NAM)
    assert next_reception([CHAIRMAN], now, CALENDAR, within_days=3) is None
    assert next_reception([CHAIRMAN], now, CALENDAR, within_days=4) is not None


def test_the_calendar_can_be_put_into_a_notice() -> None:
    lines = notice_lines(receptions([CHAIRMAN], NOVEMBER, CALENDAR))
    assert lines[0] == "08:00–11:30 ngày 10/11/2026: Chủ tịch Ủy ban nhân dân xã, Phòng tiếp công dân"
    assert [line.endswith("(nghỉ, không tiếp)") for line in lines] == [False, False, True]
    assert lines[2] in notice("Lịch tiếp công dân", "\n".join(lines), "Trung tâm Hoằng Phú")
