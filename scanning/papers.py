# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of the pages of a stack belong together: a title begins a paper, everything else goes on with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scanning.classify.classifier import ClassGuess
from scanning.page_reading import PageReading


@dataclass(frozen=True, slots=True)
class PageGroup:
    """Consecutive pages that seem to be one paper.

    Attributes:
        page_indexes: Positions in the stack, ascending, at least one; blank pages are among them, with their flag in
            their reading.
        guess: What the paper seems to be: the guess of its first page with a title, else the surest of its pages.
    """

    page_indexes: tuple[int, ...]
    guess: ClassGuess


def group_pages(readings: Iterable[PageReading]) -> list[PageGroup]:
    """Put the pages of a stack, in the order that they were scanned, into papers.

    No page is left out: a page before any title is a paper of its own with those that follow it, an unreadable or blank
    page belongs to the paper before it.
    """
    groups: list[list[tuple[int, PageReading]]] = []
    for index, reading in enumerate(readings):
        if reading.guess.starts_paper or not groups:
            groups.append([])
        groups[-1].append((index, reading))
    return [
        PageGroup(tuple(index for index, _ in group), _guess([reading.guess for _, reading in group]))
        for group in groups
    ]


def _guess(guesses: list[ClassGuess]) -> ClassGuess:
    titled = (guess for guess in guesses if guess.starts_paper)
    return next(titled, None) or max(guesses, key=lambda guess: guess.confidence)
