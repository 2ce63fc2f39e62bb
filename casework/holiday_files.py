# SPDX-License-Identifier: GPL-3.0-or-later
"""The yearly decision on days off and make-up days as a file that IT imports.

Two forms: the JSON of ``WorkCalendar.from_bytes``, and rows of a table, ``date;off|work;name;basis``, in UTF-8 with
the date as 2027-02-04 or 04/02/2027. A file states whole years and takes the place of everything known of them, so
each year has to hold the holidays of Bộ luật Lao động 45/2019/QH14 Điều 112. A file that is wrong anywhere is not used
at all; every fault is told with its place.
"""

from __future__ import annotations

import csv
import datetime as dt
import enum
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from casework.errors import KnownError
from casework.records.rules_in_force import CalendarDay

FIXED_HOLIDAYS: Final = ((1, 1), (4, 30), (5, 1), (9, 2))
"""Month and day of the holidays that fall on the same day every year (Điều 112)."""

CULTURE_DAY: Final = (11, 24)
CULTURE_DAY_SINCE: Final = 2026
"""Ngày Văn hóa Việt Nam, by the holiday table that ships; the law behind it is not verified here."""

_TET_FROM: Final = (1, 15)
_TET_UNTIL: Final = (2, 28)
_TET_DAYS: Final = 5
_HUNG_KINGS_FROM: Final = (3, 25)
_HUNG_KINGS_UNTIL: Final = (4, 29)

_COLUMNS: Final = 4
_WORKS: Final = {"off": False, "work": True}
_DATE_FORMATS: Final = ("%Y-%m-%d", "%d/%m/%Y")
_FORMAT: Final = 1
_SATURDAY: Final = 5
_MOST_BYTES: Final = 1_000_000


class HolidayFault(enum.StrEnum):
    """What is wrong with a row, or with a year."""

    COLUMNS = "columns"
    DATE = "date"
    KIND = "kind"
    NAME_MISSING = "name-missing"
    BASIS_MISSING = "basis-missing"
    TWICE = "twice"
    OTHER_YEAR = "other-year"
    MAKE_UP_ON_WEEKDAY = "make-up-on-weekday"
    HOLIDAY_MISSING = "holiday-missing"
    TET_MISSING = "tet-missing"
    HUNG_KINGS_MISSING = "hung-kings-missing"


FAULT_WORDS: Final = {
    HolidayFault.COLUMNS: "phải có đúng bốn cột: ngày;off hoặc work;tên;căn cứ",
    HolidayFault.DATE: "ngày không đọc được",
    HolidayFault.KIND: "cột thứ hai phải là off hoặc work",
    HolidayFault.NAME_MISSING: "thiếu tên ngày",
    HolidayFault.BASIS_MISSING: "thiếu căn cứ: số, ngày của văn bản",
    HolidayFault.TWICE: "ngày này đã có ở trên",
    HolidayFault.OTHER_YEAR: "ngày không thuộc năm này",
    HolidayFault.MAKE_UP_ON_WEEKDAY: "ngày làm bù phải là thứ Bảy hoặc Chủ nhật",
    HolidayFault.HOLIDAY_MISSING: "thiếu một ngày lễ cố định của năm",
    HolidayFault.TET_MISSING: "thiếu năm ngày nghỉ Tết Nguyên đán",
    HolidayFault.HUNG_KINGS_MISSING: "thiếu ngày Giỗ Tổ Hùng Vương",
}


@dataclass(frozen=True, slots=True)
class FoundFault:
    """A fault and its place.

    Attributes:
        place: "dòng 3" of a table, else the date or year as written.
        fault: What is wrong.
    """

    place: str
    fault: HolidayFault

    def in_words(self) -> str:
        """Write it as one line for who made the file."""
        return f"{self.place}: {FAULT_WORDS[self.fault]}."


@dataclass(frozen=True, slots=True)
class HolidayFile:
    """What a file states.

    Attributes:
        days: Days off and make-up days, in order; those of a year that is not announced name no decision.
        years: The years it states as a whole.
        announced_years: Those of them that were decided; dates in the others are not certain.
        faults: What is wrong, in the order of the file; a file with faults has no days and no years.
    """

    days: tuple[CalendarDay, ...]
    years: frozenset[int]
    announced_years: frozenset[int]
    faults: tuple[FoundFault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    place: str
    date: str
    kind: str
    name: str
    basis: str
    year: str = ""
    is_announced: bool = True


def read_holiday_file(data: bytes, *, is_announced: bool = True) -> HolidayFile:
    """Read a yearly decision.

    Args:
        data: The file, JSON or a table.
        is_announced: Whether the days of a table were decided; a forecast may leave its last column empty. JSON says it
            itself.

    Raises:
        KnownError: ``holiday-file-unreadable`` when it is neither, states nothing, or is too long to be one.
    """
    if len(data) > _MOST_BYTES:
        raise KnownError("holiday-file-unreadable")
    try:
        text = data.decode("utf-8-sig")
        rows = list(_json_rows(text)) if text.lstrip().startswith("{") else list(_table_rows(text, is_announced))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, csv.Error):
        raise KnownError("holiday-file-unreadable") from None
    if not rows:
        raise KnownError("holiday-file-unreadable")
    days: dict[dt.date, CalendarDay] = {}
    announced: set[int] = set()
    faults: list[FoundFault] = []
    for row in rows:
        found = list(_row_faults(row, days))
        faults += [FoundFault(row.place, fault) for fault in found]
        day = _date(row.date)
        if day is not None and not found:
            basis = row.basis.strip() if row.is_announced else ""
            days[day] = CalendarDay(day, _WORKS[row.kind], row.name.strip(), basis)
            announced |= {day.year} if row.is_announced else set()
    years = {day.year for day in days}
    if not faults:
        faults = [FoundFault(str(year), fault) for year in sorted(years) for fault in _year_faults(year, days.values())]
    if faults:
        return HolidayFile((), frozenset(), frozenset(), tuple(faults))
    return HolidayFile(tuple(days[day] for day in sorted(days)), frozenset(years), frozenset(announced))


def _table_rows(text: str, is_announced: bool) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    for cells in reader:
        stripped = [cell.strip() for cell in cells]
        if not any(stripped):
            continue
        place = f"dòng {reader.line_num}"
        if len(stripped) != _COLUMNS:
            yield _Row(place, "", "", "", "", is_announced=is_announced)
            continue
        date, kind, name, basis = stripped
        if (date, kind) != ("date", "off|work"):
            yield _Row(place, date, kind.lower(), name, basis, is_announced=is_announced)


def _json_rows(text: str) -> Iterator[_Row]:
    content = json.loads(text)
    if content["format"] != _FORMAT:
        raise ValueError
    years: dict[str, Any] = content["years"]
    for year, table in years.items():
        if not isinstance(table["announced"], bool) or not isinstance(table["source"], str):
            raise TypeError
        if not table["days_off"]:
            raise ValueError
        for kind, dates in (("off", table["days_off"]), ("work", table["make_up_days"])):
            for date, name in dates.items():
                if not isinstance(name, str):
                    raise TypeError
                yield _Row(date, date, kind, name, table["source"], year, table["announced"])


def _row_faults(row: _Row, days: dict[dt.date, CalendarDay]) -> Iterator[HolidayFault]:
    if not (row.date or row.kind or row.name or row.basis):
        yield HolidayFault.COLUMNS
        return
    day = _date(row.date)
    if day is None:
        yield HolidayFault.DATE
    elif row.year and row.year != str(day.year):
        yield HolidayFault.OTHER_YEAR
    elif day in days:
        yield HolidayFault.TWICE
    elif row.kind == "work" and day.weekday() < _SATURDAY:
        yield HolidayFault.MAKE_UP_ON_WEEKDAY
    if row.kind not in _WORKS:
        yield HolidayFault.KIND
    if not row.name.strip():
        yield HolidayFault.NAME_MISSING
    if row.is_announced and not row.basis.strip():
        yield HolidayFault.BASIS_MISSING


def _year_faults(year: int, days: Iterable[CalendarDay]) -> Iterator[HolidayFault]:
    off = Counter((day.day.month, day.day.day) for day in days if day.day.year == year and not day.is_working)
    fixed = {*FIXED_HOLIDAYS, *([CULTURE_DAY] if year >= CULTURE_DAY_SINCE else [])}
    if not fixed <= set(off):
        yield HolidayFault.HOLIDAY_MISSING
    if sum(_TET_FROM <= day <= _TET_UNTIL for day in off) < _TET_DAYS:
        yield HolidayFault.TET_MISSING
    if not any(_HUNG_KINGS_FROM <= day <= _HUNG_KINGS_UNTIL for day in off):
        yield HolidayFault.HUNG_KINGS_MISSING


def _date(text: str) -> dt.date | None:
    for form in _DATE_FORMATS:
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a date without a time
        except ValueError:
            continue
    return None
