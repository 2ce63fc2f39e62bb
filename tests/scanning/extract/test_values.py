# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.extract.dates import dates_in_words
from scanning.extract.found import REPAIRED
from scanning.extract.numbers import birth_year, is_personal_number
from scanning.extract.values import Kind, find


def value(kind: Kind, text: str) -> str | None:
    found = find(kind, text)
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("17/03/1994", "1994-03-17"),
        ("7-3-1994.", "1994-03-07"),
        ("17 / 03 / 1994", "1994-03-17"),
        ("04 giờ 35 phút, ngày 12 tháng 10 năm 2026", "2026-10-12"),
        ("Ngay 02 thang 9 nam 1968", "1968-09-02"),
        ("31/02/2020, sửa 01/03/2020", "2020-03-01"),
        ("31/02/2020", None),
        ("12/13/2020", None),
        ("12/10/1226", None),
        ("2020", None),
        ("117/03/19945", None),
        ("", None),
    ],
)
def test_only_days_of_the_calendar_are_dates(text: str, date: str | None) -> None:
    assert value(Kind.DATE, text) == date


@given(st.dates(dt.date(1900, 1, 1), dt.date(2049, 12, 31)), st.sampled_from(["%d/%m/%Y", "ngày %d tháng %m năm %Y"]))
def test_every_date_on_a_form_is_found(date: dt.date, style: str) -> None:
    assert value(Kind.DATE, f"Sinh: {date.strftime(style)}; Nam") == date.isoformat()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("038094012745", "038094012745"),
        ("số: 038 094 012 745.", "038094012745"),
        ("001301000001 001301000001", "001301000001"),
        ("003094012745", None),  # no such province
        ("038994012745", None),  # nobody is of the 24th century
        ("03809401274", None),
        ("0380940127456", None),
        ("IDVNM0940127452038094012745<<7", None),
        ("O3809401Z745", "038094012745"),
        ("O38O94OIZ745", None),  # more letters than a third: that is no number that was misread
        ("O38094012745 038O96008213", None),
        ("0 3 8 0 9 4 0 1 2 7 4 5", "038094012745"),
        ("|0|1|0|1|8|8|8|6|8|5|13|7", "010188868537"),
        ("|0|1|0|1|713|0|4|7|18|6|0:", "010173047860"),
        ("|0|4|8|2|0|3|+|s|7|5s|s|s|", None),
    ],
)
def test_only_twelve_digits_with_the_structure_of_a_personal_number_are_one(text: str, number: str | None) -> None:
    assert value(Kind.PERSONAL_NUMBER, text) == number


def test_a_personal_number_tells_the_year_of_birth() -> None:
    assert [birth_year(number) for number in ("038094012745", "038196008213", "038301015926")] == [1994, 1996, 2001]
    assert not is_personal_number("٠٣٨٠٩٤٠١٢٧٤٥")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("LÊ VĂN THÀNH", "Lê Văn Thành"),
        ("Nguyễn Thị Hồng Nhung", "Nguyễn Thị Hồng Nhung"),
        (".... ĐẶNG THỊ ÁNH ....", "Đặng Thị Ánh"),
        ("TRỊNH QUỐC BẢY, sinh năm 1968", "Trịnh Quốc Bảy"),
        ("Lê Văn Thành Giới tính: Nam", "Lê Văn Thành Giới"),
        ("H'MAI NIÊ KDĂM", "H'mai Niê Kdăm"),
        ("Ông (bà): LÊ VĂN THÀNH", "Lê Văn Thành"),
        ("LÊ VĂN AN Nam", "Lê Văn An"),
        ("LÊ VĂN AN CCCD số", "Lê Văn An"),
        ("Cục Cảnh sát", None),
        ("Trai Gái", None),
        ("CÁN BỘ TƯ PHÁP", None),
        ("NGUYỄN TUẤN ĐÔNG SƠN", "Nguyễn Tuấn Đông Sơn"),
        ("về việc cấp giấy", None),
        ("12 Lê Lợi", None),
        ("Thành", None),
        ("", None),
    ],
)
def test_names_are_words_with_capitals(text: str, name: str | None) -> None:
    assert value(Kind.PERSON_NAME, text) == name


def test_a_value_that_had_to_be_repaired_is_less_certain() -> None:
    certain = [
        find(Kind.PERSONAL_NUMBER, text) for text in ("038094012745", "O3809401Z745", "|0|1|0|1|8|8|8|6|8|5|13|7")
    ]
    assert [found.certainty if found else None for found in certain] == [1.0, REPAIRED, REPAIRED]
    found = find(Kind.DATE, "12110/2026")
    assert found is not None
    assert found.certainty < REPAIRED


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Ngày mười hai, tháng mười, năm hai nghìn không trăm hai mươi sáu", "2026-10-12"),
        ("Ngày mồng năm tháng năm năm một nghìn chín trăm năm mươi lăm", "1955-05-05"),
        ("ngày ba mươi mốt, tháng giêng, năm một ngàn chín trăm chín tư", "1994-01-31"),
        ("NGAY HAI MUOI LAM THANG CHIN NAM HAI NGHIN KHONG TRAM LINH BAY", "2007-09-25"),
        ("Ngày ba mươi mốt, tháng hai, năm hai nghìn", None),
        ("ngày tháng năm sinh", None),
    ],
)
def test_a_date_in_words_is_read_without_its_marks(text: str, date: str | None) -> None:
    assert dates_in_words(text) == ({date} if date else set())


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Kind.SEX, "Nam Quốc tịch: Việt Nam", "male"),
        (Kind.SEX, ": Nữ", "female"),
        (Kind.SEX, "Việt Nam", None),
        (Kind.DOCUMENT_NUMBER, "1187/GCS-BVHH", "1187/GCS-BVHH"),
        (Kind.DOCUMENT_NUMBER, "21/2023", "21/2023"),
        (Kind.DOCUMENT_NUMBER, "148/UBND-XNTTHN.", "148/UBND-XNTTHN"),
        (Kind.DOCUMENT_NUMBER, "…/UBND", None),
        (Kind.DOCUMENT_NUMBER, "038196008213", None),
        (Kind.DOCUMENT_NUMBER, "CCCD/Hộ chiếu: 21/2023", None),
        (Kind.DOCUMENT_NUMBER, "207664352 - Trang 2", "207664352"),
        (Kind.DOCUMENT_NUMBER, "53B8759043", "53B8759043"),
        (Kind.BUSINESS_CODE, "038096008213", "038096008213"),
        (Kind.BUSINESS_CODE, "29D8889110", "29D8889110"),
        (Kind.LAND_SERIAL_INSIDE, "(1) số phát hành DI 55042389, số vào sổ H 61655", "DI 55042389"),
        (Kind.WEIGHT, "3250 gam", "3250"),
        (Kind.WEIGHT, "3,2 kg", "3200"),
        (Kind.WEIGHT, "3.250 g", "3250"),
        (Kind.WEIGHT, "32 kg", None),
        (Kind.PHONE, "0912 345 678 (nếu có)", "0912345678"),
        (Kind.PHONE, "+84 912.345.678", "0912345678"),
        (Kind.PHONE, "02373 123 456", "02373123456"),
        (Kind.PHONE, "038094012745", None),
        (Kind.MONEY, "15.000 đồng (mười lăm nghìn)", "15000"),
        (Kind.MONEY, "1. 500.000.000 VNĐ", "500000000"),
        (Kind.MONEY, "ngày 12/03", None),
        (Kind.DOSSIER_CODE, "000.00.12.H38-261012-0012", "000.00.12.H38-261012-0012"),
        (Kind.DOSSIER_CODE, "H38-26-12", None),
        (Kind.BUSINESS_NAME, '"Tiệm may Hoa Mai".', "Tiệm may Hoa Mai"),
        (Kind.BUSINESS_NAME, "HỘ KINH DOANH TIỆM MAY HOA MAI", "Tiệm may Hoa Mai"),
        (Kind.SEX, "NGUYỄN THỊ MAI, 12/10/2020, Nữ", "female"),
        (Kind.SEX, "bé gái", "female"),
        (Kind.LAND_SERIAL, "DG 582947", "DG 582947"),
        (Kind.LAND_SERIAL, "AA01234567.", "AA 01234567"),
        (Kind.LAND_SERIAL, "CH 02714", None),
        (Kind.LAND_SERIAL, "DG 582947 ngày", None),
        (Kind.WHOLE_NUMBER, "3250 gam", "3250"),
        (Kind.WHOLE_NUMBER, "356,5", None),
        (Kind.AREA, "356,5 m2", "356.5"),
        (Kind.AREA, "1.250,75 m²", "1250.75"),
        (Kind.AREA, "120 m", "120"),
        (Kind.AREA, "356,5 ha", None),
        (Kind.AREA, "120,5 (m²)", "120.5"),
        (Kind.AREA, "356", None),
        (Kind.BARE_AREA, "356", "356"),
        (Kind.PLACE, " Thôn Kim Sơn, Xã Hoằng Kim. ", "Thôn Kim Sơn, Xã Hoằng Kim"),
        (Kind.PLACE, "........", None),
        (Kind.PLACE, "xã Ea Kao, tỉnh Đắk Lắk, hiện chưa kết hôn với ai", "xã Ea Kao, tỉnh Đắk Lắk"),
        (Kind.PLACE, "xã Ea Kao, tỉnh Đắk Lắk. Giấy này được cấp để", "xã Ea Kao, tỉnh Đắk Lắk"),
        (Kind.PLACE, "TP. Hồ Chí Minh; CCCD số 038", "TP. Hồ Chí Minh"),
        (Kind.WRITTEN_ON, "Hoằng Phú, ngày 02 tháng 10 năm 2026", "2026-10-02"),
        (Kind.WRITTEN_ON, "14/20 B Hoằng Hóa, ngày 06 tháng 9 năm 2022", "2022-09-06"),
        (Kind.WRITTEN_ON, "04 giờ 35 phút, ngày 12 tháng 10 năm 2026", None),
        (Kind.WRITTEN_ON, "Luật Hộ tịch, ngày 20 tháng 11 năm 2014; Nghị định", None),
        (Kind.WRITTEN_ON, "Hoằng Phú, ngày 31 tháng 02 năm 2026", None),
        (Kind.WRITTEN_ON, "Hoằng Phú, ngày 12/10/2026", "2026-10-12"),
        (Kind.WRITTEN_ON, "Cục Cảnh sát QLHC về TTXH, ngày 12/10/2021", None),
        (Kind.DATE, "l2/1O/2020", "2020-10-12"),
        (Kind.DATE, "12110/2026", "2026-10-12"),
        (Kind.DATE, "1 2 1 0 2 0 2 6", "2026-10-12"),
        (Kind.DATE, "12 / 10 / 2026", "2026-10-12"),
        (Kind.DATE, "02 tháng 9 năm 1968", "1968-09-02"),
        (Kind.DATE, "30/06/2096", None),  # nothing that happened is so late
        (Kind.EXPIRY, "30/06/2066", "2066-06-30"),
    ],
)
def test_values_are_told_by_their_structure(kind: Kind, text: str, expected: str | None) -> None:
    assert value(kind, text) == expected


@given(st.sampled_from(Kind), st.text(st.characters(codec="utf-8"), max_size=60))
def test_whatever_is_found_stands_in_the_text(kind: Kind, text: str) -> None:
    spaced = " ".join(text.split())
    found = find(kind, spaced)
    if found is not None:
        assert 0 <= found.start < found.end <= len(spaced)
        assert found.value
