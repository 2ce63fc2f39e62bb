# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable

from scanning.ocr.doubles import without_doubles
from scanning.ocr.text import Box, Line, PageText, Word

Print = Callable[..., PageText]


def line(*words: tuple[str, int, int, int, int]) -> Line:
    return Line(tuple(Word(text, Box(left, top, width, height), 96.0) for text, left, top, width, height in words))


def page(*lines: Line) -> PageText:
    return PageText(lines, 1650, 2300)


# As an engine gave them where two columns stand at different heights: each word has a part of its letters in each.
WHOLE = line(
    ("Số", 175, 1712, 35, 29), ("vào", 243, 1716, 5, 5), ("sổ", 282, 1705, 31, 46), ("cấp", 330, 1709, 33, 32),
    ("giấy", 412, 1712, 24, 29), ("chứng", 462, 1717, 71, 24), ("nhận", 565, 1716, 70, 25),
)  # fmt: skip
CUT = line(
    ("vào", 224, 1723, 94, 18), ("số", 284, 1704, 28, 48), ("cấp", 328, 1704, 48, 48), ("giấy", 436, 1723, 15, 25),
    ("g", 530, 1723, 15, 25), ("nhận", 607, 1744, 4, 3), ("CHỦ", 1093, 1704, 58, 74), ("TỊCH", 1169, 1743, 79, 31),
)  # fmt: skip


def test_words_that_were_read_in_two_lines_stay_in_the_one_that_has_more_of_them() -> None:
    for lines in ((WHOLE, CUT), (CUT, WHOLE)):
        read = without_doubles(page(*lines))
        assert sorted(each.text for each in read.lines) == ["CHỦ TỊCH", "Số vào sổ cấp giấy chứng nhận"]


def test_a_line_of_which_nothing_is_left_goes() -> None:
    assert without_doubles(page(WHOLE, line(*((w.text, w.box.left, 1716, 20, 20) for w in WHOLE.words[3:])))).lines == (
        WHOLE,
    )


def test_the_same_words_in_the_next_line_stay() -> None:
    seal = ("Kia", 209, 1060, 161, 117)  # so high that the lines' boxes meet
    text = page(
        line(("KT.", 1067, 1070, 60, 25), ("CHỦ", 1158, 1070, 80, 25), ("TỊCH", 1249, 1070, 94, 33)),
        line(seal, ("PHÓ", 1067, 1118, 78, 25), ("CHỦ", 1158, 1118, 80, 25), ("TỊCH", 1249, 1117, 94, 33)),
    )
    assert without_doubles(text) == text


def test_other_words_stay_though_the_boxes_of_small_print_reach_into_each_other() -> None:
    text = page(
        line(("SOCIALIST", 100, 50, 90, 18), ("REPUBLIC", 200, 50, 90, 18)),
        line(("Independence", 100, 58, 90, 18), ("Freedom", 200, 58, 90, 18)),
    )
    assert without_doubles(text) == text


def test_an_ordinary_page_stays_as_it_is(printed: Print) -> None:
    text = printed("Họ, tên: Lê Văn An", "Họ, tên: Lê Văn An", "Nơi cư trú: Hoằng Phú")
    assert without_doubles(text) == text
