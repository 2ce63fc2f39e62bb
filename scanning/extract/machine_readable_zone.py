# SPDX-License-Identifier: GPL-3.0-or-later
"""The machine-readable zone on the back of an identity card (ICAO 9303 part 5, TD1): three lines with check digits."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from typing import Final

from scanning.extract.field import Field
from scanning.extract.found import digits_of
from scanning.extract.numbers import birth_year, is_personal_number
from scanning.extract.rows import Row, rows_of
from scanning.ocr.text import PageText

_WEIGHTS: Final = (7, 3, 1)
_LATEST_EXPIRY_YEAR: Final = 80  # two digits; 99 stands for a card without end
_OLDEST_BIRTH: Final = 1927  # two digits of a year before it are of this century
_ANGLES: Final = str.maketrans({"«": "<<", "‹": "<", "(": "<", "{": "<", "[": "<", "€": "<", "¢": "<", "≤": "<"})
_FIRST_LINE: Final = re.compile(r"[I1L|]D?[VY][NM]{1,2}(\w{9})(\w)(\w{12})")
_SECOND_LINE: Final = re.compile(r"(?<![0-9])(\w{6})(\w)([MFHN<])(\w{6})(\w)V?[NH]?M")


def machine_readable_zone(text: PageText) -> dict[str, Field]:
    """Find what the zone says of number, birth, sex and expiry: only what its check digits prove.

    Returns:
        Fields by name with confidence 1.
    """
    fields: dict[str, Field] = {}
    lines = list(_lines(text))
    for line, row in lines:
        number = _number(line)
        if number:
            fields["personal_number"] = _field("personal_number", number, row)
    for line, row in lines:
        for name, value in _dates_and_sex(line, fields.get("personal_number")):
            fields.setdefault(name, _field(name, value, row))
    return fields


def check_digit(characters: str) -> str:
    """Compute the check digit of a field (ICAO 9303 part 3, section 4.9)."""
    values = (int(each, 36) if each != "<" else 0 for each in characters)
    return str(sum(value * weight for value, weight in zip(values, itertools.cycle(_WEIGHTS), strict=False)) % 10)


def _lines(text: PageText) -> Iterator[tuple[str, Row]]:
    for row in rows_of(text):
        squeezed = "".join(word.text for word in row.words).translate(_ANGLES).upper()
        if len(squeezed) >= 20:
            yield squeezed, row


def _field(name: str, value: str, row: Row) -> Field:
    return Field(name, value, 1.0, (row.box,))


def _number(line: str) -> str:
    """Read the personal number: its last nine digits are there twice, once with a check digit."""
    for match in _FIRST_LINE.finditer(line):
        short, check, number = (digits_of(part)[0] for part in match.groups())
        if short and number and is_personal_number(number) and number.endswith(short) and check_digit(short) == check:
            return number
    return ""


def _dates_and_sex(line: str, number: Field | None) -> Iterator[tuple[str, str]]:
    for match in _SECOND_LINE.finditer(line):
        birth, birth_check, sex, expiry, expiry_check = match.groups()
        born, expires = _proved(birth, birth_check), _proved(expiry, expiry_check)
        if born:
            year = birth_year(number.value) if number else 1900 + int(born[:2])
            if number is None and year < _OLDEST_BIRTH:
                year += 100
            if year % 100 == int(born[:2]) and (date := _iso(year, born)):
                yield "birth_date", date
            if sex in "MF":
                yield "sex", "male" if sex == "M" else "female"
        if expires and int(expires[:2]) < _LATEST_EXPIRY_YEAR and (date := _iso(2000 + int(expires[:2]), expires)):
            yield "expiry_date", date


def _proved(digits: str, check: str) -> str:
    read, stated = digits_of(digits)[0], digits_of(check)[0]
    return read if read and stated and check_digit(read) == stated else ""


def _iso(year: int, digits: str) -> str:
    try:
        return dt.date(year, int(digits[2:4]), int(digits[4:6])).isoformat()
    except ValueError:
        return ""
