# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the QR code of a Vietnamese identity card.

Format: ``number|former number|FULL NAME|ddMMyyyy|Nam or Nữ|address|ddMMyyyy``. The second field may be empty or absent,
address and date of issue may be absent. Cards issued since July 2024 may append fields about relatives ([K] which);
those are ignored, because nobody at the counter asked for them. Nothing of the text ever goes into an error, and
nothing is invented: what cannot be repaired with certainty is a warning, or the card has to be scanned again.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from dataclasses import dataclass
from typing import Final

from casework.errors import KnownError
from casework.identity.card_text import CARD_DATE, card_fields, has_date_and_sex
from casework.identity.garbled_text import is_garbled
from casework.identity.identity_number import PROVINCE_NAMES, NumberDoubt, doubts_about, read_identity_number
from casework.identity.keystrokes import Certainty, Typing, convert_word, read_keystrokes
from casework.records.person import Person, Sex
from casework.text import fold, in_title_case

PROVINCES_OF_BIRTH: Final = frozenset(PROVINCE_NAMES)
"""Codes of the 63 provinces of birth registration; the mergers of 2025 left them as they were (TT 07/2016/TT-BCA)."""

_NUMBER: Final = re.compile(r"[0-9]{12}")
_FORMER_NUMBER: Final = re.compile(r"[0-9]{9}|[0-9]{12}")
_DIGITS: Final = re.compile(r"[0-9]+")
_NAME: Final = re.compile(r"(?:[^\W\d_]|[ .'’`´\u02bc\u0300-\u036f-])+")
_UNKNOWN_DAY: Final = re.compile(r"00(?:0[0-9]|1[0-2])")
_ISSUE: Final = re.compile(rf"({CARD_DATE.pattern})(?![0-9])")
_LETTERS_OF_VNI: Final = re.compile(r"[0-9/.-][ÁÀẢÃẠÂĂÉÈẺẼẸÊÓÒỎÕỌÔƠÚÙỦŨỤƯ](?!\w)", re.IGNORECASE)
"""A house number whose letter met an input method: VNI turns "5A1" into "5Á"."""
_LAYOUT_SIGNS: Final = re.compile(r"(?<!\w)(?:[\u0300\u0301\u0303\u0309\u0323]|[ăâêôđ]+(?!\w))")
"""Where digits were typed on the Vietnamese layout: accents without a letter, small letters that are no word."""
_SEXES: Final = {
    "nam": Sex.MALE,
    "nu": Sex.FEMALE,
    "male": Sex.MALE,
    "female": Sex.FEMALE,
    "m": Sex.MALE,
    "f": Sex.FEMALE,
}
_FEWEST_FIELDS: Final = 5
_EARLIEST_BIRTH_YEAR: Final = 1800
_WORDS_THAT_NEED_ACCENTS: Final = 5
_UNREADABLE_SIGN: Final = "\ufffd"


class CardWarning(enum.StrEnum):
    """Something about the card that the clerk should look at; never a reason to refuse it."""

    UNKNOWN_PROVINCE = "unknown-province"
    SEX_DISAGREES = "sex-disagrees"
    BIRTH_YEAR_DISAGREES = "birth-year-disagrees"
    ISSUED_BEFORE_BIRTH = "issued-before-birth"
    NO_ISSUE_DATE = "no-issue-date"
    NO_ADDRESS = "no-address"
    NAME_IN_DOUBT = "name-in-doubt"
    ADDRESS_IN_DOUBT = "address-in-doubt"
    KEYSTROKES_CONVERTED = "keystrokes-converted"
    ACCENTS_LOST = "accents-lost"


_WITHOUT_VOWEL: Final = re.compile(r"[b-df-hj-np-tv-xz]{2,}")
"""A word of a name that a reader dropped the accented letters of ("THNH"); "H", "K'" and "Y" are names."""

_WARNINGS_OF_NUMBER: Final = {
    NumberDoubt.UNKNOWN_PLACE: CardWarning.UNKNOWN_PROVINCE,
    NumberDoubt.SEX_DISAGREES: CardWarning.SEX_DISAGREES,
    NumberDoubt.BIRTH_YEAR_DISAGREES: CardWarning.BIRTH_YEAR_DISAGREES,
}


@dataclass(frozen=True, slots=True)
class CardReading:
    """What a card says.

    Attributes:
        id_number: 12 digits.
        former_id_number: 9 digits of the former card (some carry 12), or None.
        full_name: NFC, as printed; with capital initials when the reader typed small letters (caps lock).
        birth_year: Year of birth.
        birth_date: None when the card states the year only (day and month 00), or month and year (day 00).
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
        KnownError: ``card-unreadable`` when it is a card but broken, and ``card-two-at-once``, both retryable by
            scanning again; ``card-other-qr`` when it is the QR code of something else.
    """
    fields = card_fields(text)
    if not _looks_like_a_card(fields):
        raise KnownError("card-other-qr")
    number, former, name, birth, sex_word, address, issue = _in_order(fields)
    name, address, text_warnings = _read_text(name, address)
    sex = _sex(sex_word)
    birth_match = CARD_DATE.fullmatch(_year_in_full(birth, number))
    if (
        _NUMBER.fullmatch(number) is None
        or (former and _FORMER_NUMBER.fullmatch(former) is None)
        or birth_match is None
        or int(birth_match.group(3)) < _EARLIEST_BIRTH_YEAR
        or sex is None
    ):
        raise _unreadable()
    birth_date = _date(birth_match)
    if birth_date is None and _UNKNOWN_DAY.match(birth_match.group(1) + birth_match.group(2)) is None:
        raise _unreadable()
    issue_match = _ISSUE.match(issue)
    issued_on = _date(CARD_DATE.fullmatch(issue_match.group(1))) if issue_match else None
    born = int(birth_match.group(3))
    return CardReading(
        id_number=number,
        former_id_number=former or None,
        full_name=name,
        birth_year=born,
        birth_date=birth_date,
        sex=sex,
        address=address,
        issued_on=issued_on,
        warnings=(*check_number(number, born, sex), *_check_issue(issued_on, birth_date, born), *text_warnings),
    )


def check_number(id_number: str, birth_year: int, sex: Sex) -> tuple[CardWarning, ...]:
    """Check a 12-digit number against what the card says; see ``casework.identity.identity_number`` for its parts."""
    number = read_identity_number(id_number)
    if number is None:
        return ()
    doubts = doubts_about(number, dt.date(birth_year, 12, 31), birth_year, sex)
    return tuple(_WARNINGS_OF_NUMBER[doubt] for doubt in doubts if doubt in _WARNINGS_OF_NUMBER)


def _in_order(fields: list[str]) -> list[str]:
    """Bring the fields to their places: the former number, the address and empty fields may be more or fewer."""
    number, *rest = fields
    former = rest.pop(0) if rest and (not rest[0] or _DIGITS.fullmatch(rest[0])) else ""
    name = _next(rest)
    birth = _next(rest)
    sex = _next(rest)
    address = rest.pop(0) if rest and CARD_DATE.fullmatch(rest[0]) is None else ""
    return [number, former, name, birth, sex, address, rest[0] if rest else ""]


def _year_in_full(birth: str, id_number: str) -> str:
    """Write a year alone as cards mostly do (00001954), when the number says the same year."""
    number = read_identity_number(id_number)
    return f"0000{birth}" if number is not None and birth == str(number.birth_year) else birth


def _next(fields: list[str]) -> str:
    while fields:
        field = fields.pop(0)
        if field:
            return field
    return ""


def _read_text(name: str, address: str) -> tuple[str, str, list[CardWarning]]:
    """Judge name and address, and convert the keystrokes that an input method should have converted."""
    warnings = []
    typed = read_keystrokes(name)
    if typed and typed.certainty is Certainty.CERTAIN:
        name = typed.text
        typed_address = read_keystrokes(address)
        if typed_address and typed_address.certainty is Certainty.CERTAIN:
            address = typed_address.text
        warnings.append(CardWarning.KEYSTROKES_CONVERTED)
    elif typed or any(_WITHOUT_VOWEL.fullmatch(fold(word)) for word in name.split()):
        warnings.append(CardWarning.NAME_IN_DOUBT)
    if _NAME.fullmatch(name) is None or is_garbled(name + " " + address) or "?" in address:
        raise _unreadable()
    if any(word[0].islower() for word in name.split()):
        name = in_title_case(name)
    if not address:
        warnings.append(CardWarning.NO_ADDRESS)
    elif _LETTERS_OF_VNI.search(address) or _LAYOUT_SIGNS.search(address):
        warnings.append(CardWarning.ADDRESS_IN_DOUBT)
    elif (name + address).isascii() and len(address.split()) >= _WORDS_THAT_NEED_ACCENTS:
        warnings.append(CardWarning.ACCENTS_LOST)
    return name, address, warnings


def _sex(word: str) -> Sex | None:
    spellings = (word, convert_word(word, Typing.TELEX), convert_word(word, Typing.VNI))
    return next((_SEXES[fold(spelling)] for spelling in spellings if fold(spelling) in _SEXES), None)


def _check_issue(issued_on: dt.date | None, birth_date: dt.date | None, born: int) -> tuple[CardWarning, ...]:
    if issued_on is None:
        return (CardWarning.NO_ISSUE_DATE,)
    return (CardWarning.ISSUED_BEFORE_BIRTH,) if issued_on < (birth_date or dt.date(born, 1, 1)) else ()


def _looks_like_a_card(fields: list[str]) -> bool:
    """Tell a broken card from the code of something else, such as an invoice or a health insurance card.

    A card has its twelve digits, or else a date and a sex, or else at least the place of the former number.
    """
    number, *rest = fields
    if _NUMBER.fullmatch(number) is not None:
        return True
    if not rest:
        return not number or _UNREADABLE_SIGN in number
    if has_date_and_sex(rest):
        return True
    has_date = any(CARD_DATE.fullmatch(field) is not None for field in rest)
    has_former = not rest[0] or _FORMER_NUMBER.fullmatch(rest[0]) is not None
    return has_former and (_DIGITS.fullmatch(number) is not None or (len(fields) >= _FEWEST_FIELDS and has_date))


def _date(match: re.Match[str] | None) -> dt.date | None:
    if match is None:
        return None
    try:
        return dt.date(int(match.group(3)), int(match.group(2)), int(match.group(1)))
    except ValueError:
        return None


def _unreadable() -> KnownError:
    return KnownError("card-unreadable", retryable=True)
