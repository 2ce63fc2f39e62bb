# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the drawn lines out of a plane: tables, boxes for digits, the line that an entry stands on, boxes to tick.

An engine joins letters to the lines that they touch, and takes a row of boxes for a picture. A line is what is long,
thin and straight; where a stroke of a letter crosses it, the stroke stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels
from scanning.ocr.planes import halved

MM_PER_INCH: Final = 25.4

_INK: Final = 165  # on a plane with even light
_PAPER: Final = 255
_LEAST_ACROSS_MM: Final = 14.0  # the serifs of a bold title touch over 10 mm
_LEAST_DOWN_MM: Final = 5.6  # the walls of boxes for digits; so long is also a stem of 20 point
_LONGEST_STEM_MM: Final = 25.0
_COARSE_PX: Final = 4
_MEETING_PX: Final = 3
_GAP_MM: Final = 0.2  # worn or slanting lines come in pieces; letters of the smallest print stand 0.25 mm apart
_THICKEST_MM: Final = 0.75
_HALO_PX: Final = 1  # the pale edge that optics give to a line
_BOX_MM: Final = (2.2, 6.0)
_BOX_UNEVEN: Final = 0.2
_BOX_FILLED: Final = 0.5
_BOX_SIDE_INKED: Final = 0.92  # of a D or an O at most three sides are
_SIDE_PX: Final = 3

_Mask = npt.NDArray[np.uint8]


def without_rules(pixels: Pixels, dpi: float) -> Pixels:
    """Give a plane without its lines.

    Args:
        pixels: Gray, upright, level, with even light.
        dpi: Their density.
    """
    dots = dpi / MM_PER_INCH
    ink = np.asarray(cv2.threshold(pixels, _INK, 1, cv2.THRESH_BINARY_INV)[1], np.uint8)
    across = _lines(ink, round(_LEAST_ACROSS_MM * dots), dots)
    down = _transposed(_lines(_transposed(ink), round(_LEAST_DOWN_MM * dots), dots))
    down = _drawn(down, across, dots)
    lines = np.asarray(cv2.bitwise_or(across, down), np.uint8)
    cleaned = pixels.copy()
    cleaned[lines > 0] = _PAPER
    for rows, columns in _boxes(ink, dots):
        cleaned[rows, columns] = _PAPER
    return cleaned


def _boxes(ink: _Mask, dots: float) -> Iterator[tuple[slice, slice]]:
    """Find the little squares that are ticked with a pen."""
    coarse = halved(ink)  # letters are many; finding them apart in all dots costs four times as much
    _, _, facts, _ = cv2.connectedComponentsWithStats(coarse, connectivity=8)
    facts = np.asarray(facts)
    width, height = facts[:, cv2.CC_STAT_WIDTH], facts[:, cv2.CC_STAT_HEIGHT]
    least, most = (millimetres * dots / 2 for millimetres in _BOX_MM)
    square = (abs(width - height) <= _BOX_UNEVEN * height) & (height >= least) & (height <= most)
    for left, top, wide, high, _ in 2 * facts[square]:
        inside = ink[top : top + high, left : left + wide]
        sides = (inside[:_SIDE_PX], inside[-_SIDE_PX:], inside[:, :_SIDE_PX].T, inside[:, -_SIDE_PX:].T)
        if inside.mean() < _BOX_FILLED and all(side.max(axis=0).mean() >= _BOX_SIDE_INKED for side in sides):
            yield slice(max(0, top - 1), top + high + 1), slice(max(0, left - 1), left + wide + 1)


def _lines(ink: _Mask, least_px: int, dots: float) -> _Mask:
    """Find what is drawn from left to right."""
    bridged = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, _bar(round(_GAP_MM * dots), 1)), np.uint8)
    runs = _long_runs(bridged, least_px)
    if not runs.any():
        return runs
    thickest = max(2, round(_THICKEST_MM * dots))
    # What is thick is a bar or a picture.
    thick = cv2.morphologyEx(runs, cv2.MORPH_OPEN, _bar(1, thickest + 1))
    runs = np.asarray(cv2.subtract(runs, cv2.dilate(thick, _bar(3, 3))), np.uint8)
    grown = np.asarray(cv2.dilate(runs, _bar(1, 2 * _HALO_PX + 1)), np.uint8)
    # A stroke that goes through has ink right above and right below.
    outside = cv2.subtract(ink, grown)
    span = thickest + 2 * (_HALO_PX + 1)
    below = cv2.dilate(outside, _bar(1, span), anchor=(0, 0))
    above = cv2.dilate(outside, _bar(1, span), anchor=(0, span - 1))
    return np.asarray(cv2.subtract(grown, cv2.bitwise_and(above, below)), np.uint8)


def _long_runs(ink: _Mask, least_px: int) -> _Mask:
    """Keep what is inked over so many dots from left to right, and a few dots more or less.

    Looking at every fourth dot takes a third of the time.
    """
    width = ink.shape[1]
    coarse = np.asarray(cv2.erode(ink, _bar(_COARSE_PX, 1), anchor=(0, 0)), np.uint8)[:, ::_COARSE_PX]
    side = (least_px // _COARSE_PX - 1) | 1  # with an even one, opening moves what it leaves
    runs = cv2.morphologyEx(np.ascontiguousarray(coarse), cv2.MORPH_OPEN, _bar(side, 1))
    fine = np.asarray(runs, np.uint8).repeat(_COARSE_PX, axis=1)[:, :width]
    grown = cv2.dilate(np.ascontiguousarray(fine), _bar(2 * _COARSE_PX + 1, 1))
    return np.asarray(cv2.bitwise_and(grown, ink), np.uint8)


def _transposed(mask: _Mask) -> _Mask:
    return np.asarray(cv2.transpose(mask), np.uint8)


def _drawn(down: _Mask, across: _Mask, dots: float) -> _Mask:
    """Keep those lines from top to bottom that meet others or are too long for the stem of a letter."""
    if not down.any():
        return down
    coarse = halved(down)
    _, labels, facts, _ = cv2.connectedComponentsWithStats(coarse, connectivity=8)
    kept = np.asarray(facts)[:, cv2.CC_STAT_HEIGHT] * 2 >= _LONGEST_STEM_MM * dots
    reach = np.asarray(cv2.dilate(halved(across), _bar(_MEETING_PX, _MEETING_PX)), np.uint8)
    kept[np.unique(np.asarray(labels)[(reach > 0) & (coarse > 0)])] = True
    kept[0] = False
    height, width = down.shape
    fine = kept[np.asarray(labels)].astype(np.uint8).repeat(2, axis=0).repeat(2, axis=1)[:height, :width]
    return np.asarray(cv2.bitwise_and(down, fine), np.uint8)


def _bar(width: int, height: int) -> _Mask:
    return np.ones((max(1, height), max(1, width)), np.uint8)
