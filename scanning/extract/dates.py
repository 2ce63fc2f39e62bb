# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates as papers print them: with strokes, with words between the numbers, and all in words as a cross-check."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

from scanning.extract.found import DIGITLIKE, REPAIRED, Found, digits_of
from scanning.folding import fold

_EARLIEST_YEAR: Final = 1900
_LATEST_YEAR: Final = 2049
_LATEST_EXPIRY: Final = 2099
_IN_WORDS_ALONE: Final = 0.85
_MISSING_STROKE: Final = 0.5  # "12110/2026" is 12/10/2026, if it is a date at all

_GAP: Final = r"[ ._…:\-–]{0,12}"
_MONTH: Final = rf"({DIGITLIKE}{{1,2}}|[HTIÌÍỈlt|1]{{1,2}}|HI|TH[ÌÍỊI])"
_ELEVEN: Final = re.compile(r"(?=.*[^1])(?:[HTIÌÍỈlt|1]{1,2}|HI|TH[ÌÍỊI])")
"""Two strokes that became one letter or two: no other month looks like it."""
_NUMBER: Final = rf"({DIGITLIKE}{{1,2}})"
_YEAR: Final = rf"({DIGITLIKE}{{4}})(?![0-9])"
_SLASHED: Final = re.compile(rf"(?<![\w/]){_NUMBER} ?[/.-] ?{_NUMBER} ?[/.-] ?{_YEAR}")
_WRITTEN: Final = re.compile(
    rf"(?:ng[àa]y|sinh|^\W*){_GAP}{_NUMBER},?{_GAP}th[áaắ]ng{_GAP}{_MONTH},?{_GAP}n[ăa]m{_GAP}{_YEAR}", re.IGNORECASE
)
_SPACED: Final = re.compile(r"(?<!\d)(\d ?\d) ?[/|] ?(\d ?\d) ?[/|] ?(\d ?\d ?\d ?\d)(?!\d)")
_DIGITS_ALONE: Final = re.compile(r"(?<!\S)(\d) ?(\d) (\d) ?(\d) (\d) ?(\d) ?(\d) ?(\d)(?!\S)")
_WITHOUT_STROKE: Final = re.compile(r"(?<!\d)(\d{2})[/1l|I](\d{2})[/1l|I](\d{4})(?!\d)")
_ONE_STROKE: Final = re.compile(r"(?<![\w/.-])(\d{2})(?:[/.-](\d{2})|(\d{2})[/.-])(\d{4})(?!\d)")
_DAY: Final = rf"ng[àa]y{_GAP}{_NUMBER},?{_GAP}th[áaắ]ng{_GAP}{_MONTH},?{_GAP}n[ăa]m{_GAP}{_YEAR}"
_PLACE_AND_DATE: Final = re.compile(rf"[^\W\d_][^\d,:;]{{1,60}}[,.] ?({_DAY})\W*$", re.IGNORECASE)
_PLACE_AND_SLASHED: Final = re.compile(rf"[^\W\d_][^\d,:;]{{1,60}}, ?ng[àa]y ({_SLASHED.pattern})\W*$", re.IGNORECASE)
_LEADING_IN: Final = (
    r"hôm nay,?|(?:lập|làm|ký|viết|giao kết)? ?tại [^\d;:]{2,80}[,.]|vào|(?<!đăng )(?:lập|ký|làm|viết)(?: vào)?|"
    r"hiệu lực (?:kể )?từ"
)
_TODAY: Final = re.compile(rf"(?:{_LEADING_IN}) ?({_DAY}|ng[àa]y:? ?{_SLASHED.pattern})", re.IGNORECASE)
_IN_SENTENCE: Final = re.compile(rf"^ngày [^\d]{{10,90}}\(({_SLASHED.pattern})\)", re.IGNORECASE)
_ALONE: Final = re.compile(rf"\W*({_DAY})\W*", re.IGNORECASE)
_SLASHED_ALONE: Final = re.compile(rf"\W*ngày:? ?({_SLASHED.pattern})\W*", re.IGNORECASE)

_NO_TOWN: Final = re.compile(r"\b(?:CUC|CAP|CONG AN|LUAT|NGHI DINH|THONG TU|QLHC|TTXH|SINH|CHET|QUYET DINH|BAN AN)\b")


def find_date(text: str) -> Found | None:
    """Find the first day of the calendar, of 1900 to 2049: nothing that happened is later."""
    return _first(found for found in _dates(text) if int(found.value[:4]) <= _LATEST_YEAR)


def find_expiry(text: str) -> Found | None:
    """Find the first day, up to 2099."""
    return _first(_dates(text))


def _first(dates: Iterable[Found]) -> Found | None:
    candidates = sorted(dates, key=lambda found: (-found.certainty, found.start))
    return candidates[0] if candidates else None


def find_written_on(text: str) -> Found | None:
    """Find the date of a paper at the end of a line: ``Hoằng Phú, ngày 02 tháng 10 năm 2026``."""
    match = _PLACE_AND_DATE.search(text) or _PLACE_AND_SLASHED.search(text)
    if match is None or not match.group()[0].isupper() or _NO_TOWN.search(fold(match.group())):
        return None
    return _found(match.groups()[1:], match.start(1), match.end(1), latest=_LATEST_YEAR)


def find_day_of_signing(text: str) -> Found | None:
    """Find the date in a sentence of a contract: ``Hôm nay, ngày 21 tháng 7 năm 2022, tại …``."""
    match = _TODAY.search(text) or _IN_SENTENCE.search(text)
    if match is None:
        return None
    return _found([part for part in match.groups()[1:] if part], match.start(1), match.end(1), latest=_LATEST_YEAR)


def find_date_alone(text: str) -> Found | None:
    """Find a date that is all of a line: ``……, ngày 05 tháng 3 năm 2025``."""
    match = _ALONE.fullmatch(text) or _SLASHED_ALONE.fullmatch(text)
    return _found(match.groups()[1:], match.start(1), match.end(1), latest=_LATEST_YEAR) if match else None


def dates_in_words(text: str) -> frozenset[str]:
    """Read all dates written out: ``Ngày mười hai, tháng mười, năm hai nghìn không trăm hai mươi sáu``.

    Returns:
        In canonical form.
    """
    days = map(_day_in_words, _IN_WORDS.finditer(fold(text)))
    return frozenset(day for day in days if day)


def _day_in_words(match: re.Match[str]) -> str:
    day, month, year = (_number(group.split()) for group in match.groups())
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _dates(text: str) -> Iterator[Found]:
    for pattern in (_SLASHED, _WRITTEN):
        for match in pattern.finditer(text):
            if found := _found(match.groups(), match.start(), match.end()):
                yield found
    for match in _SPACED.finditer(text):
        parts = [part.replace(" ", "") for part in match.groups()]
        if found := _found(parts, match.start(), match.end()):
            yield found
    for match in _DIGITS_ALONE.finditer(text):
        digits = "".join(match.groups())
        if found := _found((digits[:2], digits[2:4], digits[4:]), match.start(), match.end(), _MISSING_STROKE):
            yield found
    for match in _ONE_STROKE.finditer(text):
        parts = [part for part in match.groups() if part]
        if found := _found(parts, match.start(), match.end(), REPAIRED):
            yield found
    for match in _WITHOUT_STROKE.finditer(text):
        if found := _found(match.groups(), match.start(), match.end(), _MISSING_STROKE):
            yield found
    folded = fold(text)
    for match in _IN_WORDS.finditer(folded):
        # "…, năm hai nghìn" at the end of a line goes on in the next one.
        if (day := _day_in_words(match)) and not (match.end() == len(folded) and day.startswith("2000")):
            yield Found(day, 0, len(text), _IN_WORDS_ALONE)  # where it stands in the folded text does not tell


def _found(
    parts: Sequence[str], start: int, end: int, certainty: float = 1.0, latest: int = _LATEST_EXPIRY
) -> Found | None:
    day_, month_, year_ = parts
    is_eleven = _ELEVEN.fullmatch(month_) is not None
    parts = (day_, "11" if is_eleven else month_, year_)
    read, certain = digits_of("".join(parts))
    certain = min(certain, REPAIRED) if is_eleven else certain
    if not read:
        return None
    lengths = list(accumulate(map(len, parts), initial=0))
    digits = [int(read[begin:end_]) for begin, end_ in pairwise(lengths)]
    certainty = min(certainty, certain)
    day, month, year = digits
    if not _EARLIEST_YEAR <= year <= latest:
        return None
    try:
        return Found(dt.date(year, month, day).isoformat(), start, end, certainty)
    except ValueError:
        return None


# Folded, "mười" and "mươi" are the same, and so are the year and the five: a year begins with its thousands.
_UNITS: Final = {
    "KHONG": 0, "MOT": 1, "HAI": 2, "BA": 3, "BON": 4, "TU": 4, "NAM": 5, "LAM": 5, "NHAM": 5, "SAU": 6, "BAY": 7,
    "TAM": 8, "CHIN": 9, "GIENG": 1, "CHAP": 12,
}  # fmt: skip
_WORDS: Final = f"(?:{'|'.join(_UNITS)}|MUOI|TRAM|NGHIN|NGAN|LINH|LE|MONG|RAM)\\b"
_IN_WORDS: Final = re.compile(
    rf"NGAY (?:MUNG |MONG )?({_WORDS}(?: {_WORDS}){{0,3}}) THANG ({_WORDS}(?: {_WORDS})?) "
    rf"NAM ((?:MOT|HAI) (?:NGHIN|NGAN)(?: {_WORDS}){{0,6}})"
)


def _number(words: Sequence[str]) -> int:
    total, unit, tens = 0, 0, False
    for word in words:
        if word in ("NGHIN", "NGAN"):
            total, unit, tens = unit * 1000, 0, False
        elif word == "TRAM":
            total, unit, tens = total + unit * 100, 0, False
        elif word == "MUOI":
            total, unit, tens = total + (unit or 1) * 10, 0, True
        elif word in _UNITS:
            # "hai sáu" for twenty-six
            total, unit = (total + unit * 10, _UNITS[word]) if unit and not tens else (total, _UNITS[word])
    return total + unit
