# SPDX-License-Identifier: GPL-3.0-or-later
"""Headings: one to four whole lines in capitals, the only place where a paper says what it is.

That is what keeps apart a birth proof and a declaration that mentions one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scanning.folding import fold
from scanning.ocr.text import Box, PageText, Word, enclosing

_LONGEST_TITLE_LINES: Final = 4
_CAPITAL_SHARE: Final = 0.8
_DEPTH: Final = 0.7  # share of the page, from the top, in which a title may stand
_WIDE_GAP: Final = 1.8  # heights of the line; between the words of a title it is below 1
_AS_CAPITALS: Final = str.maketrans("l|", "II")  # what an I in sanserif print is taken for


@dataclass(frozen=True, slots=True)
class Heading:
    """Some lines in capitals, one below the other.

    Attributes:
        folded: What it says, see ``fold``.
        confidence: Of its words, 0 to 1.
        line_count: One to four.
    """

    folded: str
    confidence: float
    line_count: int


@dataclass(frozen=True, slots=True)
class _Piece:
    words: Sequence[Word]
    box: Box

    def is_above(self, other: _Piece) -> bool:
        return self.box.left < other.box.right and other.box.left < self.box.right


def headings(text: PageText) -> Iterator[list[Heading]]:
    """Give, for every line in capitals from the top, the headings that could begin there, the longest first."""
    rows = _rows(text)
    for index, row in enumerate(rows):
        for piece in row:
            if stack := _stack(piece, rows[index + 1 :]):
                yield [_heading(stack[:end]) for end in range(len(stack), 0, -1)]


def in_capitals(text: str) -> bool:
    """Say whether print is set in capitals, some misread letters aside."""
    letters = [letter for letter in text if letter.isalpha() and ord(letter) not in _AS_CAPITALS]
    return len(letters) >= 3 and sum(letter.isupper() for letter in letters) >= _CAPITAL_SHARE * len(letters)


def _rows(text: PageText) -> list[list[_Piece]]:
    """Split the lines at their wide gaps: a title may stand beside a code or a stamp."""
    rows = []
    for line in text.lines:
        if line.box.top >= text.height_px * _DEPTH:
            continue
        widest = _WIDE_GAP * sorted(word.box.height for word in line.words)[len(line.words) // 2]
        pieces: list[list[Word]] = [[line.words[0]]]
        for before, word in zip(line.words, line.words[1:], strict=False):
            if word.box.left - before.box.right > widest:
                pieces.append([])
            pieces[-1].append(word)
        rows.append([_Piece(piece, enclosing(word.box for word in piece)) for piece in pieces])
    return rows


def _stack(first: _Piece, below: Sequence[Sequence[_Piece]]) -> list[_Piece]:
    if not in_capitals(" ".join(word.text for word in first.words)):
        return []
    stack = [first]
    for row in below[: _LONGEST_TITLE_LINES - 1]:
        under = [piece for piece in row if stack[-1].is_above(piece)]
        if len(under) != 1 or not in_capitals(" ".join(word.text for word in under[0].words)):
            break
        stack.append(under[0])
    return stack


def _heading(pieces: Sequence[_Piece]) -> Heading:
    words = [word for piece in pieces for word in piece.words]
    folded = fold(" ".join(word.text for word in words).translate(_AS_CAPITALS))
    return Heading(folded, sum(word.confidence for word in words) / len(words) / 100, len(pieces))
