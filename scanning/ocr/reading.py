# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads an upright page as well as its print allows: once as a whole, then again only where doubt says so."""

from __future__ import annotations

import functools
from statistics import median
from typing import Final

from scanning.ocr.engine import GrayPlane, OcrEngine
from scanning.ocr.gaps import with_gaps_read
from scanning.ocr.print_plane import PieceAt, PlaneAt, print_plane, print_planes, soft_print_plane
from scanning.ocr.second_look import with_second_look
from scanning.ocr.text import Box, Line, PageText, Word
from scanning.ocr.tidy import tidied, without_guesses

# Office print is read best at 200 dpi, and a third cheaper than at 300.
READING_DPI: Final = 200.0
FINE_DPI: Final = 300.0
# Mean confidence of office print without its noise is 91 to 97 also under seals, that of copies which a second reading
# mends mostly below. Up to 92 it would mend a thirtieth of the errors of bad copies more, and cost a tenth more.
_DOUBTFUL: Final = 90.5
# Small print may be better off with its specks, which are the marks of its letters.
_SMALL_PRINT_MM: Final = 2.2  # height of words: of cards 1.3 to 1.6, of office print 2.7 and more
_MM_PER_INCH: Final = 25.4
_EVEN: Final = 50.0


def first_reading(plane_at: PlaneAt, engine: OcrEngine) -> PageText:
    """Read a page once; enough to see which way up it lies.

    Args:
        plane_at: Gives the level page with even light at some density.
        engine: Who reads.
    """
    return engine.read(print_planes(plane_at)(READING_DPI))


def finished_reading(
    first: PageText, plane_at: PlaneAt, engine: OcrEngine, piece_at: PieceAt | None = None
) -> PageText:
    """Read again what was doubtful or passed over, and let go of what is no print.

    Args:
        first: The first reading of the same page.
        plane_at: Gives the upright, level page with even light at some density.
        engine: Who reads.
        piece_at: Gives pieces of that page; they are cut out of it by default.
    """
    text, plane = _better(first, plane_at, engine)
    text = with_gaps_read(without_guesses(text), engine, plane)
    text = with_second_look(text, engine, piece_at or functools.partial(_piece_of, plane_at))
    return _scaled(tidied(text), first.width_px, first.height_px)


def read_upright(plane_at: PlaneAt, engine: OcrEngine, piece_at: PieceAt | None = None) -> PageText:
    """Read a page that lies upright; see ``finished_reading``."""
    return finished_reading(first_reading(plane_at, engine), plane_at, engine, piece_at)


def fine_place(box: Box, width_px: int, page_width_px: int, page_height_px: int) -> Box:
    """Give a place on a page of another size, within it.

    Args:
        box: The place, on a page that is ``width_px`` wide.
        width_px: That page's width.
        page_width_px: The other one's.
        page_height_px: Its height.
    """
    scale = page_width_px / width_px
    left, top = int(box.left * scale), int(box.top * scale)
    right, bottom = left + max(1, round(box.width * scale)), top + max(1, round(box.height * scale))
    return Box(left, top, min(right, page_width_px) - left, min(bottom, page_height_px) - top)


def _piece_of(plane_at: PlaneAt, box: Box, width_px: int) -> GrayPlane:
    plane = plane_at(FINE_DPI)
    return plane.crop(fine_place(box, width_px, plane.width_px, plane.height_px))


def _better(text: PageText, plane_at: PlaneAt, engine: OcrEngine) -> tuple[PageText, GrayPlane]:
    """Read a doubtful page in more pixels; give the best reading and the plane that it is of."""
    plane = print_planes(plane_at)(READING_DPI)
    certain = without_guesses(text)
    if not text.words or certain.mean_confidence >= _DOUBTFUL:
        return text, plane
    is_small = bool(certain.words) and _word_height_mm(certain, plane.dpi) < _SMALL_PRINT_MM
    fine = plane_at(FINE_DPI)
    for make in (print_plane, _as_it_is) if is_small else (soft_print_plane,):
        again_plane = make(fine)
        again = engine.read(again_plane)
        if _believed(again) > _believed(text):
            text, plane = again, again_plane
    return text, plane


def _as_it_is(plane: GrayPlane) -> GrayPlane:
    return plane


def _word_height_mm(text: PageText, dpi: float) -> float:
    return median(word.box.height for word in text.words) / dpi * _MM_PER_INCH


def _believed(text: PageText) -> float:
    """Say how much was read and believed; noise counts against it."""
    return sum((word.confidence - _EVEN) * len(word.text) for word in text.words)


def _scaled(text: PageText, width_px: int, height_px: int) -> PageText:
    """Put the boxes of a reading on a page of another size."""
    if (text.width_px, text.height_px) == (width_px, height_px):
        return text
    across, down = width_px / text.width_px, height_px / text.height_px

    def scaled(word: Word) -> Word:
        box = word.box
        left, top = round(box.left * across), round(box.top * down)
        return Word(
            word.text,
            Box(left, top, max(1, round(box.right * across) - left), max(1, round(box.bottom * down) - top)),
            word.confidence,
        )

    lines = tuple(Line(tuple(scaled(word) for word in line.words)) for line in text.lines)
    return PageText(lines, width_px, height_px)
