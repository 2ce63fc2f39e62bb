# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

import demo
from scanning.ocr.engine import GrayPlane
from scanning.ocr.gaps import with_gaps_read
from scanning.ocr.text import Box, Line, PageText, Word

FONT = ImageFont.truetype(
    Path(demo.__file__).parent / "papers" / "fonts" / "LiberationSerif-Regular.ttf",
    35,
    layout_engine=ImageFont.Layout.BASIC,
)
WIDTH, HEIGHT = 1000, 500


def sheet(*prints: tuple[int, int, str]) -> GrayPlane:
    picture = Image.new("L", (WIDTH, HEIGHT), 255)
    for left, top, text in prints:
        ImageDraw.Draw(picture).text((left, top), text, fill=0, font=FONT)
    return GrayPlane(picture.tobytes(), WIDTH, HEIGHT, 200.0)


def line(left: int, top: int, text: str, confidence: float = 95.0) -> Line:
    words, place = [], left
    for word in text.split():
        width = int(FONT.getlength(word))
        words.append(Word(word, Box(place, top + 5, width, 30), confidence))
        place += width + 9
    return Line(tuple(words))


def page(*lines: Line) -> PageText:
    return PageText(lines, WIDTH, HEIGHT)


class Reader:
    """Reads everything as it is told to and remembers how large it was."""

    def __init__(self, *answers: Sequence[Line]) -> None:
        self.answers = list(answers)
        self.lines: list[tuple[int, int]] = []
        self.blocks: list[tuple[int, int]] = []

    def read(self, plane: GrayPlane) -> PageText:
        raise AssertionError("the page is not read as a whole")

    def read_line(self, plane: GrayPlane) -> PageText:
        self.lines.append((plane.width_px, plane.height_px))
        return PageText(tuple(self.answers.pop(0)), plane.width_px, plane.height_px)

    def read_block(self, plane: GrayPlane) -> PageText:
        self.blocks.append((plane.width_px, plane.height_px))
        return PageText(tuple(self.answers.pop(0)), plane.width_px, plane.height_px)


def test_print_under_no_word_is_read_and_put_where_it_stands() -> None:
    plane = sheet((100, 50, "Họ tên"), (600, 200, "24,85"), (100, 350, "Ghi chú"))
    reader = Reader([line(24, 7, "24,85")])
    text = with_gaps_read(page(line(100, 50, "Họ tên"), line(100, 350, "Ghi chú")), reader, plane)
    assert text.text == "Họ tên\n24,85\nGhi chú"
    assert text.lines[1].box.left == pytest.approx(600, abs=8)
    assert text.lines[1].box.top == pytest.approx(205, abs=10)
    assert reader.lines[0][0] < 150


def test_a_page_without_gaps_is_not_read_again() -> None:
    text = page(line(100, 50, "Họ tên"), line(100, 350, "Ghi chú"))
    assert with_gaps_read(text, Reader(), sheet((100, 50, "Họ tên"), (100, 350, "Ghi chú"))) == text


def test_a_line_is_read_again_together_with_what_stands_before_it() -> None:
    plane = sheet((100, 50, "4. Nơi sinh"))
    first = page(line(150, 50, "Nơi sinh"))
    reader = Reader([line(7, 7, "4. Nơi sinh")])
    assert with_gaps_read(first, reader, plane).text == "4. Nơi sinh"
    assert with_gaps_read(first, Reader([line(7, 7, "4. Nơi sinh", 70.0)]), plane) == first
    assert with_gaps_read(first, Reader([]), plane) == first


def test_a_long_line_that_is_read_well_may_be_a_little_less_sure_than_its_end_was() -> None:
    plane = sheet((100, 50, "4. Nơi sinh"))
    first = page(line(150, 50, "Nơi sinh", 96.0))
    assert with_gaps_read(first, Reader([line(7, 7, "4. Nơi sinh", 92.0)]), plane).text == "4. Nơi sinh"
    assert with_gaps_read(first, Reader([line(7, 7, "4. Nơi sinh", 88.0)]), plane) == first


def test_a_line_does_not_grow_over_its_neighbour() -> None:
    plane = sheet((100, 50, "Cha"), (300, 50, "Số 7"), (550, 50, "Mẹ"))
    text = page(line(100, 50, "Cha Mẹ"), line(300, 50, "Số"))
    reader = Reader([line(7, 7, "7")], [line(7, 7, "Mẹ")])
    read = with_gaps_read(text, reader, plane)
    assert {"Cha Mẹ", "Số"} <= {each.text for each in read.lines}


def test_two_lines_beside_one_are_not_taken_for_its_end() -> None:
    plane = sheet((100, 66, "Người"), (460, 40, "Số"), (460, 92, "TT"))
    reader = Reader([line(24, 7, "Số")], [line(24, 7, "TT")])
    text = with_gaps_read(page(line(100, 66, "Người thừa kế")), reader, plane)
    assert sorted(each.text for each in text.lines) == ["Người thừa kế", "Số", "TT"]


def test_what_is_not_read_with_confidence_was_no_print() -> None:
    plane = sheet((600, 200, "xyz"))
    for answer in ([line(7, 7, "xyzw", 60.0)], [line(7, 7, "xy", 80.0)], [line(7, 7, "—", 99.0)]):
        assert with_gaps_read(page(), Reader(answer), plane).lines == ()


def test_a_picture_is_not_taken_for_print() -> None:
    grid = [(20 + 90 * column, 20 + 60 * row, "Xg") for column in range(10) for row in range(7)]
    assert with_gaps_read(page(), Reader(), sheet(*grid)).lines == ()
    picture = Image.effect_mandelbrot((WIDTH, HEIGHT), (-2, -1, 1, 1), 40)
    plane = GrayPlane(picture.tobytes(), WIDTH, HEIGHT, 200.0)
    with_gaps_read(page(), Reader(*([] for _ in range(14))), plane)


def test_small_and_pale_notes_at_the_foot_of_a_page_are_read() -> None:
    picture = Image.new("L", (WIDTH, HEIGHT), 255)
    small = FONT.font_variant(size=17)
    ImageDraw.Draw(picture).text((100, 300), "cao xa, neo sau ao sen", fill=150, font=small)
    plane = GrayPlane(picture.tobytes(), WIDTH, HEIGHT, 200.0)
    note = line(7, 7, "cao xa, neo sau ao sen")
    assert with_gaps_read(page(line(100, 50, "Họ tên")), Reader([note]), plane).text == f"Họ tên\n{note.text}"
