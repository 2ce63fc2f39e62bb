# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

import demo
from scanning.ocr.engine import GrayPlane
from scanning.ocr.reading import finished_reading, first_reading, read_upright
from scanning.ocr.tesseract import TesseractEngine
from scanning.ocr.text import Box, Line, PageText, Word

FONTS = Path(demo.__file__).parent / "papers" / "fonts"


def form(dpi: float) -> GrayPlane:
    """A piece of a form: numbered entries, digits in boxes, a box to tick, a value on a line."""
    scale = dpi / 200
    font = ImageFont.truetype(FONTS / "LiberationSans-Regular.ttf", 34 * scale, layout_engine=ImageFont.Layout.BASIC)
    picture = Image.new("L", (round(1300 * scale), round(620 * scale)), 255)
    draw = ImageDraw.Draw(picture)

    def write(x: float, y: float, text: str) -> None:
        draw.text((x * scale, y * scale), text, fill=25, font=font)

    for number, entry in enumerate(("Ngày sinh: 28/02/1982", "Giới tính: Nam", "Nơi thường trú: xã Từ Sơn"), start=1):
        write(100, 40 + 60 * number, f"{number}. {entry}")
    write(100, 320, "4. Số định danh cá nhân:")
    for place, digit in enumerate("027082494988"):
        left = 560 + 50 * place
        draw.rectangle([side * scale for side in (left, 312, left + 50, 366)], outline=40, width=round(2 * scale))
        write(left + 15, 320, digit)
    draw.rectangle([side * scale for side in (100, 412, 126, 438)], outline=40, width=round(2 * scale))
    write(150, 405, "Bản sao: 02")
    write(100, 500, "Địa chỉ: Bắc Ninh")
    draw.line([side * scale for side in (240, 538, 1200, 538)], fill=40, width=round(2 * scale))
    return GrayPlane(picture.tobytes(), *picture.size, dpi)


@pytest.fixture(scope="module")
def text(engine: TesseractEngine) -> PageText:
    return read_upright(form, engine)


def test_a_form_is_read_without_its_boxes_and_lines(text: PageText) -> None:
    assert {line.text for line in text.lines} == {
        "1. Ngày sinh: 28/02/1982",
        "2. Giới tính: Nam",
        "3. Nơi thường trú: xã Từ Sơn",
        "4. Số định danh cá nhân: 027082494988",
        "Bản sao: 02",
        "Địa chỉ: Bắc Ninh",
    }


def test_boxes_lie_on_the_plane_of_the_first_reading(text: PageText, engine: TesseractEngine) -> None:
    assert (text.width_px, text.height_px) == (1300, 620)
    number = next(word for word in text.words if word.text == "027082494988")
    assert number.box.left == pytest.approx(575, abs=8)
    assert number.box.right == pytest.approx(1145, abs=12)


class Reader:
    """Reads one word, more surely in the many dots of 300 dpi."""

    def __init__(self, coarse: float, *fine: float, word_mm: float = 3.0) -> None:
        self.coarse = coarse
        self.fine = list(fine)
        self.word_mm = word_mm
        self.read_at: list[float] = []

    def read(self, plane: GrayPlane) -> PageText:
        self.read_at.append(plane.dpi)
        text, confidence = ("mờ", self.coarse) if plane.dpi < 300 else ("rõ", self.fine.pop(0))
        height = round(self.word_mm / 25.4 * plane.dpi)
        box = Box(plane.width_px // 4, plane.height_px // 4, plane.width_px // 2, height)
        return PageText((Line((Word(text, box, confidence),)),), plane.width_px, plane.height_px)

    def read_line(self, plane: GrayPlane) -> PageText:
        return PageText((), plane.width_px, plane.height_px)

    read_block = read_line


def empty(dpi: float) -> GrayPlane:
    side = round(2 * dpi)
    return GrayPlane(b"\xff" * side * side, side, side, dpi)


def test_a_doubtful_page_is_read_again_as_a_whole_and_its_boxes_brought_back() -> None:
    engine = Reader(80.0, 95.0)
    text = read_upright(empty, engine)
    assert (text.text, text.width_px, text.words[0].box) == ("rõ", 400, Box(100, 100, 200, 23))
    assert engine.read_at == [200.0, 300.0]


@pytest.mark.parametrize("fine", [(85.0, 94.0), (94.0, 85.0)])
def test_small_print_is_read_with_and_without_its_specks(fine: tuple[float, float]) -> None:
    engine = Reader(80.0, *fine, word_mm=1.5)
    assert [word.confidence for word in read_upright(empty, engine).words] == [94.0]
    assert engine.read_at == [200.0, 300.0, 300.0]


def test_a_second_reading_that_is_no_surer_is_not_taken() -> None:
    assert read_upright(empty, Reader(80.0, 79.0)).text == "mờ"


def test_office_print_is_read_once() -> None:
    engine = Reader(94.0)
    assert read_upright(empty, engine).text == "mờ"
    assert engine.read_at == [200.0]


class ReaderOfOrnaments(Reader):
    """Takes the border of a certificate for letters."""

    def read(self, plane: GrayPlane) -> PageText:
        text = super().read(plane)
        border = Line((Word("@®@®@®@®@®@®@®@®@®@®@®@®@®@®", Box(2, 2, 300, 20), 19.0),))
        return PageText((*text.lines, border), text.width_px, text.height_px)


def test_ornaments_do_not_make_a_page_doubtful() -> None:
    engine = ReaderOfOrnaments(94.0)
    assert read_upright(empty, engine).text == "mờ"
    assert engine.read_at == [200.0]


def test_the_first_reading_can_be_finished_later() -> None:
    planes: Callable[[float], GrayPlane] = empty
    engine = Reader(94.0)
    first = first_reading(planes, engine)
    assert finished_reading(first, planes, engine).text == first.text
