# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.identity.keystrokes import Certainty, Typed, Typing, convert_word, layout_digits, read_keystrokes

KEYS = dict(zip("1234567890", "ăâêô\u0300\u0309\u0303\u0301\u0323đ", strict=True))


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("Nguyeenx", "Nguyễn"),
        ("Nguyeexn", "Nguyễn"),
        ("Nguyenxe", "Nguyễn"),
        ("Vawn", "Văn"),
        ("Vanw", "Văn"),
        ("DDoox", "Đỗ"),
        ("Ddoox", "Đỗ"),
        ("dod", "đo"),
        ("Muwowif", "Mười"),
        ("Muowif", "Mười"),
        ("Hoawngf", "Hoằng"),
        ("muaw", "mưa"),
        ("hoawcj", "hoặc"),
        ("quaanr", "quẩn"),
        ("giangf", "giàng"),
        ("Huees", "Huế"),
        ("Hoaf", "Hòa"),
        ("hoangf", "hoàng"),
        ("ngoaif", "ngoài"),
        ("Wngs", "Ứng"),
        ("THANHF", "THÀNH"),
        ("Thanhfz", "Thanh"),
        ("Thanhff", "Thànhf"),
        ("Trung", "Trung"),
        ("sr", "sr"),
        ("moiw", "mơi"),
    ],
)
def test_telex_writes_accents_with_letters(keys: str, word: str) -> None:
    assert convert_word(keys, Typing.TELEX) == word


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("Nguye6n4", "Nguyễn"),
        ("Nguyen64", "Nguyễn"),
        ("Va8n", "Văn"),
        ("D9o64", "Đỗ"),
        ("Tru7o7ng2", "Trường"),
        ("Truong72", "Trường"),
        ("D9u7o7c5", "Được"),
        ("Ha3i", "Hải"),
        ("Ha3i0", "Hai"),
        ("Thanh2", "Thành"),
        ("A1", "Á"),
        ("B52", "B52"),
        ("tu7", "tư"),
    ],
)
def test_vni_writes_accents_with_digits(keys: str, word: str) -> None:
    assert convert_word(keys, Typing.VNI) == word


@pytest.mark.parametrize(
    ("text", "meant", "typing", "certainty"),
    [
        ("Nguyeenx Vawn Thanhf", "Nguyễn Văn Thành", Typing.TELEX, Certainty.CERTAIN),
        ("xax Hoawngf Trung", "xã Hoằng Trung", Typing.TELEX, Certainty.CERTAIN),
        ("Nguye6n4 Va8n Thanh2", "Nguyễn Văn Thành", Typing.VNI, Certainty.CERTAIN),
        ("Max", "Mã", Typing.TELEX, Certainty.LIKELY),
        ("Lee Boon", "Lê Bôn", Typing.TELEX, Certainty.LIKELY),
        ("Lee Boon Vawn", "Lê Bôn Văn", Typing.TELEX, Certainty.CERTAIN),
        ("Lee DDoong", "Lê Đông", Typing.TELEX, Certainty.CERTAIN),
        ("Max Nguyen", "Mã Nguyen", Typing.TELEX, Certainty.LIKELY),
        ("Max Muller Vawn", "Mã Muller Văn", Typing.TELEX, Certainty.LIKELY),
        ("to5 thon2", "tọ thòn", Typing.VNI, Certainty.LIKELY),
    ],
)
def test_several_words_that_agree_are_certain_and_one_alone_is_not(
    text: str, meant: str, typing: Typing, certainty: Certainty
) -> None:
    assert read_keystrokes(text) == Typed(meant, typing, certainty)


@pytest.mark.parametrize(
    "text", ["", "Le Van Thanh", "Lê Văn Thành", "H'Wen Eban", "Thomas Nguyen", "5/7/2026", "B52", "Ksor", "Alex"]
)
def test_text_without_keystrokes_is_left_alone(text: str) -> None:
    assert read_keystrokes(text) is None


@given(st.text(alphabet="0123456789", min_size=1, max_size=20))
def test_digits_on_the_vietnamese_layout_are_read_back(digits: str) -> None:
    assert layout_digits("".join(KEYS[digit] for digit in digits)) == digits
    assert layout_digits(digits) == digits


def test_composed_letters_of_the_layout_are_taken_apart() -> None:
    assert layout_digits("\u1ed3\u1ea5") == "4528"


@pytest.mark.parametrize("text", ["", "Lê", "ă b", "à", "º", "12a"])
def test_what_is_no_number_stays_none(text: str) -> None:
    assert layout_digits(text) is None
