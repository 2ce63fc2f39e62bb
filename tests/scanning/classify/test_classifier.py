# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.classify.classifier import Evidence, classify
from scanning.classify.paper_class import PaperClass
from scanning.ocr.text import PageText

Print = Callable[..., PageText]
HEADING = ("ỦY BAN NHÂN DÂN   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "XÃ HOẰNG PHÚ   Độc lập - Tự do - Hạnh phúc")


def test_the_class_ids_are_what_everyone_stores() -> None:
    assert [member.value for member in PaperClass] == [
        "identity-card",
        "birth-registration-declaration",
        "birth-proof",
        "marriage-certificate",
        "marital-status-confirmation",
        "land-use-certificate",
        "unknown",
    ]


@pytest.mark.parametrize(
    ("title", "paper_class"),
    [
        (("CĂN CƯỚC CÔNG DÂN",), PaperClass.IDENTITY_CARD),
        (("CĂN CƯỚC",), PaperClass.IDENTITY_CARD),
        (("TỜ KHAI ĐĂNG KÝ KHAI SINH",), PaperClass.BIRTH_REGISTRATION_DECLARATION),
        (("TỜ KHAI", "ĐĂNG KÝ KHAI SINH"), PaperClass.BIRTH_REGISTRATION_DECLARATION),
        (("GIẤY CHỨNG SINH",), PaperClass.BIRTH_PROOF),
        (("GIẤY CHỨNG NHẬN KẾT HÔN",), PaperClass.MARRIAGE_CERTIFICATE),
        (("GIẤY CHỨNG NHẬN KẾT HÔN (BẢN SAO)",), PaperClass.MARRIAGE_CERTIFICATE),
        (("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",), PaperClass.MARITAL_STATUS_CONFIRMATION),
        (("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT"), PaperClass.LAND_USE_CERTIFICATE),
        (
            ("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN", "GẮN LIỀN VỚI ĐẤT"),
            PaperClass.LAND_USE_CERTIFICATE,
        ),
        (
            ("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT", "QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT"),
            PaperClass.LAND_USE_CERTIFICATE,
        ),
    ],
)
def test_a_title_on_lines_of_its_own_tells_the_class(
    printed: Print, title: tuple[str, ...], paper_class: PaperClass
) -> None:
    guess = classify(printed(*HEADING, *title, "Số: 12/2026"))
    assert guess.paper_class is paper_class
    assert guess.evidence is Evidence.TITLE
    assert guess.confidence >= 0.9
    assert guess.starts_paper


def test_both_ways_to_place_a_tone_mark_and_lost_marks_are_the_same_title(printed: Print) -> None:
    for title in ("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "GIAY XAC NHAN TINH TRANG HON NHAN"):
        assert classify(printed(title)).evidence is Evidence.TITLE


@pytest.mark.parametrize(
    ("title", "paper_class"),
    [
        ("GlẤY CHỨNG SlNH", PaperClass.BIRTH_PROOF),
        ("TỜ KHAl ĐĂNG KỶ KHAI SlNH", PaperClass.BIRTH_REGISTRATION_DECLARATION),
        ("GIẤY CHÚNG NHẬN KẾT HÒN.", PaperClass.MARRIAGE_CERTIFICATE),
        ("GIAY XÁC NHÂN TINH TRANG HỒN NHÂU", PaperClass.MARITAL_STATUS_CONFIRMATION),
    ],
)
def test_a_title_with_misread_letters_is_still_recognised_but_less_surely(
    printed: Print, title: str, paper_class: PaperClass
) -> None:
    guess = classify(printed(*HEADING, title))
    assert guess.paper_class is paper_class
    assert guess.evidence in (Evidence.DAMAGED_TITLE, Evidence.TITLE)
    assert 0.7 <= guess.confidence <= 1


@pytest.mark.parametrize(
    "title",
    [
        ("GIẤY KHAI SINH",),
        ("GIẤY KHAI SlNH",),
        ("GIẤY BÁO TỬ",),
        ("TỜ KHAI ĐĂNG KÝ KHAI TỬ",),
        ("TỜ KHAI ĐĂNG KÝ KHAl TỬ",),
        ("TỜ KHAI ĐĂNG KÝ KẾT HÔN",),
        ("TỜ KHAI ĐĂNG KÝ LẠI KHAI SINH",),
        ("TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",),
        ("TỜ KHAI", "CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN"),
        ("ĐƠN ĐỀ NGHỊ CẤP LẠI", "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT"),
        ("HỢP ĐỒNG CHUYỂN NHƯỢNG QUYỀN SỬ DỤNG ĐẤT",),
        ("GIẤY CHỨNG NHẬN", "ĐĂNG KÝ HỘ KINH DOANH"),
        ("GIẤY ỦY QUYỀN",),
        ("QUYẾT ĐỊNH",),
        ("TRÍCH LỤC KẾT HÔN",),
    ],
)
def test_papers_with_a_title_close_to_ours_are_unknown(printed: Print, title: tuple[str, ...]) -> None:
    land_words = ("Hình thức sử dụng", "Mục đích sử dụng", "Thời hạn sử dụng", "Nguồn gốc sử dụng")
    guess = classify(printed(*HEADING, *title, "Kính gửi: Ủy ban nhân dân xã", *land_words))
    assert (guess.paper_class, guess.confidence) == (PaperClass.UNKNOWN, 0.0)
    assert guess.starts_paper


@pytest.mark.parametrize(
    "mention",
    [
        "Giấy tờ nộp kèm: giấy chứng sinh, giấy chứng nhận kết hôn của cha mẹ",
        "không dùng để đăng ký kết hôn",
        "GIẤY CHỨNG SINH nộp ngày 12 tháng 10 năm 2026 cùng tờ khai này",
        "Căn cước công dân số 038196008213",
    ],
)
def test_a_title_that_is_only_mentioned_is_no_title(printed: Print, mention: str) -> None:
    assert classify(printed(*HEADING, mention, "Tôi cam đoan")).paper_class is PaperClass.UNKNOWN


def test_the_foot_of_a_page_is_no_place_for_a_title(printed: Print) -> None:
    assert classify(printed(*["Nội dung trang trước"] * 30, "GIẤY CHỨNG SINH", height_px=1650)).confidence == 0


def test_without_its_title_a_page_is_told_by_several_phrases_of_its_own(printed: Print) -> None:
    phrases = ("Họ và tên mẹ: A", "Đã sinh con vào lúc: 04 giờ", "Số lần sinh: 01", "Người đỡ đẻ: B")
    guess = classify(printed("", *phrases))
    assert guess.paper_class is PaperClass.BIRTH_PROOF
    assert guess.evidence is Evidence.PHRASES
    assert 0.4 <= guess.confidence <= 0.65
    assert not guess.starts_paper


def test_two_phrases_are_too_few_and_a_tie_decides_nothing(printed: Print) -> None:
    assert classify(printed("Số lần sinh: 01", "Người đỡ đẻ: B")).paper_class is PaperClass.UNKNOWN
    both = (
        "Số lần sinh", "Người đỡ đẻ", "Số con hiện sống",
        "Hình thức sử dụng", "Mục đích sử dụng", "Thời hạn sử dụng",
    )  # fmt: skip
    assert classify(printed(*both)).paper_class is PaperClass.UNKNOWN


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("Kính gửi anh Nam,", "Tuần sau gia đình tôi về quê, nhờ anh trông nhà giúp.", "Cảm ơn anh nhiều."),
        ("CÔNG TY CỔ PHẦN NƯỚC SẠCH THANH HÓA", "THÔNG BÁO TIỀN NƯỚC", "Kỳ: 10/2026", "Số tiền: 125.000 đồng"),
        ("DJ N/SIPS", "Z^", "12"),
    ],
)
def test_anything_else_is_unknown(printed: Print, lines: tuple[str, ...]) -> None:
    assert classify(printed(*lines)).paper_class is PaperClass.UNKNOWN


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=12))
def test_no_print_breaks_the_classifier(printed: Print, lines: list[str]) -> None:
    text = printed(*(line for line in lines if line.strip(" ~")))
    assert 0.0 <= classify(text).confidence <= 1.0
