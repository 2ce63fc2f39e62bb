# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that can be told by their structure: what does not have it is not a value, however well it was read."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

# Codes of the 63 provinces of before July 2025; the merger left them in the numbers (NĐ 137/2015 annex I, TT 59/2021).
_PROVINCES: Final = frozenset(
    {
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33,
        34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66,
        67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
    }
)  # fmt: skip
_EARLIEST_YEAR: Final = 1900
_LONGEST_NAME: Final = 7


class Kind(enum.Enum):
    """What a value looks like."""

    PERSON_NAME = enum.auto()
    PERSONAL_NUMBER = enum.auto()
    DATE = enum.auto()
    PLACE_AND_DATE = enum.auto()
    SEX = enum.auto()
    DOCUMENT_NUMBER = enum.auto()
    LAND_SERIAL = enum.auto()
    WHOLE_NUMBER = enum.auto()
    AREA = enum.auto()
    PLACE = enum.auto()


@dataclass(frozen=True, slots=True)
class Found:
    """A value inside a text.

    Attributes:
        value: In canonical form.
        start: First character of it in the text.
        end: One past its last character.
    """

    value: str
    start: int
    end: int


def find(kind: Kind, text: str) -> Found | None:
    """Find the first value of a kind.

    Args:
        kind: What to look for.
        text: Words with single spaces between them.
    """
    return _FINDERS[kind](text)


def is_personal_number(digits: str) -> bool:
    """Say whether 12 digits can be a personal number (NĐ 137/2015 Đ7): known province, people of 1900 to 2099.

    There is no check digit.
    """
    return (
        len(digits) == 12
        and digits.isascii()
        and digits.isdigit()
        and int(digits[:3]) in _PROVINCES
        and digits[3] in "0123"
    )


def birth_year(personal_number: str) -> int:
    """Give the year of birth that a personal number states."""
    return 1900 + 100 * (int(personal_number[3]) // 2) + int(personal_number[4:6])


_SLASHED_DATE: Final = re.compile(r"(?<!\d)(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})(?!\d)")
_WRITTEN_DATE: Final = re.compile(r"ng[àa]y (\d{1,2}) th[áa]ng (\d{1,2}) n[ăa]m (\d{4})(?!\d)", re.IGNORECASE)
_PLACE_AND_DATE: Final = re.compile(rf"[^\W\d_][^\d,:;]{{1,40}}, ?({_WRITTEN_DATE.pattern})\W*$", re.IGNORECASE)
_TWELVE_DIGITS: Final = re.compile(r"(?<![\d<])\d(?:[ .]?\d){11}(?![\d<])")
_DOCUMENT_NUMBER: Final = re.compile(r"\W*(\d{1,8}(?:[/-][0-9A-ZĐ][0-9A-ZĐ.&-]*)*)(?=[\s.,;]|$)")
_LAND_SERIAL: Final = re.compile(r"(?<!\S)([A-ZĐ]{1,2}) ?(\d{6}|\d{8})(?=\W*$)")
_WHOLE_NUMBER: Final = re.compile(r"(?<![\d.,])\d+(?![\d]|[.,]\d)")
_AREA: Final = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})*|\d+)(?:,(\d{1,2}))?(?= ?m)")
_NAME_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def _find_date(text: str, patterns: tuple[re.Pattern[str], ...] = (_SLASHED_DATE, _WRITTEN_DATE)) -> Found | None:
    matches = sorted((match for pattern in patterns for match in pattern.finditer(text)), key=re.Match.start)
    for match in matches:
        day, month, year = (int(part) for part in match.groups())
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        if date.year >= _EARLIEST_YEAR:
            return Found(date.isoformat(), match.start(), match.end())
    return None


def _find_place_and_date(text: str) -> Found | None:
    """Find the date of a letterhead, ``Hoằng Phú, ngày 02 tháng 10 năm 2026``, which ends its line."""
    match = _PLACE_AND_DATE.search(text)
    if match and not match.group()[0].isupper():
        return None
    found = _find_date(match.group(1), (_WRITTEN_DATE,)) if match else None
    return Found(found.value, match.start(1), match.end(1)) if match and found else None


def _find_personal_number(text: str) -> Found | None:
    for match in _TWELVE_DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if is_personal_number(digits):
            return Found(digits, match.start(), match.end())
    return None


def _find_name(text: str) -> Found | None:
    """Find two to seven words that each begin with a capital, before anything else begins."""
    words: list[re.Match[str]] = []
    position = 0
    for piece in text.split(" "):
        word = _NAME_WORD.match(piece)
        start, position = position, position + len(piece) + 1
        if not word:
            if words or any(letter.isalnum() for letter in piece):
                break
            continue  # the dots of a form before the name
        if not word.group()[0].isupper() or len(words) == _LONGEST_NAME:
            break
        words.append(_NAME_WORD.match(text, start) or word)
        if word.end() < len(piece):  # a comma ends the name
            break
    if len(words) < 2:
        return None
    value = " ".join(_as_written(word.group()) for word in words)
    return Found(value, words[0].start(), words[-1].end())


def _as_written(word: str) -> str:
    return word.capitalize() if word.isupper() else word


def _find_sex(text: str) -> Found | None:
    match = re.match(r"\W*(nam|nữ)\b", text, re.IGNORECASE)
    return Found("male" if match.group(1).lower() == "nam" else "female", *match.span(1)) if match else None


def _find_document_number(text: str) -> Found | None:
    match = _DOCUMENT_NUMBER.match(text)
    return Found(match.group(1).rstrip(".-"), *match.span(1)) if match else None


def _find_land_serial(text: str) -> Found | None:
    match = _LAND_SERIAL.search(text)
    return Found(f"{match.group(1)} {match.group(2)}", match.start(), match.end()) if match else None


def _find_whole_number(text: str) -> Found | None:
    match = _WHOLE_NUMBER.search(text)
    return Found(match.group(), *match.span()) if match else None


def _find_area(text: str) -> Found | None:
    match = _AREA.search(text)
    if not match:
        return None
    whole, decimals = match.group(1).replace(".", ""), match.group(2)
    return Found(f"{whole}.{decimals}" if decimals else whole, *match.span())


def _find_place(text: str) -> Found | None:
    stripped = text.strip(" .,;:_-…")
    if sum(letter.isalpha() for letter in stripped) < 3:
        return None
    start = text.index(stripped)
    return Found(stripped, start, start + len(stripped))


_FINDERS: Final[Mapping[Kind, Callable[[str], Found | None]]] = {
    Kind.PERSON_NAME: _find_name,
    Kind.PERSONAL_NUMBER: _find_personal_number,
    Kind.DATE: _find_date,
    Kind.PLACE_AND_DATE: _find_place_and_date,
    Kind.SEX: _find_sex,
    Kind.DOCUMENT_NUMBER: _find_document_number,
    Kind.LAND_SERIAL: _find_land_serial,
    Kind.WHOLE_NUMBER: _find_whole_number,
    Kind.AREA: _find_area,
    Kind.PLACE: _find_place,
}
