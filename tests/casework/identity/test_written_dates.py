# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.certification.numbers_in_words import number_in_words
from casework.identity.written_dates import DateDoubt, DateProblem, Precision, WrittenDate, read_date
from casework.text import fold

TODAY = dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    "text",
    [
        "05/07/2026",
        "5/7/2026",
        "5-7-2026",
        "05.07.2026",
        "5 / 7 / 2026",
        "05 07 2026",
        "05072026",
        "20260705",
        "2026-07-05",
        "2026/7/5",
        "2026-07-05T10:11:12+07:00",
        "2026-07-05 10:11:12.123Z",
        "5/7/2026 08:30",
        "08:30 ngày 5/7/2026",
        "８ giờ 30 phút, ngày 05 tháng 7 năm 2026",
        "ngày 05 tháng 7 năm 2026",
        "NGÀY 05 THÁNG 07 NĂM 2026",
        "ngay 5 thang 7 nam 2026",
        "05 tháng 7, 2026",
        "05 tháng 7 2026",
        "5 tháng bảy năm 2026",
        "ngày năm tháng bảy năm hai nghìn không trăm hai mươi sáu",
        "Thanh Hóa, ngày 05 tháng 7 năm 2026",
        "Hoằng Phú, ngày 05/7/2026",
        "Ngày cấp: 05/07/2026",
        "sinh ngày 5/7/2026",
        "5/7/2026 (dương lịch)",
        "５/７/２０２６",
        "05 JUL 2026",
        "05 JUL/JUIL 2026",
        "5-Jul-2026",
        "July 5, 2026",
        " 5/7/2026. ",
    ],
)
def test_every_form_of_a_full_date_is_read(text: str) -> None:
    read = read_date(text)
    assert (read.date, read.precision, read.problem, read.doubts) == (dt.date(2026, 7, 5), Precision.DAY, None, ())
    assert read.on_forms == "05/07/2026"


@pytest.mark.parametrize(
    "text",
    ["07/1954", "7-1954", "tháng 7/1954", "tháng 7 năm 1954", "00/07/1954", "00071954", "1954-07-00", "tháng bảy 1954"],
)
def test_month_and_year_are_a_date_without_a_day(text: str) -> None:
    read = read_date(text)
    assert (read.year, read.month, read.day, read.date) == (1954, 7, None, None)
    assert (read.precision, read.on_forms) == (Precision.MONTH, "07/1954")


@pytest.mark.parametrize(
    "text",
    [
        "1954",
        "năm 1954",
        "sinh năm 1954",
        "Năm sinh: 1954",
        "ns 1954",
        "SN 1954",
        "s.n: 1954",
        "đã mất năm 1954",
        "1954-00-00",
        "00/00/1954",
        "00-00-1954",
        "00001954",
        "--/--/1954",
        "../../1954",
        "xx/xx/1954",
        "ngày … tháng … năm 1954",
        "ngày     tháng     năm 1954",
        "năm một nghìn chín trăm năm mươi tư",
    ],
)
def test_a_year_is_a_date_without_day_and_month(text: str) -> None:
    read = read_date(text)
    assert (read.year, read.month, read.day, read.problem) == (1954, None, None, None)
    assert (read.precision, read.on_forms) == (Precision.YEAR, "1954")


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("ngày 3 tháng năm năm 2026", 5),
        ("ngày 3 tháng mười năm 2026", 10),
        ("ngày 3 tháng mười một năm 2026", 11),
        ("ngày 3 tháng mười hai năm 2026", 12),
        ("ngày 3 tháng chín năm 2026", 9),
        ("ngày 3 tháng tư năm 2026", 4),
        ("ngày 3 tháng tư 2026", 4),
    ],
)
def test_the_number_five_is_told_from_the_word_year(text: str, month: int) -> None:
    assert read_date(text).date == dt.date(2026, month, 3)


@given(st.dates(dt.date(1800, 1, 1), dt.date(2199, 12, 31)))
def test_every_date_is_read_back_from_every_form(date: dt.date) -> None:
    day, month, year = (number_in_words(number) for number in (date.day, date.month, date.year))
    for text in (
        f"{date:%d/%m/}{date.year:04}",
        f"{date:%d%m}{date.year:04}",
        date.isoformat(),
        f"ngày {date.day} tháng {date.month} năm {date.year}",
        f"ngày {day} tháng {month} năm {year}",
        fold(f"ngày {day} tháng {month} năm {year}"),
    ):
        assert read_date(text).date == date


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2026",
        "29/02/2023",
        "12/25/1990",
        "32/1/2020",
        "0/0/1799",
        "3/3/1799",
        "1/1/2200",
        "5/0/1954",
        "05001954",
        "13/1954",
        "ngày 5 tháng 13 năm 2020",
        "2026-13-05",
        "2026-00-05",
        "2026-13-00",
    ],
)
def test_an_impossible_date_is_refused_and_not_turned_round(text: str) -> None:
    assert read_date(text) == WrittenDate(text, problem=DateProblem.IMPOSSIBLE)


def test_the_first_and_the_last_year_are_possible() -> None:
    assert read_date("1/1/1800").date == dt.date(1800, 1, 1)
    assert read_date("31/12/2199").date == dt.date(2199, 12, 31)
    assert read_date("29/02/2024").date == dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "ngày mùng ba tháng Chạp",
        "mùng 3 tháng Chạp năm 1954",
        "rằm tháng Bảy năm 1960",
        "mùng 1 tháng Giêng năm 1960",
        "30/2/1954 âm lịch",
        "15/8/1960 (ÂL)",
        "15/8/1960 AL",
        "15/8 Giáp Ngọ",
        "năm Giáp Ngọ",
        "tháng 4 nhuận năm 1963",
    ],
)
def test_lunar_dates_are_told_and_never_converted(text: str) -> None:
    read = read_date(text)
    assert (read.problem, read.year, read.date, read.on_forms) == (DateProblem.LUNAR, None, None, "")


def test_an_early_day_may_be_lunar_unless_the_paper_says_otherwise() -> None:
    assert read_date("mùng 2 tháng 9 năm 1945").doubts == (DateDoubt.POSSIBLY_LUNAR,)
    assert read_date("mồng hai tháng chín năm 1945").date == dt.date(1945, 9, 2)
    assert read_date("mùng 2 tháng 9 năm 1945 dương lịch").doubts == ()


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("5/7/26", dt.date(2026, 7, 5)),
        ("1/12/26", dt.date(2026, 12, 1)),
        ("2/12/26", dt.date(1926, 12, 2)),
        ("1/1/27", dt.date(1927, 1, 1)),
        ("2-12-54", dt.date(1954, 12, 2)),
        ("1.1.00", dt.date(2000, 1, 1)),
        ("ngày 05 tháng 07 năm 94", dt.date(1994, 7, 5)),
    ],
)
def test_a_short_year_means_the_latest_that_is_not_after_today_and_is_marked(text: str, date: dt.date) -> None:
    read = read_date(text, TODAY)
    assert (read.date, read.doubts) == (date, (DateDoubt.TWO_DIGIT_YEAR,))
    assert read_date(text).problem is DateProblem.CENTURY_UNKNOWN


def test_about_a_year_is_marked() -> None:
    read = read_date("khoảng năm 1954")
    assert (read.year, read.doubts) == (1954, (DateDoubt.APPROXIMATE,))


@pytest.mark.parametrize("text", ["", "  ", "...", "()"])
def test_nothing_is_empty(text: str) -> None:
    assert read_date(text).problem is DateProblem.EMPTY


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "5/7",
        "5/7/195",
        "1954/1955",
        "tháng năm 2026",
        "ngày 3 tháng năm 2026",
        "tháng 7",
        "ngày x tháng 7 năm 2026",
        "05 XYZ 1954",
        "123456789",
    ],
)
def test_what_is_no_date_or_may_be_two_is_not_guessed(text: str) -> None:
    assert read_date(text).problem is DateProblem.NOT_A_DATE


@given(st.text(alphabet="0123456789/.- ngàythángnămmườiạp", max_size=40) | st.text())
def test_any_text_is_a_date_or_says_why_not(text: str) -> None:
    read = read_date(text, TODAY)
    assert (read.year is None) is (read.problem is not None)
    assert (read.date is not None) is (read.precision is Precision.DAY)
