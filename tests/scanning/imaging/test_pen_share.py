# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from scanning.imaging.pen_share import pen_share
from scanning.imaging.raster import Raster

WHITE, CREAM = (255, 255, 255), (210, 235, 248)
BLACK, BLUE, RED = (40, 35, 35), (160, 60, 40), (60, 40, 200)
Color = tuple[int, int, int]


def page(paper: Color, *inks: Color) -> Raster:
    pixels = np.full((1170, 827, 3), paper, np.uint8)
    for at, ink in enumerate(inks):
        for row in range(20):
            pixels[60 + 50 * row + 6 * at : 64 + 50 * row + 6 * at, 100:700] = ink
    return Raster(pixels, 100.0)


@pytest.mark.parametrize("paper", [WHITE, CREAM])
def test_the_share_is_that_of_blue_ink_whatever_colour_the_paper_has(paper: Color) -> None:
    assert pen_share(page(paper, BLUE)) == 1.0
    assert pen_share(page(paper, BLUE, BLACK)) == pytest.approx(0.5)
    assert pen_share(page(paper, BLACK)) == 0.0
    assert pen_share(page(paper, BLACK, RED)) == 0.0


def test_a_gray_page_and_an_empty_one_have_none() -> None:
    assert pen_share(page(WHITE)) == 0.0
    gray = page(WHITE, BLUE).pixels.min(axis=2)
    assert pen_share(Raster(np.repeat(gray[..., None], 3, axis=2), 100.0)) == 0.0


def test_a_lone_blue_speck_is_no_pen() -> None:
    raster = page(WHITE)
    raster.pixels[10:20, 10:20] = BLUE
    assert pen_share(raster) == 0.0
