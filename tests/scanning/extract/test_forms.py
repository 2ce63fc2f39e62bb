# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways in which forms say things: below, beside, joined, in tables and in sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scanning.classify.paper_class import PaperClass
from scanning.extract.extraction import extract
from scanning.ocr.text import PageText

Print = Callable[..., PageText]
GAP = " " * 6


def values(text: PageText, paper_class: PaperClass) -> dict[str, str]:
    return {field.name: field.value for field in extract(text, paper_class)}


def test_a_table_has_its_labels_in_the_first_column(printed: Print) -> None:
    lines = (
        "Thông tin             Bên nữ                 Bên nam",
        "Họ, chữ đệm, tên      NGUYỄN THỊ MAI         TRẦN VĂN BÌNH",
        "Ngày sinh             01/02/1990             03/04/1988",
        "Giấy tờ tùy thân      CCCD 038190001234      038088001235",
        "Chúng tôi cam đoan những lời khai trên đây là đúng sự thật, việc kết hôn là tự nguyện",
        "                                     Hoằng Phú, ngày 05 tháng 3 năm 2026",
    )
    assert values(printed(*lines), PaperClass.MARRIAGE_REGISTRATION_DECLARATION) == {
        "wife_name": "Nguyễn Thị Mai",
        "wife_number": "038190001234",
        "wife_birth_date": "1990-02-01",
        "husband_name": "Trần Văn Bình",
        "husband_number": "038088001235",
        "husband_birth_date": "1988-04-03",
        "issue_date": "2026-03-05",
    }


def test_the_heading_of_both_parents_is_that_of_neither(printed: Print) -> None:
    lines = (
        "Họ và tên: TRẦN THỊ CÚC",
        "Phần khai về cha, mẹ  NGƯỜI MẸ               NGƯỜI CHA",
        "Họ và tên             NGUYỄN THỊ MAI         TRẦN VĂN BÌNH",
        "Dân tộc               Kinh                   Kinh",
        "Đăng ký ngày 15 tháng 3 năm 1999",
    )
    assert values(printed(*lines), PaperClass.BIRTH_CERTIFICATE) == {
        "full_name": "Trần Thị Cúc",
        "mother_name": "Nguyễn Thị Mai",
        "father_name": "Trần Văn Bình",
        "issue_date": "1999-03-15",
    }


def test_the_heading_of_a_table_stands_above_its_values(printed: Print) -> None:
    lines = (
        "Số thửa      Tờ bản đồ số      Diện tích (m2)",
        "128          37                356,5",
    )
    found = values(printed(*lines), PaperClass.LAND_USE_CERTIFICATE)
    assert found == {"parcel_number": "128", "map_sheet": "37", "area_m2": "356.5"}


def test_joined_labels_are_followed_by_their_values_in_order(printed: Print) -> None:
    parcel = printed("Thửa đất số, tờ bản đồ số: 128, 37", "Diện tích: 1.250,5 m²")
    assert values(parcel, PaperClass.LAND_CHANGE_APPLICATION) == {
        "parcel_number": "128",
        "map_sheet": "37",
        "area_m2": "1250.5",
    }
    child = printed(
        "Họ, chữ đệm, tên người yêu cầu: TRẦN VĂN BÌNH",
        "Họ, chữ đệm, tên, ngày tháng năm sinh, giới tính: TRẦN THỊ CÚC, 12/10/2026, Nữ",
    )
    assert values(child, PaperClass.BIRTH_REGISTRATION_DECLARATION) == {
        "requester_name": "Trần Văn Bình",
        "child_name": "Trần Thị Cúc",
        "child_birth_date": "2026-10-12",
        "child_sex": "female",
    }


def test_a_label_and_a_name_may_have_two_lines(printed: Print) -> None:
    lines = (
        "Họ, chữ đệm,      TRẦN NGUYỄN THỊ   Ngày sinh: 12/10/1990",
        "tên               CÚC",
    )
    found = values(printed(*lines), PaperClass.MARITAL_STATUS_CONFIRMATION)
    assert found["full_name"].startswith("Trần Nguyễn Thị")
    assert found["birth_date"] == "1990-10-12"


def test_people_in_a_sentence_are_told_apart_by_what_their_numbers_say(printed: Print) -> None:
    lines = (
        "Hôm nay, ngày 21 tháng 7 năm 2022, chúng tôi gồm có ông Trần Văn Bình, sinh ngày 03/04/1988,",
        "CCCD số 038088001235 do Cục Cảnh sát cấp ngày 01/01/2021 và bà Nguyễn Thị Mai, sinh ngày",
        "01/02/1990, CCCD số 038190001234, thường trú tại xã Hoằng Phú, tỉnh Thanh Hóa.",
    )
    text = printed(*lines)
    assert values(text, PaperClass.MARRIAGE_REGISTRATION_DECLARATION) == {
        "wife_name": "Nguyễn Thị Mai",
        "wife_number": "038190001234",
        "wife_birth_date": "1990-02-01",
        "husband_name": "Trần Văn Bình",
        "husband_number": "038088001235",
        "husband_birth_date": "1988-04-03",
        "issue_date": "2022-07-21",
    }
    assert all(f.confidence < 0.9 for f in extract(text, PaperClass.MARRIAGE_REGISTRATION_DECLARATION)[:6])


def test_a_death_in_a_sentence_has_a_day_and_a_place(printed: Print) -> None:
    lines = (
        "Họ và tên người chết: LÊ VĂN THÀNH",
        "Đã chết vào lúc 8 giờ 30 phút ngày 12/10/2026 tại Bệnh viện Đa khoa tỉnh Thanh Hóa, do bệnh già",
    )
    assert values(printed(*lines), PaperClass.DEATH_NOTICE) == {
        "full_name": "Lê Văn Thành",
        "death_date": "2026-10-12",
        "death_place": "Bệnh viện Đa khoa tỉnh Thanh Hóa",
    }


@pytest.mark.parametrize(
    "label",
    [
        "Số định danh cá nhân/Giấy tờ tùy thân:",
        "CCCD/Hộ chiếu số:",
        "Chứng minh nhân dân/Căn cước công dân số:",
        "Số Giấy CMND/Hộ chiếu/Giấy tờ hợp lệ thay thế:",
        "Giấy tờ tùy thân (3): Căn cước công dân số",
        "4. Mã định danh cá nhân",
    ],
)
def test_identity_papers_are_named_in_many_ways(printed: Print, label: str) -> None:
    found = values(printed(f"{label} 038301015926, cấp ngày 10/05/2021"), PaperClass.RESIDENCE_CONFIRMATION)
    assert found["personal_number"] == "038301015926"


def test_the_head_of_the_household_is_somebody_else(printed: Print) -> None:
    lines = (
        "1. Họ, chữ đệm và tên: LÊ THỊ MAI   2. Giới tính: Nữ",
        "3. Số định danh cá nhân: 038301015926",
        "4. Số điện thoại liên hệ: 0912 345 678   5. Email:",
        "6. Họ, chữ đệm và tên chủ hộ: LÊ VĂN THÀNH   7. Mối quan hệ với chủ hộ: Con",
        "8. Số định danh cá nhân của chủ hộ: 038068001234",
        "Ý KIẾN CỦA      NGƯỜI KÊ KHAI",
        "CHỦ HỘ          Lê Thị Mai",
        "Lê Văn Bảy",
    )
    assert values(printed(*lines), PaperClass.RESIDENCE_CHANGE_DECLARATION) == {
        "full_name": "Lê Thị Mai",
        "sex": "female",
        "personal_number": "038301015926",
        "phone": "0912345678",
        "head_name": "Lê Văn Thành",
        "head_number": "038068001234",
    }


def test_a_name_that_sounds_like_a_label_is_a_name(printed: Print) -> None:
    assert values(printed("Họ, chữ đệm, tên: NGUYỄN TUẤN ĐÔNG"), PaperClass.MARITAL_STATUS_CONFIRMATION) == {
        "full_name": "Nguyễn Tuấn Đông"
    }


def test_a_street_number_begins_a_place_and_no_document_number(printed: Print) -> None:
    found = values(
        printed("Nơi cư trú: số 12 đường Trần Phú, xã Hoằng Phú, tỉnh Thanh Hóa"),
        PaperClass.MARITAL_STATUS_CONFIRMATION,
    )
    assert found == {"residence": "số 12 đường Trần Phú, xã Hoằng Phú, tỉnh Thanh Hóa"}


def test_the_dots_of_an_empty_form_are_no_reason_to_look_elsewhere(printed: Print) -> None:
    lines = (
        "Họ và tên: .......",
        "Ngày sinh: .....",
        "Thành viên        Họ và tên        Ngày sinh",
        "1    LÊ VĂN BẢY    01/01/2010",
    )
    assert values(printed(*lines), PaperClass.RESIDENCE_CHANGE_DECLARATION) == {}


def test_a_letter_tells_number_day_issuer_and_signer(printed: Print) -> None:
    lines = (
        f"UBND HUYỆN HOẰNG HÓA{GAP}         CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        f"ỦY BAN NHÂN DÂN{GAP}              Độc lập - Tự do - Hạnh phúc",
        "XÃ HOẰNG PHÚ",
        f"Số: 148/UBND-VP{GAP}              Hoằng Phú, ngày 02 tháng 10 năm 2026",
        *[""] * 24,
        f"Nơi nhận:{GAP}                    TM. ỦY BAN NHÂN DÂN",
        f"- Như trên;{GAP}                  KT. CHỦ TỊCH",
        f"{GAP}                             PHÓ CHỦ TỊCH",
        *[""] * 3,
        f"{GAP}                             Đặng Thị Phương Thảo",
    )
    assert values(printed(*lines), PaperClass.OTHER) == {
        "document_number": "148/UBND-VP",
        "issue_date": "2026-10-02",
        "issuer": "Ủy ban nhân dân xã Hoằng Phú",
        "signer": "Đặng Thị Phương Thảo",
    }


def test_what_certifies_a_copy_is_no_part_of_the_paper(printed: Print) -> None:
    lines = (
        "GIẤY KHAI SINH",
        "Họ, chữ đệm, tên: TRẦN THỊ CÚC",
        "Ngày, tháng, năm đăng ký: 15/03/1999",
        *[""] * 20,
        "CHỦ TỊCH",
        "Lê Bá Thuyết",
        "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH",
        "Hoằng Phú, ngày 02 tháng 10 năm 2026",
        "PHÓ CHỦ TỊCH",
        "Đặng Thị Phương Thảo",
    )
    assert values(printed(*lines, height_px=1500), PaperClass.BIRTH_CERTIFICATE_COPY) == {
        "full_name": "Trần Thị Cúc",
        "issue_date": "1999-03-15",
        "signer": "Lê Bá Thuyết",
    }


def test_a_date_in_words_confirms_or_contradicts_the_one_in_digits(printed: Print) -> None:
    words = "Ghi bằng chữ: Ngày mười hai, tháng mười, năm hai nghìn không trăm hai mươi sáu"
    for day, confidence in (("12", 0.97), ("17", 0.3)):
        text = printed(f"Ngày, tháng, năm sinh: {day}/10/2026", words)
        (field,) = extract(text, PaperClass.BIRTH_CERTIFICATE)
        assert (field.value, field.confidence) == (f"2026-10-{day}", confidence)


def test_a_death_before_the_birth_is_doubted(printed: Print) -> None:
    text = printed("Họ tên: LÊ VĂN BẢY", "Ngày sinh: 01/02/1990", "Đã chết vào lúc: 08 giờ, ngày 03/04/1960")
    dates = [field for field in extract(text, PaperClass.DEATH_EXTRACT) if field.name.endswith("date")]
    assert [field.confidence for field in dates] == [0.3, 0.3]


def test_a_name_that_is_not_vietnamese_is_not_sure(printed: Print) -> None:
    for name, is_sure in (("NGUYỄN VĂN THÀNH", True), ("NGUUỄN VĂN THÀHN", False), ("H'MAI NIÊ KDĂM", False)):
        (field,) = extract(printed(f"Họ và tên: {name}"), PaperClass.CIVIL_STATUS_EXTRACT)
        assert (field.confidence >= 0.9) is is_sure
