# SPDX-License-Identifier: GPL-3.0-or-later
"""See and decide the working days and hours of the unit: the yearly decision as a file, hours weekday by weekday.

What is decided counts from the next sign-in; due dates that were promised before stay as they were promised.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from casework.holiday_files import HolidayFile, read_holiday_file
from casework.records.rules_in_force import CalendarDay, OpeningHours
from casework.rights import Right
from casework.work_calendar import WorkCalendar
from localdb import audit, calendar_days, opening_hours, record_hash
from localdb.connection import Connection
from workstation.desk.load_rules import load_calendar
from workstation.desk.session import DeskSession


@dataclass(frozen=True, slots=True)
class DecidedCalendar:
    """The calendar as it stands.

    Attributes:
        calendar: What due dates are counted by from the next sign-in on.
        days: What was decided here, in order; the rest ships with the program.
        hours: Hours that were written, in the order of the week; empty when the usual ones hold.
    """

    calendar: WorkCalendar
    days: tuple[CalendarDay, ...]
    hours: tuple[OpeningHours, ...]


def read_calendar(session: DeskSession) -> DecidedCalendar:
    """Give the calendar; everybody works by it.

    Raises:
        KnownError: ``not-allowed``.
    """
    session.require(Right.READ_SETTINGS)
    with session.store.reading() as connection:
        days = tuple(calendar_days.decided(connection))
        hours = tuple(opening_hours.written(connection))
    return DecidedCalendar(load_calendar(session.store), days, hours)


def import_holidays(session: DeskSession, data: bytes, *, is_announced: bool = True) -> HolidayFile:
    """Put the years of a file in the place of everything that was decided of them, single days included.

    Args:
        session: The desk.
        data: The file.
        is_announced: See ``read_holiday_file``.

    Returns:
        What the file states; when it has faults, nothing has changed.

    Raises:
        KnownError: ``not-allowed``; ``holiday-file-unreadable``; ``disk-full``.
    """
    session.require(Right.CHANGE_SETTINGS)
    file = read_holiday_file(data, is_announced=is_announced)
    if file.faults:
        return file
    with session.store.transaction() as connection:
        before = [day for day in calendar_days.decided(connection) if day.day.year in file.years]
        for day in before:
            calendar_days.remove(connection, day.day)
        now = session.clock()
        for day in file.days:
            calendar_days.put(connection, day, now)
        _note(session, connection, "calendar.imported", now, before, file.days)
    return file


def set_opening_hours(session: DeskSession, hours: Iterable[OpeningHours]) -> None:
    """Put new hours in the place of all that were written; none means the usual ones.

    Raises:
        KnownError: ``not-allowed``; ``hours-overlap``; ``disk-full``.
    """
    session.require(Right.CHANGE_SETTINGS)
    wanted = tuple(hours)
    with session.store.transaction() as connection:
        before = opening_hours.written(connection)
        opening_hours.replace(connection, wanted)
        _note(session, connection, "opening-hours.changed", session.clock(), _facts(before), _facts(wanted))


def _note(
    session: DeskSession,
    connection: Connection,
    action: str,
    at: dt.datetime,
    before: Iterable[object],
    after: Iterable[object],
) -> None:
    audit.append(
        connection,
        at=at,
        actor_id=session.clerk.clerk_id,
        action=action,
        subject_id=session.workstation.device_id,
        before_hash=record_hash.of(connection, list(before)),
        after_hash=record_hash.of(connection, list(after)),
    )


def _facts(hours: Iterable[OpeningHours]) -> list[tuple[int, str, str]]:
    """Give hours as what can be hashed, which a time of the day cannot."""
    return [(stretch.weekday, stretch.opens.isoformat(), stretch.closes.isoformat()) for stretch in hours]
