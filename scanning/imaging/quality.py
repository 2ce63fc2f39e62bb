# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be said about a picture for nearly nothing, and when it is ground for an advice to scan again.

Everything is measured on the print itself, so that a sparse page is judged like a full one. An advice is only given
for what a second scan can mend: an ordinary photocopy is as good as it gets.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from scanning.imaging._cv import cv2
from scanning.imaging.cut_off import is_cut_off
from scanning.imaging.formats import Pixels
from scanning.imaging.letters import Letters, letters_of
from scanning.imaging.sheet_planes import SheetPlanes
from scanning.page_reading import Advice, Quality
from scanning.transforms import Cutout

_DPI: Final = 200.0
_FEWEST_LETTERS: Final = 25  # of fewer, only light and edges are judged
_LEAST_IN_WORDS: Final = 0.35  # print that is blurred beyond reading has 0.46, photographs up to 0.18
_DARKEST_PAPER: Final = 95.0
# Of the paper's brightness. Worn ribbons leave print 0.5 darker; what is less than 0.2 darker is lost in the grain.
_DARKNESS: Final = 0.22
_PALE_DARKNESS: Final = 0.08
_PALEST_PRINT: Final = 0.2
# A letter's height by the width of its edges. Phones reach 5 and more; at 4.5 one word in twenty is misread, at 3 one
# in seven, of small print one in two. Blurred letters touch and seem higher, so office print is the highest counted.
_SOFTEST_LETTERS: Final = 4.1
_OFFICE_LETTERS_PX: Final = 18.0
# In pixels of the original: print of 12 points at 95 dpi.
_LOWEST_LETTERS_PX: Final = 8.5
_LOWEST_DPI: Final = 100.0
_DARK_PERCENTILE: Final = 25
_STEEP_PERCENTILE: Final = 90


def measure(sheet: SheetPlanes, ink_coverage: float) -> Quality:
    """Measure a page.

    Args:
        sheet: The sheet, set upright.
        ink_coverage: Share of the page that carries ink.
    """
    plane = sheet.plane(_DPI).pixels
    paper = float(np.median(plane[::4, ::4]))
    letters = letters_of(plane, _DPI, _DARKNESS)
    contrast, sharpness = _print(plane, paper, letters)
    advice = []
    if paper < _DARKEST_PAPER:
        advice.append(Advice.TOO_DARK)
    if letters.count < _FEWEST_LETTERS:
        advice += [Advice.TOO_PALE] if _has_pale_print(plane, paper) else []
    elif letters.share_in_words >= _LEAST_IN_WORDS:
        advice += _legibility(letters, sharpness, sheet.dpi)
    if not any(isinstance(step, Cutout) for step in sheet.transforms) and is_cut_off(sheet.stamp_proof()):
        advice.append(Advice.CUT_OFF)
    return Quality(paper, round(contrast, 1), round(sharpness, 3), ink_coverage, tuple(advice))


def _legibility(letters: Letters, sharpness: float, dpi: float) -> list[Advice]:
    if dpi < _LOWEST_DPI or letters.height_px * dpi / _DPI < _LOWEST_LETTERS_PX:
        return [Advice.LOW_RESOLUTION]
    return [Advice.BLURRED] if min(letters.height_px, _OFFICE_LETTERS_PX) * sharpness < _SOFTEST_LETTERS else []


def _has_pale_print(plane: Pixels, paper: float) -> bool:
    letters = letters_of(plane, _DPI, _PALE_DARKNESS)
    contrast, _ = _print(plane, paper, letters)
    return letters.count >= _FEWEST_LETTERS and contrast < _PALEST_PRINT * paper


def _print(plane: Pixels, paper: float, letters: Letters) -> tuple[float, float]:
    """Give how much darker the print is than the paper, and how steep its edges are over one dot."""
    ink = letters.mask
    if not ink.any():
        return 0.0, 0.0
    bits = ink.view(np.uint8)
    contrast = max(0.0, paper - _percentile(plane, bits, _DARK_PERCENTILE))
    edges = np.asarray(cv2.dilate(bits, np.ones((3, 3), np.uint8)), np.uint8)[:, 1:]
    steps = np.asarray(cv2.absdiff(plane[:, 1:], plane[:, :-1]), np.uint8)
    steepest = _percentile(steps, edges, _STEEP_PERCENTILE)
    return contrast, min(1.0, steepest / contrast) if contrast >= 1.0 else 0.0


def _percentile(plane: Pixels, mask: Pixels, percent: float) -> float:
    """Count levels instead of sorting millions of dots."""
    counts = np.cumsum(cv2.calcHist([plane], [0], mask, [256], [0, 256]).astype(np.int64))
    rank = percent / 100 * (int(counts[-1]) - 1)
    below, above = np.searchsorted(counts, (int(rank), math.ceil(rank)), side="right")
    return float(below + (rank - int(rank)) * (above - below))
