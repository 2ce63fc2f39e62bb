# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that can be told by their structure: what does not have it is not a value, however well it was read."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from typing import Final

from scanning.extract import dates, names, numbers
from scanning.extract.found import Found


class Kind(enum.Enum):
    """What a value looks like."""

    PERSON_NAME = enum.auto()
    PERSONAL_NUMBER = enum.auto()
    PAPER_NUMBER = enum.auto()
    """A personal number, or the nine digits of an identity card of before 2016."""

    DATE = enum.auto()
    EXPIRY = enum.auto()
    WRITTEN_ON = enum.auto()
    """The date of the paper itself, with or without the place before it."""
    SEX = enum.auto()
    DOCUMENT_NUMBER = enum.auto()
    BUSINESS_CODE = enum.auto()
    LAND_SERIAL = enum.auto()
    LAND_SERIAL_INSIDE = enum.auto()
    WHOLE_NUMBER = enum.auto()
    AREA = enum.auto()
    BARE_AREA = enum.auto()
    """An area whose unit stands in its label."""

    WEIGHT = enum.auto()
    PHONE = enum.auto()
    MONEY = enum.auto()
    DOSSIER_CODE = enum.auto()
    PLACE = enum.auto()
    AGENCY = enum.auto()
    BUSINESS_NAME = enum.auto()

    @property
    def goes_on(self) -> bool:
        """Whether a value may be longer than a line."""
        return self in (Kind.PLACE, Kind.AGENCY, Kind.BUSINESS_NAME)


def find(kind: Kind, text: str) -> Found | None:
    """Find the first value of a kind.

    Args:
        kind: What to look for.
        text: Words with single spaces between them.
    """
    return _FINDERS[kind](text)


_FINDERS: Final[Mapping[Kind, Callable[[str], Found | None]]] = {
    Kind.PERSON_NAME: names.find_name,
    Kind.PERSONAL_NUMBER: numbers.find_personal_number,
    Kind.PAPER_NUMBER: numbers.find_paper_number,
    Kind.DATE: dates.find_date,
    Kind.EXPIRY: dates.find_expiry,
    Kind.WRITTEN_ON: dates.find_written_on,
    Kind.SEX: names.find_sex,
    Kind.DOCUMENT_NUMBER: numbers.find_document_number,
    Kind.BUSINESS_CODE: numbers.find_business_code,
    Kind.LAND_SERIAL: numbers.find_land_serial,
    Kind.LAND_SERIAL_INSIDE: numbers.find_land_serial_inside,
    Kind.WHOLE_NUMBER: numbers.find_whole_number,
    Kind.AREA: numbers.find_area,
    Kind.BARE_AREA: numbers.find_bare_area,
    Kind.WEIGHT: numbers.find_weight,
    Kind.PHONE: numbers.find_phone,
    Kind.MONEY: numbers.find_money,
    Kind.DOSSIER_CODE: numbers.find_dossier_code,
    Kind.PLACE: names.find_place,
    Kind.AGENCY: names.find_agency,
    Kind.BUSINESS_NAME: names.find_business_name,
}
