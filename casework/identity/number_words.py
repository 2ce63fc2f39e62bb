# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers that are written in Vietnamese words, as far as dates need them: 0 to 9,999."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_ONES: Final = {
    "khong": 0,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
}
_LAST: Final = _ONES | {"tu": 4, "lam": 5, "nham": 5}
_SHORT_TENS: Final = {"ham": 20, "bam": 30}
_NOTHING: Final = frozenset({"le", "linh"})


def read_number(words: Sequence[str]) -> int | None:
    """Read a number.

    Args:
        words: Folded (``casework.text.fold``), or one word of digits.

    Returns:
        The number, or None when the words are no number.
    """
    if len(words) == 1 and words[0].isascii() and words[0].isdigit():
        return int(words[0])
    thousands, rest = _split(words, ("nghin", "ngan"))
    hundreds, rest = _split(rest, ("tram",))
    if thousands is None or hundreds is None:
        return None
    has_higher = bool(words) and len(rest) < len(words)
    tail = _below_hundred(rest, has_higher=has_higher)
    return None if tail is None else thousands * 1000 + hundreds * 100 + tail


def _split(words: Sequence[str], units: Sequence[str]) -> tuple[int | None, Sequence[str]]:
    """Give what stands before the unit (0 when the unit is absent, None when it is no digit) and what follows."""
    position = next((number for number, word in enumerate(words) if word in units), None)
    if position is None:
        return 0, words
    return (_ONES.get(words[0]) if position == 1 else None), words[position + 1 :]


def _below_hundred(words: Sequence[str], *, has_higher: bool) -> int | None:
    if not words:
        return 0 if has_higher else None
    if words[0] in _NOTHING:
        return _LAST.get(words[1]) if len(words) == 2 and has_higher else None
    if words[0] == "muoi":
        return _plus(10, words[1:])
    if words[0] in _SHORT_TENS:
        return _plus(_SHORT_TENS[words[0]], words[1:])
    if len(words) > 1 and words[1] in {"muoi", "chuc"} and _ONES.get(words[0], 0) > 1:
        return _plus(10 * _ONES[words[0]], words[2:])
    if len(words) == 2 and _ONES.get(words[0], 0) > 1:
        return _plus(10 * _ONES[words[0]], words[1:])
    return _ONES.get(words[0]) if len(words) == 1 else None


def _plus(tens: int, words: Sequence[str]) -> int | None:
    if not words:
        return tens
    last = _LAST.get(words[0]) if len(words) == 1 else None
    return tens + last if last else None
