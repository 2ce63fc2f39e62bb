# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries of made-up civil registers: births, marriages and deaths that never happened, with who recorded them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from demo.papers.made_up import MadeUp, Person
from demo.papers.made_up_civil import (
    TODAY,
    Authority,
    address,
    committee,
    couple,
    day_between,
    days_later,
    facts,
    family,
    home_place,
    hospital,
    registered_number,
)

_CAUSES: Final = (
    "Bệnh già",
    "Tuổi cao, sức yếu",
    "Ung thư phổi",
    "Tai biến mạch máu não",
    "Suy tim",
    "Tai nạn giao thông",
)


@dataclass(frozen=True, slots=True)
class Birth:
    """An entry of the register of births.

    Attributes:
        child: Who was born.
        mother: Of the child.
        father: Of the child.
        day: Of the registration.
        authority: Where it was registered.
        place: Of birth.
        number: Of the entry.
        chief: Who signed.
    """

    child: Person
    mother: Person
    father: Person
    day: dt.date
    authority: Authority
    place: str
    number: str
    chief: str

    @property
    def origin(self) -> str:
        """Quê quán of the child."""
        return home_place(self.child, self.day)

    def fields(self, **printed_otherwise: str | dt.date | None) -> Mapping[str, str]:
        """What a paper about the birth says; ``None`` for what it does not print."""
        known: dict[str, str | dt.date | None] = {
            "document_number": self.number,
            "full_name": self.child.full_name,
            "birth_date": self.child.birth_date,
            "sex": self.child.sex,
            "birth_place": self.place,
            "origin": self.origin,
            "personal_number": self.child.personal_number,
            "mother_name": self.mother.full_name,
            "father_name": self.father.full_name,
            "issuer": self.authority.whole_name,
            "issue_date": self.day,
            "signer": self.chief,
        }
        return facts(**known | printed_otherwise)


@dataclass(frozen=True, slots=True)
class Marriage:
    """An entry of the register of marriages; attributes as of ``Birth``."""

    wife: Person
    husband: Person
    day: dt.date
    authority: Authority
    number: str
    chief: str

    def fields(self, **printed_otherwise: str | dt.date | None) -> Mapping[str, str]:
        """What a paper about the marriage says; ``None`` for what it does not print."""
        known: dict[str, str | dt.date | None] = {
            "document_number": self.number,
            "wife_name": self.wife.full_name,
            "wife_number": self.wife.personal_number,
            "wife_birth_date": self.wife.birth_date,
            "husband_name": self.husband.full_name,
            "husband_number": self.husband.personal_number,
            "husband_birth_date": self.husband.birth_date,
            "issuer": self.authority.whole_name,
            "signer": self.chief,
        }
        return facts(**known | printed_otherwise)


@dataclass(frozen=True, slots=True)
class Death:
    """An entry of the register of deaths.

    Attributes:
        dead: Who died.
        reporter: Who reported it.
        relation: What the reporter is to the dead.
        died: When, local time.
        day: Of the registration or the notice.
        authority: Where it was registered.
        place: Of death.
        cause: As physicians or relatives state it.
        number: Of the entry.
        chief: Who signed.
    """

    dead: Person
    reporter: Person
    relation: str
    died: dt.datetime
    day: dt.date
    authority: Authority
    place: str
    cause: str
    number: str
    chief: str

    @property
    def moment(self) -> str:
        """``04 giờ 35 phút, ngày 12 tháng 10 năm 2026``."""
        return moment(self.died)

    def fields(self, **printed_otherwise: str | dt.date | None) -> Mapping[str, str]:
        """What a paper about the death says; ``None`` for what it does not print."""
        known: dict[str, str | dt.date | None] = {
            "document_number": self.number,
            "full_name": self.dead.full_name,
            "birth_date": self.dead.birth_date,
            "sex": self.dead.sex,
            "personal_number": self.dead.personal_number,
            "death_date": self.died.date(),
            "death_place": self.place,
            "issue_date": self.day,
            "issuer": self.authority.name,
            "signer": self.chief,
        }
        return facts(**known | printed_otherwise)


def birth(made_up: MadeUp, first: dt.date, last: dt.date = TODAY) -> Birth:
    """Make a birth up that was registered between two days."""
    day = day_between(made_up, first, last)
    people = family(made_up, day - dt.timedelta(days=made_up.random.randrange(2, 59)))
    child = people.child
    authority, born_at = committee(made_up, child.place, day), hospital(made_up, child.place, day)
    place = made_up.random.choice((born_at.name, born_at.whole_name, born_at.whole_name))
    if made_up.random.random() < 0.15:
        place = f"Trạm Y tế {authority.commune}"
    number, chief = registered_number(made_up, day), _chief(made_up)
    return Birth(child, people.mother, people.father, day, authority, place, number, chief)


def marriage(made_up: MadeUp, first: dt.date, last: dt.date = TODAY) -> Marriage:
    """Make a marriage up that was registered between two days."""
    day = day_between(made_up, first, last)
    wife, husband = couple(made_up, day)
    where = made_up.random.choice((wife, husband)).place
    return Marriage(
        wife, husband, day, committee(made_up, where, day), registered_number(made_up, day), _chief(made_up)
    )


def death(made_up: MadeUp, first: dt.date, last: dt.date = TODAY) -> Death:
    """Make a death up that was registered between two days."""
    chance = made_up.random
    day = day_between(made_up, first, last)
    died = dt.datetime.combine(
        day - dt.timedelta(days=chance.randrange(1, 14)), dt.time(chance.randrange(24), chance.randrange(60))
    )
    dead = made_up.person(born=(1928, 1985))
    relation = chance.choice(("Con", "Con", "Vợ" if not dead.is_female else "Chồng", "Cháu", "Em"))
    reporter = made_up.person(
        is_female={"Vợ": True, "Chồng": False}.get(relation),
        born=(1945, 1975) if relation in ("Vợ", "Chồng", "Em") else (1965, 2000),
    )
    clinic = hospital(made_up, dead.place, day)
    place = chance.choice((address(dead, day), address(dead, day), clinic.whole_name))
    return Death(
        dead=dead,
        reporter=reporter,
        relation=relation,
        died=died,
        day=days_later(day, 0),
        authority=committee(made_up, dead.place, day),
        place=place,
        cause=chance.choice(_CAUSES),
        number=registered_number(made_up, day),
        chief=_chief(made_up),
    )


def moment(time: dt.datetime) -> str:
    """``04 giờ 35 phút, ngày 12 tháng 10 năm 2026``."""
    return f"{time:%H giờ %M phút, ngày %d tháng %m năm %Y}"


def _chief(made_up: MadeUp) -> str:
    return made_up.name(is_female=made_up.random.random() < 0.25)
