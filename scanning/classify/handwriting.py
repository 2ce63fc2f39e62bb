# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells a sheet written by hand by its lines: print stands on them, letters of a hand dance about them.

Engines read a neat hand as surely as print, so their confidence alone does not tell.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scanning.ocr.text import Line, PageText

# Letters that reach below the line, and signs that hang or lie.
_BELOW_THE_LINE: Final = frozenset("gjpqyđạặậẹệịọộợụựỵĐẠẶẬẸỆỊỌỘỢỤỰỴQJ,;()[]{}/|")
_FEWEST_WORDS: Final = 4
_FEWEST_LINES: Final = 3
_NORMAL_DEVIATION: Final = 1.4826
_QUIET_QUARTER: Final = 25  # per cent: forms filled in by hand have lines of print only
# Seen layouts under ten conditions: 21 of 22 sheets by hand 0.018 and more; letters and decisions 0.010 at most.
UNRESTED: Final = 0.015
"""From this unrest on, hardly any line of a page is print."""


def unrest(text: PageText) -> float:
    """Measure how far words are off a straight line, in heights of the line, on the quieter lines of a page.

    Returns:
        0 when there are too few lines to tell.
    """
    lines = [found for line in text.lines if (found := _unrest_of(line)) is not None]
    return float(np.percentile(lines, _QUIET_QUARTER)) if len(lines) >= _FEWEST_LINES else 0.0


def _unrest_of(line: Line) -> float | None:
    standing = [
        word.box
        for word in line.words
        if any(letter.isalnum() for letter in word.text) and not _BELOW_THE_LINE & set(word.text)
    ]
    if len(standing) < _FEWEST_WORDS:
        return None
    across = np.array([box.left + box.width / 2 for box in standing])
    feet = np.array([float(box.bottom) for box in standing])
    if np.ptp(across) == 0:
        return None
    slope, start = np.polyfit(across, feet, 1)
    height = float(np.median([word.box.height for word in line.words]))
    # Specks that touched a word move single feet far; the middle one of a hand is off as well.
    return _NORMAL_DEVIATION * float(np.median(np.abs(feet - slope * across - start))) / max(height, 1.0)
