# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable

import pytest

from scanning.ocr.engine import GrayPlane
from scanning.ocr.second_look import with_second_look, without_noise
from scanning.ocr.text import Box, Line, PageText, Word

Print = Callable[..., PageText]
FINE = GrayPlane(bytes(3300 * 4600), 3300, 4600, 400.0)


class Prompter:
    """An engine that reads a line as it is told to, and remembers where it looked."""

    def __init__(self, *words: Word) -> None:
        self.answer = PageText((Line(words),) if words else (), 1, 1)
        self.looked_at: list[tuple[int, int]] = []

    def read(self, plane: GrayPlane) -> PageText:
        raise AssertionError("the whole page is not read again")

    def read_line(self, plane: GrayPlane) -> PageText:
        self.looked_at.append((plane.width_px, plane.height_px))
        return self.answer


def test_a_doubtful_line_is_replaced_by_a_surer_reading_in_the_same_place(printed: Print) -> None:
    text = printed("Họ, tên: ~NGUYÊN", "Nơi cư trú: Hoằng Phú")
    engine = Prompter(Word("Họ,", Box(15, 15, 120, 60), 96.0), Word("NGUYỄN", Box(375, 15, 240, 60), 91.0))
    looked = with_second_look(text, engine, lambda: FINE)
    assert [line.text for line in looked.lines] == ["Họ, NGUYỄN", "Nơi cư trú: Hoằng Phú"]
    assert looked.lines[1] == text.lines[1]
    first = looked.lines[0].words[1].box
    assert (first.left, first.width, first.height) == (188, 120, 30)
    assert first.top == pytest.approx(text.lines[0].box.top, abs=1)


def test_a_less_sure_second_reading_is_not_taken(printed: Print) -> None:
    text = printed("Họ, tên: ~NGUYÊN")
    for engine in (Prompter(), Prompter(Word("rubbish", Box(0, 0, 9, 9), 20.0))):
        assert with_second_look(text, engine, lambda: FINE) == text


def test_only_doubtful_lines_are_looked_at_and_the_fine_picture_only_made_for_them(printed: Print) -> None:
    engine = Prompter()

    def no_need() -> GrayPlane:
        raise AssertionError("nothing is doubtful")

    text = printed("Họ, tên: LÊ VĂN THÀNH")
    assert with_second_look(text, engine, no_need) == text
    with_second_look(printed("sure words only", "some ~doubt here", "~hope ~less"), engine, lambda: FINE)
    assert len(engine.looked_at) == 1


def test_lines_of_strokes_are_let_go_and_lines_of_words_stay(printed: Print) -> None:
    text = printed("Số: 12/2026", "~x ~DJ ~N/SI —", "~Z^", "3", "~Nơi ~nhận: - Như trên;")
    assert [line.text for line in without_noise(text).lines] == ["Số: 12/2026", "3", "Nơi nhận: - Như trên;"]


def test_a_lone_stroke_between_words_is_let_go_and_real_punctuation_stays(printed: Print) -> None:
    assert without_noise(printed("Độc lập - Tự do ~_ Hạnh phúc")).text == "Độc lập - Tự do Hạnh phúc"


def test_the_long_lines_of_a_card_s_machine_readable_zone_stay_even_when_they_are_hard_to_read() -> None:
    word = Word("IDVNM0940127452038094012745<<7", Box(0, 0, 600, 20), 27.0)
    text = PageText((Line((word,)),), 800, 600)
    assert without_noise(text) == text
