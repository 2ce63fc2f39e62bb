# SPDX-License-Identifier: GPL-3.0-or-later
"""Read what stands in one cell of a former system's table: text, day and hour, state, channel, number of a person.

Spreadsheets damage numbers: they drop zeros at the start and round long ones to ``7.92E+10``. A number is mended only
where nothing else can have stood there, and left out where digits are gone.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from casework.errors import BugError
from casework.guard.telephones import comparable_phone
from casework.identity.identity_number import NumberDoubt, doubts_about, read_identity_number
from casework.identity.written_dates import DateProblem, read_date
from casework.records.dossier import DossierState
from casework.records.former_dossier import Cell
from casework.records.procedure import Channel
from casework.text import clean, fold
from casework.work_calendar import VIET_NAM

_SPREADSHEET_EPOCH: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - serial days have no time zone
_SERIAL_DAYS: Final = range(20_000, 80_000)
"""Spreadsheet day numbers of 1954 to 2119; other numbers are no days of a dossier."""

_EARLIEST_YEAR: Final = 1990
_LATEST_YEAR: Final = 2100
_EARLIEST_BIRTH: Final = dt.date(1880, 1, 1)
_EXACT_DIGITS: Final = 15
"""A spreadsheet keeps so many digits of a number and makes the rest zeros."""

_TIME: Final = r"(?P<hour>\d{1,2})\s*(?::|h|giờ)\s*(?P<minute>\d{2})?\s*(?:phút)?(?::(?P<second>\d{2})(?:\.\d+)?)?"
_DAY: Final = r"(?:ngày\s*)?(?P<day>\d{1,2})(?:[/.-]|\s*tháng\s*)(?P<month>\d{1,2})(?:[/.-]|\s*năm\s*)(?P<year>\d{4})"
_FORMS: Final = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"{_DAY}(?:[\s,]+{_TIME})?",
        rf"{_TIME}[\s,]+{_DAY}",
        rf"(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<short_year>\d\d)(?:[\s,]+{_TIME})?",
        rf"(?P<year>\d{{4}})[/.-](?P<month>\d{{1,2}})[/.-](?P<day>\d{{1,2}})(?:[t\s]+{_TIME}(?P<zone>z|[+-]\d\d:?\d\d)?)?",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d))?",
    )
)
_EXPONENT: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{2}", re.ASCII)
_STATES: Final[dict[str, DossierState]] = {
    words.strip(): state
    for state, spellings in {
        DossierState.REGISTERED: "moi dang ky, cho tiep nhan, moi nop, receiving, da nop",
        DossierState.RECEIVED: "duoc tiep nhan, da tiep nhan, moi tiep nhan, tiep nhan, new",
        DossierState.REFUSED: "khong duoc tiep nhan, tu choi tiep nhan, khong tiep nhan, tu choi, denied",
        DossierState.PROCESSING: "dang xu ly, dang giai quyet, dang thu ly, cho ky, trinh ky, processing",
        DossierState.SUPPLEMENT_REQUESTED: (
            "yeu cau bo sung giay to, yeu cau bo sung, cho bo sung, bo sung ho so, dang bo sung, waiting"
        ),
        DossierState.PAYMENT_REQUESTED: (
            "yeu cau thuc hien nghia vu tai chinh, cho thanh toan, cho nop phi, cho nop thue,"
            " cho thuc hien nghia vu tai chinh, paying"
        ),
        DossierState.WITHDRAWAL_REQUESTED: "cong dan yeu cau rut ho so, yeu cau rut ho so, cho rut, cancelled",
        DossierState.STOPPED: "dung xu ly, dung giai quyet, da rut, rut ho so, da huy, huy ho so, unresolved",
        DossierState.FINISHED: (
            "da xu ly xong, da co ket qua, da giai quyet, cho tra ket qua, co ket qua, chua tra ket qua, releasing"
        ),
        DossierState.RETURNED: "da tra ket qua, da tra, tra ket qua, hoan thanh, da hoan thanh, ket thuc, done",
    }.items()
    for words in spellings.split(",")
}
_IN_TIME: Final = re.compile(r"[\s(,-]*(?:dung|som|truoc|tre|qua) han\)?\.?$")
_CHANNELS: Final = {
    "1": Channel.COUNTER,
    "truc tiep": Channel.COUNTER,
    "tai quay": Channel.COUNTER,
    "nop truc tiep": Channel.COUNTER,
    "2": Channel.ONLINE,
    "truc tuyen": Channel.ONLINE,
    "qua mang": Channel.ONLINE,
    "online": Channel.ONLINE,
    "nop truc tuyen": Channel.ONLINE,
    "3": Channel.POST,
    "buu chinh": Channel.POST,
    "buu chinh cong ich": Channel.POST,
    "bcci": Channel.POST,
    "qua buu chinh": Channel.POST,
    "buu dien": Channel.POST,
}
_SEPARATORS: Final = re.compile(r"[\s.\-()]+")
_MOBILE: Final = re.compile(r"[35789]\d{8}", re.ASCII)
_LANDLINE: Final = re.compile(r"2\d{9}", re.ASCII)
_WITH_COUNTRY: Final = re.compile(r"(?:\+|00)?84\d{9,11}", re.ASCII)
_PHONE: Final = re.compile(r"0[35789]\d{8}|02\d{9}|0\d{8,9}|1[89]00\d{4,6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadMoment:
    """A moment as a table tells it.

    Attributes:
        at: Aware, in Viet Nam time unless the table names another zone; midnight when it gives no hour.
        has_time: Whether the table gives the hour.
    """

    at: dt.datetime
    has_time: bool


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number of a person or a telephone as a table tells it.

    Attributes:
        text: Digits, or what stands there; empty when it must not be used.
        zeros_restored: Whether zeros at the start were put back.
        digits_lost: Whether the spreadsheet rounded it.
        is_doubtful: Whether it has none of the forms that such a number can have.
    """

    text: str
    zeros_restored: bool = False
    digits_lost: bool = False
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class ReadBirth:
    """A date of birth as a table tells it.

    Attributes:
        day: None when it is not known to the day, or doubtful.
        is_doubtful: Whether what stands there is no possible or no certain date.
    """

    day: dt.date | None
    is_doubtful: bool = False


def read_text(cell: Cell) -> str:
    """Give a cell as text as it is stored; whole numbers without a point, days as day/month/year."""
    match cell:
        case None:
            return ""
        case dt.datetime():
            return f"{cell:%d/%m/%Y %H:%M}" if cell.time() != dt.time() else f"{cell:%d/%m/%Y}"
        case dt.date():
            return f"{cell:%d/%m/%Y}"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 10**_EXACT_DIGITS else str(cell)
        case int():
            # Python refuses to write integers of thousands of digits; no cell of a spreadsheet holds one.
            return str(cell) if abs(cell) < 10**100 else ""
        case _:
            is_plain = cell.isascii() and cell.isprintable()  # most cells; nothing of them has to be looked at
            return " ".join(cell.split()) if is_plain else clean(cell)


def is_rounded(cell: Cell) -> bool:
    """Tell whether a spreadsheet has rounded a long number, so that nobody knows its last digits."""
    if isinstance(cell, int | float):
        return abs(cell) >= 10**_EXACT_DIGITS
    text = read_text(cell)
    return _EXPONENT.fullmatch(text) is not None and _written_out(text) is None


def has_exponent(cell: Cell) -> bool:
    """Tell whether a spreadsheet has written a long number as ``7.91E+10``."""
    return isinstance(cell, str) and _EXPONENT.fullmatch(clean(cell)) is not None


def read_digits(cell: Cell) -> str:
    """Give a cell as text, with a number such as ``7.9123456789E+10`` written out where all its digits are there."""
    text = read_text(cell)
    return (_written_out(text) or text) if _EXPONENT.fullmatch(text) else text


def read_moment(cell: Cell) -> ReadMoment | None:
    """Read a day, with or without the hour; None when there is none that a dossier can have.

    Day comes before month everywhere, except where the year is first; a year of two digits is of this century. A bare
    number is the day number of a spreadsheet.
    """
    read = _moment(cell)
    return read if read and _EARLIEST_YEAR <= read.at.year <= _LATEST_YEAR else None


def read_birth_date(cell: Cell, today: dt.date) -> ReadBirth:
    """Read a date of birth in any written form; a year or a month alone is no doubt, only not a whole date."""
    if isinstance(cell, dt.date) or (isinstance(cell, int | float) and cell >= _SERIAL_DAYS.start):
        moment = _moment(cell)
        day, is_doubtful = (moment.at.date(), False) if moment else (None, True)
    else:
        written = read_date(read_text(cell), today)
        is_doubtful = written.problem not in {None, DateProblem.EMPTY} or bool(written.doubts)
        is_doubtful = is_doubtful or (
            written.year is not None and not _EARLIEST_BIRTH.year <= written.year <= today.year
        )
        day = written.date
    if day is not None and not _EARLIEST_BIRTH <= day <= today:
        is_doubtful = True
    return ReadBirth(None if is_doubtful else day, is_doubtful)


def _moment(cell: Cell) -> ReadMoment | None:
    match cell:
        case dt.datetime():
            aware = cell if cell.tzinfo else cell.replace(tzinfo=VIET_NAM)
            return ReadMoment(aware, aware.time() != dt.time())
        case dt.date():
            return ReadMoment(dt.datetime.combine(cell, dt.time(), VIET_NAM), has_time=False)
        case int() | float():
            return _serial(cell)
        case str():
            return _written(clean(cell).lower())
        case _:
            return None


def read_state(cell: Cell) -> DossierState | None:
    """Read a state by the portal's number or by the words of several systems; None for others."""
    text = fold(read_text(cell))
    if text.isascii() and text.isdigit() and len(text) <= 2:
        return DossierState(int(text)) if int(text) in set(DossierState) else None
    return _STATES.get(_IN_TIME.sub("", text).rstrip(". "))


def read_channel(cell: Cell) -> Channel | None:
    """Read how a dossier came in, by the portal's number or in words; None for others."""
    return _CHANNELS.get(fold(read_text(cell)))


def read_id_number(cell: Cell, birth_date: dt.date | None, today: dt.date) -> ReadNumber:
    """Read the number of a person's paper.

    Nine digits are the former card. Eleven are a number of twelve whose zero a spreadsheet dropped, when the zero makes
    a possible one of them. Ten may just as well be the tax code of an enterprise: they are mended only where the date
    of birth says the same.

    Args:
        cell: What stands there.
        birth_date: Of the person, or None.
        today: Nobody is born later.
    """
    if is_rounded(cell):
        return ReadNumber("", digits_lost=True)
    text = _SEPARATORS.sub("", read_digits(cell)).upper()
    if not text:
        return ReadNumber("")
    if not (text.isascii() and text.isdigit()):
        return ReadNumber(text, is_doubtful=not _is_foreign(text))
    if len(text) == 9 or (len(text) == 12 and NumberDoubt.UNKNOWN_PLACE not in _doubts(text, None, today)):
        return ReadNumber(text)
    is_certain = len(text) == 11 or (len(text) == 10 and birth_date is not None)
    if is_certain and not _doubts(text.zfill(12), birth_date, today):
        return ReadNumber(text.zfill(12), zeros_restored=True)
    return ReadNumber(text, is_doubtful=True)


def read_phone(cell: Cell) -> ReadNumber:
    """Read a telephone number as it is dialled here, without the country code.

    A zero that a spreadsheet dropped is put back where the rest is a whole number.
    """
    if is_rounded(cell):
        return ReadNumber("", digits_lost=True, is_doubtful=True)
    written = read_digits(cell)
    bare = _SEPARATORS.sub("", written)
    if _PHONE.fullmatch(bare) or not bare:
        return ReadNumber(bare)
    national = comparable_phone(bare) if _WITH_COUNTRY.fullmatch(bare) else bare
    if _MOBILE.fullmatch(national) or _LANDLINE.fullmatch(national):
        return ReadNumber(f"0{national}", zeros_restored=national == bare)
    return ReadNumber(written, is_doubtful=True)


def read_sets(cell: Cell) -> int | None:
    """Read the number of sets, 1 to 99; an empty cell is one set, None for anything else."""
    text = read_text(cell)
    if not text:
        return 1
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= 99 else None


def _written_out(text: str) -> str | None:
    """Write out ``7.9123456789E+10``; None when the form leaves out digits."""
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    exponent = number.as_tuple().exponent
    return str(int(number)) if exponent == 0 else None


def _serial(number: int | float) -> ReadMoment | None:
    if isinstance(number, int) and number > _SERIAL_DAYS.stop:
        return _written(str(number)) if number < 10**_EXACT_DIGITS else None
    if not _SERIAL_DAYS.start <= number < _SERIAL_DAYS.stop:
        return None
    moment = _SPREADSHEET_EPOCH + dt.timedelta(seconds=round(number * 86_400))
    return ReadMoment(moment.replace(tzinfo=VIET_NAM), has_time=float(number) != int(number))


def _written(text: str) -> ReadMoment | None:
    for form in _FORMS:
        match = form.fullmatch(text)
        if match is None:
            continue
        told = match.groupdict()
        try:
            moment = dt.datetime(
                int(told["year"]) if told.get("year") else 2000 + int(told["short_year"]),
                int(told["month"]),
                int(told["day"]),
                int(told["hour"] or 0),
                int(told["minute"] or 0),
                int(told["second"] or 0),
                tzinfo=_zone(told.get("zone")),
            )
        except ValueError:
            return None
        return ReadMoment(moment, has_time=told["hour"] is not None)
    serial = re.fullmatch(r"\d{5}(?:[.,]\d+)?", text, re.ASCII)
    return _serial(float(text.replace(",", "."))) if serial else None


def _zone(text: str | None) -> dt.timezone:
    if not text:
        return VIET_NAM
    if text == "z":
        return dt.UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return dt.timezone(dt.timedelta(minutes=minutes if text[0] == "+" else -minutes))


def _doubts(text: str, birth_date: dt.date | None, today: dt.date) -> tuple[NumberDoubt, ...]:
    number = read_identity_number(text)
    if number is None:
        raise BugError("asked about a number without twelve digits")
    return doubts_about(number, today, birth_date.year if birth_date else None)


def _is_foreign(text: str) -> bool:
    """Tell whether it looks like a passport: letters and digits, 6 to 15 signs."""
    return text.isascii() and text.isalnum() and 6 <= len(text) <= 15 and any(sign.isdigit() for sign in text)
