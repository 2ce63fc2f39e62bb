# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of the pages of a stack belong together: a title begins a paper, everything else goes on with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scanning.classify.classifier import ClassGuess
from scanning.classify.paper_class import PaperClass
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

    A page with a title begins a paper, also one that shows by its phrases to be of another known class than the paper
    before it. Every other page goes on with that paper, blank and unreadable ones too; no page is left out.
    """
    groups: list[list[tuple[int, PageReading]]] = []
    for index, reading in enumerate(readings):
        if not groups or _begins(reading, [before for _, before in groups[-1]]):
            groups.append([])
        groups[-1].append((index, reading))
    return [
        PageGroup(tuple(index for index, _ in group), _guess([reading for _, reading in group])) for group in groups
    ]


def _begins(reading: PageReading, paper: list[PageReading]) -> bool:
    if all(page.blank for page in paper):
        return False
    known = {reading.guess.paper_class, _guess(paper).paper_class} - {PaperClass.UNKNOWN}
    return reading.guess.starts_paper or len(known) == 2


def _guess(paper: list[PageReading]) -> ClassGuess:
    guesses = [page.guess for page in paper]
    titled = (guess for guess in guesses if guess.starts_paper)
    return next(titled, None) or max(guesses, key=lambda guess: guess.confidence)
