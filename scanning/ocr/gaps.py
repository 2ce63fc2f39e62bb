# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what a first reading passed over: print in boxes and drawings, numbers before a line, lone short lines.

What looks like letters and lies under no word is cut out and read by itself. Where it continues a line, the line is
read again as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.imaging._cv import cv2
from scanning.ocr.engine import GrayPlane, OcrEngine
from scanning.ocr.planes import halved, pixels_of
from scanning.ocr.text import Box, Line, PageText, Word, enclosing

_INK: Final = 175  # thin strokes of small print reach no deeper
_MM_PER_INCH: Final = 25.4
_LETTER_HEIGHT_MM: Final = (0.75, 8.0)  # from small letters of notes at the foot of a page
_LETTER_WIDTH_MM: Final = 9.0
# Letters of a word lie closer than this, lines further apart.
_REACH_ACROSS_MM: Final = 2.2
_REACH_DOWN_MM: Final = 0.35
_AROUND_WORDS_MM: Final = 0.4
_MARGIN_MM: Final = 0.9
_TALLEST_REGION_MM: Final = 14.0
_FEWEST_INK_MM2: Final = 0.8
_MOST_REGIONS: Final = 40  # a photograph falls into hundreds of them, a bad copy of which much was missed into 30
_LEAST_CONFIDENCE: Final = 70.0
_LEAST_CONFIDENCE_OF_FEW: Final = 82.0
_FEW_LETTERS: Final = 3
_SURE: Final = 90.0
_LESS_SURE: Final = 2.0  # than the part of the line that was read before
_ONE_LINE_MM: Final = 6.5
_CONTINUES_MM: Final = 7.0
_SAME_LINE: Final = 0.5  # of the lower height
_TALLER: Final = 1.6  # two lines in the next column of a table


@dataclass(frozen=True, slots=True)
class _Region:
    box: Box
    line: int | None  # number of the line that it continues


def with_gaps_read(text: PageText, engine: OcrEngine, plane: GrayPlane) -> PageText:
    """Add what was passed over.

    Args:
        text: The first reading of ``plane``.
        engine: Who reads.
        plane: Print only, without lines and specks.
    """
    regions = list(_regions(text, plane))
    alone = [region.box for region in regions if region.line is None]
    lines: list[Line] = list(text.lines)
    for region in regions:
        if region.line is not None:
            lines[region.line] = _longer(lines[region.line], region.box, engine, plane)
    added: list[Line] = []
    if len(alone) <= _MOST_REGIONS:
        for box in alone:
            added += _print_of(_outside(lines, _read(box, engine, plane)))
    return PageText(_in_order(lines, added), text.width_px, text.height_px)


def _regions(text: PageText, plane: GrayPlane) -> Iterator[_Region]:
    ink = np.asarray(cv2.threshold(pixels_of(plane), _INK, 1, cv2.THRESH_BINARY_INV)[1], np.uint8)
    ink = halved(ink)
    dots = plane.dpi / _MM_PER_INCH / 2
    margin = round(_AROUND_WORDS_MM * dots)
    for word in text.words:
        box = word.box
        rows = slice(max(0, box.top // 2 - margin), box.bottom // 2 + margin + 1)
        ink[rows, max(0, box.left // 2 - margin) : box.right // 2 + margin + 1] = 0
    letters = _letters(ink, dots)
    reach = np.ones((2 * round(_REACH_DOWN_MM * dots) + 1, 2 * round(_REACH_ACROSS_MM * dots) + 1), np.uint8)
    count, labels, facts, _ = cv2.connectedComponentsWithStats(np.asarray(cv2.dilate(letters, reach)), connectivity=8)
    amounts = np.bincount(np.asarray(labels)[letters > 0], minlength=count)
    for number in range(1, count):
        left, top, width, height, _ = (int(fact) for fact in np.asarray(facts)[number])
        if height > _TALLEST_REGION_MM * dots or amounts[number] < _FEWEST_INK_MM2 * dots * dots:
            continue
        box = Box(2 * left, 2 * top, 2 * width, 2 * height)
        yield _Region(box, _line_beside(box, text, 2 * dots))


def _letters(ink: npt.NDArray[np.uint8], dots: float) -> npt.NDArray[np.uint8]:
    """Keep what has the size of letters."""
    _, labels, facts, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights, widths = np.asarray(facts)[:, cv2.CC_STAT_HEIGHT] / dots, np.asarray(facts)[:, cv2.CC_STAT_WIDTH] / dots
    least, most = _LETTER_HEIGHT_MM
    fitting = (heights >= least) & (heights <= most) & (widths <= _LETTER_WIDTH_MM)
    fitting[0] = False
    return np.asarray(fitting[np.asarray(labels)], np.uint8)


def _line_beside(box: Box, text: PageText, dots: float) -> int | None:
    """Find the line that goes on in a box, or begins with it."""
    for number, line in enumerate(text.lines):
        other = line.box
        common = min(box.bottom, other.bottom) - max(box.top, other.top)
        gap = max(other.left - box.right, box.left - other.right)
        is_level = common > _SAME_LINE * min(box.height, other.height) and box.height < _TALLER * other.height
        if is_level and gap < _CONTINUES_MM * dots:
            together = enclosing((box, other))
            return None if any(_meet(together, each.box) for each in text.lines if each is not line) else number
    return None


def _meet(one: Box, other: Box) -> bool:
    """Say whether boxes share more than the marks that reach from line to line."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0 and down > _SAME_LINE * min(one.height, other.height)


def _longer(line: Line, more: Box, engine: OcrEngine, plane: GrayPlane) -> Line:
    """Read a line again together with what lies beside it, when that is as sure as the line was alone."""
    read = _read(enclosing((line.box, more)), engine, plane)
    words = tuple(word for found in read for word in found.words)
    if not words:
        return line
    longer = Line(words)
    grown = len(longer.text.replace(" ", "")) > len(line.text.replace(" ", ""))
    return longer if grown and longer.mean_confidence >= min(_SURE, line.mean_confidence - _LESS_SURE) else line


def _read(box: Box, engine: OcrEngine, plane: GrayPlane) -> list[Line]:
    dots = plane.dpi / _MM_PER_INCH
    margin = round(_MARGIN_MM * dots)
    left, top = max(0, box.left - margin), max(0, box.top - margin)
    right, bottom = min(plane.width_px, box.right + margin), min(plane.height_px, box.bottom + margin)
    cut = plane.crop(Box(left, top, right - left, bottom - top))
    read = engine.read_line(cut) if box.height < _ONE_LINE_MM * dots else engine.read_block(cut)
    return [Line(tuple(_moved(word, left, top) for word in line.words)) for line in read.lines]


def _moved(word: Word, left: int, top: int) -> Word:
    return replace(word, box=replace(word.box, left=word.box.left + left, top=word.box.top + top))


def _outside(lines: list[Line], found: list[Line]) -> list[Line]:
    """Leave out what was cut off the words around."""
    known = [word.box for line in lines for word in line.words]
    outside = (tuple(word for word in line.words if not any(_meet(word.box, box) for box in known)) for line in found)
    return [Line(words) for words in outside if words]


def _print_of(lines: list[Line]) -> list[Line]:
    kept = []
    for line in lines:
        letters = sum(letter.isalnum() for letter in line.text)
        least = _LEAST_CONFIDENCE if letters > _FEW_LETTERS else _LEAST_CONFIDENCE_OF_FEW
        if letters and line.mean_confidence >= least:
            kept.append(line)
    return kept


def _in_order(lines: list[Line], added: list[Line]) -> tuple[Line, ...]:
    """Put each new line behind the last one that ends above it."""
    ordered = list(lines)
    for line in sorted(added, key=lambda each: (each.box.top, each.box.left)):
        middle = line.box.top + line.box.height / 2
        above = [number for number, other in enumerate(ordered) if other.box.bottom <= middle]
        ordered.insert(above[-1] + 1 if above else 0, line)
    return tuple(ordered)
