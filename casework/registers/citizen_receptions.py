# SPDX-License-Identifier: GPL-3.0-or-later
"""The calendar of days on which the authority sees citizens in person, made from its schedule.

What falls on a day off is shown as falling out, never silently moved: whoever came for nothing would have been told by
nobody. Who sees people how often is the authority's decision under the law on receiving citizens; this only keeps it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from casework.figures.period import Period
from casework.records.citizen_reception import ReceptionSchedule
from casework.work_calendar import VIET_NAM, WorkCalendar


@dataclass(frozen=True, slots=True)
class CitizenReception:
    """One day on which somebody sees people.

    Attributes:
        schedule: By which line.
        begins_at: Aware, in Viet Nam time.
        ends_at: Aware, likewise.
        falls_out: Whether the office does not work on that day.
    """

    schedule: ReceptionSchedule
    begins_at: dt.datetime
    ends_at: dt.datetime
    falls_out: bool


def receptions(
    schedules: Iterable[ReceptionSchedule], period: Period, calendar: WorkCalendar
) -> tuple[CitizenReception, ...]:
    """Give every reception of a period in the order of time, those that fall out included."""
    lines = tuple(schedules)
    days = (period.first + dt.timedelta(days=count) for count in range((period.until - period.first).days))
    found = [
        CitizenReception(
            schedule=line,
            begins_at=dt.datetime.combine(day, line.opens, VIET_NAM),
            ends_at=dt.datetime.combine(day, line.closes, VIET_NAM),
            falls_out=not calendar.is_working_day(day),
        )
        for day in days
        for line in lines
        if line.is_on(day)
    ]
    return tuple(sorted(found, key=lambda reception: (reception.begins_at, reception.schedule.schedule_id)))


def next_reception(
    schedules: Iterable[ReceptionSchedule], now: dt.datetime, calendar: WorkCalendar, within_days: int = 62
) -> CitizenReception | None:
    """Give the next reception that takes place and is not over, or None when there is none in the days ahead."""
    today = now.astimezone(VIET_NAM).date()
    ahead = Period.between(today, today + dt.timedelta(days=within_days))
    taking_place = (one for one in receptions(schedules, ahead, calendar) if not one.falls_out)
    return next((one for one in taking_place if now < one.ends_at), None)


def notice_lines(found: Iterable[CitizenReception]) -> tuple[str, ...]:
    """Write receptions out in Vietnamese, one a line, as they are put into a notice."""
    return tuple(
        f"{one.begins_at:%H:%M}–{one.ends_at:%H:%M} ngày {one.begins_at:%d/%m/%Y}: {one.schedule.host},"
        f" {one.schedule.place}{' (nghỉ, không tiếp)' if one.falls_out else ''}"
        for one in found
    )
