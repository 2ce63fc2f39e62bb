# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets go of what was read twice.

Where columns stand side by side and their lines at different heights, an engine sees two slanting lines of print that
share words, and reads those in each. One of the readings is whole, the other mostly cut.
"""

from __future__ import annotations

from statistics import median
from typing import Final

from scanning.ocr.text import Box, Line, PageText, Word, enclosing

_FEWEST_SHARED: Final = 2  # the boxes of small print reach into the next line; the same words do not stand there
_SHORTEST: Final = 2
_AROUND: Final = 3.0  # heights of words: the next word, which one of the lines has cut
_SAME_LEVEL: Final = 0.5  # of the lower word


def without_doubles(text: PageText) -> PageText:
    """Keep of words that two lines share those of the line that made more of them."""
    lines: list[Line | None] = list(text.lines)
    boxes = [line.box for line in text.lines]
    for at, box in enumerate(boxes):
        for other in range(at + 1, len(boxes)):
            one, two = lines[at], lines[other]
            if one is None or two is None or not _meet(box, boxes[other]):
                continue
            shared = _shared(one, two) + _shared(two, one)
            if len(shared) < 2 * _FEWEST_SHARED:
                continue
            place = enclosing(word.box for word in shared)
            if _weight(one, place) < _weight(two, place):
                lines[at] = _beside(one, two)
            else:
                lines[other] = _beside(two, one)
    return PageText(tuple(line for line in lines if line is not None), text.width_px, text.height_px)


def _shared(line: Line, other: Line) -> list[Word]:
    """Find the words that both have at the same place, though each has only a part of the letters in its box."""
    reach = _height(line, other)
    return [
        word
        for word in line.words
        if len(word.text) >= _SHORTEST
        and any(word.text == each.text and _distance(word.box, each.box) < reach for each in other.words)
    ]


def _height(*lines: Line) -> float:
    return median(word.box.height for line in lines for word in line.words)


def _distance(one: Box, other: Box) -> float:
    across, down = one.left + one.right - other.left - other.right, one.top + one.bottom - other.top - other.bottom
    return max(abs(across), abs(down)) / 2


def _middle(word: Word) -> float:
    return word.box.left + word.box.width / 2


def _meet(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0 and down > _SAME_LEVEL * min(one.height, other.height)


def _weight(line: Line, place: Box) -> float:
    """Say how much of a line was read and believed in a place and right beside it."""
    reach = _AROUND * _height(line)
    return sum(
        word.confidence * len(word.text)
        for word in line.words
        if place.left - reach < _middle(word) < place.right + reach
    )


def _beside(line: Line, other: Line) -> Line | None:
    """Keep the words of a line that stand clear of those of another; a stroke is none."""
    reach = _height(other)
    places = [each.box for each in other.words if any(letter.isalnum() for letter in each.text)]
    kept = tuple(
        word for word in line.words if not any(box.left - reach < _middle(word) < box.right + reach for box in places)
    )
    return Line(kept) if kept else None
