# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the QR code of a Vietnamese identity card.

Format: ``number|former number|FULL NAME|ddMMyyyy|Nam or Nữ|address|ddMMyyyy``. The second field may be empty or absent,
the date of issue may be absent, and newer cards may append fields, which are ignored. Bytes that a scanner typed in the
wrong encoding are repaired. Nothing of the text ever goes into an error.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from dataclasses import dataclass
from typing import Final

from casework.errors import KnownError
from casework.records.person import Person, Sex
from casework.text import clean, fold

PROVINCES_OF_BIRTH: Final = frozenset(
    {1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45}
    | {46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91}
    | {92, 93, 94, 95, 96}
)
"""Codes of the 63 provinces of birth registration; the mergers of 2025 left them as they were (TT 07/2016/TT-BCA)."""

FIRST_COUNTRY_CODE: Final = 100
"""From here on the first three digits name a country of birth registration."""

_NUMBER: Final = re.compile(r"[0-9]{12}")
_FORMER_NUMBER: Final = re.compile(r"[0-9]{9}|[0-9]{12}")
_DATE: Final = re.compile(r"([0-9]{2})[/-]?([0-9]{2})[/-]?([0-9]{4})")
_DIGITS: Final = re.compile(r"[0-9]+")
_NAME: Final = re.compile(r"(?:[^\W\d_]|[ .'’-])+")
_SEXES: Final = {"nam": Sex.MALE, "nu": Sex.FEMALE, "male": Sex.MALE, "female": Sex.FEMALE}
_FEWEST_FIELDS: Final = 5
_EARLIEST_BIRTH_YEAR: Final = 1800
_UNREADABLE_SIGN: Final = "\ufffd"
_GARBLED: Final = re.compile("[\u00c2-\u00c6][\u0080-\u00bf]|\u00e1[\u00ba\u00bb]|\ufffd")
"""What is left of UTF-8 in the wrong encoding when a byte was lost and the repair failed; no Vietnamese word has it."""


class CardWarning(enum.StrEnum):
    """Something about the card that the clerk should look at; never a reason to refuse it."""

    UNKNOWN_PROVINCE = "unknown-province"
    SEX_DISAGREES = "sex-disagrees"
    BIRTH_YEAR_DISAGREES = "birth-year-disagrees"
    ISSUED_BEFORE_BIRTH = "issued-before-birth"
    NO_ISSUE_DATE = "no-issue-date"


@dataclass(frozen=True, slots=True)
class CardReading:
    """What a card says.

    Attributes:
        id_number: 12 digits.
        former_id_number: 9 digits of the former card (some carry 12), or None.
        full_name: NFC, as printed.
        birth_year: Year of birth.
        birth_date: None when the card states the year only (day and month 00).
        sex: As printed.
        address: Residence as printed, NFC.
        issued_on: None when the code does not hold it.
        warnings: What does not agree.
    """

    id_number: str
    former_id_number: str | None
    full_name: str
    birth_year: int
    birth_date: dt.date | None
    sex: Sex
    address: str
    issued_on: dt.date | None
    warnings: tuple[CardWarning, ...] = ()

    def person(self, person_id: str, unit_code: str | None = None) -> Person:
        """Make the person's record.

        Args:
            person_id: UUIDv7.
            unit_code: Commune of the address today, when it is certain.
        """
        return Person(
            person_id=person_id,
            full_name=self.full_name,
            birth_date=self.birth_date,
            sex=self.sex,
            id_number=self.id_number,
            former_id_number=self.former_id_number,
            id_issued_on=self.issued_on,
            address=self.address,
            unit_code=unit_code,
        )


def read_card(text: str) -> CardReading:
    """Read the text of a card's QR code, as a scanner or a camera gave it.

    Raises:
        KnownError: ``card-unreadable`` when it is a card but broken, retryable by scanning again; ``card-other-qr``
            when it is the QR code of something else.
    """
    fields = [clean(field) for field in _repaired(text).strip("\r\n\t \x00\ufeff").split("|")]
    if not _looks_like_a_card(fields):
        raise KnownError("card-other-qr")
    if len(fields) > 1 and fields[1] and _DIGITS.fullmatch(fields[1]) is None:
        fields.insert(1, "")
    number, former, name, birth, sex, address, issue = (fields + [""] * 7)[:7]
    birth_match = _DATE.fullmatch(birth)
    if (
        _NUMBER.fullmatch(number) is None
        or (former and _FORMER_NUMBER.fullmatch(former) is None)
        or _NAME.fullmatch(name) is None
        or _GARBLED.search(name + address)
        or birth_match is None
        or int(birth_match.group(3)) < _EARLIEST_BIRTH_YEAR
        or fold(sex) not in _SEXES
    ):
        raise KnownError("card-unreadable", retryable=True)
    birth_date = _date(birth)
    if birth_date is None and birth_match.group(1) + birth_match.group(2) != "0000":
        raise KnownError("card-unreadable", retryable=True)
    issued_on = _date(issue)
    born = int(birth_match.group(3))
    return CardReading(
        id_number=number,
        former_id_number=former or None,
        full_name=name,
        birth_year=born,
        birth_date=birth_date,
        sex=_SEXES[fold(sex)],
        address=address,
        issued_on=issued_on,
        warnings=(*check_number(number, born, _SEXES[fold(sex)]), *_check_issue(issued_on, birth_date, born)),
    )


def check_number(id_number: str, birth_year: int, sex: Sex) -> tuple[CardWarning, ...]:
    """Check a 12-digit number against what the card says.

    Digits 1–3 are the province (or country) of birth registration, digit 4 is century and sex (0 and 1 for men and
    women born in 19xx, 2 and 3 for 20xx, and so on), digits 5–6 are the year of birth. There is no check digit.
    """
    warnings = []
    place = int(id_number[:3])
    if place < FIRST_COUNTRY_CODE and place not in PROVINCES_OF_BIRTH:
        warnings.append(CardWarning.UNKNOWN_PROVINCE)
    century, is_female = divmod(int(id_number[3]), 2)
    if bool(is_female) is not (sex is Sex.FEMALE):
        warnings.append(CardWarning.SEX_DISAGREES)
    if 1900 + 100 * century + int(id_number[4:6]) != birth_year:
        warnings.append(CardWarning.BIRTH_YEAR_DISAGREES)
    return tuple(warnings)


def _check_issue(issued_on: dt.date | None, birth_date: dt.date | None, born: int) -> tuple[CardWarning, ...]:
    if issued_on is None:
        return (CardWarning.NO_ISSUE_DATE,)
    return (CardWarning.ISSUED_BEFORE_BIRTH,) if issued_on < (birth_date or dt.date(born, 1, 1)) else ()


def _looks_like_a_card(fields: list[str]) -> bool:
    """Tell a broken card from the code of something else: a card is digits, a bar, and more fields."""
    if len(fields) == 1:
        return not fields[0] or _NUMBER.fullmatch(fields[0]) is not None or _UNREADABLE_SIGN in fields[0]
    dates = sum(_DATE.fullmatch(field) is not None for field in fields)
    return _DIGITS.fullmatch(fields[0]) is not None or (len(fields) >= _FEWEST_FIELDS and dates > 0)


def _date(text: str) -> dt.date | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return dt.date(int(match.group(3)), int(match.group(2)), int(match.group(1)))
    except ValueError:
        return None


def _repaired(text: str) -> str:
    """Undo UTF-8 that was read as Latin-1 or Windows-1252, once or twice; other text comes back unchanged."""
    for _ in range(2):
        try:
            text = bytes(_byte(character) for character in text).decode("utf-8")
        except ValueError:
            break
    return text


def _byte(character: str) -> int:
    return ord(character) if ord(character) < 0x100 else character.encode("cp1252")[0]
