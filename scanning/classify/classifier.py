# SPDX-License-Identifier: GPL-3.0-or-later
"""Says what kind of paper a page is: by its exact title, by a damaged title, by its phrases, or honestly not.

A title is a heading of its own: one to four whole lines in capitals. That is what keeps apart a birth proof and a
declaration that mentions one.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scanning.classify.paper_class import PaperClass
from scanning.classify.titles import CLASS_TITLES, PHRASES, SUFFIXES, TITLE_STARTS, TITLES
from scanning.folding import fold, similarity
from scanning.ocr.text import Line, PageText

_LONGEST_TITLE_LINES: Final = 4
_CAPITAL_SHARE: Final = 0.8
_HEADING_DEPTH: Final = 0.7  # share of the page, from the top, in which a title may stand
_LEAST_SIMILARITY: Final = 0.8
_LEAST_WORD_SIMILARITY: Final = 0.5
_FEWEST_PHRASES: Final = 3
_PHRASE_LEAD: Final = 2


class Evidence(str, enum.Enum):  # noqa: UP042 — travels as JSON
    """What a guess rests on."""

    TITLE = "title"
    DAMAGED_TITLE = "damaged-title"
    PHRASES = "phrases"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ClassGuess:
    """What a page seems to be.

    Attributes:
        paper_class: The class; ``UNKNOWN`` when nothing speaks for one, or when the page names itself something else.
        confidence: 0.9 to 1: the title stands there letter by letter. 0.7 to 0.9: a title with misread letters. 0.4
            to 0.65: no title, only phrases of the class. 0: unknown. Not a calibrated probability.
        evidence: What the guess rests on. ``TITLE`` with ``UNKNOWN`` is a page that has another title.
    """

    paper_class: PaperClass
    confidence: float
    evidence: Evidence

    @property
    def starts_paper(self) -> bool:
        """Whether the page has a title of its own, so that a paper begins with it."""
        return self.evidence in (Evidence.TITLE, Evidence.DAMAGED_TITLE)


NOTHING_KNOWN: Final = ClassGuess(PaperClass.UNKNOWN, 0.0, Evidence.NONE)


@dataclass(frozen=True, slots=True)
class _Heading:
    folded: str
    confidence: float  # of its words, 0 to 1


def classify(text: PageText) -> ClassGuess:
    """Guess the class of a page from its print."""
    for headings in _headings(text):
        if guess := _by_title(headings) or _by_damaged_title(headings) or _by_foreign_title(headings):
            return guess
    return _by_phrases(text)


def _headings(text: PageText) -> Iterator[list[_Heading]]:
    """Give, for every line in capitals from the top, the headings that could begin there, the longest first."""
    lines = [line for line in text.lines if line.box.top < text.height_px * _HEADING_DEPTH]
    capital = [_in_capitals(line.text) for line in lines]
    for start in range(len(lines)):
        longest = next((end for end in range(start, len(lines)) if not capital[end]), len(lines))
        ends = range(min(start + _LONGEST_TITLE_LINES, longest), start, -1)
        if ends:
            yield [_heading(lines[start:end]) for end in ends]


def _heading(lines: Sequence[Line]) -> _Heading:
    words = [word for line in lines for word in line.words]
    folded = fold(" ".join(word.text for word in words))
    for suffix in SUFFIXES:
        folded = folded.removesuffix(f" {suffix}")
    return _Heading(folded, sum(word.confidence for word in words) / len(words) / 100)


def _in_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 3 and sum(letter.isupper() for letter in letters) >= _CAPITAL_SHARE * len(letters)


def _by_title(headings: list[_Heading]) -> ClassGuess | None:
    for heading in headings:
        for paper_class, title in CLASS_TITLES:
            if heading.folded == title:
                return ClassGuess(paper_class, round(0.9 + 0.1 * heading.confidence, 3), Evidence.TITLE)
    return None


def _by_damaged_title(headings: list[_Heading]) -> ClassGuess | None:
    best = NOTHING_KNOWN
    for heading in headings:
        for paper_class, title in TITLES:
            if abs(len(title) - len(heading.folded)) > len(title) * (1 - _LEAST_SIMILARITY):
                continue
            alike = similarity(heading.folded, title)
            if alike >= _LEAST_SIMILARITY and alike * 0.9 > best.confidence and _has_every_word(heading.folded, title):
                best = ClassGuess(paper_class, round(alike * 0.9, 3), Evidence.DAMAGED_TITLE)
    if best is NOTHING_KNOWN:
        return None
    if best.paper_class is PaperClass.UNKNOWN:
        return ClassGuess(PaperClass.UNKNOWN, 0.0, Evidence.TITLE)
    return best


def _has_every_word(folded: str, title: str) -> bool:
    """Say whether no word of the title is a different word: KHAI TỬ is nearly KHAI SINH letter by letter."""
    words = folded.split()
    return all(
        any(similarity(word, expected) >= _LEAST_WORD_SIMILARITY for word in words)
        for expected in title.split()
        if len(expected) > 2
    )


def _by_foreign_title(headings: list[_Heading]) -> ClassGuess | None:
    longest = f"{headings[0].folded} "
    if any(longest.startswith(f"{start} ") for start in TITLE_STARTS):
        return ClassGuess(PaperClass.UNKNOWN, 0.0, Evidence.TITLE)
    return None


def _by_phrases(text: PageText) -> ClassGuess:
    everything = f" {fold(text.text)} "
    hits = sorted(
        (
            (sum(f" {phrase} " in everything for phrase in phrases), paper_class)
            for paper_class, phrases in PHRASES.items()
        ),
        key=lambda entry: entry[0],
        reverse=True,
    )
    (most, paper_class), (second, _) = hits[0], hits[1]
    if most < _FEWEST_PHRASES or most - second < _PHRASE_LEAD:
        return NOTHING_KNOWN
    return ClassGuess(paper_class, min(0.65, 0.4 + 0.05 * most), Evidence.PHRASES)
