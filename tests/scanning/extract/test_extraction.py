# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.classify.paper_class import PaperClass
from scanning.extract.extraction import extract
from scanning.ocr.text import PageText

Print = Callable[..., PageText]

DECLARATION = (
    "TỜ KHAI ĐĂNG KÝ KHAI SINH",
    "Họ, chữ đệm, tên người yêu cầu: LÊ VĂN THÀNH",
    "Số định danh cá nhân: 038094012745",
    "Họ, chữ đệm, tên: LÊ NGUYỄN MINH KHÔI",
    "Ngày, tháng, năm sinh: 12/10/2026",
    "Giới tính: Nam   Dân tộc: Kinh   Quốc tịch: Việt Nam",
    "Nơi sinh: Bệnh viện Đa khoa huyện Hoằng Hóa,",
    "tỉnh Thanh Hóa",
    "Họ, chữ đệm, tên người mẹ: NGUYỄN THỊ HỒNG NHUNG",
    "Số định danh cá nhân: 038196008213",
    "Họ, chữ đệm, tên người cha: LÊ VĂN THÀNH",
    "Số định danh cá nhân: 038094012745",
)


def values(text: PageText, paper_class: PaperClass) -> dict[str, str]:
    return {field.name: field.value for field in extract(text, paper_class)}


def test_a_declaration_tells_the_people_in_it_apart(printed: Print) -> None:
    assert values(printed(*DECLARATION), PaperClass.BIRTH_REGISTRATION_DECLARATION) == {
        "requester_name": "Lê Văn Thành",
        "requester_number": "038094012745",
        "child_name": "Lê Nguyễn Minh Khôi",
        "child_birth_date": "2026-10-12",
        "child_sex": "male",
        "birth_place": "Bệnh viện Đa khoa huyện Hoằng Hóa, tỉnh Thanh Hóa",
        "mother_name": "Nguyễn Thị Hồng Nhung",
        "mother_number": "038196008213",
        "father_name": "Lê Văn Thành",
        "father_number": "038094012745",
    }


def test_what_was_left_empty_is_not_taken_from_the_next_person(printed: Print) -> None:
    lines = list(DECLARATION)
    lines[3] = "Họ, chữ đệm, tên: ......"
    lines[9] = "Số định danh cá nhân: ......"
    found = values(printed(*lines), PaperClass.BIRTH_REGISTRATION_DECLARATION)
    assert "child_name" not in found
    assert "mother_number" not in found
    assert found["father_number"] == "038094012745"


def test_what_cannot_be_true_is_left_out(printed: Print) -> None:
    lines = list(DECLARATION)
    lines[2] = "Số định danh cá nhân: 03809401274"
    lines[4] = "Ngày, tháng, năm sinh: 12/13/2026"
    found = values(printed(*lines), PaperClass.BIRTH_REGISTRATION_DECLARATION)
    assert "requester_number" not in found
    assert "child_birth_date" not in found


def test_a_label_with_one_misread_letter_is_still_that_label(printed: Print) -> None:
    lines = ("CĂN CƯỚC CÔNG DÂN", "Họ và tên / Full nane:", "LÊ VĂN THÀNH", "Ngày sinh / Date of bith: 17/03/1994")
    assert values(printed(*lines), PaperClass.IDENTITY_CARD) == {
        "full_name": "Lê Văn Thành",
        "birth_date": "1994-03-17",
    }


def test_a_place_goes_on_in_the_next_line_only_from_a_full_line_and_without_a_stop(printed: Print) -> None:
    full = ("Nơi cư trú: Thôn Kim Sơn, Xã Hoằng Kim, Huyện Hoằng.", "Hóa, Tỉnh Thanh Hóa", "Tình trạng: chưa kết hôn")
    assert values(printed(*full), PaperClass.MARITAL_STATUS_CONFIRMATION) == {
        "residence": "Thôn Kim Sơn, Xã Hoằng Kim, Huyện Hoằng Hóa, Tỉnh Thanh Hóa"
    }
    short = ("Nơi cư trú: Xã Hoằng Phú", "Giấy này được cấp cho bà để bổ sung hồ sơ vay vốn tại ngân hàng")
    assert values(printed(*short), PaperClass.MARITAL_STATUS_CONFIRMATION) == {"residence": "Xã Hoằng Phú"}


def test_columns_side_by_side_are_two_people(printed: Print) -> None:
    pad = " " * 12
    lines = (
        "Vợ" + " " * 40 + "Chồng",
        f"Họ, chữ đệm, tên:           {pad}  Họ, chữ đệm, tên:",
        f"NGUYỄN THỊ HỒNG NHUNG       {pad}  LÊ VĂN THÀNH",
        f"Ngày sinh: 08/11/1996       {pad}  Ngày sinh: 17/03/1994",
        f"CCCD số 038196008213        {pad}  CCCD số 038094012745",
        "Ngày, tháng, năm đăng ký: 15/02/2023",
    )
    both = {
        "wife_name": "Nguyễn Thị Hồng Nhung",
        "wife_number": "038196008213",
        "wife_birth_date": "1996-11-08",
        "husband_name": "Lê Văn Thành",
        "husband_number": "038094012745",
        "husband_birth_date": "1994-03-17",
        "registration_date": "2023-02-15",
    }
    assert values(printed(*lines), PaperClass.MARRIAGE_CERTIFICATE) == both
    misread = ("Vự" + lines[0][2:], *lines[1:])
    assert values(printed(*misread), PaperClass.MARRIAGE_CERTIFICATE) == both


def test_a_value_without_a_label_counts_only_when_it_is_the_only_one(printed: Print) -> None:
    assert values(printed("ảnh 038094012745 chụp"), PaperClass.IDENTITY_CARD) == {
        "personal_number": "038094012745",
        "sex": "male",
    }
    assert values(printed("038094012745", "038196008213"), PaperClass.IDENTITY_CARD) == {}


def test_confidence_follows_the_worst_word_and_boxes_are_where_the_words_stand(printed: Print) -> None:
    text = printed("Họ và tên: HOÀNG ~THỊ TUYẾT", "Số định danh cá nhân: 038301015926")
    name, number, _ = extract(text, PaperClass.MARITAL_STATUS_CONFIRMATION)
    assert name.confidence < 0.1
    assert number.confidence == 0.95
    assert name.boxes == tuple(word.box for word in text.lines[0].words[3:])
    assert number.boxes == (text.lines[1].words[-1].box,)


def test_a_number_and_a_birth_date_of_different_years_are_both_doubted(printed: Print) -> None:
    label = "Ngày, tháng, năm sinh:"
    fields = extract(
        printed(f"{label} 30/06/2007", "Số định danh cá nhân: 038301015926"), PaperClass.MARITAL_STATUS_CONFIRMATION
    )
    assert {field.confidence for field in fields if field.name != "sex"} == {0.3}
    fields = extract(
        printed(f"{label} 30/06/2001", "Số định danh cá nhân: 038301015926"), PaperClass.MARITAL_STATUS_CONFIRMATION
    )
    assert {field.confidence for field in fields if field.name != "sex"} == {0.95}


def test_an_unknown_page_has_no_fields(printed: Print) -> None:
    assert extract(printed(*DECLARATION), PaperClass.UNKNOWN) == ()


def test_nothing_personal_is_in_the_repr_of_a_field(printed: Print) -> None:
    fields = extract(printed(*DECLARATION), PaperClass.BIRTH_REGISTRATION_DECLARATION)
    assert fields
    assert "Thành" not in repr(fields)
    assert "038094012745" not in repr(fields)


@pytest.mark.parametrize("paper_class", list(PaperClass))
@given(lines=st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=12))
def test_no_print_breaks_the_extraction(printed: Print, paper_class: PaperClass, lines: list[str]) -> None:
    text = printed(*(line for line in lines if line.strip(" ~")))
    names = [field.name for field in extract(text, paper_class)]
    assert len(names) == len(set(names))
