# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont

import demo
from scanning.ocr.dirt import is_abbreviated, is_code, looks_dirty, without_dirt

FONTS = Path(demo.__file__).parent / "papers" / "fonts"
LEFT, LINE, SIZE = 12, 60, 50
Pixels = npt.NDArray[np.uint8]


def word(text: str, *, font: str = "LiberationSerif-Regular.ttf", specks: tuple[tuple[float, int], ...] = ()) -> Pixels:
    """A word at 300 dpi, and specks: behind which share of it, how high above the line."""
    face = ImageFont.truetype(FONTS / font, SIZE, layout_engine=ImageFont.Layout.BASIC)
    width = int(face.getlength(text))
    picture = Image.new("L", (width + 2 * LEFT, 88), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((LEFT, LINE), text, fill=0, font=face, anchor="ls")
    for share, above in specks:
        across = LEFT + share * width
        draw.ellipse((across - 3, LINE - above - 3, across + 3, LINE - above + 3), fill=0)
    return np.array(picture, np.uint8)


@pytest.mark.parametrize("above", [12, 2, 30], ids=["in the middle", "on the line", "high"])
def test_a_speck_between_two_words_goes(above: int) -> None:
    dirty = word("dân  xã", specks=((0.57, above),))
    cleaned = without_dirt(dirty, is_abbreviated=False)
    assert cleaned is not None
    assert np.array_equal(cleaned, word("dân  xã"))


def test_a_speck_before_a_word_goes_and_one_that_floats_behind_it() -> None:
    for speck in ((-0.06, 1), (1.04, 14)):
        cleaned = without_dirt(word("Nam", specks=(speck,)), is_abbreviated=False)
        assert cleaned is not None
        assert np.array_equal(cleaned, word("Nam"))


@pytest.mark.parametrize(
    "text", ["Ủy", "Nguyễn,", "mục:", "ghi;", "số.", "TP.HCM", "12-A", "dân-xã", "“Nơi”", "hộ", "i.", "Thịnh:"]
)
@pytest.mark.parametrize("font", ["LiberationSerif-Regular.ttf", "LiberationSerif-Italic.ttf"])
def test_marks_and_punctuation_are_no_dirt(text: str, font: str) -> None:
    assert without_dirt(word(text, font=font), is_abbreviated=is_abbreviated(text)) is None


def test_pieces_of_worn_letters_are_no_dirt() -> None:
    many = tuple((share / 10, 12) for share in range(-1, 12, 2))
    assert without_dirt(word("a       a", specks=many), is_abbreviated=False) is None
    assert without_dirt(np.full((40, 90), 255, np.uint8), is_abbreviated=False) is None


def test_signs_that_specks_are_read_as_look_dirty() -> None:
    for text in ("dân-xã", "tử.này", "Đa.khoa", "sinh:-05/11", "-Kính", ".ĐẠI", "2026-", "“Nơi", "No.::066"):
        assert looks_dirty(text)
    for text in ("12/GKS", "(ghi", "số:", "22,99", "05/11/1977", "từ…", "hết./."):
        assert not looks_dirty(text)
    for text in ("000.00.21.H08-201130-0686", "CS-02114", "0612/2016/HĐ-UQ"):
        assert is_code(text)
        assert not looks_dirty(text)
    for text in ("sinh:-05/11", "dân-xã", "11.11.1971", "No.::066"):
        assert not is_code(text)
    assert is_abbreviated("TP.HCM")
    assert not is_abbreviated("tại.Ủy")
