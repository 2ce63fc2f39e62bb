# SPDX-License-Identifier: GPL-3.0-or-later
"""When the result is due.

The day after reception is day 1 (Bộ luật Dân sự 91/2015/QH13 Điều 147), the last day ends when the office closes, and
no result is due on a day off (Điều 148). What arrives outside opening hours counts as received at the next opening.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from casework.errors import KnownError
from casework.records.procedure import TimeLimit, TimeUnit
from casework.work_calendar import VIET_NAM, WorkCalendar

SAME_DAY_UNTIL: Final = dt.time(15, 0)
"""What is due within the day and arrives after this hour is due the next working day (NĐ 23/2015/NĐ-CP Điều 7)."""

_UNIT_WORDS: Final = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.UNSTATED: "ngày làm việc",
    TimeUnit.CALENDAR_DAY: "ngày",
    TimeUnit.HOUR: "giờ làm việc",
}


@dataclass(frozen=True, slots=True)
class DueDate:
    """When a result is due.

    Attributes:
        at: Aware, in Viet Nam time, on a working day within opening hours.
        is_certain: False when the source states no unit (counted as working days) or when the holidays of a year in
            between have not been announced.
    """

    at: dt.datetime
    is_certain: bool


def due_at(received_at: dt.datetime, limit: TimeLimit, calendar: WorkCalendar) -> DueDate:
    """Compute when a result is due.

    Args:
        received_at: Aware moment of reception.
        limit: The time limit in force at reception.
        calendar: Working days and hours of the unit.

    Raises:
        KnownError: ``time-limit-unknown`` when the limit has no amount: the clerk must name a date.
    """
    if limit.amount is None:
        raise KnownError("time-limit-unknown")
    start = calendar.open_moment(received_at)
    if limit.unit is TimeUnit.HOUR:
        at = calendar.after_open_hours(start, limit.amount)
    elif limit.unit is TimeUnit.CALENDAR_DAY:
        last = start.date() + dt.timedelta(days=limit.amount)
        at = calendar.closing(calendar.working_day_on_or_after(last))
    else:
        at = calendar.closing(_after_working_days(start, limit.amount, calendar))
    years = range(received_at.astimezone(VIET_NAM).year, at.year + 1)
    return DueDate(at, limit.is_certain and calendar.announced_years.issuperset(years))


def limit_in_words(limit: TimeLimit) -> str:
    """Write a time limit as it is printed on the receipt; empty when it is unknown."""
    if limit.amount is None:
        return ""
    if limit.amount == 0 and limit.unit is not TimeUnit.HOUR:
        return "trong ngày làm việc"
    return f"{limit.amount} {_UNIT_WORDS[limit.unit]}"


def _after_working_days(start: dt.datetime, amount: int, calendar: WorkCalendar) -> dt.date:
    day = start.date()
    if amount == 0 and start.time() > SAME_DAY_UNTIL:
        return calendar.next_working_day(day)
    for _ in range(amount):
        day = calendar.next_working_day(day)
    return day
