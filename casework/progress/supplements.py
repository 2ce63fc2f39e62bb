# SPDX-License-Identifier: GPL-3.0-or-later
"""What a supplement request does to the due date, and until when it may be made.

A request and a completion outside opening hours count as made at the next opening. With the request on day r and the
completion on day c, e is the number of working days (of days, for a limit in days) after r up to and with c. Then

- ``RESTART`` counts the whole limit anew from c;
- ``RESUME_REMAINING`` moves the due date on by e: what was left after r is counted from c, whose next day is day 1;
- ``PAUSE`` moves it on by e - 1, but not back: only the days in between stood still, r and c are days of work. So a
  system in use counts: former due date, and the days gone by, less one.

A limit in hours moves on by the time that the office was open in between, for both. Neither takes longer than counting
anew. Late stays late: who was late at the request is as late after the completion, except that a restart is a restart.
And who was in time at the request is in time at the completion: nothing is promised for a day before c, although the
count alone would do so when the last day of the limit came before it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from casework.deadlines import DueDate, counted_from, due_at, is_within_the_day
from casework.errors import BugError
from casework.records.procedure import TimeLimit, TimeUnit
from casework.records.supplement import Supplement, SupplementMode
from casework.work_calendar import WorkCalendar

DEFAULT_MODE: Final = SupplementMode.RESTART
"""NĐ 61/2018/NĐ-CP Đ19.4; whether NĐ 118/2025 says the same is not verified."""

REQUEST_WITHIN: Final = TimeLimit(3, TimeUnit.WORKING_DAY, legal_basis="NĐ 61/2018/NĐ-CP Đ19.4")
"""Until when an appraisal that finds gaps sends the dossier back, where the law of the sector says nothing else."""


def request_by(received_at: dt.datetime, calendar: WorkCalendar, within: TimeLimit = REQUEST_WITHIN) -> DueDate:
    """Give until when a supplement request may leave the appraisal.

    Args:
        received_at: Aware moment of reception.
        calendar: Working days and hours of the unit.
        within: What the law of the sector says, where it says anything.

    Raises:
        KnownError: ``time-limit-unknown`` when ``within`` has no amount.
    """
    return due_at(received_at, within, calendar)


def due_after_supplements(
    received_at: dt.datetime,
    limit: TimeLimit,
    supplements: Sequence[Supplement],
    mode: SupplementMode,
    calendar: WorkCalendar,
) -> DueDate | None:
    """Compute when a result is due after one supplement or several.

    Args:
        received_at: Aware moment of reception.
        limit: The time limit in force at reception.
        supplements: In order; only the last may be open.
        mode: What the rules in force say.
        calendar: Working days and hours of the unit.

    Returns:
        None while a request is open: nothing is due from the office before the dossier is complete.

    Raises:
        KnownError: ``time-limit-unknown`` when the limit has no amount.
        BugError: When the moments are not in order.
    """
    _require_order(received_at, supplements)
    at = due_at(received_at, limit, calendar).at
    last_day = _last_day(received_at, limit, calendar)
    for supplement in supplements:
        if supplement.completed_at is None:
            return None
        stopped = calendar.open_moment(supplement.requested_at)
        start = calendar.open_moment(supplement.completed_at)
        anew = counted_from(start, limit, calendar)
        if mode is SupplementMode.RESTART:
            at = anew
        elif limit.unit is TimeUnit.HOUR:
            at = min(calendar.after_open_time(at, calendar.open_time(stopped, start)), anew)
        else:
            moved = _moved_on(last_day, stopped.date(), start.date(), limit, mode, calendar)
            earliest = start.date() if supplement.requested_at <= at else moved
            last_day = min(max(moved, earliest), _last_day(start, limit, calendar))
            at = calendar.closing(calendar.working_day_on_or_after(last_day))
    return DueDate(at, limit.is_certain and calendar.knows_years(received_at, at))


def _moved_on(
    last_day: dt.date,
    stopped: dt.date,
    start: dt.date,
    limit: TimeLimit,
    mode: SupplementMode,
    calendar: WorkCalendar,
) -> dt.date:
    counts_days_off = _counts_days_off(limit)
    elapsed = (start - stopped).days if counts_days_off else calendar.working_days(stopped, start)
    count = max(elapsed - 1, 0) if mode is SupplementMode.PAUSE else elapsed
    if counts_days_off:
        return last_day + dt.timedelta(days=count)
    return calendar.after_working_days(last_day, count)


def _last_day(start: dt.datetime, limit: TimeLimit, calendar: WorkCalendar) -> dt.date:
    """Give the last day of a limit; that of a limit in days may be a day off."""
    opened = calendar.open_moment(start)
    if limit.amount is not None and _counts_days_off(limit):
        return opened.date() + dt.timedelta(days=limit.amount)
    return counted_from(opened, limit, calendar).date()


def _counts_days_off(limit: TimeLimit) -> bool:
    return limit.unit is TimeUnit.CALENDAR_DAY and not is_within_the_day(limit)


def _require_order(received_at: dt.datetime, supplements: Sequence[Supplement]) -> None:
    before: dt.datetime | None = received_at
    for supplement in supplements:
        if before is None or supplement.requested_at < before:
            raise BugError("supplements that are not in order")
        before = supplement.completed_at
        if before is not None and before < supplement.requested_at:
            raise BugError("a supplement that was complete before it was requested")
