# SPDX-License-Identifier: GPL-3.0-or-later
"""Tesseract's table of words, the same from its library and from its program: one row a word, columns by tabs."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from scanning.ocr.text import Box, Line, Word

_WORD_LEVEL: Final = "5"
# Level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
_COLUMNS: Final = 12


def lines_of(rows: Sequence[str]) -> tuple[Line, ...]:
    """Gather the words of a table, which has no heading row, in lines.

    Raises:
        ValueError: The table is damaged.
    """
    columns = (row.split("\t", _COLUMNS - 1) for row in rows)
    words = [entry for entry in columns if entry[0] == _WORD_LEVEL and len(entry) == _COLUMNS and entry[11].strip()]
    return tuple(Line(tuple(_word(entry) for entry in line)) for _, line in groupby(words, key=itemgetter(2, 3, 4)))


def _word(entry: Sequence[str]) -> Word:
    left, top, width, height = (int(value) for value in entry[6:10])
    return Word(unicodedata.normalize("NFC", entry[11].strip()), Box(left, top, width, height), float(entry[10]))
