# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the machine-readable zone of identity cards (TD1, 3 lines of 30) and passports (TD3, 2 lines of 44).

Layout and check digits are those of ICAO 9303 parts 3 to 5. On Vietnamese cards the document number is the last nine of
the twelve digits, and the whole number stands in the optional data with a check digit at the end of the line (seen on
specimens; the first nine are accepted too: [K]). Letters and digits that OCR confuses are exchanged only where all
check digits agree afterwards, and such a reading is marked. Names have no check digit and no accents: they are for
comparing, never for filling in a form.
"""

from __future__ import annotations

import datetime as dt
import enum
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from casework.errors import KnownError
from casework.identity.identity_number import read_identity_number
from casework.identity_card import CardReading
from casework.records.person import Sex
from casework.text import fold

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS: Final = (7, 3, 1)
_TO_DIGIT: Final = str.maketrans("OQDILZSGB", "000112568")
_TO_LETTER: Final = str.maketrans("015826", "OISBZG")
_EITHER_WAY: Final = dict(zip("O0I1B8S5Z2", "0O1I8B5S2Z", strict=True))
_MOST_DOUBTFUL_SIGNS: Final = 6
_FILLERS: Final = str.maketrans({"«": "<<", "‹": "<", "＜": "<", " ": ""})
_FIRST_OF_THREE: Final = re.compile(r"[IAC1][A-Z0-9<]")
_SIGNS: Final = re.compile(r"[A-Z0-9<]+")
_BIRTH: Final = re.compile(r"\d{2}(?:(?:<<|00){2}|(?:0[1-9]|1[0-2])(?:<<|0\d|[12]\d|3[01]))")
"""YYMMDD; what nobody knows is left to fillers, or noughts ([K])."""
_LINE: Final = re.compile(r"[A-Z0-9<]{26,46}")
_NAME_LINE: Final = re.compile(r"[A-Z<]+")
_NO_END: Final = dt.date(2099, 12, 31)
_LONGEST_LIFE: Final = 115
"""Years; whoever could be that old has a century of birth that only the rule decides."""


class ZoneFormat(enum.StrEnum):
    """The two sizes that are read."""

    TD1 = "td1"
    TD3 = "td3"


class ZoneDoubt(enum.StrEnum):
    """What somebody should look at although all check digits agree."""

    CORRECTED = "corrected"
    NAME_TRUNCATED = "name-truncated"
    BIRTH_CENTURY_BY_RULE = "birth-century-by-rule"
    NUMBER_PARTS_DISAGREE = "number-parts-disagree"


class ZoneMismatch(enum.StrEnum):
    """Where the zone and the QR code of a card disagree."""

    NUMBER = "number"
    NAME = "name"
    BIRTH = "birth"
    SEX = "sex"


@dataclass(frozen=True, slots=True)
class MachineReadableZone:
    """What a zone says; every check digit has been verified.

    Attributes:
        format: The size.
        document_code: One or two letters, e.g. ``ID``, ``I``, ``P``.
        issuer: Up to three letters, e.g. ``VNM``.
        document_number: As in the zone, without fillers.
        personal_number: The 12 digits of a Vietnamese document, or None.
        surname: Primary identifier in Latin capitals without accents.
        given_names: Secondary identifier.
        birth_year: Four digits.
        birth_date: None when month or day are not stated, or no calendar has them.
        sex: None when it is not stated or other.
        nationality: Up to three letters.
        expires_on: None when no end is stated (``<<<<<<``; on Vietnamese cards also 31 December 2099: [K]), or one that
            no calendar has: then what is printed decides.
        doubts: What to look at.
    """

    format: ZoneFormat
    document_code: str
    issuer: str
    document_number: str
    personal_number: str | None
    surname: str
    given_names: str
    birth_year: int
    birth_date: dt.date | None
    sex: Sex | None
    nationality: str
    expires_on: dt.date | None
    doubts: tuple[ZoneDoubt, ...] = ()

    @property
    def full_name(self) -> str:
        """Surname first, as in Viet Nam."""
        return f"{self.surname} {self.given_names}".strip()


def read_zone(text: str, today: dt.date) -> MachineReadableZone:
    """Find and read the zone in what OCR or a reader gave; other lines may stand around it.

    Args:
        text: Lines; one line of 90 or 88 characters is split.
        today: Nobody is born later, which decides the century of birth where the number does not.

    Raises:
        KnownError: ``zone-not-found``, or ``zone-unreadable`` when its check digits do not agree; retryable.
    """
    has_zone = False
    for lines in _candidates(text):
        has_zone = True
        reading = _only_reading(lines)
        if reading is not None:
            return _zone(reading, today, is_corrected=reading != lines)
    raise KnownError("zone-unreadable" if has_zone else "zone-not-found", retryable=True)


def compare_with_card(zone: MachineReadableZone, card: CardReading) -> tuple[ZoneMismatch, ...]:
    """Compare the back of a card with its QR code; a truncated name needs to agree as far as it goes."""
    mismatches = []
    number_agrees = card.id_number == zone.personal_number or (
        zone.personal_number is None and card.id_number.endswith(zone.document_number)
    )
    if not number_agrees:
        mismatches.append(ZoneMismatch.NUMBER)
    printed, read = _letters(card.full_name), _letters(zone.full_name)
    is_truncated = ZoneDoubt.NAME_TRUNCATED in zone.doubts
    if not (printed == read or (is_truncated and printed.startswith(read))):
        mismatches.append(ZoneMismatch.NAME)
    if zone.birth_year != card.birth_year or (
        zone.birth_date is not None and card.birth_date is not None and zone.birth_date != card.birth_date
    ):
        mismatches.append(ZoneMismatch.BIRTH)
    if zone.sex is not None and zone.sex is not card.sex:
        mismatches.append(ZoneMismatch.SEX)
    return tuple(mismatches)


def check_digit(characters: str) -> str:
    """Give the check digit of ICAO 9303 part 3: weights 7, 3, 1, letters from 10 on, filler 0."""
    values = (0 if sign == "<" else _ALPHABET.index(sign) for sign in characters)
    return str(sum(value * weight for value, weight in zip(values, itertools.cycle(_WEIGHTS), strict=False)) % 10)


def _candidates(text: str) -> Iterator[tuple[str, ...]]:
    lines = [line.translate(_FILLERS).upper().strip() for line in text.splitlines()]
    solid = "".join(lines)
    if len(solid) == 90 and _FIRST_OF_THREE.match(solid):
        yield solid[:30], solid[30:60], solid[60:]
    if len(solid) == 88 and solid.startswith("P"):
        yield solid[:44], solid[44:]
    for position, line in enumerate(lines):
        following = [other for other in lines[position + 1 :] if other][:2]
        if _LINE.fullmatch(line) is None or not following:
            continue
        has_length = len(line) <= 32 and 26 <= len(following[0]) <= 32
        if _FIRST_OF_THREE.match(line) and len(following) == 2 and has_length:
            yield _fitted(line, 30), _fitted(following[0], 30), _fitted(following[1], 30)
        if line.startswith("P") and len(line) >= 38 and 42 <= len(following[0]) <= 46:
            yield _fitted(line, 44), _fitted(following[0], 44)


def _fitted(line: str, length: int) -> str:
    """Fillers at the end are the signs that OCR counts wrong."""
    return line.ljust(length, "<") if len(line) < length else line.rstrip("<").ljust(length, "<")


def _only_reading(lines: tuple[str, ...]) -> tuple[str, ...] | None:
    """Give the reading whose check digits agree with the fewest exchanges in the number, if there is just one."""
    plainest, *others = _readings(lines) or [lines]
    if _agrees(plainest):
        return plainest
    agreed = {reading: _distance(reading, plainest) for reading in others if _agrees(reading)}
    nearest = [reading for reading, distance in agreed.items() if distance == min(agreed.values())]
    return nearest[0] if len(nearest) == 1 else None


def _distance(first: Sequence[str], second: Sequence[str]) -> int:
    return sum(one != other for one, other in zip("".join(first), "".join(second), strict=True))


def _readings(lines: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Exchange confused signs where the kind of field says how; then in the number, in every way there is."""
    if any(_SIGNS.fullmatch(line) is None for line in lines):
        return []
    if [len(line) for line in lines] == [30, 30, 30]:
        return list(_td1_readings(*lines))
    return list(_td3_readings(*lines)) if [len(line) for line in lines] == [44, 44] else []


def _td1_readings(first: str, second: str, third: str) -> Iterator[tuple[str, ...]]:
    head = first[:5].translate(_TO_LETTER)
    dates = second[:7].translate(_TO_DIGIT) + second[7].translate(_TO_LETTER) + second[8:15].translate(_TO_DIGIT)
    second_read = dates + second[15:18].translate(_TO_LETTER) + second[18:29] + second[29].translate(_TO_DIGIT)
    name = third.translate(_TO_LETTER)
    if head[2:5] == "VNM":
        yield head + first[5:].translate(_TO_DIGIT), second_read, name
        return
    for number in _either_way(first[5:14]):
        check = first[14] if first[14] == "<" else first[14].translate(_TO_DIGIT)
        yield head + number + check + first[15:], second_read, name


def _td3_readings(first: str, second: str) -> Iterator[tuple[str, ...]]:
    name = first.translate(_TO_LETTER)
    nationality = second[10:13].translate(_TO_LETTER)
    dates = second[13:20].translate(_TO_DIGIT) + second[20].translate(_TO_LETTER) + second[21:28].translate(_TO_DIGIT)
    optional = second[28:42].translate(_TO_DIGIT) if nationality == "VNM" else second[28:42]
    checks = second[42:44].translate(_TO_DIGIT)
    for number in _either_way(second[:9]):
        yield name, number + second[9].translate(_TO_DIGIT) + nationality + dates + optional + checks


def _either_way(number: str) -> Iterator[str]:
    """Give a number as it is, then with confused signs exchanged in every way there is."""
    yield number
    places = [position for position, sign in enumerate(number) if sign in _EITHER_WAY]
    if len(places) <= _MOST_DOUBTFUL_SIGNS:
        for count in range(1, len(places) + 1):
            for chosen in itertools.combinations(places, count):
                yield "".join(_EITHER_WAY[s] if p in chosen else s for p, s in enumerate(number))


def _agrees(lines: Sequence[str]) -> bool:
    has_form = [len(line) for line in lines] in ([30, 30, 30], [44, 44])
    if not has_form or any(_SIGNS.fullmatch(line) is None for line in lines):
        return False
    if len(lines) == 3:
        first, second, name = lines
        composite = first[5:30] + second[:7] + second[8:15] + second[18:29]
        checked = [(second[:6], second[6]), (second[8:14], second[14]), (composite, second[29])]
        number, check = _td1_number(first)
        checked.append((number, check))
    else:
        name, second = lines
        composite = second[:10] + second[13:20] + second[21:43]
        checked = [(second[:9], second[9]), (second[13:19], second[19]), (second[21:27], second[27])]
        checked.append((composite, second[43]))
        if second[42] != "<" or second[28:42].strip("<"):
            checked.append((second[28:42], second[42]))
    return (
        _NAME_LINE.fullmatch(name) is not None
        and not name.startswith("<" * 5)
        and all(check.isdigit() and check_digit(characters) == check for characters, check in checked)
        and _BIRTH.fullmatch(second[:6] if len(lines) == 3 else second[13:19]) is not None
    )


def _td1_number(first: str) -> tuple[str, str]:
    """Give document number and check digit; a long number goes on in the optional data, its check digit last."""
    if first[14] != "<":
        return first[5:14], first[14]
    rest = first[15:].split("<", 1)[0]
    return first[5:14] + rest[:-1], rest[-1:]


def _zone(lines: Sequence[str], today: dt.date, *, is_corrected: bool) -> MachineReadableZone:
    if len(lines) == 3:
        first, second, names = lines
        code, issuer, number = first[:2], first[2:5], _td1_number(first)[0]
        optional = "" if first[14] == "<" else first[15:29]
        birth, sex, expiry, nationality = second[:6], second[7], second[8:14], second[15:18]
    else:
        head, second = lines
        code, issuer, names, number, optional = head[:2], head[2:5], head[5:], second[:9], second[28:42]
        nationality, birth, sex, expiry = second[10:13], second[13:19], second[20], second[21:27]
    doubts = [ZoneDoubt.CORRECTED] if is_corrected else []
    if not names.endswith("<"):
        doubts.append(ZoneDoubt.NAME_TRUNCATED)
    personal = _personal_number(issuer, number.strip("<"), optional)
    if issuer == "VNM" and len(lines) == 3 and not _parts_agree(personal, number):
        doubts.append(ZoneDoubt.NUMBER_PARTS_DISAGREE)
    year, is_by_rule = _birth_year(birth, personal, today)
    if is_by_rule:
        doubts.append(ZoneDoubt.BIRTH_CENTURY_BY_RULE)
    surname, _, given = names.partition("<<")
    return MachineReadableZone(
        format=ZoneFormat.TD1 if len(lines) == 3 else ZoneFormat.TD3,
        document_code=code.strip("<"),
        issuer=issuer.strip("<"),
        document_number=number.strip("<"),
        personal_number=personal,
        surname=" ".join(surname.replace("<", " ").split()),
        given_names=" ".join(given.replace("<", " ").split()),
        birth_year=year,
        birth_date=_day(year, birth),
        sex={"M": Sex.MALE, "F": Sex.FEMALE}.get(sex),
        nationality=nationality.strip("<"),
        expires_on=_expiry(expiry),
        doubts=tuple(doubts),
    )


def _personal_number(issuer: str, number: str, optional: str) -> str | None:
    if issuer != "VNM":
        return None
    for candidate in (optional.strip("<")[:12], number):
        if re.fullmatch(r"[0-9]{12}", candidate):
            return candidate
    return None


def _parts_agree(personal: str | None, number: str) -> bool:
    return personal is not None and (personal.endswith(number) or personal.startswith(number))


def _birth_year(birth: str, personal: str | None, today: dt.date) -> tuple[int, bool]:
    """Give the year of birth, and whether only the rule "the youngest who is born" decided its century."""
    short = int(birth[:2])
    number = read_identity_number(personal) if personal else None
    if number is not None and number.birth_year % 100 == short and number.birth_year <= today.year:
        return number.birth_year, False
    young = 2000 + short
    is_born = (young, birth[2:6].replace("<", "0")) <= (today.year, f"{today:%m%d}")
    year = young if is_born else young - 100
    return year, is_born and today.year - (young - 100) <= _LONGEST_LIFE


def _day(year: int, digits: str) -> dt.date | None:
    try:
        return dt.date(year, int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None


def _expiry(digits: str) -> dt.date | None:
    if not digits.isdigit():
        return None
    end = _day(2000 + int(digits[:2]), digits)
    return None if end == _NO_END else end


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", fold(name))
