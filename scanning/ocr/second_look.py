# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks again at doubtful words, each alone and in more pixels, and takes the reading that is more likely.

A word costs a hundredth of a page, so a page without doubt costs nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from scanning.imaging._cv import cv2
from scanning.ocr.dirt import is_abbreviated, is_code, looks_dirty, without_dirt
from scanning.ocr.engine import GrayPlane, OcrEngine
from scanning.ocr.planes import pixels_of
from scanning.ocr.plausible import is_plausible
from scanning.ocr.print_plane import PieceAt, strengthened, strengthened_unless_pale
from scanning.ocr.text import Box, Line, PageText, Word

# Of 994 words of seen layouts that were below 92 or impossible (prints with seals, bad copies) the first reading had
# 638 right. One look below 88 makes it 693; further looks at 150, 200 and 250 dpi that vote win nothing for their time.
_DOUBTFUL: Final = 88.0
_HOPELESS_LINE: Final = 25.0
_POSSIBLE_BONUS: Final = 100.0
_SURE_PART: Final = 80.0
_PART: Final = re.compile(r"\w+")
_MARGIN: Final = 0.15  # of the word's height
_SMALL_PRINT_MM: Final = 2.2  # height of a word of cards with its margin is 1.7 to 2.1, of office print 2.4 and more
_MM_PER_INCH: Final = 25.4
_WHITE_PX: Final = 8  # letters that touch the edge are read as others
_PAPER: Final = 255


def with_second_look(text: PageText, engine: OcrEngine, piece_at: PieceAt) -> PageText:
    """Read doubtful words again.

    Args:
        text: The first reading.
        engine: Who reads.
        piece_at: Gives pieces of the same page in more pixels.
    """
    lines = tuple(
        line if line.mean_confidence < _HOPELESS_LINE else Line(tuple(_looked_at_again(line, text, engine, piece_at)))
        for line in text.lines
    )
    return PageText(lines, text.width_px, text.height_px)


def _looked_at_again(line: Line, text: PageText, engine: OcrEngine, piece_at: PieceAt) -> Iterator[Word]:
    for word in line.words:
        if _is_doubtful(word) or looks_dirty(word.text):
            yield from _likelier(word, text, engine, piece_at)
        else:
            yield word


def _is_doubtful(word: Word) -> bool:
    if not any(letter.isalnum() for letter in word.text):
        return False
    return word.confidence < _DOUBTFUL or not is_plausible(word.text)


def _likelier(word: Word, text: PageText, engine: OcrEngine, piece_at: PieceAt) -> tuple[Word, ...]:
    place = _around(word, text)
    piece = piece_at(place, text.width_px)
    scale = piece.width_px / place.width
    left, top = place.left * scale - _WHITE_PX, place.top * scale - _WHITE_PX
    framed = _framed(piece)
    cleaned = None
    has_letters = any(map(str.isalpha, word.text)) and not is_code(word.text)
    if has_letters or looks_dirty(word.text):  # the dots of numbers and codes stay
        cleaned = without_dirt(pixels_of(framed), is_abbreviated=is_abbreviated(word.text))
    if cleaned is not None:
        framed = replace(framed, pixels=cleaned.tobytes())
    elif not _is_doubtful(word):
        return (word,)
    found = engine.read_line(framed).words
    if not found:
        return (word,)
    if len(found) == 1:
        other = replace(found[0], box=word.box)
        if cleaned is not None and other.confidence >= _SURE_PART and _letters(other) == _letters(word):
            return (other,)
        return (max(word, other, key=_likelihood),)
    if cleaned is not None:
        found = _with_parts(found, word)
    # Words grow together where columns are far apart. What was possible as one word stays one, if no dirt joined it.
    is_right = (cleaned is not None or not is_plausible(word.text)) and all(map(_is_sure, found))
    return tuple(_placed(each, left, top, scale) for each in found) if is_right else (word,)


def _likelihood(word: Word) -> float:
    return word.confidence + _POSSIBLE_BONUS * is_plausible(word.text)


def _with_parts(found: tuple[Word, ...], joined: Word) -> tuple[Word, ...]:
    """Give words that dirt had joined; where only their marks are in doubt, those that were read in the line."""
    parts = _PART.findall(joined.text)
    if len(parts) != len(found) or any(
        _base(part) != _base(each.text) for part, each in zip(parts, found, strict=True)
    ):
        return found
    return tuple(
        each if each.confidence >= _SURE_PART else replace(each, text=part, confidence=_SURE_PART)
        for part, each in zip(parts, found, strict=True)
    )


def _base(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if letter.isalnum())


def _letters(word: Word) -> str:
    return "".join(filter(str.isalnum, word.text))


def _is_sure(word: Word) -> bool:
    return word.confidence >= _SURE_PART and is_plausible(word.text)


def _placed(word: Word, left: float, top: float, scale: float) -> Word:
    box = word.box
    return Word(
        word.text,
        Box(
            max(0, round((left + box.left) / scale)),
            max(0, round((top + box.top) / scale)),
            max(1, round(box.width / scale)),
            max(1, round(box.height / scale)),
        ),
        word.confidence,
    )


def _around(word: Word, text: PageText) -> Box:
    """Give the place of a word with a margin, within the page."""
    box, margin = word.box, word.box.height * _MARGIN
    left, top = max(0, int(box.left - margin)), max(0, int(box.top - margin))
    right, bottom = min(text.width_px, int(box.right + margin) + 1), min(text.height_px, int(box.bottom + margin) + 1)
    return Box(left, top, right - left, bottom - top)


def _framed(piece: GrayPlane) -> GrayPlane:
    """Strengthen a piece and put white around it."""
    frame = (_WHITE_PX,) * 4
    framed = cv2.copyMakeBorder(pixels_of(piece), *frame, cv2.BORDER_CONSTANT, value=_PAPER)
    is_small = piece.height_px < _SMALL_PRINT_MM * piece.dpi / _MM_PER_INCH
    strengthen = strengthened if is_small else strengthened_unless_pale  # small print is never dark
    pixels = strengthen(np.asarray(framed, np.uint8))
    return GrayPlane(pixels.tobytes(), pixels.shape[1], pixels.shape[0], piece.dpi)
