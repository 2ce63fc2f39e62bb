# SPDX-License-Identifier: GPL-3.0-or-later
"""A natural person who hands in a file, owns it or helps with it."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class Sex(enum.StrEnum):
    """Sex as printed on the identity card."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Person:
    """A natural person, as the identity card or the clerk gave it.

    Attributes:
        person_id: UUIDv7.
        full_name: NFC, as printed.
        birth_date: None when only the year is known or nothing is.
        sex: None when unknown.
        id_number: Personal identification number, 12 digits, or a foreign document's number; None when none is known.
        former_id_number: 9-digit number of the former identity card, or None.
        id_issued_on: Date of issue of the card, or None.
        address: Residence as written on the card or told, never rewritten.
        unit_code: 5-digit code of the commune that the address lies in today, or None while undecided.
        phone: As told, or empty.
    """

    person_id: str
    full_name: str
    birth_date: dt.date | None = None
    sex: Sex | None = None
    id_number: str | None = None
    former_id_number: str | None = None
    id_issued_on: dt.date | None = None
    address: str = ""
    unit_code: str | None = None
    phone: str = ""
