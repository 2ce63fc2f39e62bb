# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.identity.keystrokes import Certainty
from casework.identity.legacy_encoding import Encoding, LegacyReading, read_legacy


@pytest.mark.parametrize(
    ("text", "meant", "encoding"),
    [
        ("NguyÔn V¨n Thµnh", "Nguyễn Văn Thành", Encoding.TCVN3),
        ("NGUYÔN V¡N THµNH", "NGUYỄN VĂN THÀNH", Encoding.TCVN3),
        ("TiÕng ViÖt", "Tiếng Việt", Encoding.TCVN3),
        ("L\u00adu §×nh L\u00adîng", "Lưu Đình Lượng", Encoding.TCVN3),
        ("B¶o Th¾ng, B¸t X¸t", "Bảo Thắng, Bát Xát", Encoding.TCVN3),
        ("Nguyeãn Vaên Thaønh", "Nguyễn Văn Thành", Encoding.VNI_WINDOWS),
        ("NGUYEÃN VAÊN THAØNH", "NGUYỄN VĂN THÀNH", Encoding.VNI_WINDOWS),
        ("Tieáng Vieät raát hay", "Tiếng Việt rất hay", Encoding.VNI_WINDOWS),
        ("Phan Ñöùc Höõu Lôïi Kyõ", "Phan Đức Hữu Lợi Kỹ", Encoding.VNI_WINDOWS),
        ("Ñoã Thò Xuaân", "Đỗ Thị Xuân", Encoding.VNI_WINDOWS),
        ("CAO ÑAÚNG", "CAO ĐẲNG", Encoding.VNI_WINDOWS),
        ("Nguyá»…n VÄƒn", "Nguyễn Văn", Encoding.GARBLED_UTF8),
        ("Nguyễn Văn Thành", "Nguyễn Văn Thành", Encoding.UNICODE),
        (unicodedata.normalize("NFD", "Nguyễn Văn"), "Nguyễn Văn", Encoding.UNICODE),
        ("Nguyen Van", "Nguyen Van", Encoding.UNICODE),
        ("", "", Encoding.UNICODE),
    ],
)
def test_the_text_itself_tells_its_encoding(text: str, meant: str, encoding: Encoding) -> None:
    assert read_legacy(text) == LegacyReading(meant, encoding, Certainty.CERTAIN)


@pytest.mark.parametrize("text", ["Mai Tó", "Mêng Kh¬ng", "café ®"])
def test_text_that_makes_sense_in_two_ways_or_in_none_is_to_be_looked_at(text: str) -> None:
    assert read_legacy(text).certainty is Certainty.LIKELY


def test_a_system_whose_encoding_is_known_is_read_in_it() -> None:
    assert read_legacy("Mai Tó", Encoding.TCVN3) == LegacyReading("Mai Tú", Encoding.TCVN3, Certainty.CERTAIN)
    assert read_legacy("Mai Tó", Encoding.UNICODE) == LegacyReading("Mai Tó", Encoding.UNICODE, Certainty.CERTAIN)
    assert read_legacy("Lª Mỹ", Encoding.VNI_WINDOWS).certainty is Certainty.LIKELY
    assert read_legacy("LÃª", Encoding.GARBLED_UTF8).text == "Lê"


def test_capitals_of_tcvn3_need_capitals_around_them() -> None:
    assert read_legacy("V¨n §«ng", Encoding.TCVN3).text == "Văn Đông"
    assert read_legacy("N«ng", Encoding.TCVN3).text == "Nông"


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for expected in (None, *Encoding):
        assert isinstance(read_legacy(text, expected).text, str)
