# SPDX-License-Identifier: GPL-3.0-or-later
"""Parcels, offices, businesses and sums for made-up papers."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from casework.codes import parse_code
from demo.papers.made_up import MadeUp
from demo.papers.made_up_trade import bare, business, decimal, money, office_at, parcel, past_day, procedure

BEFORE = dt.date(2025, 6, 30)
SINCE = dt.date(2025, 7, 1)


@pytest.fixture
def made() -> MadeUp:
    return MadeUp(random.Random(7))


def test_an_office_stands_under_a_district_until_july_2025_and_under_a_province_since(made: MadeUp) -> None:
    place = made.place()

    assert office_at(place, BEFORE).above == place.district
    assert office_at(place, SINCE).above == place.province
    assert place.district not in office_at(place, SINCE).area


def test_the_uses_of_a_parcel_add_up_to_its_area(made: MadeUp) -> None:
    for _ in range(50):
        land = parcel(made, made.place(), SINCE)

        assert 0 <= land.garden_tenths < land.tenths
        assert float(land.area_m2) == land.tenths / 10
        assert decimal(land.tenths - land.garden_tenths) in land.uses


def test_an_area_is_read_aloud() -> None:
    land = parcel(MadeUp(random.Random(1)), MadeUp(random.Random(1)).place(), SINCE)

    assert land.area_in_words.endswith(" mét vuông")
    assert (" phẩy " in land.area_in_words) == (not land.area.endswith(",0"))


def test_codes_of_dossiers_are_ones_that_the_desk_understands(made: MadeUp) -> None:
    for _ in range(50):
        received = past_day(made, 2018, 2026)
        assert parse_code(procedure(made, received).dossier_code) is not None


def test_capital_is_written_with_dots(made: MadeUp) -> None:
    assert money(1_500_000) == "1.500.000"
    assert business(made, made.person()).capital >= 20_000_000


@pytest.mark.parametrize(
    ("name", "proper"), [("thành phố Hà Nội", "Hà Nội"), ("xã Tả Phìn", "Tả Phìn"), ("Huế", "Huế")]
)
def test_the_word_for_its_type_is_taken_off_a_name(name: str, proper: str) -> None:
    assert bare(name) == proper
