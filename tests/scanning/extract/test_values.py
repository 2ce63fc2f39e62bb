# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["%d/%m/%Y", "ngày %d tháng %m năm %Y"]))
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
        ("O38094012745", None),
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
        ("về việc cấp giấy", None),
        ("12 Lê Lợi", None),
        ("Thành", None),
        ("", None),
    ],
)
def test_names_are_words_with_capitals(text: str, name: str | None) -> None:
    assert value(Kind.PERSON_NAME, text) == name


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
        (Kind.PLACE, " Thôn Kim Sơn, Xã Hoằng Kim. ", "Thôn Kim Sơn, Xã Hoằng Kim"),
        (Kind.PLACE, "........", None),
        (Kind.PLACE_AND_DATE, "Hoằng Phú, ngày 02 tháng 10 năm 2026", "2026-10-02"),
        (Kind.PLACE_AND_DATE, "14/20 B Hoằng Hóa, ngày 06 tháng 9 năm 2022", "2022-09-06"),
        (Kind.PLACE_AND_DATE, "04 giờ 35 phút, ngày 12 tháng 10 năm 2026", None),
        (Kind.PLACE_AND_DATE, "Luật Hộ tịch, ngày 20 tháng 11 năm 2014; Nghị định", None),
        (Kind.PLACE_AND_DATE, "Hoằng Phú, ngày 31 tháng 02 năm 2026", None),
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
