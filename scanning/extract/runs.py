# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs: stretches of print without a wide gap, the unit in which a form says label and value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from scanning.folding import edit_distance, fold
from scanning.ocr.text import Box, Line, PageText, Word, enclosing

_WIDE_GAP: Final = 1.8  # of the line's height
_LONG_TOKEN: Final = 4  # from this length on, one misread letter is forgiven


@dataclass(frozen=True)
class Run:
    """Neighbouring words of one line.

    Attributes:
        words: At least one.
    """

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        """The smallest box around the words."""
        return enclosing(word.box for word in self.words)

    @cached_property
    def names_something(self) -> bool:
        """Whether a label with a colon is in it."""
        return any(word.text.endswith(":") for word in self.words)

    def after_label(self, label: Sequence[str], *, at_start: bool = False) -> tuple[Word, ...] | None:
        """Give the words behind a label.

        Args:
            label: Its folded words.
            at_start: Whether the label must be the first in the run.

        Returns:
            ``None`` when the label is not printed here or goes on: *tên* is not the label in *tên người mẹ*.
        """
        tokens = self._tokens
        starts = range(len(tokens) - len(label) + 1)
        for start in starts[:1] if at_start else starts:
            if all(
                _same(token, expected)
                for (token, _), expected in zip(tokens[start : start + len(label)], label, strict=True)
            ):
                last = tokens[start + len(label) - 1][1]
                glued = start + len(label) < len(tokens) and tokens[start + len(label)][1] == last
                rest = self.words[last if glued else last + 1 :]
                if glued or _ends(self.words[last], rest):
                    return rest
        return None

    @cached_property
    def _tokens(self) -> list[tuple[str, int]]:
        return [(token, index) for index, word in enumerate(self.words) for token in fold(word.text).split()]


def runs_of(text: PageText) -> list[Run]:
    """Split the lines of a page at their wide gaps."""
    return [run for line in text.lines for run in _split(line)]


def _split(line: Line) -> list[Run]:
    widest = _WIDE_GAP * sorted(word.box.height for word in line.words)[len(line.words) // 2]
    pieces: list[list[Word]] = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        if word.box.left - before.box.right > widest:
            pieces.append([])
        pieces[-1].append(word)
    return [Run(tuple(piece)) for piece in pieces]


def _same(token: str, expected: str) -> bool:
    return token == expected or (
        len(expected) >= _LONG_TOKEN and abs(len(token) - len(expected)) <= 1 and edit_distance(token, expected) <= 1
    )


def _ends(last: Word, rest: tuple[Word, ...]) -> bool:
    if not rest or last.text[-1] in ":;.,)":
        return True
    first = next((letter for letter in rest[0].text if letter.isalnum()), "")
    return not first.islower()
