# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from casework.guard.legal_citations import FIRST_YEAR, LONGEST_CITATION, cites_law


@pytest.mark.parametrize(
    "text",
    [
        "NĐ 1/2026 Điều 2",
        "Nghị định 123/2015/NĐ-CP",
        "nghi dinh so 104/2022",
        "Nghị định của Chính phủ số: 61/2018",
        "Luật 68/2020/QH14",
        "TT 04/2020",
        "Thông tư 04/2020/TT-BTP Điều 14",
        "Thông tư liên tịch số 02/2016",
        "TTLT 02/2016",
        "QĐ 29/2026",
        "Quyết định 29/2026",
        "NQ 23/2026",
        "Nghị quyết 23/2026",
        "PL 10/2009",
        "Pháp lệnh 10/2009",
        "68/2020/QH14",
        "123/2015/NĐ-CP",
        "29/2026/QĐ-TTg",
        "23/2026/NQ-HĐND",
        "04/2020/TT-BTP",
        "02/2016/TTLT-BTP",
        "10/2009/PL-UBTVQH12",
        "163/QĐ-BTP",
        "5/NQ-HĐND",
        "Quyết định 1/QĐ-UBND",
        "Luật Hộ tịch 2014 Điều 16",
        "Luật Cư trú năm 2020",
        "Bộ luật Dân sự 2015",
        f"Luật Hộ tịch {FIRST_YEAR}",
        "theo NĐ 1/2030 và NĐ 1/2020",
    ],
)
def test_kind_and_number_or_number_and_issuer_or_name_and_year_cite_a_law(text: str) -> None:
    assert cites_law(text, 2026)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "theo quy định",
        "quy định của pháp luật hiện hành",
        "Nghị định",
        "Luật Hộ tịch",
        "Điều 5",
        "NĐ 61",
        "12/2020",
        "Quyết định ngày 12/2020",
        "Thông tư tháng 12/2020",
        "NĐ 1/2027",
        f"Luật Hộ tịch {FIRST_YEAR - 1}",
        "1/2027/NĐ-CP",
        "61/2018/ABC",
        "luatso 5/2020",
        "163/BTP",
        "163/QĐ",
    ],
)
def test_other_words_cite_none(text: str) -> None:
    assert not cites_law(text, 2026)


def test_a_law_of_next_year_is_none_yet() -> None:
    assert not cites_law("Luật 3/2027/QH16", 2026)
    assert cites_law("Luật 3/2027/QH16", 2027)


def test_a_letter_is_no_citation() -> None:
    assert FIRST_YEAR == 1945
    assert LONGEST_CITATION == 500
    citation = "NĐ 1/2026 "
    assert cites_law(citation + "a" * (LONGEST_CITATION - len(citation)), 2026)
    assert not cites_law(citation + "a" * (LONGEST_CITATION - len(citation) + 1), 2026)
