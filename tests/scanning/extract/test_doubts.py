# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page says twice, in words, or against the calendar: it settles readings, or makes them doubtful."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.classify.paper_class import PaperClass
from scanning.extract.amounts import number_of
from scanning.extract.checks import CONTRADICTED, checked
from scanning.extract.extraction import extract
from scanning.extract.family_names import family_name
from scanning.extract.field import Field
from scanning.folding import fold
from scanning.ocr.text import Box, PageText

Print = Callable[..., PageText]
TODAY = dt.date(2026, 12, 1)
GAP = " " * 8


def fields(text: PageText, paper_class: PaperClass, today: dt.date | None = None) -> dict[str, Field]:
    return {field.name: field for field in extract(text, paper_class, today=today)}


def field(name: str, value: str) -> Field:
    return Field(name, value, 0.95, (Box(len(name), len(value), 9, 9),))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Nguyên", "Nguyễn"),
        ("Trân", "Trần"),
        ("Pham", "Phạm"),
        ("Nguuễn", "Nguyễn"),
        ("Hà", "Hà"),  # a name of its own, not a misread Hạ
        ("Diệu", "Diệu"),  # a given name whose family name was lost
        ("Lê", "Lê"),
        ("Niê", "Niê"),  # of other peoples
    ],
)
def test_a_family_name_has_only_its_own_marks(read: str, meant: str) -> None:
    assert family_name(read) == meant


@pytest.mark.parametrize("name", ["Ngọ", "Ma", "Lỳ", "Vù", "Lã", "Đăng"])
def test_rare_family_names_stay_as_they_are(name: str) -> None:
    assert family_name(name) == name


def test_a_repaired_family_name_is_not_sure(printed: Print) -> None:
    found = fields(printed("Họ và tên: Nguyên Văn An"), PaperClass.WILL)
    assert found["full_name"].value == "Nguyễn Văn An"
    assert found["full_name"].confidence < 0.9


def test_a_name_is_read_where_the_engine_believed_it_most(printed: Print) -> None:
    text = printed("Họ và tên: LÊ HỒNG ~HIỂN", "", "", "", GAP + "Lê Hồng Hiền")
    found = fields(text, PaperClass.MARITAL_STATUS_CONFIRMATION)
    assert found["full_name"].value == "Lê Hồng Hiền"
    assert found["full_name"].confidence < 0.9


def test_a_name_that_stands_twice_is_sure(printed: Print) -> None:
    once = fields(printed("Họ và tên: LÊ HỒNG HIỀN"), PaperClass.WILL)["full_name"]
    twice = fields(printed("Họ và tên: LÊ HỒNG HIỀN", "", "", GAP + "Lê Hồng Hiền"), PaperClass.WILL)["full_name"]
    assert once.confidence < twice.confidence


def test_amounts_in_words_confirm_contradict_and_replace_digits(printed: Print) -> None:
    words = "Bằng chữ: Bốn trăm nghìn đồng"
    agreed = fields(printed("Số tiền: 400.000 đồng", words), PaperClass.FEE_RECEIPT)["amount"]
    doubted = fields(printed("Số tiền: 100.000 đồng", words), PaperClass.FEE_RECEIPT)["amount"]
    replaced = fields(printed("Số tiền: 4o..oo", words), PaperClass.FEE_RECEIPT)["amount"]
    assert (agreed.value, agreed.confidence) == ("400000", 0.97)
    assert (doubted.value, doubted.confidence) == ("100000", CONTRADICTED)
    assert replaced.value == "400000"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Một triệu hai trăm năm mươi nghìn", 1_250_000),
        ("hai tỷ ba trăm tám mươi triệu", 2_380_000_000),
        ("năm trăm linh năm nghìn", 505_000),
        ("hai mươi mốt nghìn", 21_000),
        ("mười lăm", 15),
    ],
)
def test_numbers_in_words_are_read(words: str, number: int) -> None:
    assert number_of(fold(words).split()) == number


def test_words_that_are_no_numbers_are_none() -> None:
    assert number_of(["HAI", "CON", "MEO"]) is None


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2049, 12, 31)), st.sampled_from(["issue_date", "birth_date", "death_date"])
)
def test_a_day_that_has_not_come_is_never_sure(day: dt.date, name: str) -> None:
    found = checked({name: field(name, day.isoformat())}, today=TODAY)[name]
    assert (found.confidence <= CONTRADICTED) == (day > TODAY)


def test_what_is_due_or_expires_may_lie_ahead(printed: Print) -> None:
    lines = ("Mã hồ sơ: 000.12.34.H56-261201-0001", "Ngày nhận: 01/12/2026", "Ngày hẹn trả: 15/12/2026")
    found = fields(printed(*lines), PaperClass.DOSSIER_RECEIPT, TODAY)
    assert (found["due_date"].value, found["due_date"].confidence) == ("2026-12-15", 0.95)


def test_the_number_of_the_mother_is_not_given_to_the_father() -> None:
    found = checked({name: field(name, "038196008213") for name in ("mother_number", "father_number")})
    assert set(found) == {"mother_number"}


def test_a_date_in_words_stands_in_for_lost_digits(printed: Print) -> None:
    lines = (
        "Ngày, tháng, năm sinh: Ngày mười lăm, tháng sáu, năm hai nghìn",
        "không trăm mười một",
        "Giới tính: Nam",
    )
    assert fields(printed(*lines), PaperClass.BIRTH_CERTIFICATE)["birth_date"].value == "2011-06-15"
