# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of recognition: by the exact title, by a damaged title, by phrases, by the sides of a card."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scanning.classify.headings import Heading, headings
from scanning.classify.paper_class import PaperClass
from scanning.classify.phrases import CARD_BACK_PHRASES, CARD_FRONT_PHRASES, LAND_OWNER, PHRASES
from scanning.classify.titles import (
    BARE_STARTS,
    COPY_MARK,
    EXACT_TITLES,
    NO_TITLE_STARTS,
    SUFFIXES,
    TITLE_STARTS,
    TITLES,
)
from scanning.folding import fold, similarity
from scanning.ocr.text import PageText

_LEAST_SIMILARITY: Final = 0.8
_LEAST_WORD_SIMILARITY: Final = 0.5
_FEWEST_PHRASES: Final = 3
_PHRASE_LEAD: Final = 2
_FEWEST_CARD_PHRASES: Final = 2
# Three letters of the document, three of the state, then digits with letters that look like some.
_MACHINE_READABLE: Final = re.compile(r"\bI?DVNM[0-9OILSBZ]{9}")
_COPY_MARK_WORDS: Final = 4
_COPY_MARK_DEPTH: Final = 0.45


class Ground(str, enum.Enum):  # noqa: UP042 — stands in the file of the model
    """What a finding rests on, the firmest first."""

    EXACT_TITLE = "exact-title"
    DAMAGED_TITLE = "damaged-title"
    CARD_SIDE = "card-side"
    FOREIGN_TITLE = "foreign-title"
    PHRASES = "phrases"
    BARE_TITLE = "bare-title"
    NOTHING = "nothing"


NAMING_GROUNDS: Final = (
    Ground.EXACT_TITLE,
    Ground.DAMAGED_TITLE,
    Ground.CARD_SIDE,
    Ground.FOREIGN_TITLE,
    Ground.PHRASES,
)
"""Those on which a class is named."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rules say.

    Attributes:
        paper_class: ``UNKNOWN`` when they name none.
        ground: Why.
        strength: How well it fits, 0 to 1.
        title: The known title that was found, folded; empty on other grounds.
    """

    paper_class: PaperClass
    ground: Ground
    strength: float
    title: str = ""

    @property
    def has_title(self) -> bool:
        """Whether the page has a title of its own with which a paper begins."""
        titled = self.ground in (Ground.EXACT_TITLE, Ground.DAMAGED_TITLE, Ground.FOREIGN_TITLE, Ground.BARE_TITLE)
        return titled and self.paper_class is not PaperClass.LAND_USE_CERTIFICATE_CHANGES


_NOTHING: Final = Finding(PaperClass.UNKNOWN, Ground.NOTHING, 0.0)


def by_title(text: PageText) -> Finding:
    """Look at headings only; cheap enough for a glance."""
    bare = _NOTHING
    for candidates in headings(text):
        found = _exact(candidates) or _damaged(candidates) or _foreign(candidates)
        if found and found.ground is Ground.BARE_TITLE:
            bare = bare if bare is not _NOTHING else found
        elif found:
            return _as_copy(found, text)
    return bare


def by_rules(text: PageText, *, has_card_code: bool = False) -> Finding:
    """Look at the title, then at what else a page prints."""
    everything = f" {fold(text.text)} "
    titled = by_title(text)
    card = _card(titled, everything, has_card_code=has_card_code)
    if card is not None:
        return card
    if titled.ground is not Ground.NOTHING:
        return titled
    return _by_phrases(everything)


def _exact(candidates: Sequence[Heading]) -> Finding | None:
    for heading in candidates:
        folded = _without_suffix(heading.folded)
        paper_class = EXACT_TITLES.get(heading.folded) or EXACT_TITLES.get(folded)
        if paper_class is not None:
            if paper_class is PaperClass.BIRTH_CERTIFICATE and heading.folded.endswith(COPY_MARK):
                paper_class = PaperClass.BIRTH_CERTIFICATE_COPY
            return Finding(paper_class, Ground.EXACT_TITLE, heading.confidence, folded)
    return None


def _without_suffix(folded: str) -> str:
    for suffix in SUFFIXES:
        folded = folded.removesuffix(f" {suffix}")
    return folded


def _damaged(candidates: Sequence[Heading]) -> Finding | None:
    """Find the title that is most alike; a longer one that is damaged beats its own beginning."""
    best, most = None, 0.0
    for heading in candidates:
        folded = _without_suffix(heading.folded)
        for paper_class, title in _perhaps_alike(folded):
            alike = similarity(folded, title)
            fit = len(title) * (alike - _LEAST_SIMILARITY + 0.1)
            if alike >= _LEAST_SIMILARITY and fit > most and _has_every_word(folded, title):
                if paper_class is PaperClass.BIRTH_CERTIFICATE and heading.folded.endswith(COPY_MARK):
                    paper_class = PaperClass.BIRTH_CERTIFICATE_COPY
                best, most = Finding(paper_class, Ground.DAMAGED_TITLE, alike, title), fit
    return best


def _perhaps_alike(folded: str) -> list[tuple[PaperClass, str]]:
    """Give the titles whose letters, in any order, are alike enough; all that are alike are among them."""
    letters = _letter_counts(folded)
    missing = np.maximum(_TITLE_LETTERS - letters, 0).sum(axis=1)
    needless = np.maximum(letters - _TITLE_LETTERS, 0).sum(axis=1)
    longest = np.maximum(_TITLE_LETTERS.sum(axis=1), letters.sum())
    near = np.maximum(missing, needless) <= longest * (1 - _LEAST_SIMILARITY)
    return [TITLES[index] for index in np.flatnonzero(near)]


def _letter_counts(folded: str) -> NDArray[np.int64]:
    return np.bincount(np.frombuffer(folded.encode("ascii"), np.uint8), minlength=128)


_TITLE_LETTERS: Final = np.stack([_letter_counts(title) for _, title in TITLES])


def _has_every_word(folded: str, title: str) -> bool:
    """Say whether no word of the title is a different word: KHAI TỬ is nearly KHAI SINH letter by letter.

    The first must come first, or the line above it was taken for a part of the title.
    """
    words, first = folded.split(), title.split()[0]
    return similarity(folded[: len(first)], first) >= _LEAST_WORD_SIMILARITY and all(
        any(similarity(word, expected) >= _LEAST_WORD_SIMILARITY for word in words)
        for expected in title.split()
        if len(expected) > 2
    )


def _foreign(candidates: Sequence[Heading]) -> Finding | None:
    longest = candidates[0]
    if not _begins_with(longest.folded, TITLE_STARTS) or _begins_with(longest.folded, NO_TITLE_STARTS):
        return None
    if longest.folded in BARE_STARTS or _is_part_of_known(longest.folded):
        return Finding(PaperClass.UNKNOWN, Ground.BARE_TITLE, longest.confidence)
    return Finding(PaperClass.OTHER, Ground.FOREIGN_TITLE, longest.confidence)


def _is_part_of_known(folded: str) -> bool:
    """Say whether a line of a known title seems lost, or one too many read with it; then the words below must tell."""
    return any(
        paper_class is not PaperClass.OTHER and (f"{title} ".startswith(f"{folded} ") or folded.startswith(f"{title} "))
        for paper_class, title in TITLES
    )


def _begins_with(folded: str, starts: Iterable[str]) -> bool:
    return any(f"{folded} ".startswith(f"{start} ") for start in starts)


def _as_copy(found: Finding, text: PageText) -> Finding:
    """Tell a copy of a birth certificate by the mark that stands alone near the title."""
    if found.paper_class is not PaperClass.BIRTH_CERTIFICATE:
        return found
    for line in text.lines:
        near = line.box.top < text.height_px * _COPY_MARK_DEPTH
        if near and len(line.words) <= _COPY_MARK_WORDS and similarity(fold(line.text), COPY_MARK) >= _LEAST_SIMILARITY:
            return replace(found, paper_class=PaperClass.BIRTH_CERTIFICATE_COPY)
    return found


def _card(titled: Finding, everything: str, *, has_card_code: bool) -> Finding | None:
    """Tell the sides of a card: each has words of its own, and only the back the machine-readable zone."""
    front = sum(f" {phrase} " in everything for phrase in CARD_FRONT_PHRASES)
    back = sum(f" {phrase} " in everything for phrase in CARD_BACK_PHRASES)
    zone = _MACHINE_READABLE.search(everything) is not None
    is_card = titled.paper_class is PaperClass.IDENTITY_CARD
    if titled.ground is not Ground.NOTHING and not is_card:
        return None
    has_back = zone or back >= _FEWEST_CARD_PHRASES
    has_front = is_card or front >= _FEWEST_CARD_PHRASES + 1 or (has_card_code and front >= 1 and not has_back)
    if not (has_front or has_back):
        return None
    if has_front and has_back:
        # The newest card prints on its back what older ones print on their front; only a title says that it is both.
        paper_class = PaperClass.IDENTITY_CARD if is_card or front >= 2 * _FEWEST_CARD_PHRASES else None
        paper_class = paper_class or PaperClass.IDENTITY_CARD_BACK
    else:
        paper_class = PaperClass.IDENTITY_CARD_FRONT if has_front else PaperClass.IDENTITY_CARD_BACK
    if is_card:
        return replace(titled, paper_class=paper_class)
    if zone:
        return Finding(paper_class, Ground.CARD_SIDE, 1.0)
    return Finding(paper_class, Ground.CARD_SIDE, min(1.0, max(front, back) / 5))


def _by_phrases(everything: str) -> Finding:
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
        return _NOTHING
    if paper_class is PaperClass.LAND_USE_CERTIFICATE and LAND_OWNER not in everything:
        # Without title and owner it is another page of the certificate.
        paper_class = PaperClass.LAND_USE_CERTIFICATE_CHANGES
    return Finding(paper_class, Ground.PHRASES, min(1.0, most / 8))
