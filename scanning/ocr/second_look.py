# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks again at doubtful words, each alone and in more pixels, and takes the reading that is more likely.

A word costs a hundredth of a page, so a page without doubt costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from scanning.imaging._cv import cv2
from scanning.ocr.engine import GrayPlane, OcrEngine
from scanning.ocr.planes import pixels_of
from scanning.ocr.plausible import is_plausible
from scanning.ocr.print_plane import strengthened
from scanning.ocr.text import Line, PageText, Word

# Of 994 words of seen layouts that were below 92 or impossible (prints with seals, bad copies) the first reading had
# 638 right. One look below 88 makes it 693; further looks at 150, 200 and 250 dpi that vote win nothing for their time.
_DOUBTFUL: Final = 88.0
_HOPELESS_LINE: Final = 25.0
_POSSIBLE_BONUS: Final = 100.0
_MARGIN: Final = 0.15  # of the word's height
_WHITE_PX: Final = 8  # letters that touch the edge are read as others
_PAPER: Final = 255


def with_second_look(text: PageText, engine: OcrEngine, fine_plane: Callable[[], GrayPlane]) -> PageText:
    """Read doubtful words again.

    Args:
        text: The first reading.
        engine: Who reads.
        fine_plane: Gives the same page in more pixels; asked only when there is something to look at.
    """
    lines = tuple(
        line if line.mean_confidence < _HOPELESS_LINE else Line(tuple(_looked_at_again(line, text, engine, fine_plane)))
        for line in text.lines
    )
    return PageText(lines, text.width_px, text.height_px)


def _looked_at_again(
    line: Line, text: PageText, engine: OcrEngine, fine_plane: Callable[[], GrayPlane]
) -> Iterator[Word]:
    for word in line.words:
        yield _likelier(word, text, engine, fine_plane) if _is_doubtful(word) else word


def _is_doubtful(word: Word) -> bool:
    if not any(letter.isalnum() for letter in word.text):
        return False
    return word.confidence < _DOUBTFUL or not is_plausible(word.text)


def _likelier(word: Word, text: PageText, engine: OcrEngine, fine_plane: Callable[[], GrayPlane]) -> Word:
    found = engine.read_line(_cut_out(word, text, fine_plane())).words
    if len(found) != 1:
        return word
    again = Word(found[0].text, word.box, found[0].confidence)
    return max(word, again, key=_likelihood)


def _likelihood(word: Word) -> float:
    return word.confidence + _POSSIBLE_BONUS * is_plausible(word.text)


def _cut_out(word: Word, text: PageText, plane: GrayPlane) -> GrayPlane:
    scale = plane.width_px / text.width_px
    box, margin = word.box, word.box.height * _MARGIN
    rows = slice(max(0, int((box.top - margin) * scale)), int((box.bottom + margin) * scale) + 1)
    columns = slice(max(0, int((box.left - margin) * scale)), int((box.right + margin) * scale) + 1)
    white = _WHITE_PX
    cut = cv2.copyMakeBorder(
        pixels_of(plane)[rows, columns], white, white, white, white, cv2.BORDER_CONSTANT, value=_PAPER
    )
    pixels = strengthened(np.asarray(cut, np.uint8))
    return GrayPlane(pixels.tobytes(), pixels.shape[1], pixels.shape[0], plane.dpi)
