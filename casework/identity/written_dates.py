# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates as people, papers and machines write them: "5/7/2026", "ngày 05 tháng 7 năm 2026", "sinh năm 1954".

The day always stands before the month, as everywhere in Viet Nam; "12/25/1990" is no date and not read the other way
round. Dates of the lunar calendar are told from others and never converted: the year of a lunar December is mostly the
one before. The wording of numbers and months is [K], as it is spoken.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casework.identity.number_words import read_number
from casework.text import clean, fold

EARLIEST_YEAR: Final = 1800
LATEST_YEAR: Final = 2199

_BLANK: Final = r"(?:0{1,2}|[.…_xX?*-]{1,8})"
_SEPARATOR: Final = r"\s*[/.\-]\s*"
_DAY_FIRST: Final = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}}|\d{{2}})")
_BLANKS_FIRST: Final = re.compile(
    rf"{_BLANK}\s*/\s*(?:{_BLANK}|(\d{{1,2}}))\s*/\s*(\d{{4}})|00{_SEPARATOR}(?:00|(\d{{1,2}})){_SEPARATOR}(\d{{4}})"
)
_SPACED: Final = re.compile(r"(\d{1,2}) (\d{1,2}) (\d{4})")
_SOLID: Final = re.compile(r"(\d{2})(\d{2})(\d{4})")
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_SOLID_ISO: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_YEAR: Final = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{4}})")
_YEAR: Final = re.compile(r"\d{4}")
_SHORT_YEAR: Final = re.compile(r"\d{2}")
_ENGLISH: Final = re.compile(r"(\d{1,2})[ -]([a-z]{3,9})\.?(?:/[a-z.]+)?[ ,-]+(\d{4})")
_ENGLISH_MONTH_FIRST: Final = re.compile(r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})")
_TIME_BEHIND: Final = re.compile(r"[ t,]+\d{1,2}(?::\d{2}){1,2}(?:[.,]\d+)?(?:z|[+-]\d{2}:?\d{2})?$")
_TIME_BEFORE: Final = re.compile(r"^(?:luc )?\d{1,2}(?::| ?gio ?| ?h ?)(?:\d{1,2})?(?: ?phut)?,? ?(?:ngay )?(?=\d)")
_BEFORE: Final = re.compile(
    r"^(?:(?:da )?(?:sinh|mat|tu tran|chet)|ns|sn|s\.n|nam sinh|ngay sinh|cap|ngay cap|ngay mat)\b[ :.]*"
)
_ABOUT: Final = re.compile(r"^(?:khoang|chung|uoc)\b\s*")
_LUNAR: Final = re.compile(r"\b(?:am lich|a\.?l|chap|gieng|ram|nhuan)\b|\([âa]l\)")
_CYCLE: Final = re.compile(
    r"\b(?:giap|at|binh|dinh|mau|ky|canh|tan|nham|quy) (?:ty|suu|dan|mao|meo|thin|ti|ngo|mui|than|dau|tuat|hoi)\b"
)
_GREGORIAN: Final = re.compile(r"\s*\(?\b(?:duong lich|d\.?l)\b\)?")
_BLANK_FORM: Final = re.compile(r".*?ngay[\W_]*thang[\W_]*nam[\W_]*(\d{4})")
_EARLY_DAY: Final = re.compile(r"\b(?:mung|mong)\b\s*")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Precision(enum.StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DateProblem(enum.StrEnum):
    """Why a text gives no date."""

    EMPTY = "empty"
    NOT_A_DATE = "not-a-date"
    IMPOSSIBLE = "impossible"
    LUNAR = "lunar"
    CENTURY_UNKNOWN = "century-unknown"


class DateDoubt(enum.StrEnum):
    """What somebody should look at although the date could be read."""

    TWO_DIGIT_YEAR = "two-digit-year"
    POSSIBLY_LUNAR = "possibly-lunar"
    APPROXIMATE = "approximate"


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it was written, or the reason why it is none.

    Attributes:
        written: The text, cleaned.
        year: 1800 to 2199, or None when there is a problem.
        month: 1 to 12, or None when only the year is known.
        day: 1 to 31, or None when it is not known.
        problem: Why there is no date, or None.
        doubts: What to look at.
    """

    written: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    problem: DateProblem | None = None
    doubts: tuple[DateDoubt, ...] = ()

    @property
    def precision(self) -> Precision | None:
        """How much is known; None when nothing is."""
        if self.year is None:
            return None
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def date(self) -> dt.date | None:
        """The day, when it is known."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return dt.date(self.year, self.month, self.day)

    @property
    def on_forms(self) -> str:
        """The date as forms print it: 05/07/2026, 07/2026 or 2026; empty when there is none."""
        if self.year is None:
            return ""
        parts = [f"{part:02}" for part in (self.day, self.month) if part is not None]
        return "/".join([*parts, str(self.year)])


@dataclass(frozen=True, slots=True)
class _Parts:
    day: int | None
    month: int | None
    year: int
    has_short_year: bool = False


def read_date(text: str, latest: dt.date | None = None) -> WrittenDate:
    """Read a date in any written form.

    Args:
        text: What was written, accents and case do not matter; "Thanh Hóa, ngày …" and "sinh năm …" are understood.
        latest: The last day that makes sense (today for a birth). It decides the century of a two-digit year, and such
            a date is marked; without it a two-digit year gives no date.
    """
    written = clean(text)
    plain = fold(unicodedata.normalize("NFKC", written)).lstrip(" ,;:(").rstrip(" .,;:)")
    if not plain:
        return WrittenDate(written, problem=DateProblem.EMPTY)
    plain, is_gregorian = _without(_GREGORIAN, plain)
    if not is_gregorian and (_LUNAR.search(plain) or _CYCLE.search(plain)):
        return WrittenDate(written, problem=DateProblem.LUNAR)
    if blank := _BLANK_FORM.fullmatch(plain):
        plain = blank.group(1)
    plain = _BEFORE.sub("", plain.split("ngay", 1)[-1] if _has_words(plain) else plain)
    plain, is_about = _without(_ABOUT, plain.strip(" ,:"))
    plain, is_early = _without(_EARLY_DAY, plain)
    parts = _read(_TIME_BEFORE.sub("", _TIME_BEHIND.sub("", plain)).strip(" ,"))
    if parts is None:
        return WrittenDate(written, problem=DateProblem.NOT_A_DATE)
    doubts = [DateDoubt.APPROXIMATE] if is_about else []
    doubts += [DateDoubt.POSSIBLY_LUNAR] if is_early and not is_gregorian else []
    year = parts.year
    if parts.has_short_year:
        if latest is None:
            return WrittenDate(written, problem=DateProblem.CENTURY_UNKNOWN)
        year = _full_year(parts, latest)
        doubts.append(DateDoubt.TWO_DIGIT_YEAR)
    if not _is_possible(year, parts.month, parts.day):
        return WrittenDate(written, problem=DateProblem.IMPOSSIBLE)
    return WrittenDate(written, year, parts.month, parts.day, doubts=tuple(doubts))


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, bool]:
    shorter = pattern.sub("", text)
    return shorter, shorter != text


def _has_words(text: str) -> bool:
    return "ngay" in text and ("thang" in text or re.search(r"ngay\W*\d", text) is not None)


def _full_year(parts: _Parts, latest: dt.date) -> int:
    """The latest year with these two digits in which the date is not after ``latest``."""
    year = latest.year - (latest.year - parts.year) % 100
    is_later = year == latest.year and (parts.month or 1, parts.day or 1) > (latest.month, latest.day)
    return year - 100 if is_later else year


def _is_possible(year: int, month: int | None, day: int | None) -> bool:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return False
    try:
        dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return False
    return True


def _read(text: str) -> _Parts | None:
    return _read_digits(text) or _read_words(text) or _read_english(text)


def _read_digits(text: str) -> _Parts | None:
    if match := _BLANKS_FIRST.fullmatch(text):
        month = match.group(1) or match.group(3)
        return _Parts(None, int(month) if month and int(month) else None, int(match.group(2) or match.group(4)))
    if match := _DAY_FIRST.fullmatch(text) or _SPACED.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        return _Parts(day, month, year, has_short_year=len(match.group(3)) == 2)
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
        return _Parts(day, month, year) if day else _Parts(None, month or None, year)
    if match := _SOLID.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        if EARLIEST_YEAR <= year <= LATEST_YEAR:
            return _Parts(day, month, year) if day else _Parts(None, month or None, year)
        if iso := _SOLID_ISO.fullmatch(text):
            return _Parts(int(iso.group(3)), int(iso.group(2)), int(iso.group(1)))
    if match := _MONTH_YEAR.fullmatch(text):
        return _Parts(None, int(match.group(1)), int(match.group(2)))
    if _YEAR.fullmatch(text):
        return _Parts(None, None, int(text))
    return None


def _read_words(text: str) -> _Parts | None:
    """Read "day [tháng] month [năm] year", each in digits or words."""
    if text.startswith("nam ") and "thang" not in text:
        year = _year(text.removeprefix("nam ").split())
        return _Parts(None, None, year) if year is not None else None
    before, found, after = text.partition("thang")
    if not found:
        return None
    day = None
    if re.search(r"\w", before):
        day = read_number(before.replace(",", " ").split())
        if day is None:
            return None
    return _read_month_and_year(day, re.sub(r"[,/.\-]", " ", after).split())


def _read_month_and_year(day: int | None, words: Sequence[str]) -> _Parts | None:
    """Take the only way to split the words: "năm" is both the number five and the word for year.

    "tháng năm 2026" may be a May or a form whose month was left empty, so it is none.
    """
    ways: set[_Parts] = set()
    for end in range(1, min(4, len(words))):
        month, rest = _month(words[:end]), list(words[end:])
        is_bare_five = words[:end] == ["nam"] and rest[0] != "nam"
        rest = rest[1:] if rest[0] == "nam" else rest
        year = _year(rest)
        if month is None or is_bare_five:
            continue
        if year is not None:
            ways.add(_Parts(day, month, year))
        elif day is not None and len(rest) == 1 and _SHORT_YEAR.fullmatch(rest[0]):
            ways.add(_Parts(day, month, int(rest[0]), has_short_year=True))
    return ways.pop() if len(ways) == 1 else None


def _month(words: Sequence[str]) -> int | None:
    """Read a month; digits may be an impossible one, words may not ("chín năm" is no 95)."""
    if words == ["tu"]:
        return 4
    month = read_number(words)
    return month if month is not None and (words[0].isdigit() or 1 <= month <= 12) else None


def _year(words: Sequence[str]) -> int | None:
    if len(words) == 1 and _YEAR.fullmatch(words[0]):
        return int(words[0])
    year = read_number(words)
    return year if year is not None and year >= EARLIEST_YEAR else None


def _read_english(text: str) -> _Parts | None:
    if match := _ENGLISH.fullmatch(text):
        day, name, year = match.groups()
    elif match := _ENGLISH_MONTH_FIRST.fullmatch(text):
        name, day, year = match.groups()
    else:
        return None
    return _Parts(int(day), _MONTHS.index(name[:3]) + 1, int(year)) if name[:3] in _MONTHS else None
