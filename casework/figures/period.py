# SPDX-License-Identifier: GPL-3.0-or-later
"""The stretch of days that a figure is computed for: from a day on, until another day that no longer belongs to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.errors import KnownError
from casework.work_calendar import local_day, months_after

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Some days in a row, in Viet Nam.

    Attributes:
        first: First day.
        until: The day after the last one, so that periods in a row share no day and leave none out.

    Raises:
        KnownError: ``period-empty`` when ``until`` is not later than ``first``.
    """

    first: dt.date
    until: dt.date

    def __post_init__(self) -> None:
        if self.until <= self.first:
            raise KnownError("period-empty")

    @classmethod
    def day_of(cls, day: dt.date) -> Period:
        """Give the period of one day."""
        return cls(day, day + _ONE_DAY)

    @classmethod
    def week_of(cls, day: dt.date) -> Period:
        """Give the week, Monday to Sunday, that a day lies in."""
        monday = day - dt.timedelta(days=day.weekday())
        return cls(monday, monday + dt.timedelta(days=7))

    @classmethod
    def month_of(cls, day: dt.date) -> Period:
        """Give the calendar month that a day lies in."""
        first = day.replace(day=1)
        return cls(first, months_after(first, 1))

    @classmethod
    def quarter_of(cls, day: dt.date) -> Period:
        """Give the quarter of the year that a day lies in."""
        first = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
        return cls(first, months_after(first, 3))

    @classmethod
    def between(cls, first: dt.date, last: dt.date) -> Period:
        """Give the days from the first to the last, both of them included.

        Raises:
            KnownError: ``period-empty`` when the last lies before the first.
        """
        return cls(first, last + _ONE_DAY)

    @property
    def last(self) -> dt.date:
        """The last day that belongs to it."""
        return self.until - _ONE_DAY

    def contains_day(self, day: dt.date) -> bool:
        """Whether a day belongs to it."""
        return self.first <= day < self.until

    def contains(self, moment: dt.datetime) -> bool:
        """Whether an aware moment lies on one of its days, in Viet Nam."""
        return self.contains_day(local_day(moment))

    def in_words(self) -> str:
        """Name it as in the title of a report: "Quý IV/2026", "Tháng 11/2026", or its first and last day."""
        if self == Period.quarter_of(self.first):
            return f"Quý {('I', 'II', 'III', 'IV')[self.first.month // 3]}/{self.first.year}"
        if self == Period.month_of(self.first):
            return f"Tháng {self.first.month:02}/{self.first.year}"
        if self == Period.day_of(self.first):
            return f"Ngày {self.first:%d/%m/%Y}"
        return f"Từ ngày {self.first:%d/%m/%Y} đến ngày {self.last:%d/%m/%Y}"
