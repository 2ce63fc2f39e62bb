# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.certification.numbers_in_words import date_in_words, long_date, number_in_words
from casework.errors import BugError


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (25, "hai mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (999, "chín trăm chín mươi chín"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (200_000, "hai trăm nghìn"),
        (1_000_001, "một triệu không trăm linh một"),
        (21_500_000_000, "hai mươi mốt tỷ năm trăm triệu"),
    ],
)
def test_numbers_are_written_out(number: int, words: str) -> None:
    assert number_in_words(number) == words


@given(st.integers(0, 10**12 - 1), st.integers(0, 10**12 - 1))
def test_two_numbers_never_have_the_same_words(first: int, second: int) -> None:
    assert (number_in_words(first) == number_in_words(second)) == (first == second)


@pytest.mark.parametrize("number", [-1, 10**12])
def test_what_can_not_be_written_out_is_our_own_mistake(number: int) -> None:
    with pytest.raises(BugError):
        number_in_words(number)


def test_april_has_a_word_of_its_own() -> None:
    assert date_in_words(dt.date(2026, 4, 1)) == "ngày một tháng tư năm hai nghìn không trăm hai mươi sáu"
    assert date_in_words(dt.date(2026, 12, 24)).startswith("ngày hai mươi bốn tháng mười hai ")


def test_a_long_date_has_two_digits_for_day_and_month() -> None:
    assert long_date(dt.date(2026, 4, 1)) == "ngày 01 tháng 04 năm 2026"
