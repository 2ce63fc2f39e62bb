# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers and days in words, as papers write them."""

from __future__ import annotations

import datetime as dt

import pytest

from demo.papers.wording import day_in_words, number_in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (55, "năm mươi lăm"),
        (105, "một trăm linh năm"),
        (2000, "hai nghìn"),
        (2005, "hai nghìn không trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (1_250_000, "một triệu hai trăm năm mươi nghìn"),
        (3_000_000_000, "ba tỷ"),
    ],
)
def test_numbers_are_written_in_words(number: int, words: str) -> None:
    assert number_in_words(number) == words


def test_a_day_in_words_says_mồng_up_to_the_tenth_and_tư_for_april() -> None:
    assert day_in_words(dt.date(2021, 4, 5)) == "Ngày mồng năm, tháng tư, năm hai nghìn không trăm hai mươi mốt"
    assert day_in_words(dt.date(2026, 10, 12)) == "Ngày mười hai, tháng mười, năm hai nghìn không trăm hai mươi sáu"
