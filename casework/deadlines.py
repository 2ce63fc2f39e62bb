# SPDX-License-Identifier: GPL-3.0-or-later
"""When the result is due.

The day after reception is day 1 (Bộ luật Dân sự 91/2015/QH13 Điều 147), the last day ends when the office closes, and
no result is due on a day off (Điều 148). What arrives outside opening hours counts as received at the next opening.

A bare "1" in the source means "within the day, or the next working day when it comes after 15:00": so the procedures
whose pages give it are described in words elsewhere (birth, death, marriage: "ngay trong ngày tiếp nhận; nhận hồ sơ sau
15 giờ mà không giải quyết được ngay thì trả kết quả trong ngày làm việc tiếp theo"), and of the two readings it is the
one that makes no citizen wait longer than the law. Other bare numbers count as working days. None of them is certain.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from casework.errors import KnownError
from casework.records.procedure import TimeLimit, TimeUnit
from casework.work_calendar import WorkCalendar, in_viet_nam, local_day

SAME_DAY_UNTIL: Final = dt.time(15, 0)
"""What is due within the day and arrives after this hour is due the next working day (NĐ 23/2015/NĐ-CP Điều 7).

On a day whose hours end earlier everything comes in time, and is due when that day closes. Seconds do not count: what
the receipt calls 15:00 came in time.
"""

FORWARDED_SAME_DAY_UNTIL: Final = dt.time(15, 0)
"""What is received after this hour is forwarded at the start of the next working day (NĐ 61/2018/NĐ-CP Đ18)."""

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
    at = counted_from(calendar.open_moment(received_at), limit, calendar)
    return DueDate(at, limit.is_certain and calendar.knows_years(received_at, at))


def counted_from(start: dt.datetime, limit: TimeLimit, calendar: WorkCalendar) -> dt.datetime:
    """Count a time limit from a moment of a working day that counts as that day, its closing included.

    Raises:
        KnownError: ``time-limit-unknown`` when the limit has no amount.
    """
    if limit.amount is None:
        raise KnownError("time-limit-unknown")
    if limit.unit is TimeUnit.HOUR:
        return calendar.after_open_hours(start, limit.amount)
    if is_within_the_day(limit):
        is_late_in_the_day = _minute_of_day(start) > SAME_DAY_UNTIL
        return calendar.closing(calendar.after_working_days(local_day(start), int(is_late_in_the_day)))
    if limit.unit is TimeUnit.CALENDAR_DAY:
        last = local_day(start) + dt.timedelta(days=limit.amount)
        return calendar.closing(calendar.working_day_on_or_after(last))
    return calendar.closing(calendar.after_working_days(local_day(start), limit.amount))


def is_within_the_day(limit: TimeLimit) -> bool:
    """Whether the result is due on the day of reception: no day at all, or a bare "1" (see the module)."""
    match limit.unit:
        case TimeUnit.HOUR:
            return False
        case TimeUnit.UNSTATED:
            return limit.amount in (0, 1)
        case _:
            return limit.amount == 0


def forward_by(received_at: dt.datetime, calendar: WorkCalendar) -> dt.datetime:
    """Give until when a dossier is forwarded to whoever decides (NĐ 61/2018/NĐ-CP Đ18).

    The same working day until it closes; what came after 15:00, at the start of the next working day. What came on a
    day off or before the office opened counts as received at the opening.
    """
    local = in_viet_nam(received_at)
    if calendar.is_working_day(local.date()) and _minute_of_day(local) > FORWARDED_SAME_DAY_UNTIL:
        return calendar.opening(calendar.next_working_day(local.date()))
    return calendar.closing(calendar.open_moment(local).date())


def limit_in_words(limit: TimeLimit) -> str:
    """Write a time limit as it is printed on the receipt; empty when it is unknown."""
    if limit.amount is None:
        return ""
    if limit.amount == 0 and limit.unit is not TimeUnit.HOUR:
        return "trong ngày làm việc"
    return f"{limit.amount} {_UNIT_WORDS[limit.unit]}"


def moment_in_words(moment: dt.datetime) -> str:
    """Write a promised moment with its hour and day, as every slip states it: "17:00 ngày 10/11/2026"."""
    local = in_viet_nam(moment)
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"


def _minute_of_day(moment: dt.datetime) -> dt.time:
    return in_viet_nam(moment).time().replace(second=0, microsecond=0)
