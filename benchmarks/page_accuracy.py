# SPDX-License-Identifier: GPL-3.0-or-later
"""How much of a page's print was read wrong: the figure of docs/accuracy.md.

Reading order is left out on purpose. Pages have columns, tables and boxes, and there are several right orders of them;
an edit distance over the whole page would mostly measure which one was taken. So the words of the print and those that
were read are matched whatever their place, and what is counted is letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

# Leaders: the dots or strokes that an entry of a form stands on are no print, whoever writes them out.
_LEADER = re.compile(r"[.…_·]{3,}|…")


def character_errors(truth: str, read: str) -> tuple[int, int]:
    """Count the letters of a page that were read wrong, missed, or made up.

    Words that are the same on both sides are set off first; of what is left, the nearest pairs are matched one after
    the other and cost their edit distance (Levenshtein). A word without a partner costs its letters. A word that was
    read in two pieces, or two that were read as one, cost what a space costs: one letter. A raised 2 is a 2.

    Args:
        truth: What is printed.
        read: What was read.

    Returns:
        Wrong letters, and printed letters; neither counts spaces.
    """
    wanted, given = Counter(_words(truth)), Counter(_words(read))
    missing, extra = list((wanted - given).elements()), list((given - wanted).elements())
    wrong = _rejoined(missing, extra) + _rejoined(extra, missing)
    for one, other, distance in _nearest_pairs(missing, extra):
        missing.remove(one)
        extra.remove(other)
        wrong += distance
    wrong += sum(map(len, missing)) + sum(map(len, extra))
    return wrong, sum(len(word) * count for word, count in wanted.items())


def misread_words(truth: str, read: str) -> list[tuple[str, str]]:
    """List what was read wrong as pairs of the print and its reading, either of which may be empty."""
    wanted, given = Counter(_words(truth)), Counter(_words(read))
    missing, extra = list((wanted - given).elements()), list((given - wanted).elements())
    pairs = []
    for one, other, _ in _nearest_pairs(missing, extra):
        missing.remove(one)
        extra.remove(other)
        pairs.append((one, other))
    return pairs + [(one, "") for one in missing] + [("", other) for other in extra]


def _words(text: str) -> list[str]:
    return _LEADER.sub(" ", unicodedata.normalize("NFC", text).replace("²", "2")).split()


def _rejoined(whole: list[str], pieces: list[str]) -> int:
    """Set off words that stand on the other side in two pieces; give how many there were."""
    found = 0
    left = Counter(pieces)
    for word in list(whole):
        for cut in range(1, len(word)):
            one, other = word[:cut], word[cut:]
            if left[one] and left[other] and (one != other or left[one] > 1):
                whole.remove(word)
                pieces.remove(one)
                pieces.remove(other)
                left.subtract((one, other))
                found += 1
                break
    return found


def _nearest_pairs(missing: list[str], extra: list[str]) -> Iterable[tuple[str, str, int]]:
    """Match words, nearest first; a pair that has nothing in common is none."""
    if not missing or not extra:
        return
    distances = process.cdist(missing, extra, scorer=Levenshtein.distance, dtype="uint16")
    order = sorted(
        (int(distances[row, column]), row, column) for row in range(len(missing)) for column in range(len(extra))
    )
    words, readings = list(missing), list(extra)
    rows, columns = set(range(len(words))), set(range(len(readings)))
    for distance, row, column in order:
        longest = max(len(words[row]), len(readings[column]))
        if distance < longest and row in rows and column in columns:
            rows.remove(row)
            columns.remove(column)
            yield words[row], readings[column], distance
