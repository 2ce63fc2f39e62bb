# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Final

import pytest
import segno
from PIL import Image, ImageDraw, ImageFilter

from scanning.code_reading import read_codes, repaired
from scanning.ocr.engine import GrayPlane

CARD: Final = (
    "038094012745|174102358|Lê Văn Thành|17031994|Nam|"
    "Thôn Trung Hậu, Xã Hoằng Trung, Huyện Hoằng Hóa, Tỉnh Thanh Hóa|10052021"
)
RECEIPT: Final = "000.00.12.H38-261012-0012|1.001193"


def sheet(*codes: tuple[str, float, tuple[float, float]], size_mm: tuple[float, float] = (210, 297)) -> Image.Image:
    """A white sheet at 300 dpi with codes: text, side and place in millimetres."""
    per_mm = 300 / 25.4
    page = Image.new("L", (round(size_mm[0] * per_mm), round(size_mm[1] * per_mm)), 250)
    for text, side, (left, top) in codes:
        matrix = segno.make(text, error="l", micro=False, boost_error=False).matrix
        symbol = Image.new("L", (len(matrix), len(matrix)), 250)
        symbol.putdata([40 if module else 250 for row in matrix for module in row])
        pixels = round(side * per_mm)
        page.paste(
            symbol.resize((pixels, pixels), Image.Resampling.BILINEAR), (round(left * per_mm), round(top * per_mm))
        )
    return page


def plane(page: Image.Image, dpi: int) -> GrayPlane:
    small = page.resize((page.width * dpi // 300, page.height * dpi // 300), Image.Resampling.BOX)
    return GrayPlane(small.tobytes(), *small.size, float(dpi))


def no_more() -> GrayPlane:
    raise AssertionError("a finer plane was asked for")


def test_codes_are_read_from_top_to_bottom_with_their_places() -> None:
    page = sheet((RECEIPT, 25, (150, 200)), ("https://dichvucong.gov.vn/tra-cuu", 20, (20, 15)))
    first, second = read_codes(plane(page, 150), no_more, box_dpi=300)
    assert (first.symbology, first.text) == ("qr", "https://dichvucong.gov.vn/tra-cuu")
    assert second.text == RECEIPT
    assert abs(second.box.left - 150 / 25.4 * 300) < 12
    assert abs(second.box.width - 25 / 25.4 * 300) < 20


def test_the_dense_code_of_an_identity_card_is_read_from_more_pixels() -> None:
    page = sheet((CARD, 13, (120, 60))).filter(ImageFilter.GaussianBlur(1.2))
    assert read_codes(plane(page, 150)) == ()
    (code,) = read_codes(plane(page, 150), lambda: plane(page, 300))
    assert code.text == CARD
    assert abs(code.box.left - 120 / 25.4 * 150) < 6
    assert "Thành" not in repr(code)


def test_a_skewed_code_with_a_stroke_over_it_is_read() -> None:
    page = sheet((CARD, 22, (100, 100)))
    ImageDraw.Draw(page).line((1180, 1290, 1450, 1310), fill=30, width=3)
    turned = page.rotate(4, Image.Resampling.BILINEAR, fillcolor=250)
    assert [code.text for code in read_codes(plane(turned, 150), lambda: plane(turned, 300))] == [CARD]


def test_a_card_alone_is_looked_at_again_when_nothing_is_seen() -> None:
    asked = []

    def finer() -> GrayPlane:
        asked.append(True)
        return plane(sheet(size_mm=(86, 54)), 300)

    assert read_codes(plane(sheet(size_mm=(86, 54)), 150), finer) == ()
    assert asked == [True]
    assert read_codes(plane(sheet(), 150), no_more) == ()
    assert read_codes(plane(sheet(), 150), finer, is_expected=True) == ()
    assert asked == [True, True]


@pytest.mark.parametrize("text", ["LÊ VĂN THÀNH", "Đặng Thị Ánh", "Nguyễn", "plain", "", "é"])
def test_text_that_a_program_took_for_western_is_repaired(text: str) -> None:
    damaged = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )
    assert repaired(damaged) == text
    assert repaired(text) == text


def test_ornaments_with_a_dot_in_a_ring_are_not_looked_at_again() -> None:
    """The reader sees the corners of codes in them, dozens on one frame, and each place costs as much as ten words."""
    page = sheet()
    draw = ImageDraw.Draw(page)
    for left in range(80, page.width - 150, 160):
        for top in (60, 220, page.height - 300, page.height - 140):
            draw.rectangle([left, top, left + 69, top + 69], outline=60, width=10)
            draw.rectangle([left + 20, top + 20, left + 49, top + 49], fill=60)
    assert read_codes(plane(page, 150), no_more) == ()
