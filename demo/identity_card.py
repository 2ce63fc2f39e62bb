# SPDX-License-Identifier: GPL-3.0-or-later
"""What is printed on both sides of a made-up identity card, with its QR code and machine-readable zone."""

from __future__ import annotations

import datetime as dt
import itertools
import unicodedata
from typing import Final

import segno

from casework.records.person import Sex
from demo.people import Citizen, card_qr_text, sex_in_vietnamese

_MRZ_LINE: Final = 30
_MRZ_WEIGHTS: Final = (7, 3, 1)


def card_data(citizen: Citizen) -> dict[str, object]:
    """Values for the template ``identity-card.typ``."""
    expiry = _expiry(citizen)
    return {
        "personal_number": citizen.personal_number,
        "full_name": citizen.full_name,
        "birth_date": f"{citizen.birth_date:%d/%m/%Y}",
        "sex": sex_in_vietnamese(citizen.sex),
        "origin": printed_address(citizen.address).split(", ", 1)[1],
        "residence": printed_address(citizen.address),
        "valid_until": f"{expiry:%d/%m/%Y}",
        "features": "Nốt ruồi cách 2 cm dưới sau đuôi mắt trái",
        "issue_date": f"{citizen.issue_date:%d/%m/%Y}",
        "director": "Phan Đình Lượng",
        "qr_rows": [
            "".join(str(bit) for bit in row)
            for row in segno.make(card_qr_text(citizen), error="l", boost_error=False).matrix
        ],
        "mrz": machine_readable_zone(citizen),
    }


def machine_readable_zone(citizen: Citizen) -> list[str]:
    """The three lines of 30 characters on the back (ICAO 9303 part 5, size TD1).

    The document number field holds the last nine digits of the personal number, the optional data the whole number.
    """
    number = citizen.personal_number[3:]
    sex = "M" if citizen.sex is Sex.MALE else "F"
    birth, expiry = f"{citizen.birth_date:%y%m%d}", f"{_expiry(citizen):%y%m%d}"
    first = f"IDVNM{number}{_check_digit(number)}{citizen.personal_number}<<"
    first += _check_digit(first[5:])
    second = f"{birth}{_check_digit(birth)}{sex}{expiry}{_check_digit(expiry)}VNM"
    second = second.ljust(_MRZ_LINE - 1, "<")
    second += _check_digit(first[5:] + second[0:7] + second[8:15] + second[18:29])
    surname, *given = _latin(citizen.full_name).split()
    third = f"{surname}<<{'<'.join(given)}".ljust(_MRZ_LINE, "<")
    return [first, second, third[:_MRZ_LINE]]


def printed_address(address: str) -> str:
    """An address as the card prints it: without the words for commune, district and province."""
    return address.replace(", Xã ", ", ").replace(", Huyện ", ", ").replace(", Tỉnh ", ", ")


def _expiry(citizen: Citizen) -> dt.date:
    """Cards end with the 25th, 40th or 60th birthday; a card of the last two years before it runs to the next."""
    for age in (25, 40, 60):
        birthday = citizen.birth_date.replace(year=citizen.birth_date.year + age)
        if birthday > citizen.issue_date.replace(year=citizen.issue_date.year + 2):
            return birthday
    return dt.date.max


def _latin(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.upper().replace("Đ", "D"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _check_digit(characters: str) -> str:
    values = ("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".find(c) if c != "<" else 0 for c in characters)
    return str(sum(v * w for v, w in zip(values, itertools.cycle(_MRZ_WEIGHTS), strict=False)) % 10)
