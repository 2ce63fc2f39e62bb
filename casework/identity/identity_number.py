# SPDX-License-Identifier: GPL-3.0-or-later
"""What the twelve digits of a personal identification number say.

Digits 1-3 name the province or, from 100 on, the country of birth registration, digit 4 century and sex (0 and 1 for
men and women born in 19xx, 2 and 3 for 20xx, and so on), digits 5-6 the year of birth, the rest is random. No digit
checks the others (NĐ 137/2015 Đ13, TT 59/2021/TT-BCA: [K], the structure itself is seen on every card). Whoever
corrected the birth or the sex may keep a number that no longer fits, so nothing here is a reason to refuse anybody.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.records.person import Sex

PROVINCE_NAMES: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "Hà Nội",
        2: "Hà Giang",
        4: "Cao Bằng",
        6: "Bắc Kạn",
        8: "Tuyên Quang",
        10: "Lào Cai",
        11: "Điện Biên",
        12: "Lai Châu",
        14: "Sơn La",
        15: "Yên Bái",
        17: "Hòa Bình",
        19: "Thái Nguyên",
        20: "Lạng Sơn",
        22: "Quảng Ninh",
        24: "Bắc Giang",
        25: "Phú Thọ",
        26: "Vĩnh Phúc",
        27: "Bắc Ninh",
        30: "Hải Dương",
        31: "Hải Phòng",
        33: "Hưng Yên",
        34: "Thái Bình",
        35: "Hà Nam",
        36: "Nam Định",
        37: "Ninh Bình",
        38: "Thanh Hóa",
        40: "Nghệ An",
        42: "Hà Tĩnh",
        44: "Quảng Bình",
        45: "Quảng Trị",
        46: "Thừa Thiên Huế",
        48: "Đà Nẵng",
        49: "Quảng Nam",
        51: "Quảng Ngãi",
        52: "Bình Định",
        54: "Phú Yên",
        56: "Khánh Hòa",
        58: "Ninh Thuận",
        60: "Bình Thuận",
        62: "Kon Tum",
        64: "Gia Lai",
        66: "Đắk Lắk",
        67: "Đắk Nông",
        68: "Lâm Đồng",
        70: "Bình Phước",
        72: "Tây Ninh",
        74: "Bình Dương",
        75: "Đồng Nai",
        77: "Bà Rịa - Vũng Tàu",
        79: "Hồ Chí Minh",
        80: "Long An",
        82: "Tiền Giang",
        83: "Bến Tre",
        84: "Trà Vinh",
        86: "Vĩnh Long",
        87: "Đồng Tháp",
        89: "An Giang",
        91: "Kiên Giang",
        92: "Cần Thơ",
        93: "Hậu Giang",
        94: "Sóc Trăng",
        95: "Bạc Liêu",
        96: "Cà Mau",
    }
)
"""The 63 provinces of birth registration; the mergers of 2025 left their codes as they were (TT 07/2016/TT-BCA)."""

FIRST_COUNTRY_CODE: Final = 100
"""From here on the first three digits name a country of birth registration."""

OLDEST_AGE: Final = 120
"""Years; somebody older is more likely a slip of the pen."""

_SPACED: Final = re.compile(r"[\s.\-]+")
_TWELVE: Final = re.compile(r"[0-9]{12}")
_NINE: Final = re.compile(r"[0-9]{9}")
_CARD_AGES: Final = (14, 25, 40, 60)
_CITIZEN_CARD_AGES: Final = (25, 40, 60)
_CARDS_OF_THE_NEW_LAW: Final = dt.date(2024, 7, 1)
_GRACE_YEARS: Final = 2


class NumberDoubt(enum.StrEnum):
    """Something about a number that does not fit what else is known; never a reason to refuse."""

    UNKNOWN_PLACE = "unknown-place"
    SEX_DISAGREES = "sex-disagrees"
    BIRTH_YEAR_DISAGREES = "birth-year-disagrees"
    NOT_YET_BORN = "not-yet-born"
    VERY_OLD = "very-old"


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A personal identification number, taken apart.

    Attributes:
        number: 12 digits.
        place_code: 0 to 999, of the province or country of birth registration.
        sex: As the fourth digit has it.
        birth_year: 1900 to 2399.
    """

    number: str
    place_code: int
    sex: Sex
    birth_year: int

    @property
    def is_registered_abroad(self) -> bool:
        """Whether the birth was registered in another country."""
        return self.place_code >= FIRST_COUNTRY_CODE

    @property
    def province_name(self) -> str:
        """The province of birth registration as it was called before July 2025; empty for a country or no province."""
        return PROVINCE_NAMES.get(self.place_code, "")


def read_identity_number(text: str) -> IdentityNumber | None:
    """Take a number apart, also when it was typed in groups or full width; None when it is not 12 digits."""
    number = _joined(text)
    if _TWELVE.fullmatch(number) is None:
        return None
    century, is_female = divmod(int(number[3]), 2)
    return IdentityNumber(
        number=number,
        place_code=int(number[:3]),
        sex=Sex.FEMALE if is_female else Sex.MALE,
        birth_year=1900 + 100 * century + int(number[4:6]),
    )


def read_former_number(text: str) -> str | None:
    """Give the 9 digits of the identity card of before 2016 (CMND), or None; they say nothing that could be checked."""
    number = _joined(text)
    return number if _NINE.fullmatch(number) else None


def doubts_about(
    number: IdentityNumber, on: dt.date, birth_year: int | None = None, sex: Sex | None = None
) -> tuple[NumberDoubt, ...]:
    """Compare a number with what else is known.

    Args:
        number: The number.
        on: The day, against which the age is judged.
        birth_year: As stated elsewhere, or None.
        sex: As stated elsewhere, or None.
    """
    doubts = []
    if not number.is_registered_abroad and not number.province_name:
        doubts.append(NumberDoubt.UNKNOWN_PLACE)
    if sex is not None and sex is not number.sex:
        doubts.append(NumberDoubt.SEX_DISAGREES)
    if birth_year is not None and birth_year != number.birth_year:
        doubts.append(NumberDoubt.BIRTH_YEAR_DISAGREES)
    if number.birth_year > on.year:
        doubts.append(NumberDoubt.NOT_YET_BORN)
    elif on.year - number.birth_year > OLDEST_AGE:
        doubts.append(NumberDoubt.VERY_OLD)
    return tuple(doubts)


def card_ends_on(birth_date: dt.date, issued_on: dt.date) -> dt.date | None:
    """Give the birthday on which a card has to be exchanged, or None when it holds for life; information only.

    The ages are 14, 25, 40 and 60, and a card of the two years before such a birthday holds until the next one
    (Luật Căn cước 26/2023 Đ21, as the press cites it); cards of before 1 July 2024 know no age of 14 (Luật Căn cước
    công dân 2014 Đ21: [K]). What is printed on the card goes before. Whether the two years count from the very day, and
    what becomes of 29 February (here 1 March), is [K].
    """
    ages = _CARD_AGES if issued_on >= _CARDS_OF_THE_NEW_LAW else _CITIZEN_CARD_AGES
    for age in ages:
        if issued_on < _birthday(birth_date, age - _GRACE_YEARS):
            return _birthday(birth_date, age)
    return None


def _birthday(birth_date: dt.date, age: int) -> dt.date:
    try:
        return birth_date.replace(year=birth_date.year + age)
    except ValueError:
        return dt.date(birth_date.year + age, 3, 1)


def _joined(text: str) -> str:
    return _SPACED.sub("", unicodedata.normalize("NFKC", text))
