# SPDX-License-Identifier: GPL-3.0-or-later
"""Appointment lists of other systems: read once, found again when the person comes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.errors import KnownError
from casework.former.values import read_moment, read_phone, read_text
from casework.guard.telephones import comparable_phone
from casework.records.appointment import Appointment
from casework.records.former_dossier import Cell, TableRow
from casework.text import NameMatch, compare_names, fold
from casework.work_calendar import VIET_NAM

_COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ma": "reference",
        "ma lich hen": "reference",
        "ngay": "day",
        "ngay hen": "day",
        "thoi gian hen": "day",
        "gio": "hour",
        "gio hen": "hour",
        "ho ten": "full_name",
        "ho va ten": "full_name",
        "dien thoai": "phone",
        "so dien thoai": "phone",
        "thu tuc": "procedure_code",
        "ma thu tuc": "procedure_code",
    }
)
"""Headings of a list, folded, and what they stand for."""

_HOUR: Final = re.compile(r"([0-9]{1,2})(?: ?(?::|h|gio) ?([0-9]{2})?(?::[0-9]{2}| ?phut)?)?")
_NEEDED: Final = frozenset({"day", "full_name"})


class LineTrouble(enum.StrEnum):
    """Why a line of a list was left out."""

    NO_NAME = "no-name"
    NO_MOMENT = "no-moment"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """A line that could not be taken.

    Attributes:
        line: Its number as the program that made the table counts.
        trouble: Why.
    """

    line: int
    trouble: LineTrouble


@dataclass(frozen=True, slots=True)
class AppointmentList:
    """What was read of a list.

    Attributes:
        appointments: By time.
        left_out: Lines that could not be taken.
    """

    appointments: tuple[Appointment, ...]
    left_out: tuple[LeftOutLine, ...]


def read_appointments(rows: Iterable[TableRow]) -> AppointmentList:
    """Read a list with headings in its first row that is not blank.

    Headings may have accents or not. The hour stands in a column of its own or with the day. A bad line is left out and
    told of; the others are taken.

    Raises:
        KnownError: ``appointment-list-columns`` when the day or the name has no column.
    """
    filled = (row for row in rows if any(read_text(cell) for cell in row.cells))
    headings = next(filled, TableRow(0, ()))
    columns = [_COLUMNS.get(fold(read_text(cell)), "") for cell in headings.cells]
    if not _NEEDED.issubset(columns):
        raise KnownError("appointment-list-columns")
    taken: dict[tuple[str, dt.datetime], Appointment] = {}
    left_out: list[LeftOutLine] = []
    for row in filled:
        read = _appointment({column: cell for column, cell in zip(columns, row.cells, strict=False) if column})
        if isinstance(read, LineTrouble):
            left_out.append(LeftOutLine(row.number, read))
        elif (key := (read.reference or fold(read.full_name), read.at)) in taken:
            left_out.append(LeftOutLine(row.number, LineTrouble.REPEATED))
        else:
            taken[key] = read
    by_time = sorted(taken.values(), key=lambda appointment: (appointment.at, appointment.full_name))
    return AppointmentList(tuple(by_time), tuple(left_out))


def appointments_of(
    appointments: Iterable[Appointment], full_name: str, phone: str, day: dt.date
) -> tuple[Appointment, ...]:
    """Find the appointments of somebody who has just come, not used yet, the next one first.

    The phone number decides where both sides have one that can be compared; else the name does, accents aside.
    """
    return tuple(
        sorted(
            (
                appointment
                for appointment in appointments
                if appointment.ticket_id is None
                and appointment.at.astimezone(VIET_NAM).date() == day
                and _is_hers(appointment, full_name, phone)
            ),
            key=lambda appointment: appointment.at,
        )
    )


def with_ticket(appointment: Appointment, ticket_id: str) -> Appointment:
    """Give the appointment of somebody who came and holds a queue ticket."""
    return dataclasses.replace(appointment, ticket_id=ticket_id)


def _is_hers(appointment: Appointment, full_name: str, phone: str) -> bool:
    listed, told = comparable_phone(appointment.phone), comparable_phone(phone)
    if listed and told:
        return listed == told
    return compare_names(appointment.full_name, full_name) is not NameMatch.MISMATCH


def _appointment(cells: Mapping[str, Cell]) -> Appointment | LineTrouble:
    full_name = read_text(cells.get("full_name"))
    if not full_name:
        return LineTrouble.NO_NAME
    at = _moment(cells.get("day"), read_text(cells.get("hour")))
    if at is None:
        return LineTrouble.NO_MOMENT
    return Appointment(
        reference=read_text(cells.get("reference")),
        at=at,
        full_name=full_name,
        phone=read_phone(cells.get("phone")).text,
        procedure_code=read_text(cells.get("procedure_code")),
    )


def _moment(day: Cell, hour: str) -> dt.datetime | None:
    read = read_moment(day)
    if read is None:
        return None
    if not hour:
        return read.at if read.has_time else None
    told = _HOUR.fullmatch(fold(hour))
    if told is None or int(told.group(1)) > 23 or int(told.group(2) or 0) > 59:
        return None
    return read.at.replace(hour=int(told.group(1)), minute=int(told.group(2) or 0), second=0, microsecond=0)
