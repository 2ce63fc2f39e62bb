# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers with a structure: of persons, telephones, dossiers, documents, parcels, areas and money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Final

from scanning.extract.found import DIGITLIKE, REPAIRED, UNCHECKED, Found, digits_of

# Codes of the 63 provinces of before July 2025; the merger left them in the numbers (NĐ 137/2015 annex I, TT 59/2021).
_PROVINCES: Final = frozenset(
    {
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33,
        34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66,
        67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
    }
)  # fmt: skip
_PERSONAL_NUMBER_DIGITS: Final = 12
_HEAVIEST_BABY_KG: Final = 10.0


def is_personal_number(digits: str) -> bool:
    """Say whether 12 digits can be a personal number (NĐ 137/2015 Đ7): known province, people of 1900 to 2099.

    There is no check digit.
    """
    return (
        len(digits) == _PERSONAL_NUMBER_DIGITS
        and digits.isascii()
        and digits.isdigit()
        and int(digits[:3]) in _PROVINCES
        and digits[3] in "0123"
    )


def birth_year(personal_number: str) -> int:
    """Give the year of birth that a personal number states."""
    return 1900 + 100 * (int(personal_number[3]) // 2) + int(personal_number[4:6])


def is_female(personal_number: str) -> bool:
    """Give the sex that a personal number states."""
    return int(personal_number[3]) % 2 == 1


_TWELVE_DIGITS: Final = re.compile(r"(?<![\d<])\d(?:[ .]?\d){11}(?![\d<])")
_TWELVE_DIGITLIKE: Final = re.compile(rf"(?<![\w<]){DIGITLIKE}(?:[ .|\[\]]{{0,3}}{DIGITLIKE}){{11}}(?![\w<])")
_NINE_DIGITS: Final = re.compile(r"(?<![\w<.,/-])(?<!\d )\d(?:[ .]?\d){8}(?![\w<]| ?\d|[.,/-]\d)")
_BOXES: Final = re.compile(r"(?:[|\[\]!] ?\d{1,3} ?){6,14}")
_MOST_READINGS: Final = 64
_DOCUMENT_NUMBER: Final = re.compile(
    r"\W*([A-ZĐ]{1,4}[ -]?\d{2,8}(?!\d)|\d{1,4}[A-ZĐ]\d{4,10}|"
    r"\d{1,10}(?:(?:/ ?| ?/|-)[0-9A-ZĐ][0-9A-ZĐƯƠÔÂĂÊa-z.&-]*)*)(?=[\s.,;:)]|$)"
)
# "I68/TLCMC" is 168/TLCMC: the number of a letter begins with a digit.
_MISREAD_NUMBER: Final = re.compile(r"\W*([IlO|]\d{2,4})(/[0-9A-ZĐ][0-9A-ZĐ/-]*)(?=[\s.,;:)]|$)")
_LAND_SERIAL: Final = re.compile(r"(?<!\S)([A-ZĐ]{1,2}) ?(\d{6}|\d{8})(?=\W*$)")
_LAND_SERIAL_INSIDE: Final = re.compile(r"(?<!\w)([A-ZĐ]{1,2}) ?(\d{6}|\d{8})(?!\w)")
_WHOLE_NUMBER: Final = re.compile(r"(?<![\d.,])\d+(?![\d]|[.,]\d)")
_AREA: Final = re.compile(r"(?<![\d.,])(?<!\d )(\d{1,3}(?:[. ]\d{3})+|\d+)(?:[,.](\d{1,2}))?(?= ?\(?m)")
_BARE_AREA: Final = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d+)(?:[,.](\d{1,2}))?(?![\d.,])")
_DECIMAL_FIRST: Final = re.compile(r"[^\w.,]*(\d{1,3}(?:\.\d{3})+|\d+),(\d{1,2})(?![\d,]| ?[^\W\dm])")
_WITHOUT_UNIT: Final = 0.8
_TAX_CODE: Final = re.compile(r"\W*(\d{12}|\d{10}(?:-\d{3})?)(?!\d)")
_WEIGHT: Final = re.compile(
    r"(?<![\d.,])(\d{1,2}(?:[.,]\d{3})|\d{3,4}|\d(?:[.,]\d{1,2})?) ?(g|gam|gram|gr|kg|ki)?\b", re.IGNORECASE
)
_PHONE: Final = re.compile(r"(?<!\d)(?:\+?84[ .]?|0)\d(?:[ .-]?\d){7,9}(?!\d)")
_MOBILE: Final = re.compile(r"(?<!\d)(?:\+?84[ .]?|0)[35789](?:[ .-]?\d){8}(?!\d)")
_MONEY: Final = re.compile(
    r"(?<![\d.,/])(\d{1,3}(?:[., ]\d{3})+|\d{4,}|\d+(?= ?(?:đ|vn)))(?:,\d{1,2})?(?![\d/])", re.IGNORECASE
)
_DOSSIER_CODE: Final = re.compile(r"(?<![0-9A-Z.])[0-9A-Z.]{3,35} ?- ?[0-9]{6} ?- ?[0-9]{4,6}(?![0-9])")


def find_personal_number(text: str) -> Found | None:
    """Find twelve digits with the structure of a personal number; one that had to be repaired is doubtful."""
    for match in _TWELVE_DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if is_personal_number(digits):
            return Found(digits, match.start(), match.end())
    repaired = {found.value: found for found in (*_repaired_numbers(text), *_boxed_numbers(text))}
    return next(iter(repaired.values())) if len(repaired) == 1 else None


def find_paper_number(text: str) -> Found | None:
    """Find the number of an identity paper: a personal number, or nine digits, which have no structure to check."""
    if found := find_personal_number(text):
        return found
    match = _NINE_DIGITS.search(text)
    return Found(re.sub(r"\D", "", match.group()), *match.span(), UNCHECKED) if match else None


def _repaired_numbers(text: str) -> Iterator[Found]:
    for match in _TWELVE_DIGITLIKE.finditer(text):
        digits, certainty = digits_of(re.sub(r"[ .|\[\]]", "", match.group()))
        if is_personal_number(digits):
            yield Found(digits, match.start(), match.end(), certainty)


def _boxed_numbers(text: str) -> Iterator[Found]:
    """Read digits in boxes, ``|0|3|8|1|13|7``, where a bar may have been read as a 1."""
    for match in _BOXES.finditer(text):
        cells = [cell for cell in re.split(r"[|\[\]! ]+", match.group()) if cell]
        readings = [""]
        for cell in cells:
            readings = [before + each for before in readings for each in _cell_readings(cell)]
            if len(readings) > _MOST_READINGS:
                break
        valid = {each for each in readings if is_personal_number(each)}
        if len(valid) == 1:
            certainty = 1.0 if all(len(cell) == 1 for cell in cells) else REPAIRED
            yield Found(valid.pop(), match.start(), match.end(), certainty)


def _cell_readings(cell: str) -> list[str]:
    """Give what may stand between two bars: one digit, or more where a bar is missing or was read as 1."""
    if len(cell) == 1:
        return [cell]
    readings = {cell}
    for place, digit in enumerate(cell):
        if digit == "1":
            readings.add(cell[:place] + cell[place + 1 :])
    return sorted(readings)


def find_document_number(text: str) -> Found | None:
    """Find a number at the beginning: ``21/2023``, ``148/UBND-XNTTHN``."""
    if misread := _MISREAD_NUMBER.match(text):
        digits, certainty = digits_of(misread.group(1))
        if digits:
            return Found(f"{digits}{misread.group(2)}".rstrip(".-"), *misread.span(), certainty)
    match = _DOCUMENT_NUMBER.match(text)
    return Found(re.sub(r" ?([/-]) ?", r"\1", match.group(1)).rstrip(".-"), *match.span(1)) if match else None


def find_business_code(text: str) -> Found | None:
    """Find the number of a business: of the certificate, or the tax code, which is the owner's personal number."""
    match = _TAX_CODE.match(text)
    return Found(match.group(1), *match.span(1)) if match else find_document_number(text)


def find_land_serial(text: str) -> Found | None:
    """Find the serial of a land certificate at the end: ``DG 582947``."""
    return _serial(_LAND_SERIAL.search(text))


def find_land_serial_inside(text: str) -> Found | None:
    """Find the serial of a land certificate anywhere."""
    return _serial(_LAND_SERIAL_INSIDE.search(text))


def _serial(match: re.Match[str] | None) -> Found | None:
    return Found(f"{match.group(1)} {match.group(2)}", match.start(), match.end()) if match else None


def find_whole_number(text: str) -> Found | None:
    """Find the first whole number."""
    match = _WHOLE_NUMBER.search(text)
    return Found(match.group(), *match.span()) if match else None


def find_area(text: str) -> Found | None:
    """Find an area in square metres: ``1.250,75 m²``."""
    if found := _area(_AREA.search(text)):
        return found
    bare = _area(_DECIMAL_FIRST.match(text))  # the unit was misread
    return replace(bare, certainty=_WITHOUT_UNIT) if bare else None


def find_bare_area(text: str) -> Found | None:
    """Find an area whose unit stands elsewhere: ``1.250,75``."""
    return _area(_BARE_AREA.search(text))


def _area(match: re.Match[str] | None) -> Found | None:
    if not match:
        return None
    whole, decimals = re.sub(r"\D", "", match.group(1)), match.group(2)
    return Found(f"{whole}.{decimals}" if decimals else whole, *match.span())


def find_weight(text: str) -> Found | None:
    """Find the weight of a newborn child in grams: ``3250 gam``, ``3.250 g``, ``3,2 kg``."""
    match = _WEIGHT.search(text)
    if not match:
        return None
    number, unit = match.group(1), (match.group(2) or "").lower()
    if unit.startswith("k") or (not unit and re.fullmatch(r"\d[.,]\d{1,2}", number)):
        kilograms = float(number.replace(",", "."))
        return Found(str(round(kilograms * 1000)), *match.span()) if 0 < kilograms < _HEAVIEST_BABY_KG else None
    grams = re.sub(r"\D", "", number)
    return Found(grams, *match.span()) if len(grams) in (3, 4) else None


def find_phone(text: str) -> Found | None:
    """Find a telephone number; canonical with a leading 0."""
    for match in chain(_MOBILE.finditer(text), _PHONE.finditer(text)):
        digits = re.sub(r"\D", "", match.group())
        digits = "0" + digits[2:] if digits.startswith("84") else digits
        # A mobile number has ten digits, one of a landline ten or eleven that begin with 02.
        if (len(digits) == 10 and digits[1] in "235789") or (len(digits) == 11 and digits[1] == "2"):
            return Found(digits, match.start(), match.end())
    return None


def find_money(text: str) -> Found | None:
    """Find an amount in đồng, digits only."""
    match = _MONEY.search(text)
    return Found(re.sub(r"\D", "", match.group(1)), *match.span(1)) if match else None


def find_dossier_code(text: str) -> Found | None:
    """Find the code of a dossier: ``000.12.34.H56-261012-0001``."""
    match = _DOSSIER_CODE.search(text)
    return Found(match.group().replace(" ", ""), *match.span()) if match else None
