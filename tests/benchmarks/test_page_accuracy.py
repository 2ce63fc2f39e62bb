# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from benchmarks.page_accuracy import character_errors, misread_words


@pytest.mark.parametrize(
    ("truth", "read", "wrong"),
    [
        ("Họ và tên: Lan", "Họ và tên: Lan", 0),
        ("Họ và tên\nNơi sinh", "Nơi sinh Họ và tên", 0),  # another column first
        ("Quốc tịch", "Quốc", 4),
        ("Quốc", "Quốc tịch", 4),
        ("NGUYỄN VĂN AN", "NGUYÊN VĂN ẢN", 2),
        ("Dân tộc: Kinh", "Dântộc: Kinh", 1),
        ("Dântộc: Kinh", "Dân tộc: Kinh", 1),
        ("Họ tên: ........ Lan", "Họ tên: Lan", 0),
        ("120,5 m²", "120,5 m2", 0),
        ("Số 7", "Số", 1),
        ("một", "hai", 6),  # nothing in common: one missed, one made up
        ("đất đất", "đất", 3),
    ],
)
def test_wrong_letters_are_counted_whatever_their_place(truth: str, read: str, wrong: int) -> None:
    assert character_errors(truth, read) == (wrong, len("".join(truth.replace("........", "").split())))


def test_a_blank_page_has_no_letters_to_misread() -> None:
    assert character_errors("", "") == (0, 0)
    assert character_errors("", "dirt") == (4, 0)


def test_misread_words_are_listed_beside_their_print() -> None:
    assert misread_words("ông Nguyễn Sáu", "ông Nguyên Z") == [("Nguyễn", "Nguyên"), ("Sáu", ""), ("", "Z")]
