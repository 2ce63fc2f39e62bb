# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.identity.garbled_text import is_garbled, ungarbled

TEXT = "Lê Văn Thành, Nguyễn Thị Đượm, Ủy ban, Ỷ, Ẵ, ờ, Ấp 1"
ENCODINGS = ["latin-1", "cp1252", "cp1258", "cp437", "cp850"]
LETTERS = (
    "aăâeêioôơuưyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵđĐ ÀẢÃÁẠẰẲẴẮẶẦẨẪẤẬÈÉÊỀỂỄẾỆÌÍÒÓÔƠỢÙÚƯỰÝ"
)


def garbled(text: str, encoding: str) -> str:
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_garbled_text_is_repaired_up_to_three_times_over(encoding: str) -> None:
    text = TEXT
    for _ in range(3):
        text = garbled(text, encoding)
        assert ungarbled(text) == TEXT
    assert ungarbled(garbled(text, encoding)) != TEXT


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
@pytest.mark.parametrize("text", [*"àâãăảơạéÒ", "Nguyễn Thị Hương Hoằng Trung"])
def test_letters_that_were_taken_apart_before_are_repaired_as_well(text: str, encoding: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert ungarbled(garbled(apart, encoding)) == apart
    assert is_garbled(garbled(apart, encoding))


@given(st.text(alphabet=LETTERS), st.sampled_from(ENCODINGS))
@settings(max_examples=200)
def test_vietnamese_text_comes_back_whole_and_is_never_changed(text: str, encoding: str) -> None:
    assert ungarbled(text) == text
    assert ungarbled(garbled(text, encoding)) in {text, garbled(text, encoding)}
    assert not is_garbled(text)


@pytest.mark.parametrize("text", ["Hoáº±ng", "V?n", "Th\ufffd", "L├¬", "Äá»", "ThĂ¡i", "á»"])
def test_what_a_lost_byte_leaves_is_noticed(text: str) -> None:
    assert is_garbled(text)


@pytest.mark.parametrize("text", ["LÊ VÂN", "Ở đâu?", "Ấp “Á”", "Tổ 5 – Xã Ân", "", "H'Hen"])
def test_ordinary_text_is_not_taken_for_garbled(text: str) -> None:
    assert not is_garbled(text)


def test_what_is_sound_as_it_stands_is_not_read_another_way() -> None:
    assert ungarbled("ÃÀ") == "ÃÀ"
    assert ungarbled("café Ƿ") == "café Ƿ"
