# SPDX-License-Identifier: GPL-3.0-or-later
"""How a dossier stands against its due date: early, on time, late, and by how much, always with the promised hour.

Time is told in working days, hours and minutes. A working day is over when the same hour of the next one has come, so
that offices with other hours than eight count right; the rest is time that the office was open. Late is a property of
the deadline alone: nothing may be refused because it is late.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Final

from casework.deadlines import moment_in_words
from casework.work_calendar import WorkCalendar, in_viet_nam, local_day

DUE_SOON: Final = dt.timedelta(hours=8)
"""Open time before the due date from which on a dossier is due soon: one working day of eight hours."""

_MINUTE: Final = dt.timedelta(minutes=1)


class Punctuality(enum.StrEnum):
    """How something done compares with its due date (the column of the control slip)."""

    EARLY = "early"
    ON_TIME = "on-time"
    LATE = "late"


PUNCTUALITY_WORDS: Final = {
    Punctuality.EARLY: "trước hạn",
    Punctuality.ON_TIME: "đúng hạn",
    Punctuality.LATE: "quá hạn",
}


@dataclass(frozen=True, slots=True, order=True)
class WorkingTime:
    """A length of working time.

    Attributes:
        days: Whole working days.
        minutes: Minutes of open time beyond them, seconds dropped.
    """

    days: int = 0
    minutes: int = 0

    def in_words(self) -> str:
        """Write it as "2 ngày 3 giờ 5 phút làm việc"; less than a minute is said so."""
        hours, minutes = divmod(self.minutes, 60)
        parts = [f"{count} {unit}" for count, unit in ((self.days, "ngày"), (hours, "giờ"), (minutes, "phút")) if count]
        return f"{' '.join(parts) or 'dưới 1 phút'} làm việc"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a dossier stands.

    Attributes:
        due_at: The promised moment.
        punctuality: Of an open dossier, whether it is late already; one that is not is ``ON_TIME``.
        difference: Working time from the due date, or to it.
        is_finished: Whether the office has done its work.
    """

    due_at: dt.datetime
    punctuality: Punctuality
    difference: WorkingTime
    is_finished: bool

    @property
    def is_late(self) -> bool:
        """Whether the promised moment has passed, or had when it was finished."""
        return self.punctuality is Punctuality.LATE

    def in_words(self) -> str:
        """Write it as "quá hạn 2 ngày 3 giờ làm việc, hẹn trả 17:00 ngày 10/11/2026"."""
        promised = f"hẹn trả {moment_in_words(self.due_at)}"
        if not self.is_finished and not self.is_late:
            return f"còn {self.difference.in_words()}, {promised}"
        told = PUNCTUALITY_WORDS[self.punctuality]
        if self.punctuality is not Punctuality.ON_TIME:
            told = f"{told} {self.difference.in_words()}"
        return f"{'giải quyết xong ' if self.is_finished else ''}{told}, {promised}"


def late_by(due_at: dt.datetime, at: dt.datetime, calendar: WorkCalendar) -> WorkingTime:
    """Give by how much working time a moment is later than the due date; nothing when it is not."""
    return working_time(due_at, at, calendar)


def early_by(due_at: dt.datetime, at: dt.datetime, calendar: WorkCalendar) -> WorkingTime:
    """Give how much working time is left from a moment to the due date; nothing when there is none."""
    return working_time(at, due_at, calendar)


def working_time(start: dt.datetime, end: dt.datetime, calendar: WorkCalendar) -> WorkingTime:
    """Give the working time from one moment to another; nothing when ``end`` is not later."""
    if end <= start:
        return WorkingTime()
    now = calendar.last_open_moment(start)
    last = in_viet_nam(end)
    days = 0
    while (later := _same_hour(calendar.next_working_day(now.date()), now)) <= last:
        now = later
        days += 1
    return WorkingTime(days, calendar.open_time(now, last) // _MINUTE)


def punctuality(due_at: dt.datetime, at: dt.datetime) -> Punctuality:
    """Tell how something done at a moment compares with its due date.

    On time is the promised day until the promised moment, early any day before.
    """
    if at > due_at:
        return Punctuality.LATE
    return Punctuality.ON_TIME if local_day(at) == local_day(due_at) else Punctuality.EARLY


def standing(
    due_at: dt.datetime, finished_at: dt.datetime | None, now: dt.datetime, calendar: WorkCalendar
) -> Standing:
    """Tell how a dossier stands.

    Args:
        due_at: The promised moment.
        finished_at: When the result was there; None while the office works at it.
        now: The present moment; without meaning once it is finished.
        calendar: Working days and hours of the office.
    """
    at = now if finished_at is None else finished_at
    told = punctuality(due_at, at)
    if finished_at is None and told is Punctuality.EARLY:
        told = Punctuality.ON_TIME
    difference = late_by(due_at, at, calendar) if told is Punctuality.LATE else early_by(due_at, at, calendar)
    return Standing(due_at, told, difference, finished_at is not None)


def is_due_soon(due_at: dt.datetime, now: dt.datetime, calendar: WorkCalendar, within: dt.timedelta = DUE_SOON) -> bool:
    """Whether an open dossier is not late yet and has at most so much open time left."""
    return now <= due_at and calendar.open_time(now, due_at) <= within


def _same_hour(day: dt.date, moment: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(day, moment.time(), moment.tzinfo)
