# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds which way up a sheet is, and levels it, by what can be read on it.

A sheet is read as it lies. Only when that makes no sense is it turned, and only to where it clearly does: a turn that
nobody can vouch for is worse than none, for the clerk sees at once that a page lies wrong and can turn it herself.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Final

from scanning.imaging.sheet_planes import SheetPlanes
from scanning.imaging.skew import skew_correction_degrees
from scanning.ocr.engine import GrayPlane, OcrEngine
from scanning.ocr.planes import gray_plane
from scanning.ocr.print_plane import PieceAt, PlaneAt
from scanning.ocr.reading import FINE_DPI, fine_place, finished_reading, first_reading, read_upright
from scanning.ocr.text import Box, PageText, Word

_SKEW_DPI: Final = 100.0
# Mean confidence: office print reaches 93 to 97, a page upside down 30 to 41.
_WRONG_WAY_UP: Final = 60.0
_RIGHT_WAY_UP: Final = 75.0
_CLEARLY_BETTER: Final = 25.0  # two cards that lie askew differently reach 68 to 71, and 31 on their sides
_FEWEST_LETTERS: Final = 40
_TURNS: Final = (180.0, 90.0, 270.0)


def read_as_it_lies(sheet: SheetPlanes, engine: OcrEngine) -> PageText:
    """Read a sheet that is upright already."""
    return read_upright(_planes(sheet), engine, _pieces(sheet))


def levelled(sheet: SheetPlanes) -> SheetPlanes:
    """Give a sheet with its lines of print level."""
    return sheet.turned(skew_correction_degrees(sheet.plane(_SKEW_DPI)))


def set_upright(sheet: SheetPlanes, engine: OcrEngine, first: float = 0.0) -> tuple[SheetPlanes, PageText]:
    """Find the way up and read.

    Args:
        sheet: As it lies.
        engine: Reads print.
        first: The turn to try first, counter-clockwise: how a camera was held.

    Returns:
        The sheet with the turns that set it upright, and what stands on it.
    """
    found = _most_likely(sheet, engine, first)
    return found.sheet, finished_reading(found.text, found.planes, engine, _pieces(found.sheet))


@dataclass(frozen=True, slots=True)
class _Attempt:
    sheet: SheetPlanes
    planes: PlaneAt
    text: PageText


def _most_likely(sheet: SheetPlanes, engine: OcrEngine, first: float) -> _Attempt:
    as_it_lies = _attempt(sheet, engine, first)
    if not _looks_turned(as_it_lies.text):
        return as_it_lies
    best = as_it_lies
    for turn in _TURNS:
        attempt = _attempt(sheet, engine, (first + turn) % 360.0)
        if _looks_turned(attempt.text):
            continue
        if attempt.text.mean_confidence >= _RIGHT_WAY_UP:
            return attempt
        if _letters(attempt.text) >= _FEWEST_LETTERS and attempt.text.mean_confidence > best.text.mean_confidence:
            best = attempt
    is_better = best.text.mean_confidence >= as_it_lies.text.mean_confidence + _CLEARLY_BETTER
    return best if is_better else as_it_lies


def _attempt(sheet: SheetPlanes, engine: OcrEngine, turn: float) -> _Attempt:
    straight = levelled(sheet.turned(turn))
    planes = _planes(straight)
    return _Attempt(straight, planes, first_reading(planes, engine))


def _planes(sheet: SheetPlanes) -> PlaneAt:
    return functools.cache(lambda dpi: gray_plane(sheet.reading_plane(dpi)))


def _pieces(sheet: SheetPlanes) -> PieceAt:
    width_px, height_px = (round(side * FINE_DPI / sheet.dpi) for side in (sheet.view.width_px, sheet.view.height_px))

    def piece_at(box: Box, page_width_px: int) -> GrayPlane:
        place = fine_place(box, page_width_px, width_px, height_px)
        return gray_plane(sheet.reading_piece((place.left, place.top, place.width, place.height), FINE_DPI))

    return piece_at


def _looks_turned(text: PageText) -> bool:
    """Say whether the letters make no sense, or stand on top of each other."""
    if _letters(text) < _FEWEST_LETTERS:
        return False
    words = _long_words(text)
    standing = sum(word.box.height > word.box.width for word in words)
    return text.mean_confidence < _WRONG_WAY_UP or standing > len(words) / 2


def _letters(text: PageText) -> int:
    return sum(len(word.text) for word in _long_words(text))


def _long_words(text: PageText) -> list[Word]:
    return [word for word in text.words if len(word.text) >= 3]
