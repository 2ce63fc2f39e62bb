# SPDX-License-Identifier: GPL-3.0-or-later
"""Kinds of print that were once missed or taken for something else, one example each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scanning.classify.paper_class import PaperClass
from scanning.extract.extraction import extract
from scanning.extract.titles import as_business_name, as_title_case
from scanning.extract.values import Kind, find
from scanning.ocr.text import PageText

Print = Callable[..., PageText]
GAP = " " * 6


def values(text: PageText, paper_class: PaperClass) -> dict[str, str]:
    return {field.name: field.value for field in extract(text, paper_class)}


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Kind.PAPER_NUMBER, "038196008213", "038196008213"),
        (Kind.PAPER_NUMBER, "172 345 678", "172345678"),
        (Kind.PAPER_NUMBER, "038 196 008 21", None),  # eleven digits: one was lost
        (Kind.PAPER_NUMBER, "12/345678901", None),
        (Kind.PERSONAL_NUMBER, "172345678", None),
        (Kind.DATE, "05.102036", "2036-10-05"),
        (Kind.DATE, "0501.1960", "1960-01-05"),
        (Kind.DATE, "ngày 20 tháng H năm 2021", "2021-11-20"),
        (Kind.DATE, "ngày 20 tháng TÌ năm 2021", "2021-11-20"),
        (Kind.DATE, "ngày 20 tháng A năm 2021", None),
        (Kind.DATE, "Ngày hai mươi, tháng một, năm hai nghìn không trăm hai mươi lăm", "2025-01-20"),
        (Kind.DATE, "Ngày mười lăm, tháng sáu, năm hai nghìn", None),  # goes on in the next line
        (Kind.AREA, "1.206,4 m²", "1206.4"),
        (Kind.AREA, "1 132,2 m2", "1132.2"),
        (Kind.AREA, "403,0.-", "403.0"),  # the unit was misread
        (Kind.AREA, "894,3 3 m", "894.3"),
        (Kind.PHONE, "0339184136 6.", "0339184136"),
        (Kind.SEX, "Nam   Nữ", None),  # two boxes to tick
        (Kind.SEX, "Trai   Gái", None),
        (Kind.SEX, "Nam; Dân tộc: Kinh", "male"),
    ],
)
def test_values_are_told_from_what_only_looks_like_them(kind: Kind, text: str, expected: str | None) -> None:
    found = find(kind, text)
    assert (found.value if found else None) == expected


def test_the_nine_digits_of_an_old_identity_card_are_read_behind_their_label(printed: Print) -> None:
    lines = ("Bà: BÙI ÁNH LỤA", "CMND số: 131347461", "Số vào sổ: 123456789")
    found = values(printed("Tên người sử dụng đất", *lines), PaperClass.LAND_USE_CERTIFICATE)
    assert found["owner_number"] == "131347461"


def test_the_number_of_a_paper_may_stand_close_to_the_national_heading(printed: Print) -> None:
    lines = ("UBND XÃ TẢ PHÌN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Số: 388/2015", "GIẤY CHỨNG NHẬN KẾT HÔN")
    assert values(printed(*lines), PaperClass.MARRIAGE_CERTIFICATE)["document_number"] == "388/2015"


def test_the_national_heading_is_no_sum(printed: Print) -> None:
    lines = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hoằng Trung, ngày 17 tháng 02 năm 2024", "Thành tiền: 400.000 đồng")
    assert values(printed(*lines), PaperClass.FEE_RECEIPT)["amount"] == "400000"


def test_cells_that_are_full_end_where_the_next_column_begins(printed: Print) -> None:
    lines = (
        "Sản phụ                    VÕ KIM BÍCH",
        "Số CCCD                    027195489642",
        "Họ và tên cha của trẻ      Nguyễn Công Thịnh",
        "Tên dự định đặt cho trẻ,.  Nguyễn Quỳnh Vân",
    )
    found = values(printed(*lines), PaperClass.BIRTH_PROOF)
    assert found["father_name"] == "Nguyễn Công Thịnh"
    assert found["child_name"] == "Nguyễn Quỳnh Vân"


def test_the_end_of_one_line_and_the_beginning_of_the_next_are_no_label(printed: Print) -> None:
    lines = (
        "Nơi đăng ký khai sinh: Ủy ban nhân dân phường Đình Bảng, thành phố Từ Sơn, tỉnh Bắc",
        "Ninh",
        "Ngày, tháng, năm đăng ký: 13/04/2018",
    )
    found = values(printed(*lines), PaperClass.BIRTH_CERTIFICATE)
    assert found["issue_date"] == "2018-04-13"
    assert found["issuer"] == "Ủy ban nhân dân phường Đình Bảng, thành phố Từ Sơn, tỉnh Bắc Ninh"


def test_the_family_name_behind_a_colon_is_no_wife(printed: Print) -> None:
    lines = (
        "Bên nữ:",
        "Họ, chữ đệm, tên: HOÀNG QUỲNH HÀ",
        "Bên nam:",
        "Họ, chữ đệm, tên: VÕ NGỌC PHÚC",
    )
    assert values(printed(*lines), PaperClass.MARRIAGE_REGISTRATION_DECLARATION) == {
        "wife_name": "Hoàng Quỳnh Hà",
        "husband_name": "Võ Ngọc Phúc",
    }


def test_whom_a_paper_is_for_is_told_from_who_asks(printed: Print) -> None:
    lines = (
        "Người đề nghị:            Võ Ngọc Phong",
        "CCCD của người đề nghị:   027098489642",
        "Cấp cho:                  VÕ NGỌC HÀ (con tôi)",
        "Sinh ngày:                11/12/2001",
        "CCCD của người được cấp:  027301489641",
    )
    assert values(printed(*lines), PaperClass.MARITAL_STATUS_DECLARATION) == {
        "requester_name": "Võ Ngọc Phong",
        "requester_number": "027098489642",
        "full_name": "Võ Ngọc Hà",
        "birth_date": "2001-12-11",
        "sex": "female",
        "personal_number": "027301489641",
    }


def test_who_signs_a_form_does_not_begin_it(printed: Print) -> None:
    lines = (
        "Tôi tên là: Trần Văn An",
        "CCCD số: 038179907578",
        "Cho ông/bà/cháu: Trần Văn Bình",
        "Số định danh: 034091150198",
        "Lý do: sai sót",
        "NGƯỜI KHAI",
    )
    found = values(printed(*lines), PaperClass.CIVIL_STATUS_CHANGE_DECLARATION)
    assert (found["requester_number"], found["personal_number"]) == ("038179907578", "034091150198")


def test_the_dead_are_not_who_declares_them(printed: Print) -> None:
    lines = (
        "Phần khai về người đi khai tử",
        "Họ và tên: TRẦN VĂN AN",
        "Số CCCD: 038179907578",
        "Sinh ngày: 01/02/1979",
    )
    found = values(printed(*lines), PaperClass.DEATH_REGISTRATION_DECLARATION)
    assert "personal_number" not in found


def test_the_place_of_a_death_may_begin_the_line_below(printed: Print) -> None:
    lines = (
        "Chết hồi: 08 giờ 20 phút, ngày 11 tháng 02 năm 2025",
        "Tại: bản Nà Sài, xã Tả Phìn, tỉnh Lào Cai",
        "Nguyên nhân: Tai biến mạch máu não",
    )
    found = values(printed(*lines), PaperClass.DEATH_NOTICE)
    assert found["death_place"] == "bản Nà Sài, xã Tả Phìn, tỉnh Lào Cai"


def test_words_in_the_middle_of_a_sentence_are_no_label_when_another_one_stands_alone(printed: Print) -> None:
    lines = (
        "Chỗ ở hiện nay: thôn Xuân Lập, xã Tả Phìn, tỉnh Lào Cai",
        "Cấp ngày: 25/04/2002",
        "Sổ này được cấp cho hộ gia đình để làm căn cứ xác định nơi đăng ký thường trú",
        "Phải bảo quản cẩn thận, xuất trình khi cán bộ công an kiểm tra; không tẩy xóa",
    )
    found = values(printed(*lines), PaperClass.HOUSEHOLD_BOOK)
    assert found["residence"] == "thôn Xuân Lập, xã Tả Phìn, tỉnh Lào Cai"
    assert found["issue_date"] == "2002-04-25"


def test_headings_of_a_table_may_have_different_heights_and_no_gap(printed: Print) -> None:
    lines = (
        "Thửa đất số      Tờ bản đồ số Diện tích (m²)      Thời hạn      GCN số",
        "983              54               92,4            Lâu dài       DA 847380",
    )
    found = values(printed(*lines), PaperClass.LAND_TRANSFER_CONTRACT)
    assert (found["parcel_number"], found["map_sheet"]) == ("983", "54")


def test_who_signs_beside_the_authority_is_not_the_signer(printed: Print) -> None:
    lines = [""] * 20
    lines[14] = f"CÁN BỘ TƯ PHÁP{GAP * 4}TM. ỦY BAN NHÂN DÂN"
    lines[15] = f"{GAP * 7}CHỦ TỊCH"
    lines[18] = "Phạm Hoài Dung"
    without = values(printed(*lines, height_px=1100), PaperClass.MARRIAGE_CERTIFICATE)
    lines[18] = f"Phạm Hoài Dung{GAP * 4}Hồ Quang Thịnh"
    both = values(printed(*lines, height_px=1100), PaperClass.MARRIAGE_CERTIFICATE)
    assert "signer" not in without
    assert both["signer"] == "Hồ Quang Thịnh"


def test_an_authority_may_sign_though_the_title_below_was_lost(printed: Print) -> None:
    lines = [""] * 20
    lines[14] = f"{GAP * 6}TM. ỦY BAN NHÂN DÂN XÃ HOẰNG PHÚ"
    lines[18] = f"{GAP * 7}Hồ Quang Thịnh"
    found = values(printed(*lines, height_px=1100), PaperClass.LAND_USE_CERTIFICATE)
    assert (found["signer"], found["issuer"]) == ("Hồ Quang Thịnh", "Ủy ban nhân dân xã Hoằng Phú")


def test_the_date_of_a_circular_is_not_that_of_the_paper(printed: Print) -> None:
    lines = (
        "ban hành kèm theo Thông tư số 53/2025/TT-BCA ngày 01/7/2025 của Bộ trưởng",
        "Họ, chữ đệm và tên: TRẦN VĂN AN",
    )
    assert "issue_date" not in values(printed(*lines), PaperClass.RESIDENCE_CHANGE_DECLARATION)


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("CÀ PHÊ AN NHIÊN", "Cà phê An Nhiên"),
        ("VẬT LIỆU XÂY DỰNG HOA MAI", "Vật liệu xây dựng Hoa Mai"),
        ("Tạp hóa CÔ BA", "Tạp hóa CÔ BA"),
    ],
)
def test_shops_are_written_as_people_do(capitals: str, written: str) -> None:
    assert as_business_name(capitals) == written


def test_schools_and_archives_are_written_as_agencies_are() -> None:
    assert as_title_case("TRUNG TÂM LƯU TRỮ LỊCH SỬ") == "Trung tâm Lưu trữ lịch sử"
    assert as_title_case("TRƯỜNG ĐẠI HỌC SÔNG MÃ") == "Trường Đại học Sông Mã"


def test_a_name_is_no_label_though_it_sounds_like_one(printed: Print) -> None:
    lines = (
        "Họ và tên: NGUYÊN XUÂN HUY",
        "Sinh ngày: 08/12/1982",
        "Họ tên: Nguyễn Khánh Nhàn, giấy tờ tùy thân: CCCD số: 034155129139",
    )
    assert values(printed(lines[0], lines[1]), PaperClass.DEATH_NOTICE)["full_name"] == "Nguyễn Xuân Huy"
    found = values(printed(lines[2]), PaperClass.WILL)
    assert (found["full_name"], found["personal_number"]) == ("Nguyễn Khánh Nhàn", "034155129139")


def test_a_name_that_was_cut_off_is_completed_by_the_signature(printed: Print) -> None:
    lines = ("Họ tên: Nguyễn Diệu Sen", "", "", "", f"{GAP}Nguyễn Diệu Sen Uyên")
    (found,) = (field for field in extract(printed(*lines), PaperClass.WILL) if field.name == "full_name")
    assert found.value == "Nguyễn Diệu Sen Uyên"
    assert found.confidence < 0.9


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Kind.DOCUMENT_NUMBER, "I68/TLCMC", "168/TLCMC"),  # the number of a letter begins with a digit
        (Kind.DOCUMENT_NUMBER, "T 336423", "T 336423"),
        (Kind.PLACE, "v ,buôn Ea Tul, xã Diễn Châu, tỉnh Nghệ An 9", "buôn Ea Tul, xã Diễn Châu, tỉnh Nghệ An"),
        (Kind.PLACE, "Bệnh viện Sản - Nhi thành phố. Đà Nẵng.", "Bệnh viện Sản - Nhi thành phố Đà Nẵng"),
    ],
)
def test_specks_and_misread_digits_are_seen_through(kind: Kind, text: str, expected: str) -> None:
    found = find(kind, text)
    assert found is not None
    assert found.value == expected


def test_the_day_of_a_death_is_not_that_of_its_paper_though_gaps_part_it_from_its_label(printed: Print) -> None:
    text = printed(f"Đã chết vào lúc:{GAP}13 giờ{GAP}ngày 31 tháng 10 năm 2026")
    assert "issue_date" not in values(text, PaperClass.DEATH_EXTRACT)


def test_a_name_that_goes_on_elsewhere_does_not_confirm_its_beginning(printed: Print) -> None:
    lines = ("Bên mua: Hoàng Thanh, trú tại xã Hoằng Phú", "", "", "Lời chứng: Hoàng Thanh Yến đã ký trước mặt tôi")
    for field in extract(printed(*lines), PaperClass.LAND_TRANSFER_CONTRACT):
        assert field.name != "buyer_name" or field.confidence < 0.95
