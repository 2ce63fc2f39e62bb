# SPDX-License-Identifier: GPL-3.0-or-later
"""Folding: the form in which Vietnamese print is compared, so that HÒA, HOÀ and a lost accent are the same."""

from __future__ import annotations

import re
import unicodedata

_SEPARATORS = re.compile(r"[^0-9A-Z]+")


def fold(text: str) -> str:
    """Reduce text to capital letters without marks and to digits, with single spaces between words.

    Đ has no decomposition in Unicode and is replaced by name. For comparison only; never shown or stored as text.
    """
    decomposed = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _SEPARATORS.sub(" ", plain).strip()


def edit_distance(one: str, other: str) -> int:
    """Count the letters to insert, drop or replace to get from one text to the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for index, letter in enumerate(one, start=1):
        diagonal, row[0] = row[0], index
        for column, candidate in enumerate(other, start=1):
            diagonal, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, diagonal + (letter != candidate)),
            )
    return row[-1]


def similarity(one: str, other: str) -> float:
    """Compare two texts: 1.0 the same, 0.0 nothing in common."""
    longest = max(len(one), len(other))
    return 1.0 - edit_distance(one, other) / longest if longest else 1.0
