# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from scanning.classify.paper_class import PaperClass
from scanning.classify.phrases import PHRASES
from scanning.classify.rules import Ground, by_rules, by_title
from scanning.classify.titles import TITLES
from scanning.folding import fold
from scanning.ocr.text import PageText

Print = Callable[..., PageText]
HEADING = ("ỦY BAN NHÂN DÂN   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "XÃ HOẰNG PHÚ   Độc lập - Tự do - Hạnh phúc")
WORDLESS = {PaperClass.HANDWRITTEN_SHEET, PaperClass.PHOTO, PaperClass.UNKNOWN, PaperClass.IDENTITY_CARD_BACK}


def test_every_class_that_has_words_has_a_rule() -> None:
    ruled = {paper_class for paper_class, _ in TITLES} | {PaperClass.IDENTITY_CARD_FRONT}
    assert ruled == set(PaperClass) - WORDLESS


def test_no_title_is_of_two_classes() -> None:
    counts = Counter(title for _, title in TITLES)
    assert {title for title, count in counts.items() if count > 1} == set()


def test_every_title_of_a_class_is_found_as_it_is_written(printed: Print) -> None:
    wrong = []
    for paper_class, title in TITLES:
        found = by_title(printed(*HEADING, title, "Nội dung"))
        if (found.paper_class, found.ground) != (paper_class, Ground.EXACT_TITLE):
            wrong.append((title, found))
    assert wrong == []


@pytest.mark.parametrize(
    ("title", "paper_class"),
    [
        (("CĂN CƯỚC",), PaperClass.IDENTITY_CARD),
        (("TỜ KHAI", "ĐĂNG KÝ KHAI SINH"), PaperClass.BIRTH_REGISTRATION_DECLARATION),
        (("GIẤY KHAI SINH",), PaperClass.BIRTH_CERTIFICATE),
        (("GIẤY KHAI SINH (BẢN SAO)",), PaperClass.BIRTH_CERTIFICATE_COPY),
        (("GIẤY KHAI SINH", "(Bản sao)"), PaperClass.BIRTH_CERTIFICATE_COPY),
        (("BẢN SAO", "GIẤY KHAI SINH"), PaperClass.BIRTH_CERTIFICATE_COPY),
        (("GIẤY KHAI SINH", "(BẢN CHÍNH)"), PaperClass.BIRTH_CERTIFICATE),
        (("TRÍCH LỤC KHAI SINH", "(BẢN SAO)"), PaperClass.BIRTH_CERTIFICATE_COPY),
        (("TRÍCH LỤC KHAI TỬ",), PaperClass.DEATH_EXTRACT),
        (("TRÍCH LỤC KẾT HÔN (BẢN SAO)",), PaperClass.MARRIAGE_EXTRACT),
        (("TRÍCH LỤC", "GHI CHÚ KẾT HÔN"), PaperClass.CIVIL_STATUS_EXTRACT),
        (("TRÍCH LỤC BẢN ĐỒ ĐỊA CHÍNH",), PaperClass.OTHER),
        (("GIẤY CHỨNG NHẬN KẾT HÔN (BẢN SAO)",), PaperClass.MARRIAGE_CERTIFICATE),
        (("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT"), PaperClass.LAND_USE_CERTIFICATE),
        (("GIẤY CHỨNG NHẬN", "ĐĂNG KÝ HỘ KINH DOANH"), PaperClass.HOUSEHOLD_BUSINESS_CERTIFICATE),
        (("GIẤY ĐỀ NGHỊ", "ĐĂNG KÝ HỘ KINH DOANH"), PaperClass.HOUSEHOLD_BUSINESS_APPLICATION),
        (("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",), PaperClass.MARITAL_STATUS_CONFIRMATION),
        (("TỜ KHAI", "CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN"), PaperClass.MARITAL_STATUS_DECLARATION),
        (("TỜ KHAI CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH",), PaperClass.CIVIL_STATUS_COPY_REQUEST),
        (("TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ",), PaperClass.RESIDENCE_CHANGE_DECLARATION),
        (("XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ",), PaperClass.RESIDENCE_CONFIRMATION),
        (("HỢP ĐỒNG CHUYỂN NHƯỢNG", "QUYỀN SỬ DỤNG ĐẤT"), PaperClass.LAND_TRANSFER_CONTRACT),
        (("HỢP ĐỒNG THẾ CHẤP", "QUYỀN SỬ DỤNG ĐẤT"), PaperClass.OTHER),
        (("ĐƠN ĐỀ NGHỊ CẤP LẠI", "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT"), PaperClass.OTHER),
        (("TỜ KHAI ĐĂNG KÝ LẠI KHAI SINH",), PaperClass.OTHER),
        (("TỜ KHAI ĐĂNG KÝ LẠI KẾT HÔN",), PaperClass.OTHER),
        (("QUYẾT ĐỊNH",), PaperClass.OTHER),
    ],
)
def test_near_titles_are_kept_apart(printed: Print, title: tuple[str, ...], paper_class: PaperClass) -> None:
    found = by_title(printed(*HEADING, *title, "Số: 12/2026"))
    assert found.paper_class is paper_class
    assert found.has_title


@pytest.mark.parametrize(
    ("title", "paper_class"),
    [
        ("GlẤY CHỨNG SlNH", PaperClass.BIRTH_PROOF),
        ("GlẤY KHAl SlNH", PaperClass.BIRTH_CERTIFICATE),
        ("TỜ KHAl ĐĂNG KỶ KHAI SlNH", PaperClass.BIRTH_REGISTRATION_DECLARATION),
        ("TỜ KHAI ĐĂNG KÝ KHAl TỬ", PaperClass.DEATH_REGISTRATION_DECLARATION),
        ("TỜ KHAI ĐĂNG KÝ LẠl KHAl SINH", PaperClass.OTHER),
        ("GIẤY CHÚNG NHẬN KẾT HÒN.", PaperClass.MARRIAGE_CERTIFICATE),
        ("GIAY XÁC NHÂN TINH TRANG HỒN NHÂU", PaperClass.MARITAL_STATUS_CONFIRMATION),
        ("GIAY CHUNG NHAN DANG KY H0 KINH D0ANH", PaperClass.HOUSEHOLD_BUSINESS_CERTIFICATE),
        ("BlÊN LAI THU TlỀN PHÍ, LỆ PHl", PaperClass.FEE_RECEIPT),
    ],
)
def test_a_title_with_misread_letters_is_still_told(printed: Print, title: str, paper_class: PaperClass) -> None:
    found = by_title(printed(*HEADING, title))
    assert found.paper_class is paper_class
    assert found.ground in (Ground.EXACT_TITLE, Ground.DAMAGED_TITLE)


def test_a_long_damaged_title_is_not_mistaken_for_its_own_beginning(printed: Print) -> None:
    found = by_title(printed("GIẤY CHỨNG NHẬN KẾT H0N", "ABC"))
    assert found.paper_class is PaperClass.MARRIAGE_CERTIFICATE


@pytest.mark.parametrize(
    "title", [("GIẤY CHỨNG NHẬN",), ("TỜ KHAI",), ("TỜ KHAI THAY ĐỔI",), ("TỜ KHAI ĐĂNG KÝ KHAI SINH XÃ PHÚ",)]
)
def test_a_title_that_lost_a_line_or_won_one_begins_a_paper_of_no_class(printed: Print, title: tuple[str, ...]) -> None:
    found = by_title(printed(*HEADING, *title, "Nội dung"))
    assert (found.paper_class, found.ground, found.has_title) == (PaperClass.UNKNOWN, Ground.BARE_TITLE, True)


def test_a_title_may_stand_beside_a_code_or_a_stamp(printed: Print) -> None:
    found = by_title(printed("QR   GIẤY TIẾP NHẬN HỒ SƠ", "12   VÀ HẸN TRẢ KẾT QUẢ   Liên 1"))
    assert found.paper_class is PaperClass.DOSSIER_RECEIPT


@pytest.mark.parametrize(
    "line",
    [
        "Số: 12/TLKT-BS",
        "SỐ: 12/2026/TLKT-BS",
        "BẢN SAO",
        "ĐƠN VỊ THU: UBND XÃ HOẰNG PHÚ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Giấy tờ nộp kèm: giấy chứng sinh, giấy chứng nhận kết hôn của cha mẹ",
        "GIẤY CHỨNG SINH nộp ngày 12 tháng 10 năm 2026 cùng tờ khai này",
        "Căn cước công dân số 038196008213",
    ],
)
def test_other_lines_are_no_titles(printed: Print, line: str) -> None:
    assert by_title(printed(line, "Nội dung")).ground is Ground.NOTHING


def test_the_foot_of_a_page_is_no_place_for_a_title(printed: Print) -> None:
    assert by_title(printed(*["Nội dung"] * 30, "GIẤY CHỨNG SINH", height_px=1650)).ground is Ground.NOTHING


def test_headings_inside_a_land_certificate_tell_its_page_but_begin_no_paper(printed: Print) -> None:
    found = by_title(printed("IV. NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN", "Nội dung"))
    assert (found.paper_class, found.has_title) == (PaperClass.LAND_USE_CERTIFICATE_CHANGES, False)


FRONT = ("CĂN CƯỚC CÔNG DÂN", "Citizen Identity Card", "Họ và tên / Full name:", "Quê quán / Place of origin:")
BACK = ("Đặc điểm nhận dạng / Personal identification:", "CỤC TRƯỞNG CỤC CẢNH SÁT", "Ngón trỏ trái Ngón trỏ phải")
ZONE = ("IDVNM1908220846072190822084<<7", "9006061F3006069VNM<<<<<<<<<<<2", "NGUYEN<<KHANH<XUAN<UYEN<<<<<<<")
NEW_BACK = (
    "Nơi cư trú / Place of residence:",
    "Nơi đăng ký khai sinh / Place of birth:",
    "Date of issue:",
    "Date of expiry",
)


@pytest.mark.parametrize(
    ("lines", "paper_class"),
    [
        (FRONT, PaperClass.IDENTITY_CARD_FRONT),
        (FRONT[1:], PaperClass.IDENTITY_CARD_FRONT),
        (BACK, PaperClass.IDENTITY_CARD_BACK),
        (ZONE, PaperClass.IDENTITY_CARD_BACK),
        (NEW_BACK, PaperClass.IDENTITY_CARD_BACK),
        (NEW_BACK + ZONE, PaperClass.IDENTITY_CARD_BACK),
        (FRONT + BACK, PaperClass.IDENTITY_CARD),
        (FRONT + ZONE, PaperClass.IDENTITY_CARD),
    ],
)
def test_the_sides_of_a_card_are_told_apart(printed: Print, lines: tuple[str, ...], paper_class: PaperClass) -> None:
    assert by_rules(printed(*lines)).paper_class is paper_class


def test_words_of_a_card_on_a_form_do_not_make_it_a_card(printed: Print) -> None:
    found = by_rules(printed("TỜ KHAI CĂN CƯỚC", *FRONT[1:], *BACK))
    assert found.paper_class is PaperClass.OTHER


def test_without_its_title_a_page_is_told_by_several_phrases_of_its_own(printed: Print) -> None:
    phrases = ("Họ và tên mẹ: A", "Đã sinh con vào lúc: 04 giờ", "Số lần sinh: 01", "Người đỡ đẻ: B")
    found = by_rules(printed("", *phrases))
    assert (found.paper_class, found.ground, found.has_title) == (PaperClass.BIRTH_PROOF, Ground.PHRASES, False)


def test_two_phrases_are_too_few_and_a_tie_decides_nothing(printed: Print) -> None:
    assert by_rules(printed("Số lần sinh: 01", "Người đỡ đẻ: B")).ground is Ground.NOTHING
    both = (
        "Số lần sinh",
        "Người đỡ đẻ",
        "Số con hiện sống",
        "Hình thức sử dụng",
        "Mục đích sử dụng",
        "Nguồn gốc sử dụng",
    )
    assert by_rules(printed(*both)).ground is Ground.NOTHING


def test_phrases_are_folded_and_long_enough_to_mean_something() -> None:
    for phrases in PHRASES.values():
        assert len(phrases) >= 4
        assert all(phrase == fold(phrase) and len(phrase) >= 6 for phrase in phrases)
