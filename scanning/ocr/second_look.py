# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks again at doubtful words, each alone and in another number of pixels, and lets the readings vote.

A word costs a hundredth of a page, so a page without doubt costs nothing. What lies close to a letter, and the number
of pixels that a stroke falls on, changes a reading at random; what the print really says comes back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np

from scanning.imaging._cv import cv2
from scanning.ocr.engine import GrayPlane, OcrEngine
from scanning.ocr.planes import pixels_of
from scanning.ocr.plausible import is_plausible
from scanning.ocr.print_plane import PlaneAt
from scanning.ocr.text import Line, PageText, Word

# Of 1,241 doubtful words of seen layouts (prints with seals and bad copies) the first reading had 678 right, the vote
# 795; in at least one of twenty readings 957 were right.
_DOUBTFUL: Final = 88.0
_HOPELESS_LINE: Final = 25.0
_LOOKS_DPI: Final = (150.0, 300.0, 200.0)
_POSSIBLE_BONUS: Final = 100.0
_MARGIN: Final = 0.15  # of the word's height
_WHITE_PX: Final = 8  # letters that touch the edge are read as others
_PAPER: Final = 255


def with_second_look(text: PageText, engine: OcrEngine, plane_at: PlaneAt) -> PageText:
    """Read doubtful words again.

    Args:
        text: The first reading.
        engine: Who reads.
        plane_at: Gives the same page in other numbers of pixels; asked only when there is something to look at.
    """
    lines = tuple(
        line if line.mean_confidence < _HOPELESS_LINE else Line(tuple(_looked_at_again(line, text, engine, plane_at)))
        for line in text.lines
    )
    return PageText(lines, text.width_px, text.height_px)


def _looked_at_again(line: Line, text: PageText, engine: OcrEngine, plane_at: PlaneAt) -> Iterator[Word]:
    for word in line.words:
        yield _vote(word, text, engine, plane_at) if _is_doubtful(word) else word


def _is_doubtful(word: Word) -> bool:
    if not any(letter.isalnum() for letter in word.text):
        return False
    return word.confidence < _DOUBTFUL or not is_plausible(word.text)


def _vote(word: Word, text: PageText, engine: OcrEngine, plane_at: PlaneAt) -> Word:
    """Take the reading with the most confidence behind it; two that agree on something possible end the vote."""
    votes: defaultdict[str, list[float]] = defaultdict(list)
    votes[word.text].append(word.confidence)
    for dpi in _LOOKS_DPI:
        plane = plane_at(dpi)
        found = engine.read_line(_cut_out(word, text, plane))
        if len(found.words) == 1:
            again = found.words[0]
            votes[again.text].append(again.confidence)
            if len(votes[again.text]) == 2 and is_plausible(again.text):
                break
    chosen = max(votes, key=lambda reading: sum(votes[reading]) + _POSSIBLE_BONUS * is_plausible(reading))
    if chosen == word.text and len(votes) == 1:
        return word
    return Word(chosen, word.box, max(votes[chosen]))


def _cut_out(word: Word, text: PageText, plane: GrayPlane) -> GrayPlane:
    scale = plane.width_px / text.width_px
    box, margin = word.box, word.box.height * _MARGIN
    rows = slice(max(0, int((box.top - margin) * scale)), int((box.bottom + margin) * scale) + 1)
    columns = slice(max(0, int((box.left - margin) * scale)), int((box.right + margin) * scale) + 1)
    white = _WHITE_PX
    cut = cv2.copyMakeBorder(
        pixels_of(plane)[rows, columns], white, white, white, white, cv2.BORDER_CONSTANT, value=_PAPER
    )
    pixels = np.asarray(cut, np.uint8)
    return GrayPlane(pixels.tobytes(), pixels.shape[1], pixels.shape[0], plane.dpi)
