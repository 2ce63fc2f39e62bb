# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.codes import (
    NUMBERS_PER_SLOT,
    SLOTS,
    UNIT_CODE_LENGTH,
    DossierCode,
    UnitCodeScheme,
    make_code,
    numbers_of_slot,
    parse_code,
    unit_code_scheme,
)
from casework.errors import BugError, KnownError

DAY = dt.date(2026, 11, 22)

slots = st.integers(0, SLOTS - 1)
counts = st.integers(1, NUMBERS_PER_SLOT)


def test_a_code_names_the_unit_the_day_and_the_number_of_the_workstations_slot() -> None:
    assert make_code("H56.14", DAY, 0, 1) == "H56.14-261122-0001"
    assert make_code("H56.14", DAY, 1, 1) == "H56.14-261122-0601"
    assert make_code("H56.14", DAY, 15, 600) == "H56.14-261122-9600"


def test_no_two_dossiers_of_a_day_share_a_code() -> None:
    codes = {make_code("H56.14", DAY, slot, count) for slot in range(SLOTS) for count in range(1, 601)}
    assert len(codes) == SLOTS * NUMBERS_PER_SLOT


@given(slots, counts, st.dates(dt.date(2020, 1, 1), dt.date(2099, 12, 31)))
def test_a_code_can_be_taken_apart_again(slot: int, count: int, day: dt.date) -> None:
    code = parse_code(make_code("H56.14.02", day, slot, count))
    assert code is not None
    assert (code.unit_code, code.day, code.slot) == ("H56.14.02", day, slot)
    assert code.number == 600 * slot + count


def test_the_six_hundred_and_first_dossier_of_a_day_has_no_number() -> None:
    with pytest.raises(KnownError) as caught:
        make_code("H56.14", DAY, 3, 601)
    assert caught.value.code == "code-numbers-exhausted"
    assert caught.value.details == {"numbers": "600", "day": "2026-11-22"}


@pytest.mark.parametrize(
    ("unit", "slot", "count"), [("H56.14", 16, 1), ("H56.14", -1, 1), ("H56.14", 0, 0), ("h56", 0, 1)]
)
def test_an_impossible_slot_count_or_unit_is_our_own_mistake(unit: str, slot: int, count: int) -> None:
    with pytest.raises(BugError):
        make_code(unit, DAY, slot, count)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("000.00.01.H22-250701-0001", DossierCode("000.00.01.H22", dt.date(2025, 7, 1), 1)),
        (" H56-250701-123456\n", DossierCode("H56", dt.date(2025, 7, 1), 123456)),
        ("G22.1.2.3.4.5.6-250701-0001", DossierCode("G22.1.2.3.4.5.6", dt.date(2025, 7, 1), 1)),
    ],
)
def test_codes_of_other_systems_are_recognised(text: str, expected: DossierCode) -> None:
    assert parse_code(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H56.14",
        "H56.14-250732-0001",
        "H56.14-250701-001",
        "H56.14-250701-1234567",
        "h56.14-250701-0001",
        "x H56-250701-0001",
    ],
)
def test_what_is_no_code_is_not_taken_for_one(text: str) -> None:
    assert parse_code(text) is None


@pytest.mark.parametrize("number", [0, 9601, 123456])
def test_a_number_outside_every_slot_belongs_to_no_workstation(number: int) -> None:
    assert DossierCode("H56", DAY, number).slot is None


def test_a_unit_code_has_at_most_thirty_five_characters() -> None:
    longest = "H56." + "A" * 31
    assert len(longest) == UNIT_CODE_LENGTH
    assert unit_code_scheme(longest) is UnitCodeScheme.QD_20_2020
    assert parse_code(f"{longest}-250701-0001") is not None
    assert unit_code_scheme(longest + "A") is None
    assert parse_code(f"{longest}A-250701-0001") is None
    with pytest.raises(BugError):
        make_code(longest + "A", DAY, 0, 1)


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("H56", UnitCodeScheme.QD_20_2020),
        ("H56.14.A2", UnitCodeScheme.QD_20_2020),
        ("000.00.01.H22", UnitCodeScheme.QCVN_102_2016),
        ("00.00.01.H22", None),
        ("H5", None),
        ("h56", None),
        ("H56.", None),
        ("٠٠٠.00.01.H22", None),
        ("", None),
    ],
)
def test_a_unit_code_follows_the_present_or_the_former_scheme(text: str, scheme: UnitCodeScheme | None) -> None:
    assert unit_code_scheme(text) is scheme


def test_the_numbers_of_the_slots_follow_each_other_without_gap() -> None:
    assert [number for slot in range(SLOTS) for number in numbers_of_slot(slot)] == list(range(1, 9601))
    assert len(numbers_of_slot(5)) == NUMBERS_PER_SLOT
