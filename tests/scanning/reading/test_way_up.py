# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from scanning.imaging.raster import Raster
from scanning.imaging.sheet_planes import SheetPlanes
from scanning.ocr.engine import GrayPlane
from scanning.ocr.text import Box, Line, PageText, Word
from scanning.reading.way_up import set_upright
from scanning.transforms import total_degrees


class ReadsBy:
    """Reads ten words with a confidence that depends on how often it was asked: as it lies, turned by 180, 90, 270."""

    def __init__(self, *confidences: float, words: int = 10) -> None:
        self._left = list(confidences)
        self._words = words

    def read(self, plane: GrayPlane) -> PageText:
        confidence = self._left.pop(0) if len(self._left) > 1 else self._left[0]
        words = tuple(Word("nhân dân", Box(0, 40 * row, 90, 20), confidence) for row in range(self._words))
        return PageText((Line(words),), plane.width_px, plane.height_px)

    def read_block(self, plane: GrayPlane) -> PageText:
        return PageText((), plane.width_px, plane.height_px)

    def read_line(self, plane: GrayPlane) -> PageText:
        return PageText((), plane.width_px, plane.height_px)


def degrees_found(engine: ReadsBy) -> float:
    sheet = SheetPlanes(Raster(np.full((300, 200, 3), 240, np.uint8), 100.0))
    turned, _ = set_upright(sheet, engine)
    return total_degrees(turned.transforms)


@pytest.mark.parametrize(
    ("confidences", "degrees"),
    [
        ((94, 94), 0),
        ((35, 93), 180),
        ((35, 33, 92), 90),
        ((31, 30, 28, 70), -90),
        ((55, 54, 50, 62), 0),
        ((31, 30, 64, 70), -90),
    ],
    ids=["upright", "upside-down", "on-its-side", "hard-to-read-on-its-side", "hard-to-read-anyhow", "the-best-of-two"],
)
def test_a_sheet_is_turned_only_to_where_it_reads_clearly_better(
    confidences: tuple[float, ...], degrees: float
) -> None:
    assert degrees_found(ReadsBy(*confidences)) == degrees


def test_a_few_letters_turn_no_sheet() -> None:
    assert degrees_found(ReadsBy(31, 30, 28, 70, words=3)) == 0
