# SPDX-License-Identifier: GPL-3.0-or-later
"""The made-up people are consistent with themselves."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from casework.records.person import Sex
from demo.identity_card import machine_readable_zone
from demo.people import BABY, CAST, FATHER, MOTHER, Citizen, card_qr_text

_CENTURY_DIGITS = {(19, Sex.MALE): "0", (19, Sex.FEMALE): "1", (20, Sex.MALE): "2", (20, Sex.FEMALE): "3"}


def test_the_qr_code_of_the_applicant_reads_as_cards_do() -> None:
    assert card_qr_text(FATHER) == (
        "038094012745|174102358|Lê Văn Thành|17031994|Nam|"
        "Thôn Trung Hậu, Xã Hoằng Trung, Huyện Hoằng Hóa, Tỉnh Thanh Hóa|10052021"
    )


def test_a_card_without_a_former_number_has_an_empty_field() -> None:
    assert card_qr_text(MOTHER).split("|")[1] == ""


@pytest.mark.parametrize("citizen", CAST, ids=lambda citizen: citizen.personal_number)
def test_the_personal_number_tells_province_century_sex_and_year(citizen: Citizen) -> None:
    number, born = citizen.personal_number, citizen.birth_date
    assert len(number) == 12
    assert number.startswith("038")  # the former code of Thanh Hóa
    assert number[3] == _CENTURY_DIGITS[born.year // 100, citizen.sex]
    assert number[4:6] == f"{born:%y}"
    assert citizen.old_number == "" or len(citizen.old_number) == 9
    assert born < citizen.issue_date < dt.date(2025, 7, 1)


def test_everything_is_in_composed_form() -> None:
    words = [BABY.full_name, BABY.birth_place, *(word for each in CAST for word in (each.full_name, each.address))]
    assert all(unicodedata.is_normalized("NFC", word) for word in words)


def test_the_machine_readable_zone_is_that_of_icao_9303() -> None:
    assert machine_readable_zone(FATHER) == [
        "IDVNM0940127452038094012745<<7",
        "9403176M3403174VNM<<<<<<<<<<<0",
        "LE<<VAN<THANH<<<<<<<<<<<<<<<<<",
    ]
