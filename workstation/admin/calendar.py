# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin calendar``: days off, make-up days and opening hours of the unit."""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
from pathlib import Path

from casework.records.rules_in_force import OpeningHours
from localdb import durable_file
from workstation.admin.command import DONE, REFUSED, Command, Subcommands, add_group, add_leaf
from workstation.desk.decide_calendar import DecidedCalendar, import_holidays, read_calendar, set_opening_hours


def add_commands(commands: Subcommands[argparse.ArgumentParser]) -> None:
    """Add the group to the command line."""
    group = add_group(commands, "calendar", "ngày nghỉ và giờ làm việc / days off and opening hours")
    add_leaf(group, "show", _show, "xem ngày nghỉ và giờ làm việc / show days off and opening hours")
    imported = add_leaf(
        group, "import", _import, "nhập quyết định ngày nghỉ của năm / import the decision on the days off of a year"
    )
    imported.add_argument("file", type=Path, metavar="FILE", help="JSON, hoặc date;off|work;name;basis / JSON or table")
    imported.add_argument(
        "--forecast",
        action="store_true",
        help="bảng chưa phải quyết định chính thức / the table is not decided yet, due dates stay uncertain",
    )
    hours = add_leaf(group, "hours", _hours, "đặt giờ làm việc của cả tuần / set the opening hours of the whole week")
    hours.add_argument(
        "stretches",
        nargs="*",
        type=read_stretches,
        metavar="DAYS=HOURS",
        help="1-5=07:30-11:30,13:00-17:00 6=07:30-11:30; 1: thứ Hai, 7: Chủ nhật; không ghi gì: giờ thường dùng"
        " / 1 is Monday, 7 is Sunday; nothing: the usual hours",
    )


def read_stretches(text: str) -> tuple[OpeningHours, ...]:
    """Read "1-5=07:30-11:30,13:00-17:00".

    Raises:
        ValueError: When it is not written so.
    """
    days, _, hours = text.partition("=")
    first, _, last = days.partition("-")
    weekdays = range(int(first), int(last or first) + 1)
    if not weekdays or weekdays[0] < 1 or weekdays[-1] > 7:
        raise ValueError
    stretches = [tuple(_time(each) for each in stretch.split("-", 1)) for stretch in hours.split(",")]
    return tuple(OpeningHours(weekday, opens, closes) for weekday in weekdays for opens, closes in stretches)


def _time(text: str) -> dt.time:
    return dt.datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a time of the day


def _show(command: Command) -> int:
    with command.session() as session:
        _tell(command, read_calendar(session))
    return DONE


def _import(command: Command) -> int:
    command.require_file(command.options.file)
    with durable_file.explained():
        data = command.options.file.read_bytes()
    with command.session() as session:
        file = import_holidays(session, data, is_announced=not command.options.forecast)
    faults = [fault.in_words() for fault in file.faults]
    facts = {
        "years": sorted(file.years),
        "announced_years": sorted(file.announced_years),
        "days": len(file.days),
        "faults": [{"place": fault.place, "fault": fault.fault.value} for fault in file.faults],
    }
    command.answer(facts, faults or [f"{year}" for year in sorted(file.years)])
    return REFUSED if faults else DONE


def _hours(command: Command) -> int:
    with command.session() as session:
        set_opening_hours(session, itertools.chain.from_iterable(command.options.stretches))
        _tell(command, read_calendar(session))
    return DONE


def _tell(command: Command, decided: DecidedCalendar) -> None:
    calendar = decided.calendar
    weekly = calendar.weekly_sessions or (calendar.sessions,) * 7
    hours = {
        weekday: [f"{session.opens:%H:%M}-{session.closes:%H:%M}" for session in sessions]
        for weekday, sessions in enumerate(weekly, start=1)
        if weekday - 1 not in calendar.weekly_days_off
    }
    facts = {
        "announced_years": sorted(calendar.announced_years),
        "days_off": [day.isoformat() for day in sorted(calendar.days_off)],
        "make_up_days": [day.isoformat() for day in sorted(calendar.make_up_days)],
        "decided_here": [day.day.isoformat() for day in decided.days],
        "hours": {str(weekday): stretches for weekday, stretches in hours.items()},
    }
    lines = [f"{weekday}\t{', '.join(stretches)}" for weekday, stretches in hours.items()]
    lines += [f"{day}\toff" for day in sorted(calendar.days_off)]
    lines += [f"{day}\twork" for day in sorted(calendar.make_up_days)]
    command.answer(facts, lines)
