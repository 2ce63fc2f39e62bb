# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont

import demo
from scanning.ocr.engine import GrayPlane
from scanning.ocr.planes import pixels_of
from scanning.ocr.print_plane import (
    print_plane,
    print_planes,
    soft_print_plane,
    strengthened,
    strengthened_unless_pale,
)
from scanning.ocr.rules import without_rules
from scanning.ocr.specks import without_specks
from scanning.ocr.title import title_crop

FONTS = Path(demo.__file__).parent / "papers" / "fonts"
FONT = ImageFont.truetype(
    FONTS / "LiberationSerif-Regular.ttf",
    35,
    layout_engine=ImageFont.Layout.BASIC,
)
Pixels = npt.NDArray[np.uint8]


class Sheet:
    """A white sheet at 200 dpi to draw on."""

    def __init__(self) -> None:
        self.picture = Image.new("L", (800, 300), 255)
        self.draw = ImageDraw.Draw(self.picture)

    def write(self, text: str = "Số: 15/GCN (g) ngõ Đội Cấn", place: tuple[int, int] = (60, 100)) -> Sheet:
        self.draw.text(place, text, fill=20, font=FONT)
        return self

    @property
    def pixels(self) -> Pixels:
        return np.array(self.picture, np.uint8)


def ink(pixels: Pixels) -> int:
    return int((pixels < 128).sum())


def test_the_grid_of_a_table_goes_and_its_words_stay() -> None:
    words = Sheet().write()
    table = Sheet().write()
    for y in (80, 160):
        table.draw.line((20, y, 780, y), fill=30, width=2)
    for x in (20, 400, 780):
        table.draw.line((x, 60, x, 260), fill=30, width=2)
    cleaned = without_rules(table.pixels, 200)
    assert ink(cleaned) == pytest.approx(ink(words.pixels), rel=0.03)  # where lines cross, dots are left


def test_letters_that_stand_on_a_line_or_hang_through_it_stay() -> None:
    baseline = 100 + 31
    words, on_line = Sheet().write(), Sheet().write()
    on_line.draw.line((20, baseline, 780, baseline), fill=30, width=2)
    cleaned = without_rules(on_line.pixels, 200)
    lost = (words.pixels < 128) & (cleaned >= 128)
    added = (words.pixels >= 128) & (cleaned < 128)
    assert lost.sum() < 0.15 * ink(words.pixels)  # the feet that stand in the line
    assert added.sum() < 0.03 * ink(words.pixels)


def test_boxes_for_digits_and_boxes_to_tick_go() -> None:
    sheet = Sheet()
    for place in range(12):
        sheet.draw.rectangle((60 + 50 * place, 80, 110 + 50 * place, 130), outline=30, width=2)
    for x in (100, 300):
        sheet.draw.rectangle((x, 200, x + 25, 225), outline=30, width=2)
    assert ink(without_rules(sheet.pixels, 200)) < 0.001 * ink(sheet.pixels)


@pytest.mark.parametrize("text", ["DOHNMB OQUBD", "— DÒNG ĐỜI —", "0000008888", "lllliiiiii||||"])
def test_letters_are_no_boxes_and_no_lines(text: str) -> None:
    pixels = Sheet().write(text).pixels
    assert np.array_equal(without_rules(pixels, 200), pixels)


def test_the_stems_and_serifs_of_a_large_title_stay() -> None:
    title = Sheet()
    large = ImageFont.truetype(FONTS / "LiberationSerif-Bold.ttf", 110, layout_engine=FONT.layout_engine)
    title.draw.text((10, 80), "KHAI SINH HỌ", fill=20, font=large)
    assert ink(without_rules(title.pixels, 200)) > 0.99 * ink(title.pixels)


def test_a_thick_bar_is_no_line() -> None:
    sheet = Sheet()
    sheet.draw.rectangle((50, 100, 600, 130), fill=20)
    assert ink(without_rules(sheet.pixels, 200)) > 0.8 * ink(sheet.pixels)


def test_lone_specks_and_leaders_go_and_the_marks_of_letters_stay() -> None:
    words = Sheet().write("Họ tên. Đội 7.")
    dirty = Sheet().write("Họ tên. Đội 7.")
    for x in range(290, 780, 8):
        dirty.draw.rectangle((x, 128, x + 1, 129), fill=90)
    for place in ((30, 30), (500, 250), (700, 40)):
        dirty.draw.ellipse((*place, place[0] + 4, place[1] + 4), fill=20)
    assert np.array_equal(without_specks(dirty.pixels, 200) < 128, words.pixels < 128)


def test_the_full_stops_and_colons_of_a_typewriter_stay() -> None:
    sheet = Sheet()
    typewriter = ImageFont.truetype(FONTS / "texgyrecursor-regular.otf", 34, layout_engine=FONT.layout_engine)
    sheet.draw.text((60, 100), "1.2. Diện tích: 84,5.", fill=20, font=typewriter)
    assert np.array_equal(without_specks(sheet.pixels, 200), sheet.pixels)


def test_pale_print_becomes_black_and_gray_paper_white() -> None:
    pixels = np.where(Sheet().write().pixels < 128, 110, 225).astype(np.uint8)
    cleaned = print_plane(GrayPlane(pixels.tobytes(), 800, 300, 200.0))
    assert set(cleaned.pixels) == {98, 255}
    assert (cleaned.width_px, cleaned.height_px, cleaned.dpi) == (800, 300, 200.0)


@pytest.mark.parametrize("make", [strengthened_unless_pale, lambda pixels: pixels_of(soft_print_plane(fine(pixels)))])
def test_thin_pale_strokes_are_saved_from_the_grain(make: Callable[[Pixels], Pixels]) -> None:
    words = Sheet().write().pixels
    pale = np.where(words < 128, 190, 255).astype(np.uint8)
    dark = np.where(words < 128, 30, 255).astype(np.uint8)
    for pixels in (pale, dark):
        pixels[0, :40] = 225  # grain
    assert make(pale).min() < np.asarray(strengthened(pale)).min() - 30
    assert make(dark).min() == 0
    assert make(dark)[:2].min() > 240
    assert set(make(np.full((300, 800), 255, np.uint8)).reshape(-1)) == {255}


def fine(pixels: Pixels) -> GrayPlane:
    return GrayPlane(pixels.tobytes(), pixels.shape[1], pixels.shape[0], 300.0)


def test_each_plane_is_made_once() -> None:
    asked: list[float] = []

    def give(dpi: float) -> GrayPlane:
        asked.append(dpi)
        return GrayPlane(b"\xff" * 100, 10, 10, dpi)

    planes = print_planes(give)
    assert planes(200.0) is planes(200.0)
    print_planes(give)(300.0)
    print_planes(give)(200.0)
    assert asked == [200.0, 300.0]


def test_the_title_is_looked_for_in_the_top_third_at_few_dots() -> None:
    crop = title_crop(GrayPlane(bytes(1654 * 2339), 1654, 2339, 200.0))
    assert (crop.width_px, crop.dpi) == (1240 - 2 * 81, 150.0)
    assert crop.height_px == round(1754 * 0.35)
    coarse = GrayPlane(bytes(827 * 1169), 827, 1169, 100.0)
    assert title_crop(coarse).width_px == 827 - 2 * 54
