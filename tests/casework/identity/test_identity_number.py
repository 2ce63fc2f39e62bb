# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.identity.identity_number import (
    PROVINCE_NAMES,
    IdentityNumber,
    NumberDoubt,
    card_ends_on,
    doubts_about,
    read_former_number,
    read_identity_number,
)
from casework.records.person import Sex
from casework.unit_words import squeeze
from casework.units import Units

TODAY = dt.date(2026, 12, 1)


def number(text: str) -> IdentityNumber:
    read = read_identity_number(text)
    assert read is not None
    return read


def test_the_names_are_those_of_the_63_provinces_of_before_the_merger() -> None:
    former = {name.removeprefix("Thành phố ").removeprefix("Tỉnh ") for name, _, _ in Units.shipped()._former}
    named = {"Huế" if name == "Thừa Thiên Huế" else name for name in PROVINCE_NAMES.values()}
    assert {squeeze(name) for name in named} == {squeeze(name) for name in former}
    assert len(PROVINCE_NAMES) == 63


@pytest.mark.parametrize(
    ("text", "place", "name", "sex", "year"),
    [
        ("038094012745", 38, "Thanh Hóa", Sex.MALE, 1994),
        ("001194000001", 1, "Hà Nội", Sex.FEMALE, 1994),
        ("096203000001", 96, "Cà Mau", Sex.MALE, 2003),
        ("079326000001", 79, "Hồ Chí Minh", Sex.FEMALE, 2026),
        ("001400000001", 1, "Hà Nội", Sex.MALE, 2100),
        ("001999000001", 1, "Hà Nội", Sex.FEMALE, 2399),
        ("003094000001", 3, "", Sex.MALE, 1994),
        ("101094000001", 101, "", Sex.MALE, 1994),
    ],
)
def test_the_digits_tell_place_century_sex_and_year(text: str, place: int, name: str, sex: Sex, year: int) -> None:
    read = number(text)
    assert (read.place_code, read.province_name, read.sex, read.birth_year) == (place, name, sex, year)
    assert read.is_registered_abroad is (place >= 100)


@pytest.mark.parametrize(
    "text", ["038 094 012 745", "038.094.012.745", " 038-094-012745\n", "０３８０９４０１２７４５"]
)
def test_grouped_numbers_are_read(text: str) -> None:
    assert number(text).number == "038094012745"


@pytest.mark.parametrize("text", ["", "03809401274", "0380940127456", "03809401274a", "²38094012745x", "174102358"])
def test_other_text_is_no_number(text: str) -> None:
    assert read_identity_number(text) is None


def test_the_former_number_has_nine_digits() -> None:
    assert read_former_number("174 102 358") == "174102358"
    assert read_former_number("17410235") is None
    assert read_former_number("1741023589") is None


@pytest.mark.parametrize(
    ("text", "year", "sex", "doubts"),
    [
        ("038094012745", 1994, Sex.MALE, ()),
        ("038094012745", None, None, ()),
        ("038094012745", 1994, Sex.FEMALE, (NumberDoubt.SEX_DISAGREES,)),
        ("038094012745", 1995, None, (NumberDoubt.BIRTH_YEAR_DISAGREES,)),
        ("003094012745", None, None, (NumberDoubt.UNKNOWN_PLACE,)),
        ("000094012745", None, None, (NumberDoubt.UNKNOWN_PLACE,)),
        ("100094012745", None, None, ()),
        ("038226012745", None, None, ()),
        ("038227012745", None, None, (NumberDoubt.NOT_YET_BORN,)),
        ("038006012745", None, None, ()),
        ("038005012745", None, None, (NumberDoubt.VERY_OLD,)),
    ],
)
def test_what_does_not_fit_is_a_doubt(
    text: str, year: int | None, sex: Sex | None, doubts: tuple[NumberDoubt, ...]
) -> None:
    assert doubts_about(number(text), TODAY, year, sex) == doubts


@pytest.mark.parametrize(
    ("birth", "issued", "ends"),
    [
        ("2015-05-10", "2024-08-01", "2029-05-10"),  # a child's card, to 14
        ("2012-05-10", "2024-08-01", "2037-05-10"),  # in the two years before 14: to 25
        ("2012-05-10", "2024-06-30", "2037-05-10"),  # the older law knows no 14
        ("1994-03-17", "2017-03-16", "2019-03-17"),
        ("1994-03-17", "2017-03-17", "2034-03-17"),
        ("1994-03-17", "2021-05-10", "2034-03-17"),
        ("1966-01-01", "2023-12-31", "2026-01-01"),
        ("1966-01-01", "2024-01-01", None),
        ("1950-01-01", "2021-05-10", None),
        ("2000-02-29", "2021-05-10", "2025-03-01"),
        ("1980-02-29", "2017-05-10", "2020-02-29"),
    ],
)
def test_a_card_runs_to_the_next_age_unless_that_is_within_two_years(birth: str, issued: str, ends: str | None) -> None:
    end = card_ends_on(dt.date.fromisoformat(birth), dt.date.fromisoformat(issued))
    assert end == (dt.date.fromisoformat(ends) if ends else None)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 40_000))
def test_a_card_never_ends_within_two_years_of_its_issue_before_an_age(birth: dt.date, days: int) -> None:
    issued = birth + dt.timedelta(days)
    end = card_ends_on(birth, issued)
    assert end is None or (end - issued).days >= 730
