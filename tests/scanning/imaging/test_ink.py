# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

import demo
from demo.scan_look import Condition, scanned
from scanning.imaging.ink import ink_coverage, is_blank
from scanning.imaging.raster import decode
from scanning.page_image import PageImage

ScanOf = Callable[..., PageImage]
Draw = Callable[[ImageDraw.ImageDraw], None]
DPI = 150
FONT = Path(demo.__file__).parent / "papers" / "fonts" / "LiberationSerif-Regular.ttf"
A4 = (1240, 1754)


def scan(scan_of: ScanOf, draw: Draw | None = None, **condition: float) -> PageImage:
    picture = Image.new("RGB", A4, (255, 255, 255))
    if draw:
        draw(ImageDraw.Draw(picture))
    return scan_of(scanned(picture, Condition(seed=7, **condition), dpi=DPI), DPI)


def blank(page: PageImage) -> bool:
    return is_blank(ink_coverage(decode(page)))


def test_an_empty_sheet_with_noise_dust_and_uneven_light_is_blank(scan_of: ScanOf) -> None:
    assert blank(scan(scan_of))
    assert blank(scan(scan_of, noise=9, dust=0.001, light_fall=0.25))


@pytest.mark.parametrize("kind", ["birth-registration-declaration", "marriage-certificate"])
def test_print_that_shines_through_from_the_front_is_not_ink(back_of: Callable[..., PageImage], kind: str) -> None:
    assert blank(back_of(kind, dpi=DPI))


def _page_number(draw: ImageDraw.ImageDraw) -> None:
    draw.text((620, 1650), "3", fill=(20, 20, 20), font=ImageFont.truetype(FONT, 27))


def _seal(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((700, 1200, 900, 1400), outline=(205, 40, 60), width=6)


def _pencil(draw: ImageDraw.ImageDraw) -> None:
    draw.line([(300, 700), (340, 660), (360, 720), (420, 650), (470, 700)], fill=(195, 195, 195), width=3)


def _blue_pen(draw: ImageDraw.ImageDraw) -> None:
    draw.line([(300, 700), (340, 660), (360, 720), (420, 650), (470, 700)], fill=(40, 60, 190), width=3)


@pytest.mark.parametrize("draw", [_page_number, _seal, _pencil, _blue_pen])
def test_the_smallest_mark_of_a_person_is_ink(scan_of: ScanOf, draw: Draw) -> None:
    assert not blank(scan(scan_of, draw))


def test_printed_pages_are_not_blank(sample: Callable[..., PageImage]) -> None:
    assert 0.03 < ink_coverage(decode(sample("marital-status-confirmation", dpi=DPI))) < 0.3


def test_the_dark_rim_of_a_sheet_smaller_than_the_glass_is_not_ink(scan_of: ScanOf) -> None:
    pixels = np.full((A4[1], A4[0], 3), 240, np.uint8)
    pixels[:, -20:] = 60
    assert blank(scan_of(Image.fromarray(pixels), DPI))
