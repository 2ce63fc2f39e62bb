# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates, personal numbers and codes of documents that cannot be, and the only one that they can have been."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence, Set
from typing import Final

from scanning.extract.numbers import is_personal_number
from scanning.folding import fold
from scanning.ocr.text import Word

# What is read for a digit that was printed.
_LETTERS_FOR: Final = str.maketrans("OoQDlI|!ZSsBGgq", "000011112558699")
# Digits that are taken for each other, measured on copies and small print.
_ALIKE: Final = {
    "0": "68", "1": "7", "2": "7", "3": "85", "4": "", "5": "36", "6": "058", "7": "12", "8": "036", "9": "",
}  # fmt: skip
_DIGIT: Final = "0-9OoQDlI|!ZSsBGgq"
_DATE: Final = re.compile(rf"([{_DIGIT}]{{1,2}})/([{_DIGIT}]{{1,2}})/([{_DIGIT}]{{4}})([.,;:)]*)")
_YEARS: Final = range(1900, 2100)
_LONG_NUMBER: Final = re.compile(rf"[{_DIGIT}]{{11,13}}")
_PERSONAL_DIGITS: Final = 12
_CENTURY: Final = 3
_FEWEST_DIGITS: Final = 9
_LABELS: Final = ("DINH DANH", "CCCD", "CAN CUOC", "CMND", "TUY THAN")
_LABEL_WORDS: Final = 9
_CODE: Final = re.compile(r"\d{1,7}/(?:\d{4}/)?[0-9A-ZĐƯ]+(?:-[0-9A-ZĐƯ]+)*[.,;:)]*")
_OF_YEAR: Final = re.compile(rf"([{_DIGIT}]{{1,5}})/([{_DIGIT}]{{4}})")
# The Đ of codes whose D means nothing (NĐ 30/2020, annex III).
_CODE_PARTS: Final = {
    "QD": "QĐ", "ND": "NĐ", "HDND": "HĐND", "BLDTBXH": "BLĐTBXH", "LDTBXH": "LĐTBXH", "TLTDCC": "TLTĐCC", "DK": "ĐK",
    "CNKD": "CNKD", "HDTV": "HĐTV", "VPDK": "VPĐK", "VPDKDD": "VPĐKĐĐ", "CNDKDD": "CNĐKĐĐ", "GDDT": "GDĐT",
}  # fmt: skip


def repaired_date(words: Sequence[Word], at: int) -> str | None:
    """Give the day that a date must be when there is no such day: ``3l/12/2025``, ``12/13/1984``."""
    match = _DATE.fullmatch(words[at].text)
    if not match:
        return None
    read = "/".join(match.groups()[:3])
    digits = read.translate(_LETTERS_FOR)
    if _is_date(digits):
        return digits + match[4] if digits != read else None
    return _only(_exchanged(digits), _is_date, match[4])


def repaired_number(words: Sequence[Word], at: int, on_page: Set[str]) -> str | None:
    """Give the personal number that was printed when what was read is none.

    Args:
        words: The line.
        at: Which word of it.
        on_page: All words of the page: the same number often stands there twice.
    """
    read = words[at].text
    bare = read.rstrip(".,;:)")
    if not _LONG_NUMBER.fullmatch(bare) or sum(letter.isdigit() for letter in bare) < _FEWEST_DIGITS:
        return None
    digits, after = bare.translate(_LETTERS_FOR), read[len(bare) :]
    if is_personal_number(digits):
        return digits + after if digits != bare else None
    twins = {other for other in on_page if is_personal_number(other) and _is_nearly(digits, other)}
    if len(twins) == 1:
        return twins.pop() + after
    if twins or len(digits) != _PERSONAL_DIGITS or not _is_labelled(words, at):
        return None
    centuries = (digits[:_CENTURY] + digit + digits[_CENTURY + 1 :] for digit in _ALIKE[digits[_CENTURY]])
    return _only(centuries, is_personal_number, after)


def repaired_code(words: Sequence[Word], at: int) -> str | None:
    """Give a document's code as offices write it: ``12/QĐ-UBND`` for ``12/QD-UBND``, ``21/2023`` for ``2l/2O23``."""
    read = words[at].text
    if match := _OF_YEAR.fullmatch(read):
        digits = read.translate(_LETTERS_FOR)
        number_is_read = any(letter.isdigit() for letter in match[1])
        return digits if digits != read and number_is_read and int(digits[-4:]) in _YEARS else None
    if not _CODE.fullmatch(read):
        return None
    parts = re.split(r"([/.,;:)-])", read)
    return "".join(_CODE_PARTS.get(part, part) for part in parts)


def _is_date(text: str) -> bool:
    day, month, year = (int(part) for part in text.split("/"))
    try:
        return dt.date(year, month, day).year in _YEARS
    except ValueError:
        return False


def _exchanged(digits: str) -> Iterator[str]:
    """Give every text in which one digit is another that looks like it."""
    for at, digit in enumerate(digits):
        for other in _ALIKE.get(digit, ""):
            yield digits[:at] + other + digits[at + 1 :]


def _only(candidates: Iterator[str], is_right: Callable[[str], bool], after: str) -> str | None:
    right = {candidate for candidate in candidates if is_right(candidate)}
    return right.pop() + after if len(right) == 1 else None


def _is_nearly(read: str, number: str) -> bool:
    """Say whether a number was read with one digit wrong, missing or too many."""
    if len(read) == len(number):
        return sum(one != other for one, other in zip(read, number, strict=True)) == 1
    longer, shorter = (read, number) if len(read) > len(number) else (number, read)
    if len(longer) != len(shorter) + 1:
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _is_labelled(words: Sequence[Word], at: int) -> bool:
    before = fold(" ".join(word.text for word in words[max(0, at - _LABEL_WORDS) : at]))
    return any(label in before for label in _LABELS)
