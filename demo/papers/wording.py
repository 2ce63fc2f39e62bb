# SPDX-License-Identifier: GPL-3.0-or-later
"""How papers write what is the same in all of them: numbers and days in words, dates, identity papers."""

from __future__ import annotations

import datetime as dt
from typing import Final

from demo.papers.made_up import MadeUp, Person, written_date

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_THOUSANDS: Final = ("", " nghìn", " triệu", " tỷ")


def number_in_words(number: int) -> str:
    """A whole number below 10^12: 2026 is ``hai nghìn không trăm hai mươi sáu``."""
    if number == 0:
        return _DIGITS[0]
    words: list[str] = []
    groups = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    for power in range(len(groups) - 1, -1, -1):
        if groups[power]:
            words.append(_hundreds_in_words(groups[power], is_first=not words) + _THOUSANDS[power])
    return " ".join(words)


def _hundreds_in_words(number: int, *, is_first: bool) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [] if is_first and not hundreds else [f"{_DIGITS[hundreds]} trăm"]
    if tens == 1:
        words.append("mười")
    elif tens:
        words.append(f"{_DIGITS[tens]} mươi")
    elif ones and words:
        words.append("linh")
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 5 and tens:
        words.append("lăm")
    elif ones:
        words.append(_DIGITS[ones])
    return " ".join(words)


def day_in_words(day: dt.date) -> str:
    """``Ngày mười hai, tháng mười, năm hai nghìn không trăm hai mươi sáu``."""
    month = "tư" if day.month == 4 else number_in_words(day.month)
    of_month = f"mồng {number_in_words(day.day)}" if day.day <= 10 else number_in_words(day.day)
    return f"Ngày {of_month}, tháng {month}, năm {number_in_words(day.year)}"


def dated(made_up: MadeUp, day: dt.date) -> str:
    """A date as people fill it in: in one of the usual ways."""
    ways = (
        f"{day:%d/%m/%Y}",
        f"{day:%d/%m/%Y}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
        f"{day.day}/{day.month}/{day.year}",
        written_date(day),
    )
    return made_up.random.choice(ways)


def slashed(day: dt.date) -> str:
    """``05/03/2026``."""
    return f"{day:%d/%m/%Y}"


def spread(day: dt.date) -> str:
    """``05 / 03 / 2026``, as on forms with three blanks."""
    return f"{day:%d / %m / %Y}"


def identity_paper(made_up: MadeUp, person: Person, day: dt.date) -> str:
    """Which identity paper somebody shows on a day, with or without issuer and date."""
    number, chance = person.personal_number, made_up.random
    issued = dt.date(2021, 1, 1) + dt.timedelta(days=chance.randrange(1400))
    if issued >= day:
        issued = day - dt.timedelta(days=chance.randrange(10, 900))
    is_new_card = issued >= dt.date(2024, 7, 1)
    word = "Thẻ căn cước" if is_new_card else chance.choice(("Căn cước công dân", "CCCD", "Thẻ CCCD"))
    police = "Bộ Công an" if is_new_card else chance.choice(("Cục Cảnh sát QLHC về TTXH", "Cục CS QLHC về TTXH"))
    return chance.choice(
        (
            number,
            f"{word} số {number}",
            f"{word} số: {number}, cấp ngày {slashed(issued)}",
            f"{word} số {number} do {police} cấp ngày {slashed(issued)}",
        )
    )


def in_capitals_or_not(made_up: MadeUp, name: str) -> str:
    """Names stand on papers in capitals most of the time."""
    return name.upper() if made_up.random.random() < 0.65 else name
