# SPDX-License-Identifier: GPL-3.0-or-later
"""When the office is open: hours, days off, make-up days. Everything in Viet Nam time, UTC+7 all year.

A moment without its time zone would be read by the clock of whatever computer this is, so it is a bug everywhere here.
"""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import functools
import importlib.resources
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from casework.errors import BugError, KnownError
from casework.records.rules_in_force import CalendarDay, OpeningHours

VIET_NAM: Final = dt.timezone(dt.timedelta(hours=7), "UTC+7")

_FORMAT: Final = 1
_ONE_DAY: Final = dt.timedelta(days=1)


def in_viet_nam(moment: dt.datetime) -> dt.datetime:
    """Give a moment in Viet Nam time.

    Raises:
        BugError: For a moment without its time zone.
    """
    if moment.tzinfo is None:
        raise BugError("a moment without its time zone")
    return moment.astimezone(VIET_NAM)


def local_day(moment: dt.datetime) -> dt.date:
    """Give the day that a moment belongs to in Viet Nam."""
    return in_viet_nam(moment).date()


@dataclass(frozen=True, slots=True)
class Session:
    """One stretch of opening hours within a day.

    Attributes:
        opens: Local time.
        closes: Local time, later than ``opens``.
    """

    opens: dt.time
    closes: dt.time


DEFAULT_SESSIONS: Final = (
    Session(dt.time(7, 0), dt.time(11, 30)),
    Session(dt.time(13, 30), dt.time(17, 0)),
)
"""An eight-hour day; each province sets its own hours."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working days and hours of a unit.

    Attributes:
        sessions: Opening hours of a working day, in order, not overlapping.
        weekly_sessions: Opening hours of each weekday, Monday first, where they differ; empty when they do not. A
            make-up day on a weekday without hours has ``sessions``.
        days_off: Holidays and days swapped for another.
        make_up_days: Saturdays or Sundays on which the office works.
        weekly_days_off: 0 is Monday; Saturday and Sunday by default.
        announced_years: Years whose holidays have been announced; dates in other years are not certain.
    """

    sessions: tuple[Session, ...] = DEFAULT_SESSIONS
    weekly_sessions: tuple[tuple[Session, ...], ...] = ()
    days_off: frozenset[dt.date] = frozenset()
    make_up_days: frozenset[dt.date] = frozenset()
    weekly_days_off: frozenset[int] = frozenset({5, 6})
    announced_years: frozenset[int] = frozenset()

    @classmethod
    @functools.cache
    def shipped(cls) -> WorkCalendar:
        """Give the calendar that ships with the product, with the default hours."""
        data = importlib.resources.files("casework.packs").joinpath("holidays.json").read_bytes()
        return cls.from_bytes(data)

    @classmethod
    def from_bytes(cls, data: bytes, sessions: tuple[Session, ...] = DEFAULT_SESSIONS) -> WorkCalendar:
        """Read a holiday file.

        Args:
            data: JSON: ``{"format": 1, "years": {"2026": {"source", "announced", "days_off": {date: name},
                "make_up_days": {date: name}}}}``; dates are ISO 8601.
            sessions: Opening hours of the unit.

        Raises:
            KnownError: ``holiday-file-unreadable``.
        """
        try:
            content = json.loads(data)
            if content["format"] != _FORMAT:
                raise ValueError
            years: Mapping[str, Any] = content["years"]
            return cls(
                sessions=sessions,
                days_off=_dates(years, "days_off"),
                make_up_days=_dates(years, "make_up_days"),
                announced_years=frozenset(int(year) for year, table in years.items() if table["announced"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise KnownError("holiday-file-unreadable") from None

    def amended(self, days: Iterable[CalendarDay], hours: Iterable[OpeningHours]) -> WorkCalendar:
        """Give this calendar with what was decided for one unit.

        Args:
            days: Days off and make-up days; they outrank what this calendar says of the same day. A year whose 1
                January is among the days off was decided as a whole (see ``casework.holiday_files``): nothing that this
                calendar says of it stays, and it counts as announced when that day names its decision.
            hours: Opening hours of the week, not overlapping; when there are any, a weekday without is a day off.
        """
        decided_days = tuple(days)
        new_years = [decided for decided in decided_days if _is_new_year(decided)]
        whole_years = {decided.day.year for decided in new_years}
        off = {day for day in self.days_off if day.year not in whole_years}
        make_up = {day for day in self.make_up_days if day.year not in whole_years}
        for decided in decided_days:
            (off.discard if decided.is_working else off.add)(decided.day)
            (make_up.add if decided.is_working else make_up.discard)(decided.day)
        amended = dataclasses.replace(
            self,
            days_off=frozenset(off),
            make_up_days=frozenset(make_up),
            announced_years=(self.announced_years - whole_years)
            | {decided.day.year for decided in new_years if decided.legal_basis},
        )
        stretches = sorted(hours, key=lambda stretch: (stretch.weekday, stretch.opens))
        if not stretches:
            return amended
        week = tuple(
            tuple(Session(stretch.opens, stretch.closes) for stretch in stretches if stretch.weekday == weekday)
            for weekday in range(1, 8)
        )
        return dataclasses.replace(
            amended,
            sessions=next(sessions for sessions in week if sessions),
            weekly_sessions=week,
            weekly_days_off=frozenset(weekday for weekday, sessions in enumerate(week) if not sessions),
        )

    def knows_years(self, first: dt.datetime, last: dt.datetime) -> bool:
        """Whether the holidays of every year from one moment to another have been announced."""
        years = range(in_viet_nam(first).year, in_viet_nam(last).year + 1)
        return self.announced_years.issuperset(years)

    def sessions_on(self, day: dt.date) -> tuple[Session, ...]:
        """Give the opening hours of a working day."""
        own = self.weekly_sessions[day.weekday()] if self.weekly_sessions else ()
        return own or self.sessions

    def is_working_day(self, day: dt.date) -> bool:
        """Whether the office works on a day; a make-up day outranks the weekend, a day off outranks all."""
        if day in self.days_off:
            return False
        return day in self.make_up_days or day.weekday() not in self.weekly_days_off

    def working_day_on_or_after(self, day: dt.date) -> dt.date:
        """Give the day itself, or the next working day."""
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def next_working_day(self, day: dt.date) -> dt.date:
        """Give the first working day after a day."""
        return self.working_day_on_or_after(day + _ONE_DAY)

    def previous_working_day(self, day: dt.date) -> dt.date:
        """Give the last working day before a day."""
        day -= _ONE_DAY
        while not self.is_working_day(day):
            day -= _ONE_DAY
        return day

    def after_working_days(self, day: dt.date, count: int) -> dt.date:
        """Give the day that is so many working days after a day; the day itself for 0."""
        for _ in range(count):
            day = self.next_working_day(day)
        return day

    def working_days(self, after: dt.date, until: dt.date) -> int:
        """Count the working days after one day, up to another one and with it; 0 when ``until`` is not later."""
        return sum(self.is_working_day(after + _ONE_DAY * count) for count in range(1, (until - after).days + 1))

    def opening(self, day: dt.date) -> dt.datetime:
        """Give the moment a working day opens."""
        return dt.datetime.combine(day, self.sessions_on(day)[0].opens, VIET_NAM)

    def closing(self, day: dt.date) -> dt.datetime:
        """Give the moment a working day closes."""
        return dt.datetime.combine(day, self.sessions_on(day)[-1].closes, VIET_NAM)

    def open_moment(self, moment: dt.datetime) -> dt.datetime:
        """Give the moment itself while the office is open, else the next opening (after lunch, next morning)."""
        local = in_viet_nam(moment)
        day = local.date()
        if self.is_working_day(day):
            for session in self.sessions_on(day):
                if local < dt.datetime.combine(day, session.closes, VIET_NAM):
                    return max(local, dt.datetime.combine(day, session.opens, VIET_NAM))
        return self.opening(self.next_working_day(day))

    def last_open_moment(self, moment: dt.datetime) -> dt.datetime:
        """Give the moment itself while the office is open or just closes, else the last closing before it."""
        local = in_viet_nam(moment)
        day = local.date()
        if self.is_working_day(day):
            for session in reversed(self.sessions_on(day)):
                if local > dt.datetime.combine(day, session.opens, VIET_NAM):
                    return min(local, dt.datetime.combine(day, session.closes, VIET_NAM))
        return self.closing(self.previous_working_day(day))

    def is_within_hours(self, moment: dt.datetime) -> bool:
        """Whether the office is open at a moment; opening and closing time are within its hours."""
        return moment in (self.open_moment(moment), self.last_open_moment(moment))

    def open_time(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """Give how long the office is open from one moment to another; nothing when ``end`` is not later."""
        first, last = in_viet_nam(start), in_viet_nam(end)
        total = dt.timedelta()
        day = first.date()
        while day <= last.date():
            for session in self.sessions_on(day) if self.is_working_day(day) else ():
                opens = max(first, dt.datetime.combine(day, session.opens, VIET_NAM))
                closes = min(last, dt.datetime.combine(day, session.closes, VIET_NAM))
                total += max(closes - opens, dt.timedelta())
            day += _ONE_DAY
        return total

    def after_open_hours(self, moment: dt.datetime, hours: int) -> dt.datetime:
        """Give the moment when the office has been open for some hours more; see ``after_open_time``."""
        return self.after_open_time(moment, dt.timedelta(hours=hours))

    def after_open_time(self, moment: dt.datetime, length: dt.timedelta) -> dt.datetime:
        """Give the moment when the office has been open for some time more.

        Args:
            moment: Aware start.
            length: Not negative. The result stands at the end of a session rather than at the start of the next.
        """
        left = length
        now = self.open_moment(moment)
        while left > dt.timedelta():
            closes = next(
                dt.datetime.combine(now.date(), session.closes, VIET_NAM)
                for session in self.sessions_on(now.date())
                if now < dt.datetime.combine(now.date(), session.closes, VIET_NAM)
            )
            if left <= closes - now:
                return now + left
            left -= closes - now
            now = self.open_moment(closes)
        return now


def _is_new_year(decided: CalendarDay) -> bool:
    return (decided.day.month, decided.day.day) == (1, 1) and not decided.is_working


def months_after(day: dt.date, months: int) -> dt.date:
    """Give the same day some months later, or the last day of a month that is too short for it.

    Args:
        day: The day.
        months: At least 0.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _dates(years: Mapping[str, Any], table: str) -> frozenset[dt.date]:
    dates = frozenset(dt.date.fromisoformat(day) for year in years.values() for day in year[table])
    if not {str(day.year) for day in dates} <= set(years):
        raise ValueError
    return dates
