# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from scanning.folding import edit_distance, fold, similarity

_LETTERS = st.text(st.characters(codec="utf-8"), max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI"),
        ("Thủy", "Thuỷ"),
        ("Đặng Thị Đào", "DANG THI DAO"),
        ("đường", "ĐƯỜNG"),
        ("  Số:  12/2026. ", "so 12 2026"),
        ("Họ, chữ đệm, tên:", "họ chữ đệm tên"),
        (unicodedata.normalize("NFD", "Giấy chứng sinh"), "GIẤY CHỨNG SINH"),
    ],
)
def test_spellings_of_the_same_words_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_words_stay_different() -> None:
    assert fold("KHAI TỬ") != fold("KHAI SINH")


@given(_LETTERS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(_LETTERS, _LETTERS)
def test_the_edit_distance_is_levenshtein_s(one: str, other: str) -> None:
    assert edit_distance(one, other) == Levenshtein.distance(one, other)


def test_similarity_runs_from_nothing_to_the_same() -> None:
    assert similarity("", "") == 1.0
    assert similarity("abcd", "wxyz") == 0.0
    assert similarity("GIAY CHUNG SINH", "GIAY CHVNG SINH") == pytest.approx(14 / 15)
