# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a written address ends, and what its words must be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.classify.paper_class import PaperClass
from scanning.extract.extraction import extract
from scanning.extract.names import find_agency, find_place
from scanning.extract.provinces import _PROVINCES, ends_with_province, goes_on_with, is_cut_off, with_marks
from scanning.folding import fold
from scanning.ocr.text import PageText

Print = Callable[..., PageText]


def values(text: PageText, paper_class: PaperClass) -> dict[str, str]:
    return {field.name: field.value for field in extract(text, paper_class)}


@given(st.sampled_from(_PROVINCES))
def test_a_place_is_whole_with_its_province_and_cut_off_before_its_last_word(province: str) -> None:
    place = f"thôn Đông, xã Hoằng Phú, tỉnh {province}"
    begun, _, rest = place.rpartition(" ")
    assert ends_with_province(place)
    assert not is_cut_off(place)
    assert goes_on_with(begun, f"{rest} Dân tộc")
    # "tỉnh Quảng" and "tỉnh Thừa Thiên" are no provinces, "tỉnh Hà" is none either.
    assert is_cut_off(begun)


@given(st.sampled_from(_PROVINCES))
def test_the_marks_of_provinces_are_known(province: str) -> None:
    bare = " ".join(fold(word).capitalize() for word in province.split(" "))
    if "-" not in province:
        assert with_marks(f"xã Hoằng Phú, tỉnh {bare}") == f"xã Hoằng Phú, tỉnh {province}"


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("thảnh phố Cân Thơ", "thành phố Cần Thơ"),
        ("xa Ea Kao, tinh Đăk Lắk", "xã Ea Kao, tỉnh Đắk Lắk"),
        ("Phường 5, quận Gò Vấp", "Phường 5, quận Gò Vấp"),
        ("số 12 đường Trần Phú", "số 12 đường Trần Phú"),
        ("thôn Kim Sơn, xã Tả Phìn", "thôn Kim Sơn, xã Tả Phìn"),
    ],
)
def test_words_of_places_have_their_marks(read: str, meant: str) -> None:
    assert with_marks(read) == meant


def test_a_full_stop_between_names_of_places_was_a_comma() -> None:
    found = find_place("Đình Bảng. Từ Sơn, Bắc Ninh")
    assert found is not None
    assert found.value == "Đình Bảng, Từ Sơn, Bắc Ninh"


def test_a_sentence_is_no_part_of_the_place_before_it() -> None:
    found = find_place("xã Hoằng Phú, tỉnh Thanh Hóa. Nay đề nghị cấp giấy")
    assert found is not None
    assert found.value == "xã Hoằng Phú, tỉnh Thanh Hóa"


def test_an_agency_is_told_without_the_one_above_it() -> None:
    found = find_agency("Phòng Tài chính - Kế hoạch, UBND huyện Hoằng Hóa")
    assert found is not None
    assert found.value == "Phòng Tài chính - Kế hoạch"


def test_a_province_that_was_cut_off_is_found_in_the_next_line(printed: Print) -> None:
    lines = (
        "       Nơi cư trú: thôn Đông Hải, xã Hoằng Trung, tỉnh Thanh",
        "Hóa.",
        "       Về tình trạng hôn nhân: Hiện tại chưa đăng ký kết hôn với ai cả, không có chồng",
    )
    found = values(printed(*lines), PaperClass.MARITAL_STATUS_CONFIRMATION)
    assert found["residence"] == "thôn Đông Hải, xã Hoằng Trung, tỉnh Thanh Hóa"


def test_the_rest_of_a_sentence_behind_a_cut_off_province_is_no_place(printed: Print) -> None:
    lines = (
        "Tôi là Trần Văn An, cư trú tại thôn Xuân Lập, xã Tả Phìn, tỉnh Lào",
        "Cai, là chủ sử dụng thửa đất sau:",
        "Thửa đất số: 12",
    )
    found = values(printed(*lines), PaperClass.BUILDING_PERMIT_APPLICATION)
    assert found["residence"] == "thôn Xuân Lập, xã Tả Phìn, tỉnh Lào Cai"


def test_a_whole_place_does_not_go_on(printed: Print) -> None:
    lines = (
        "Chỗ ở hiện nay: thôn Xuân Lập, xã Tả Phìn, tỉnh Lào Cai",
        "Công an phường, xã, thị trấn: xã Tả Phìn",
    )
    found = values(printed(*lines), PaperClass.HOUSEHOLD_BOOK)
    assert found["residence"] == "thôn Xuân Lập, xã Tả Phìn, tỉnh Lào Cai"


def test_a_place_without_its_province_is_not_sure(printed: Print) -> None:
    (found,) = (
        field
        for field in extract(printed("Nơi cư trú: khu phố 3, xã Phú Lương"), PaperClass.MARITAL_STATUS_CONFIRMATION)
        if field.name == "residence"
    )
    assert found.confidence < 0.9
