# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from casework.identity.syllables import is_bare_syllable, is_syllable, words_in
from casework.text import fold

SYLLABLES = (
    "Nguyễn Thị Đượm Hoằng Trung Thanh Hoá Hóa Quý Quí Quỳnh quýt Quốc Giang Gìn gì Khuya Nghệ xoong Huỳnh quyết Thuỷ "
    "Uỷ ngoèo khuỷu Yến yêu ơ Ấp ích Đắk Lắk"
)


@pytest.mark.parametrize("word", [word for word in SYLLABLES.split() if word not in {"Đắk", "Lắk"}])
def test_what_vietnamese_write_is_a_syllable(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(word.upper())
    assert is_bare_syllable(fold(word))


@pytest.mark.parametrize("word", ["", "Kpă", "Max", "Đắk", "Nguyểnn", "Mưaa", "qôc", "bat", "hoàc", "hòá", "Wen", "x"])
def test_other_letters_are_none(word: str) -> None:
    assert not is_syllable(word)


def test_a_syllable_that_ends_in_a_stop_needs_one_of_two_tones() -> None:
    assert [is_syllable(word) for word in ("bát", "bạt", "bat", "bàt", "bảt", "bãt")] == [True, True, *[False] * 4]


def test_without_accents_the_tone_is_not_asked_for() -> None:
    assert is_bare_syllable("bat")
    assert is_bare_syllable("Nguyen")
    assert not is_bare_syllable("Nguyeenx")


def test_words_are_runs_of_letters() -> None:
    assert words_in("Tổ 5, H'Hen") == ["Tổ", "H", "Hen"]
