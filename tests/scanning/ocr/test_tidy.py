# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable

import pytest

from scanning.ocr.text import Box, Line, PageText, Word
from scanning.ocr.tidy import tidied, without_guesses

Print = Callable[..., PageText]


def test_lines_of_strokes_are_let_go_and_lines_of_words_stay(printed: Print) -> None:
    text = printed("Số: 12/2026", "~x ~DJ ~N/SI —", "~Z^", "3", "~Nơi ~nhận: - Như trên;")
    assert [line.text for line in tidied(text).lines] == ["Số: 12/2026", "3", "Nơi nhận: - Như trên;"]


def test_a_lone_stroke_between_words_is_let_go_and_real_punctuation_stays(printed: Print) -> None:
    assert tidied(printed("Độc lập - Tự do ~_ Hạnh phúc")).text == "Độc lập - Tự do Hạnh phúc"


def test_the_long_lines_of_a_card_s_machine_readable_zone_stay_even_when_they_are_hard_to_read() -> None:
    for confidence in (27.0, 12.0):
        word = Word("IDVNM0940127452038094012745<<7", Box(0, 0, 600, 20), confidence)
        text = PageText((Line((word,)),), 800, 600)
        assert tidied(text) == text
        high = Word(word.text, Box(40, 0, 600, 70), confidence)
        line = PageText((Line((high, *(Word("số", Box(700 + 50 * n, 0, 40, 20), 90.0) for n in range(3)))),), 1000, 600)
        assert without_guesses(line) == line


@pytest.mark.parametrize(
    ("read", "printed_words"),
    [
        ("Sinh ngày 12/05/2025_", "Sinh ngày 12/05/2025"),
        ("Họ tên: ........ Lan......", "Họ tên: Lan"),
        ("| 'Ngón trỏ", "Ngón trỏ"),
        ("cạnh —22,99 \\19,57 -5", "cạnh 22,99 19,57 -5"),
        ("diện tích 120,5 m? và (96 m°);", "diện tích 120,5 m² và (96 m²);"),
        ("vì sao m?", "vì sao m?"),
        ("ÐĂNG KÝ", "ĐĂNG KÝ"),
        ("mục ø)", "mục g)"),
    ],
)
def test_what_an_engine_cannot_write_is_set_right(printed: Print, read: str, printed_words: str) -> None:
    assert tidied(printed(read)).text == printed_words


def test_a_small_x_in_a_column_of_ticks_is_no_capital(printed: Print) -> None:
    words = printed("Giấy chứng sinh bản chính").lines[0].words
    for height, tick in ((19, "x"), (27, "X")):
        cross = Word("X", Box(800, 50, 14, height), 95.0)
        assert tidied(PageText((Line((*words, cross)),), 1650, 2300)).text.endswith(f" {tick}")


def test_a_speck_beside_a_word_is_let_go_and_a_hyphen_stays(printed: Print) -> None:
    assert tidied(printed("Độc lập . - Tự do , ./.")).text == "Độc lập - Tự do ./."
    words = printed("Độc lập Tự do").lines[0].words
    for box, stays in ((Box(300, 50, 5, 5), False), (Box(300, 50, 10, 4), True), (Box(300, 50, 6, 30), True)):
        text = PageText((Line((*words, Word("-", box, 93.0))),), 1650, 2300)
        assert tidied(text).text.endswith("-") is stays


@pytest.mark.parametrize(
    ("read", "printed_words"),
    [
        ("I1DVNM0984495478092098449547<<9", "IDVNM0984495478092098449547<<9"),
        ("1DVNM0984495478092098449547<<9", "IDVNM0984495478092098449547<<9"),
        ("9812149M3812147VNM<<<<<<<<<<<ó", "9812149M3812147VNM<<<<<<<<<<<6"),
    ],
)
def test_lines_for_machines_have_plain_letters_only(printed: Print, read: str, printed_words: str) -> None:
    assert tidied(printed(read)).text == printed_words


def test_digits_in_boxes_are_one_number(printed: Print) -> None:
    text = printed("Số định danh: 0 2 7 0 8 2 4 9 4 9 8 8 cấp")
    assert tidied(text).text == "Số định danh: 027082494988 cấp"
    number = tidied(text).lines[0].words[3]
    assert (number.box.left, number.box.right) == (text.lines[0].words[3].box.left, text.lines[0].words[14].box.right)


@pytest.mark.parametrize("line", ["ngày 06 tháng 12 năm 2022", "1   2   3   4   5   6   7   8", "số 12 34 56"])
def test_other_numbers_stay_apart(printed: Print, line: str) -> None:
    assert tidied(printed(line)).text == " ".join(line.split())


def test_what_was_made_of_two_lines_of_a_table_is_let_go_to_be_read_anew(printed: Print) -> None:
    line = printed("Người thừa kế").lines[0]
    two_lines = Word("nn", Box(700, line.box.top - 20, 45, 70), 12.0)
    text = PageText((Line((*line.words, two_lines)),), 1650, 2300)
    assert without_guesses(text).text == "Người thừa kế"
    assert without_guesses(printed("Người ~thừa kế")).text == "Người thừa kế"
