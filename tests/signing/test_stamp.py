# SPDX-License-Identifier: GPL-3.0-or-later
"""The visible stamp: every Vietnamese letter, at its right width, inside its box."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import subprocess
import unicodedata
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from signing.errors import SigningError
from signing.stamp import Box, default_boxes, draw_stamp, drawable_characters, stamp_lines

A4 = Box(0, 0, 595, 842)
VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
ALPHABET = {unicodedata.normalize("NFC", vowel + tone) for vowel, tone in itertools.product(VOWELS, TONES)} | set("đĐ")
MORNING = dt.datetime(2026, 3, 2, 1, 5, 9, tzinfo=dt.UTC)
LINES = stamp_lines("Nguyễn Thị Ngọc Ánh", "Ủy ban nhân dân xã Tân Lập", MORNING)


def words_of(pdf: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


def test_the_stamp_names_person_unit_and_vietnamese_time_whatever_the_machine_s_zone() -> None:
    assert LINES == (
        "Ký bởi: Nguyễn Thị Ngọc Ánh",
        "Cơ quan: Ủy ban nhân dân xã Tân Lập",
        "Thời gian ký: 02/03/2026 08:05:09 +07:00",
    )
    elsewhere = MORNING.astimezone(dt.timezone(dt.timedelta(hours=-5)))
    assert stamp_lines("A", "B", elsewhere)[2] == LINES[2]


def test_a_stamp_without_a_unit_has_no_line_for_it() -> None:
    assert stamp_lines("Trần An", "", MORNING) == ("Ký bởi: Trần An", "Thời gian ký: 02/03/2026 08:05:09 +07:00")


def test_the_text_comes_out_of_the_drawing_as_it_went_in() -> None:
    assert [line.strip() for line in words_of(draw_stamp(LINES, 205, 42)).splitlines() if line.strip("\f ")] == list(
        LINES
    )


def test_text_in_decomposed_form_is_composed_first() -> None:
    decomposed = [unicodedata.normalize("NFD", line) for line in LINES]
    assert words_of(draw_stamp(decomposed, 205, 42)) == words_of(draw_stamp(LINES, 205, 42))


def test_the_font_has_every_vietnamese_letter() -> None:
    assert len(ALPHABET) == 146
    assert drawable_characters() >= ALPHABET


def test_a_letter_that_the_font_lacks_is_named_instead_of_dropped() -> None:
    with pytest.raises(SigningError) as caught:
        draw_stamp(["Ký bởi: Nguyễn 😀 漢"], 205, 42)
    assert caught.value.code == "stamp-glyph-missing"
    assert caught.value.details == {"characters": "U+6F22 U+1F600"}


@pytest.mark.parametrize("lines", [["x" * 120], ["một hai ba bốn năm"] * 12])
def test_text_that_would_leave_the_box_is_refused(lines: list[str]) -> None:
    with pytest.raises(SigningError) as caught:
        draw_stamp(lines, 205, 42)
    assert caught.value.code == "stamp-does-not-fit"


def test_long_names_become_smaller_until_they_fit() -> None:
    long = stamp_lines(
        "Nguyễn Thị Ngọc Ánh", "Trung tâm Phục vụ hành chính công thuộc Ủy ban nhân dân đặc khu Phú Quốc", MORNING
    )
    text = " ".join(words_of(draw_stamp(long, 205, 42)).split())
    assert text == " ".join(long)


def test_nothing_is_cut_off_at_the_edges_of_the_box() -> None:
    tall = ["ẪỄỔẲ ẪỄỔẲ ẪỄỔẲ", "gỵợ gỵợ gỵợ", "ẪỄỔẲ gỵợ"]
    picture = pypdfium2.PdfDocument(draw_stamp(tall, 205, 42))[0].render(scale=4).to_numpy()
    assert (picture[1:-1, 1:-1] < 128).any(), "there is ink"
    for edge in (picture[:2], picture[-2:], picture[:, :2], picture[:, -2:]):
        assert (edge > 250).all()


def test_the_drawing_is_one_page_with_embedded_font_and_no_transparency() -> None:
    with pikepdf.open(io.BytesIO(draw_stamp(LINES, 205, 42))) as document:
        (page,) = document.pages
        assert [float(edge) for edge in page.mediabox] == [0, 0, 205, 42]
        assert "/Group" not in page.obj
        assert "/ExtGState" not in page.obj.Resources
        (font,) = page.obj.Resources.Font.values()
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_the_default_places_lie_in_the_margins_of_a_document_and_apart() -> None:
    boxes = default_boxes(A4)
    margin = 20 / 25.4 * 72
    for box in boxes:
        assert box.bottom > A4.top - margin or box.top < A4.bottom + margin
        assert A4.left < box.left < box.right < A4.right
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


@pytest.mark.parametrize("page", [Box(0, 0, 243, 153), Box(-50, -50, 100, 40), Box(10, 10, 2000, 3000)])
def test_the_default_places_stay_on_pages_of_any_size(page: Box) -> None:
    for box in default_boxes(page):
        assert page.left <= box.left < box.right <= page.right
        assert page.bottom <= box.bottom < box.top <= page.top


def test_the_licence_travels_with_the_font() -> None:
    fonts = Path(__file__).parents[2] / "signing" / "fonts"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts / "LICENCE.txt").read_text(encoding="utf-8")
