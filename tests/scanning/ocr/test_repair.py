# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.papers.made_up import MadeUp, written_date
from scanning.extract.numbers import is_personal_number
from scanning.ocr.plausible import is_plausible
from scanning.ocr.repair import suggest
from scanning.ocr.syllables import is_syllable
from scanning.ocr.text import Box, Line, PageText, Word

Print = Callable[..., PageText]


def page(*lines: str, confidence: float = 90.0) -> PageText:
    box = Box(0, 0, 10, 10)
    return PageText(
        tuple(Line(tuple(Word(word, box, confidence) for word in line.split())) for line in lines), 100, 100
    )


def proposals(*lines: str, confidence: float = 90.0) -> dict[str, str]:
    return {each.read: each.proposed for each in suggest(page(*lines, confidence=confidence))}


@pytest.mark.parametrize(
    ("line", "read", "proposed"),
    [
        ("Nguyên nhân uà mức độ", "uà", "và"),
        ("ghi rõ bhi nào", "bhi", "khi"),
        ("chữ bý,", "bý,", "ký,"),
        ("cá rihân", "rihân", "nhân"),
        ("Họ và tên: NGUYÊN XUÂN BÌNH", "NGUYÊN", "NGUYỄN"),
        ("Ông TRÂN VĂN SÁU", "TRÂN", "TRẦN"),
        ("Sinh ngày 3l/12/1984.", "3l/12/1984.", "31/12/1984."),
        ("Sinh ngày 31/02/2025", "31/02/2025", "31/07/2025"),
        ("Số định danh cá nhân: O38161723928", "O38161723928", "038161723928"),
        ("Số định danh cá nhân: 038561723928, cấp", "038561723928,", "038361723928,"),
        ("Số: 12/QD-UBND", "12/QD-UBND", "12/QĐ-UBND"),
        ("Số: 2l/2O23", "2l/2O23", "21/2023"),
    ],
)
def test_what_cannot_be_right_gets_its_only_possible_reading(line: str, read: str, proposed: str) -> None:
    assert proposals(line) == {read: proposed}


@pytest.mark.parametrize(
    "line",
    [
        "CHỨNG NHẬN QUYEN SỬ DỤNG",  # quyền, quyển, quyến …
        "Số định danh cá nhân: 038861723928",  # of 1900 or 2000
        "NGUYÊN TẮC HOẠT ĐỘNG",
        "Ông Trưởng Công An Xã",
        "Nơi sinh: Nguyên Bình, Cao Bằng",
        "Sinh ngày 45/45/2025",
        "Số tài khoản 888888888888",
        "buôn Ea Tul, xã Krông Nô",
        "VietinBank, PVcomBank",
        "IDVNM0940127452038094012745<<7",
    ],
)
def test_silence_where_several_readings_are_possible_or_nothing_is_wrong(line: str) -> None:
    assert proposals(line) == {}


def test_a_number_is_set_right_by_the_same_number_elsewhere_on_the_page() -> None:
    lines = ("Số CCCD: 038161723928", "Người nộp 038161728928 và 03816172392")
    assert proposals(*lines)["03816172392"] == "038161723928"
    assert "038161728928" not in proposals(*lines)  # it is possible as it is


def test_two_similar_numbers_on_a_page_vouch_for_nothing() -> None:
    assert proposals("038161723928 038161723929 03816172392") == {}


def test_a_stroke_of_a_pen_is_no_word() -> None:
    assert proposals("uà bhi 31/02/2025", confidence=10.0) == {}


def test_nothing_is_put_in_the_place_of_what_was_read(printed: Print) -> None:
    text = printed("ghi rõ bhi nào")
    (suggestion,) = suggest(text)
    assert suggestion.box == text.lines[0].words[2].box
    assert text == printed("ghi rõ bhi nào")
    assert "bhi" not in repr(suggestion)
    assert "khi" not in repr(suggestion)


@given(st.integers(0, 10**9))
def test_people_and_days_as_papers_print_them_are_never_doubted(seed: int) -> None:
    made_up = MadeUp(random.Random(seed))
    person, day = made_up.person(), made_up.date(1950, 2026)
    assert not proposals(
        f"Họ và tên: {person.full_name.upper()} sinh ngày {person.born}",
        f"Ông {person.full_name}, số định danh cá nhân: {person.personal_number}, điện thoại {person.phone}",
        f"{person.place.today} {written_date(day)}",
        f"Số: {seed % 10000}/QĐ-UBND {seed % 900}/{day.year}",
    )


def is_date(text: str) -> bool:
    try:
        return 1900 <= dt.datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=dt.UTC).year < 2100
    except ValueError:
        return False


LETTERS = "abcdđeghiklmnopqrstuvxyáàảãạăâấầẩẫậèéẹêềếểễệìíòóôốồơớờợùúưứừựỳý01l|¡"


@given(st.text(LETTERS, min_size=2, max_size=7))
def test_whatever_is_proposed_for_a_word_is_possible_and_the_word_was_not(word: str) -> None:
    for read, proposed in proposals(word).items():
        assert not is_plausible(read)
        assert is_syllable(proposed)


@given(st.integers(1, 39), st.integers(1, 19), st.integers(1890, 2110))
def test_whatever_is_proposed_for_a_date_is_one_and_the_date_was_none(day: int, month: int, year: int) -> None:
    for read, proposed in proposals(f"{day:02}/{month:02}/{year}").items():
        assert not is_date(read)
        assert is_date(proposed)


@given(st.text("0123456789OlSB", min_size=11, max_size=13))
def test_whatever_is_proposed_for_a_number_is_a_personal_number_and_the_number_was_none(number: str) -> None:
    for read, proposed in proposals(f"Số định danh: {number}").items():
        assert not is_personal_number(read)
        assert is_personal_number(proposed)
