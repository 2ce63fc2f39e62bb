# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from scanning.ocr.engine import GrayPlane
from scanning.ocr.second_look import with_second_look
from scanning.ocr.text import Box, Line, PageText, Word

Print = Callable[..., PageText]
FINE = 2


def finer(box: Box, width_px: int) -> GrayPlane:
    assert width_px == PAGE_WIDTH_PX
    width, height = FINE * box.width, FINE * box.height
    return GrayPlane(bytes(width * height), width, height, 400.0)


PAGE_WIDTH_PX = 1650
WHITE_BORDER = 8


class Prompter:
    """An engine that reads a line as it is told to, and remembers where it looked."""

    def __init__(self, *words: Word) -> None:
        self.answer = PageText((Line(words),) if words else (), 1, 1)
        self.looked_at: list[tuple[int, int]] = []

    def read(self, plane: GrayPlane) -> PageText:
        raise AssertionError("the whole page is not read again")

    def read_block(self, plane: GrayPlane) -> PageText:
        raise AssertionError("the whole page is not read again")

    def read_line(self, plane: GrayPlane) -> PageText:
        self.looked_at.append((plane.width_px, plane.height_px))
        return self.answer


def answer(text: str, confidence: float) -> Word:
    return Word(text, Box(WHITE_BORDER, WHITE_BORDER, 240, 60), confidence)


def test_a_doubtful_word_is_replaced_by_a_surer_reading_in_the_same_place(printed: Print) -> None:
    text = printed("Họ, tên: ~NGUYÊN", "Nơi cư trú: Hoằng Phú")
    looked = with_second_look(text, Prompter(answer("NGUYỄN", 91.0)), finer)
    assert [line.text for line in looked.lines] == ["Họ, tên: NGUYỄN", "Nơi cư trú: Hoằng Phú"]
    assert looked.lines[1] == text.lines[1]
    assert looked.lines[0].words[2].box == text.lines[0].words[2].box


def test_a_less_sure_second_reading_is_not_taken(printed: Print) -> None:
    text = printed("Họ, tên: ~NGUYÊN")
    for engine in (Prompter(), Prompter(answer("NGUYẼN", 5.0))):
        assert with_second_look(text, engine, finer) == text


def test_a_possible_word_goes_before_a_surer_impossible_one(printed: Print) -> None:
    text = printed("ghi rõ bhi nào")
    assert with_second_look(text, Prompter(answer("khi", 60.0)), finer).text == "ghi rõ khi nào"
    assert with_second_look(printed("ghi rõ ~khi nào"), Prompter(answer("bhi", 97.0)), finer).text == ("ghi rõ khi nào")


def test_words_that_grew_together_are_set_apart_where_they_stand(printed: Print) -> None:
    text = printed("Dântộc: Kinh")
    parts = (Word("Dân", Box(14, 14, 110, 60), 93.0), Word("tộc:", Box(150, 14, 120, 60), 95.0))
    looked = with_second_look(text, Prompter(*parts), finer)
    assert looked.text == "Dân tộc: Kinh"
    first, second, _ = looked.lines[0].words
    assert (first.box.width, second.box.width) == (55, 60)
    assert first.box.top == pytest.approx(text.lines[0].box.top, abs=3)
    assert second.box.left - first.box.left == 68


def test_a_possible_word_is_not_torn_apart(printed: Print) -> None:
    parts = (answer("cô", 95.0), answer("ng", 95.0))
    assert with_second_look(printed("~công chứng"), Prompter(*parts), finer).text == "công chứng"


def test_only_doubtful_words_are_looked_at_and_the_fine_picture_only_made_for_them(printed: Print) -> None:
    engine = Prompter()

    def no_need(box: Box, width_px: int) -> GrayPlane:
        raise AssertionError("nothing is doubtful")

    text = printed("Họ, tên: LÊ VĂN THÀNH - sinh 1984")
    assert with_second_look(text, engine, no_need) == text
    with_second_look(printed("sure words only", "some ~doubt here", "~hope ~less", "... ~— -"), engine, finer)
    # A word, and the English words that no Vietnamese paper has.
    assert len(engine.looked_at) == len(("sure", "words", "only", "some", "doubt", "here"))


def dirty(box: Box, width_px: int) -> GrayPlane:
    """Two letters and a speck between them."""
    pixels = np.full((FINE * box.height, FINE * box.width), 255, np.uint8)
    pixels[20:70, 20:40] = pixels[20:70, -40:-20] = 0
    middle = pixels.shape[1] // 2
    pixels[44:50, middle : middle + 6] = 0
    return GrayPlane(pixels.tobytes(), pixels.shape[1], pixels.shape[0], 400.0)


def clean(box: Box, width_px: int) -> GrayPlane:
    return finer(box, width_px)


def test_words_that_a_speck_joined_are_set_apart_however_sure_they_were(printed: Print) -> None:
    text = printed("Ủy ban dân-xã")
    parts = (Word("dân", Box(14, 14, 80, 60), 93.0), Word("xã", Box(150, 14, 60, 60), 95.0))
    assert with_second_look(text, Prompter(*parts), dirty).text == "Ủy ban dân xã"
    engine = Prompter(*parts)
    assert with_second_look(text, engine, clean) == text
    assert not engine.looked_at


def test_of_two_readings_of_joined_words_that_differ_in_marks_the_one_in_its_line_stays(printed: Print) -> None:
    parts = (Word("có", Box(14, 14, 80, 60), 96.0), Word("thầm", Box(150, 14, 60, 60), 52.0))
    assert with_second_look(printed("có.thẩm quyền"), Prompter(*parts), dirty).text == "có thẩm quyền"
    others = (Word("có", Box(14, 14, 80, 60), 96.0), Word("than", Box(150, 14, 60, 60), 52.0))
    assert with_second_look(printed("có.thẩm quyền"), Prompter(*others), dirty).text == "có.thẩm quyền"


def test_the_sign_that_a_speck_was_read_as_goes_and_nothing_else(printed: Print) -> None:
    assert with_second_look(printed("-Kính gửi"), Prompter(answer("Kính", 84.0)), dirty).text == "Kính gửi"
    assert with_second_look(printed("-Kính gửi"), Prompter(answer("Kinh", 84.0)), dirty).text == "-Kính gửi"


def test_the_dots_of_numbers_stay(printed: Print) -> None:
    class Beholder(Prompter):
        def read_line(self, plane: GrayPlane) -> PageText:
            self.ink = plane.pixels.count(0)
            return super().read_line(plane)

    numbers, words = Beholder(), Beholder()
    with_second_look(printed("ngày ~11.11.1971"), numbers, dirty)
    with_second_look(printed("ngày ~mồng.một"), words, dirty)
    assert numbers.ink == words.ink + 6 * 6


def test_the_dots_of_codes_stay_however_doubtful_they_are(printed: Print) -> None:
    parts = (Word("000.00.21", Box(14, 14, 80, 60), 93.0), Word("H08-201130-0686", Box(150, 14, 60, 60), 95.0))
    text = printed("Số hồ sơ: 000.00.21.H08-201130-0686")
    engine = Prompter(*parts)
    assert with_second_look(text, engine, dirty).text == text.text


def test_words_at_the_edge_of_the_page_are_cut_out_within_it() -> None:
    word = Word("bhi", Box(0, 0, 1650, 2300), 90.0)
    engine = Prompter()
    with_second_look(PageText((Line((word,)),), 1650, 2300), engine, finer)
    assert engine.looked_at == [(3300 + 2 * WHITE_BORDER, 4600 + 2 * WHITE_BORDER)]
