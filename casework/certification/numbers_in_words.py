# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers and dates as Vietnamese official papers write them out."""

from __future__ import annotations

import datetime as dt
from typing import Final

from casework.errors import BugError

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_THOUSANDS: Final = ("", " nghìn", " triệu", " tỷ")
_LIMIT: Final = 1000 ** len(_THOUSANDS)


def number_in_words(number: int) -> str:
    """Write a number out, e.g. 2026 as "hai nghìn không trăm hai mươi sáu".

    Args:
        number: 0 to 999,999,999,999.

    Raises:
        BugError: When it is out of range.
    """
    if not 0 <= number < _LIMIT:
        raise BugError("a number is too large to be written out")
    if number == 0:
        return _DIGITS[0]
    words: list[str] = []
    for power in reversed(range(len(_THOUSANDS))):
        group = number // 1000**power % 1000
        if group:
            words.append(_group_in_words(group, is_first=not words) + _THOUSANDS[power])
    return " ".join(words)


def date_in_words(day: dt.date) -> str:
    """Write a date out, e.g. "ngày một tháng tư năm hai nghìn không trăm hai mươi sáu"."""
    month = "tư" if day.month == 4 else number_in_words(day.month)
    return f"ngày {number_in_words(day.day)} tháng {month} năm {number_in_words(day.year)}"


def long_date(day: dt.date) -> str:
    """Write a date as it stands beside a signature, e.g. "ngày 01 tháng 12 năm 2026"."""
    return f"ngày {day:%d} tháng {day:%m} năm {day.year}"


def _group_in_words(group: int, *, is_first: bool) -> str:
    hundreds, rest = divmod(group, 100)
    tens, unit = divmod(rest, 10)
    words = [] if is_first and not hundreds else [f"{_DIGITS[hundreds]} trăm"]
    if tens == 0 and unit and words:
        words.append("linh")
    elif tens == 1:
        words.append("mười")
    elif tens > 1:
        words.append(f"{_DIGITS[tens]} mươi")
    if unit:
        words.append(_unit_in_words(tens, unit))
    return " ".join(words)


def _unit_in_words(tens: int, unit: int) -> str:
    if unit == 1 and tens > 1:
        return "mốt"
    if unit == 5 and tens > 0:
        return "lăm"
    return _DIGITS[unit]
