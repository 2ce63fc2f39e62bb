# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable

import pytest

from scanning.ocr.text import PageText
from scanning.page_number import PageNumber, page_number

Print = Callable[..., PageText]
MIDDLE = " " * 41


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Trang 2/3", PageNumber(2, 3)),
        ("Trang: 2 / 3", PageNumber(2, 3)),
        ("Trang 2 trên 3", PageNumber(2, 3)),
        ("Page 2 of 3", PageNumber(2, 3)),
        ("Trang 4", PageNumber(4)),
        ("2/3", PageNumber(2, 3)),
        ("(2/3)", PageNumber(2, 3)),
        (f"{MIDDLE}2", PageNumber(2)),
        (f"{MIDDLE}- 12 -", PageNumber(12)),
    ],
)
def test_the_number_of_a_page_is_read_at_its_upper_edge(printed: Print, line: str, number: PageNumber) -> None:
    assert page_number(printed(line, "Nội dung")) == number


def test_numbers_with_a_word_stand_at_the_lower_edge_too(printed: Print) -> None:
    assert page_number(printed(*["Nội dung"] * 40, "Trang 1/2", height_px=2150)) == PageNumber(1, 2)


@pytest.mark.parametrize(
    "line",
    [f"{MIDDLE}1", "2", "Số: 2/3", "3/2", "02/10/2026", "Trang bị 2 máy", "0/3", "Trang 2/900", "12 tháng 10", ""],
)
def test_other_numbers_are_none(printed: Print, line: str) -> None:
    assert page_number(printed(line, "Nội dung")) is None


def test_a_number_in_the_middle_of_a_page_is_none(printed: Print) -> None:
    assert page_number(printed(*["Nội dung"] * 20, "Trang 2/3", *["Nội dung"] * 20, height_px=2150)) is None
