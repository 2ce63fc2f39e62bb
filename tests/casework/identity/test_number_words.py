# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.certification.numbers_in_words import number_in_words
from casework.identity.number_words import read_number
from casework.text import fold


@given(st.integers(0, 9_999))
def test_every_number_that_is_written_out_is_read_back(number: int) -> None:
    assert read_number(fold(number_in_words(number)).split()) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("07", 7),
        ("bon", 4),
        ("muoi lam", 15),
        ("hai muoi tu", 24),
        ("hai lam", 25),
        ("ham ba", 23),
        ("bam mot", 31),
        ("hai chuc", 20),
        ("mot ngan chin tram le bay", 1907),
        ("hai nghin linh nam", 2005),
        ("hai nghin", 2000),
    ],
)
def test_spoken_short_forms_are_read(words: str, number: int) -> None:
    assert read_number(words.split()) == number


@pytest.mark.parametrize(
    "words",
    ["", "thang", "muoi muoi", "mot muoi", "linh nam", "le", "tram", "ba nghin nghin", "muoi khong", "mot hai", "x5"],
)
def test_other_words_are_no_number(words: str) -> None:
    assert read_number(words.split()) is None
