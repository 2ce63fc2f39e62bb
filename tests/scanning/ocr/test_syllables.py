# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import unicodedata

import pytest

from demo.papers import made_up
from scanning.ocr.syllables import is_syllable

PROSE = """
Căn cứ Luật Hộ tịch ngày hai mươi tháng mười một năm hai nghìn không trăm mười bốn và Nghị định của Chính phủ quy định
chi tiết một số điều và biện pháp thi hành Ủy ban nhân dân xã xác nhận ông bà có tên dưới đây hiện chưa đăng ký kết hôn
với ai Giấy này được sử dụng để làm thủ tục quyển quyết quỳnh quýt quốc quả quặng khuyên khuya khuỷu nghiêng nghỉ gì gìn
giếng giữ giặt ghế ghềnh kỷ khoảng ngoằn ngoèo xoong hoặc thuở thủy thuỷ hòa hoà yêu yến ý ươm ướt ưu tiên rượu chuối
"""


@pytest.mark.parametrize("word", sorted(set(unicodedata.normalize("NFC", PROSE).split())))
def test_words_of_vietnamese_papers_are_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(word.upper())


def test_names_of_people_are_syllables() -> None:
    families = [name for name, _ in made_up.FAMILY_NAMES]
    given = " ".join((made_up.MIDDLE_MALE, made_up.MIDDLE_FEMALE, made_up.GIVEN_MALE, made_up.GIVEN_FEMALE)).split()
    assert [name for name in (*families, *given) if not is_syllable(name)] == []


@pytest.mark.parametrize(
    "word",
    [
        "uà", "bhi", "bý", "kua", "ghà", "ngi", "cí", "quí́", "hác̃", "tat", "mạch̉", "đẹ̣p", "tiéng", "nguờỉ",
        "mwa", "QUYEN", "Việtt", "vIệt", "a1", "", "12", "đấtđai", "hoà̀", "phoà", "ủyy",
    ],
)  # fmt: skip
def test_what_the_orthography_cannot_write_is_no_syllable(word: str) -> None:
    assert not is_syllable(unicodedata.normalize("NFC", word))


@pytest.mark.parametrize("word", ["tát", "tạt", "mách", "mạch", "cúp", "cụp"])
def test_stopped_rimes_have_two_tones(word: str) -> None:
    assert is_syllable(word)
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    assert not is_syllable(plain)
