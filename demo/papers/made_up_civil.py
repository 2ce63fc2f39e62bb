# SPDX-License-Identifier: GPL-3.0-or-later
"""Authorities, hospitals, families and couples for made-up papers; they exist as little as the people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from demo.papers.made_up import MadeUp, Person, Place
from demo.papers.plan import Block, entry, signer

WITHOUT_DISTRICTS: Final = dt.date(2025, 7, 1)
"""From this day there are no districts and the communes are larger."""
TODAY: Final = dt.date(2026, 11, 30)
"""No paper is younger."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A commune's agency on a day.

    Attributes:
        head: What it is, e.g. ``Ủy ban nhân dân``.
        commune: E.g. ``xã Hoằng Phú``.
        district: E.g. ``huyện Hoằng Hóa``; empty when there are none any more.
        province: E.g. ``tỉnh Thanh Hóa``.
        superior: First line of its letterhead.
    """

    head: str
    commune: str
    district: str
    province: str
    superior: str

    @property
    def name(self) -> str:
        """``Ủy ban nhân dân xã Hoằng Phú``."""
        return f"{self.head} {self.commune}"

    @property
    def whole_name(self) -> str:
        """``Ủy ban nhân dân xã Hoằng Trung, huyện Hoằng Hóa, tỉnh Thanh Hóa``."""
        return ", ".join(part for part in (self.name, self.district, self.province) if part)

    @property
    def town(self) -> str:
        """The commune without its kind, as letters write it before the date."""
        return proper(self.commune)

    @property
    def letterhead(self) -> tuple[str, ...]:
        """Lines in capitals; the superior first."""
        return self.superior, self.head.upper(), self.commune.upper()

    @property
    def seal(self) -> tuple[str, str]:
        """Words around and below in its seal."""
        return self.name.upper(), (self.district or self.province).upper()


@dataclass(frozen=True, slots=True)
class Hospital:
    """Where people are born and die.

    Attributes:
        name: E.g. ``Bệnh viện Đa khoa huyện Hoằng Hóa``.
        superior: First line of its letterhead.
        province: Where it is.
        town: Before the date of its letters.
    """

    name: str
    superior: str
    province: str
    town: str

    @property
    def whole_name(self) -> str:
        """Name and province."""
        return self.name if self.name.endswith(self.province) else f"{self.name}, {self.province}"


@dataclass(frozen=True, slots=True)
class Family:
    """A child and its parents, of one household."""

    child: Person
    mother: Person
    father: Person


def day_between(made_up: MadeUp, first: dt.date, last: dt.date = TODAY) -> dt.date:
    """Choose a day, both ends included."""
    return first + dt.timedelta(days=made_up.random.randrange(max(1, (last - first).days + 1)))


def days_later(day: dt.date, days: int) -> dt.date:
    """A later day, but not after today."""
    return min(day + dt.timedelta(days=days), TODAY)


def address(person: Person, day: dt.date) -> str:
    """Where somebody lives, as papers of that day write it."""
    return person.place.today if day >= WITHOUT_DISTRICTS else person.place.before


def home_place(person: Person, day: dt.date) -> str:
    """Quê quán, as papers of that day write it."""
    return f"{person.place.commune}, {person.place.province}" if day >= WITHOUT_DISTRICTS else person.origin


def committee(made_up: MadeUp, place: Place, day: dt.date) -> Authority:
    """The people's committee of the commune on that day."""
    return _agency("Ủy ban nhân dân", made_up.random.choice(("UBND ", "", "")), place, day)


def police(place: Place, day: dt.date) -> Authority:
    """The police of the commune on that day."""
    return _agency("Công an", "CÔNG AN ", place, day)


def _agency(head: str, prefix: str, place: Place, day: dt.date) -> Authority:
    if day < WITHOUT_DISTRICTS:
        superior = prefix + place.district.upper()
        return Authority(head, place.former_commune, place.district, place.province, superior)
    return Authority(head, place.commune, "", place.province, prefix + place.province.upper())


def hospital(made_up: MadeUp, place: Place, day: dt.date) -> Hospital:
    """A hospital near a place."""
    where = place.district if day < WITHOUT_DISTRICTS else place.province
    name = made_up.random.choice(
        (f"Bệnh viện Đa khoa {where}", f"Trung tâm Y tế {where}", f"Bệnh viện Sản - Nhi {place.province}")
    )
    return Hospital(name, f"SỞ Y TẾ {proper(place.province).upper()}", place.province, proper(where))


def family(made_up: MadeUp, born: dt.date) -> Family:
    """A family whose child was born on a day."""
    mother = made_up.person(is_female=True, born=(born.year - 40, born.year - 20))
    father = made_up.person(is_female=False, born=(born.year - 45, born.year - 21))
    child = made_up.person(born=(born.year, born.year))
    father = replace(father, place=mother.place)
    number = f"{mother.place.province_code}{child.personal_number[3]}{born:%y}{child.personal_number[6:]}"
    child = replace(
        child,
        full_name=" ".join([*father.full_name.split()[:1], *child.full_name.split()[1:]]),
        birth_date=born,
        personal_number=number,
        place=mother.place,
        origin=father.origin,
        ethnic_group=father.ethnic_group,
    )
    return Family(child, mother, father)


def couple(made_up: MadeUp, day: dt.date) -> tuple[Person, Person]:
    """Wife and husband, old enough to marry on a day."""
    wife = made_up.person(is_female=True, born=(day.year - 40, day.year - 19))
    husband = made_up.person(is_female=False, born=(day.year - 45, day.year - 21))
    return wife, husband


def registered_number(made_up: MadeUp, day: dt.date, suffix: str = "") -> str:
    """Number in a register: ``21/2023``, or with a suffix ``21/TLKT-BS``."""
    number = made_up.random.randrange(1, 400)
    shown = f"{number:02}" if made_up.random.random() < 0.8 else f"{number:03}"
    return f"{shown}/{suffix or day.year}"


def official(
    made_up: MadeUp, authority: Authority, name: str, *, first_line: str = "", note: str = "", may_delegate: bool = True
) -> Block:
    """Who signs for a people's committee, in one of the usual capacities, with the seal.

    Args:
        made_up: Chooses the capacity.
        authority: Whose seal.
        name: Who signs.
        first_line: Above the capacity, e.g. ``NGƯỜI KÝ TRÍCH LỤC``; instead of ``TM. ỦY BAN NHÂN DÂN``.
        note: What the form says below the capacity.
        may_delegate: Whether the registrar may sign in the chairman's name.
    """
    capacities = [("CHỦ TỊCH",), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")]
    if may_delegate:
        capacities.append(("TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH"))
    capacity = made_up.random.choice(capacities)
    above = first_line or ("" if capacity[0].startswith("TUQ") else f"TM. {authority.head.upper()}")
    return signer([line for line in (above, *capacity) if line], name, note=note, seal=authority.seal)


def facts(**values: str | dt.date | None) -> Mapping[str, str]:
    """Fields of a plan: dates as ISO 8601, without what the page does not print."""
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in values.items()
        if value is not None
    }


def proper(unit: str) -> str:
    """The name of a commune, district or province without its kind."""
    for kind in ("xã ", "phường ", "thị trấn ", "huyện ", "quận ", "thị xã ", "thành phố ", "tỉnh "):
        unit = unit.removeprefix(kind)
    return unit


def filler(made_up: MadeUp, by_hand_share: float) -> Callable[..., Block]:
    """``plan.entry`` for a form that was filled in with a pen, or typed: one or the other for the whole page."""
    return partial(entry, by_hand=made_up.random.random() < by_hand_share)
