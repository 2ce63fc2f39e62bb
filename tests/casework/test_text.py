# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.text import (
    NameMatch,
    clean,
    compare_names,
    fold,
    in_capitals,
    in_title_case,
    may_be_one_name,
    spoken,
)


def test_stored_text_is_composed_and_without_invisible_signs() -> None:
    assert clean(" Người  đăng k\u200eý\u00a0hộ\ttịch\n") == "Người đăng ký hộ tịch"
    assert clean(unicodedata.normalize("NFD", "Nguyễn Thị Đượm")) == "Nguyễn Thị Đượm"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("ĐẶC KHU  Lý Sơn ", "dac khu ly son"),
        (unicodedata.normalize("NFD", "Hoằng Hoá"), "hoang hoa"),
        ("k\u200eý", "ky"),
        ("\u00d0ặng \u0189ức, \u00f0ường \u0256ỏ", "dang duc, duong do"),
        ("", ""),
    ],
)
def test_searched_text_has_no_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("first", "second", "match"),
    [
        ("Lê Văn Thành", "LÊ VĂN THÀNH", NameMatch.EXACT),
        ("Nguyễn Văn Hoà", "nguyễn văn hòa", NameMatch.EXACT),
        ("Trần Thị Thuý", "Trần  Thị Thúy", NameMatch.EXACT),
        ("Lê Văn Thành", "Le Van Thanh", NameMatch.WITHOUT_DIACRITICS),
        ("Lê Văn Thành", "Lê Văn Thạnh", NameMatch.WITHOUT_DIACRITICS),
        ("Đỗ Thị Mơ", "Do Thi Mo", NameMatch.WITHOUT_DIACRITICS),
        ("\u00d0ặng Văn \u0189ức", "Đặng Văn Đức", NameMatch.EXACT),
        ("Lê Văn Thành", "Lê Văn Thanh Tùng", NameMatch.MISMATCH),
        ("Lê Văn Thành", "Lê Văn Thịnh", NameMatch.MISMATCH),
    ],
)
def test_names_are_compared_in_three_levels(first: str, second: str, match: NameMatch) -> None:
    assert compare_names(first, second) is match
    assert compare_names(second, first) is match


@given(st.text())
def test_cleaning_and_folding_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)


def test_a_word_sounds_the_same_wherever_its_tone_is_written() -> None:
    assert spoken("hoà") == spoken("HÒA") == spoken(unicodedata.normalize("NFD", "Hòa"))
    assert len({spoken(word) for word in ("hoa", "hòa", "hóa", "hỏa", "hơa", "hôa", "đoa", "doa")}) == 8


@pytest.mark.parametrize(
    ("first", "second", "is_doubtful"),
    [
        ("Nguyễn Thị Lý", "NGUYỄN THỊ LÍ", True),
        ("Trần Quý", "Trần Quí", True),
        ("Mỹ Kỳ", "Mĩ Kì", True),
        ("Y Thi", "I Thy", True),
        ("Lý", "Lý", False),
        ("Hoà", "Hòa", False),
        ("Lý", "Li", False),
        ("Thúy", "Thúi", False),
        ("Tuyết", "Tuiết", False),
        ("Lý Văn", "Lí Vân", False),
    ],
)
def test_i_and_y_are_a_doubt_beside_the_three_levels(first: str, second: str, is_doubtful: bool) -> None:
    assert may_be_one_name(first, second) is may_be_one_name(second, first) is is_doubtful
    if is_doubtful:
        assert compare_names(first, second) is NameMatch.MISMATCH


def test_names_are_printed_in_capitals_or_with_capital_initials() -> None:
    assert in_capitals(unicodedata.normalize("NFD", " Nguyễn  thị Đượm")) == "NGUYỄN THỊ ĐƯỢM"
    assert in_title_case("NGUYỄN thị ĐƯỢM") == "Nguyễn Thị Đượm"
    assert in_title_case("H'HEN NIÊ anna-MARIA") == "H'Hen Niê Anna-Maria"
