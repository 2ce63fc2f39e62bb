# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes dirt out of the picture of a word: specks where print has no dot.

Between letters print has dots on the line that it stands on only; a colon is two. What stands above or below a letter
may be its mark and stays. Specks between two words join them: ``dân·xã`` is read as one word with a hyphen.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels

_INK: Final = 150
_PAPER: Final = 255
_LETTER: Final = 0.22  # of the height of the picture, which has a margin; marks have at most 0.2
_LEVEL: Final = 0.12  # of the same: letters that stand on the line
# All others are shares of the height of small letters.
_LARGEST: Final = 0.45  # a full stop has a quarter
_ROUND: Final = 1.7  # a hyphen is twice as wide as high, a comma and a quotation mark twice as high as wide
_ON_LINE: Final = 0.3
_LOWEST_MIDDLE: Final = 0.35  # here no letter has a mark, though slanting ones lean over
_HIGHEST_MIDDLE: Final = 0.75
_REACH: Final = 0.3
_WIDE_GAP: Final = 0.6  # the full stop of TP.HCM takes less
_COLON: Final = (0.5, 0.95)
_SLANT: Final = 0.35  # of italics: how far aside, of how far above
_MOST: Final = 2  # more are pieces of worn letters
_MOST_BLOTS: Final = 100  # a word has 30
_RIM_PX: Final = 2

_LOOKS_DIRTY: Final = re.compile(
    r"\w[^\w\s/()]+[^\W\d_]|[^\W\d_][^\w\s/()]+\d|^[-–—.,:;'‘’\"“”„*·]+\w|\w[-–—'‘’\"“”„*·~]+$"
)
_CODE: Final = re.compile(r"\d[-/.]?[^\W\d_]|[^\W\d_][-/.]?\d")
_ABBREVIATED: Final = re.compile(r"(?:[A-ZĐ]{1,3}|Tp|ThS)\.\w")


def looks_dirty(word: str) -> bool:
    """Say whether a word has signs between, before or behind its letters that a speck may have been."""
    return _LOOKS_DIRTY.search(word) is not None and not is_code(word)


def is_code(word: str) -> bool:
    """Say whether letters and digits stand together as in ``000.00.21.H08-201130-0686``, whose dots are print."""
    return _CODE.search(word) is not None


def is_abbreviated(word: str) -> bool:
    """Say whether a word begins as TP.HCM does."""
    return _ABBREVIATED.match(word) is not None


@dataclass(frozen=True, slots=True)
class _Blot:
    left: int
    right: int
    top: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def shares_columns_with(self, other: _Blot) -> bool:
        return self.left < other.right and other.left < self.right


def without_dirt(pixels: Pixels, *, is_abbreviated: bool) -> Pixels | None:
    """Give the picture of a word without its dirt, or nothing when there is none.

    Args:
        pixels: Black on white, a single line.
        is_abbreviated: Whether a full stop within the word may be one though the gap around it is wide.
    """
    ink = np.asarray(cv2.threshold(pixels, _INK, 1, cv2.THRESH_BINARY_INV)[1], np.uint8)
    _, _, facts, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    blots = [_Blot(left, left + wide, top, top + high) for left, top, wide, high, _ in np.asarray(facts)[1:].tolist()]
    letters = [blot for blot in blots if blot.height >= _LETTER * pixels.shape[0]]
    if not letters or len(blots) > _MOST_BLOTS:
        return None
    line = float(np.median([blot.bottom for blot in letters]))
    level = [blot.height for blot in letters if abs(blot.bottom - line) <= _LEVEL * pixels.shape[0]]
    small = float(np.quantile(level or [blot.height for blot in letters], 0.25))
    specks = [
        blot
        for blot in blots
        if max(blot.width, blot.height) <= _LARGEST * small
        and max(blot.width, blot.height) <= _ROUND * min(blot.width, blot.height)
        and (
            not any(blot.shares_columns_with(letter) for letter in letters)
            or _LOWEST_MIDDLE * small <= line - blot.middle <= _HIGHEST_MIDDLE * small
        )
    ]
    dirt = [
        speck
        for speck in specks
        if not any(speck.shares_columns_with(blot) for blot in blots if blot not in (speck, *letters))
        and not any(_are_colon(speck, other, small) for other in specks if other is not speck)
        and not _may_be_print(speck, letters, line, small, math.inf if is_abbreviated else _WIDE_GAP * small)
    ]
    if not 1 <= len(dirt) <= _MOST:
        return None
    cleaned = pixels.copy()
    for speck in dirt:
        rows = slice(max(0, speck.top - _RIM_PX), speck.bottom + _RIM_PX)
        cleaned[rows, max(0, speck.left - _RIM_PX) : speck.right + _RIM_PX] = _PAPER
    return cleaned


def _are_colon(one: _Blot, other: _Blot, small: float) -> bool:
    """Say whether two dots stand one above the other, or nearly so as in slanting print."""
    apart, aside = abs(one.middle - other.middle), abs(one.left + one.right - other.left - other.right) / 2
    is_alike = max(one.width, other.width) <= _ROUND * min(one.width, other.width)
    return is_alike and aside <= _SLANT * apart and _COLON[0] * small <= apart <= _COLON[1] * small


def _may_be_print(speck: _Blot, letters: list[_Blot], line: float, small: float, widest_gap: float) -> bool:
    """Say whether a speck stands where a full stop can, or a mark."""
    before = [letter.right for letter in letters if letter.right <= speck.left]
    behind = [letter.left for letter in letters if letter.left >= speck.right]
    if line - speck.middle > small:  # the mark of a letter that reaches beyond it, as in phố
        reach = _REACH * small
        return any(letter.left - reach < speck.right and speck.left < letter.right + reach for letter in letters)
    if not before:
        return False
    is_on_line = abs(speck.middle - line) <= _ON_LINE * small
    return is_on_line and (not behind or min(behind) - max(before) < widest_gap)
