# SPDX-License-Identifier: GPL-3.0-or-later
"""Households for papers of the residence register; nobody lives in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import TODAY, Authority, address, day_between, facts, police, registered_number
from demo.papers.wording import slashed

MEMBERS: Final = (
    "TT",
    "Họ, chữ đệm và tên",
    "Ngày, tháng, năm sinh",
    "Giới tính",
    "Số định danh cá nhân",
    "Quan hệ với chủ hộ",
)
"""Heading of the table of members."""
MEMBER_SHARES: Final = (0.4, 2, 1.3, 0.8, 1.6, 1.1)
"""Widths of its columns."""
_RELATIONS: Final = ("Con", "Con", "Cháu", "Em", "Cùng ở nhờ")


@dataclass(frozen=True, slots=True)
class Household:
    """A household and the one of it who wants something of the police.

    Attributes:
        person: Who asks.
        head: Of the household; may be the person.
        relation: What the person is to the head.
        members: Children who move too.
        day: Of the paper.
        office: The police of the commune.
        number: Of a confirmation.
        chief: Who signs for the police.
    """

    person: Person
    head: Person
    relation: str
    members: Sequence[Person]
    day: dt.date
    office: Authority
    number: str
    chief: str

    @property
    def residence(self) -> str:
        """Where the person lives, as papers of that day write it."""
        return address(self.person, self.day)

    @property
    def place_and_date(self) -> str:
        """As letters write it."""
        return f"{self.office.town}, {written_date(self.day)}"

    def rows(self, least: int) -> Sequence[tuple[str, ...]]:
        """Rows for the table of members; empty ones up to a least number."""
        filled = [
            (f"{index}", each.full_name, slashed(each.birth_date), each.sex_word, each.personal_number, "Con")
            for index, each in enumerate(self.members, start=1)
        ]
        return filled + [("", "", "", "", "", "")] * (least - len(filled))

    def declared(self, **printed_otherwise: str | dt.date | None) -> Mapping[str, str]:
        """What a CT01 says; ``None`` for what it does not print."""
        known: dict[str, str | dt.date | None] = {
            "full_name": self.person.full_name,
            "birth_date": self.person.birth_date,
            "sex": self.person.sex,
            "personal_number": self.person.personal_number,
            "phone": self.person.phone,
            "head_name": self.head.full_name,
            "head_number": self.head.personal_number,
            "issue_date": self.day,
        }
        return facts(**known | printed_otherwise)

    def confirmed(self, **printed_otherwise: str | dt.date | None) -> Mapping[str, str]:
        """What a CT07 says; ``None`` for what it does not print."""
        known: dict[str, str | dt.date | None] = {
            "document_number": self.number,
            "full_name": self.person.full_name,
            "birth_date": self.person.birth_date,
            "sex": self.person.sex,
            "personal_number": self.person.personal_number,
            "residence": self.residence,
            "head_name": self.head.full_name,
            "issue_date": self.day,
            "issuer": self.office.name,
            "signer": self.chief,
        }
        return facts(**known | printed_otherwise)


def household(made_up: MadeUp, first: dt.date, last: dt.date = TODAY) -> Household:
    """Make a household up whose paper was written between two days."""
    chance = made_up.random
    day = day_between(made_up, first, last)
    person = made_up.person(born=(1955, 2006))
    relation = chance.choice((*_RELATIONS, "Vợ" if person.is_female else "Chồng"))
    head = replace(made_up.person(born=(1945, 1985)), place=person.place)
    if chance.random() < 0.35:
        head, relation = person, "Chủ hộ"
    members = [
        replace(made_up.person(born=(2008, day.year - 1)), place=person.place) for _ in range(chance.randrange(3))
    ]
    office = police(person.place, day)
    number = registered_number(made_up, day, chance.choice(("XN", "XN-CAX", "XNCT")))
    return Household(
        person, head, relation, members, day, office, number, made_up.name(is_female=chance.random() < 0.15)
    )
