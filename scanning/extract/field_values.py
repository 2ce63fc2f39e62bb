# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes fields of words: the value, how sure it is, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from scanning.extract.field import Field
from scanning.extract.found import Found
from scanning.extract.trust import confidence_of
from scanning.extract.values import Kind, find
from scanning.ocr.text import Word

_DIRT: Final = 35.0  # confidence; stains and strokes reach 0 to 30, printed words of a readable line 60 and more
_FEWEST_WORDS: Final = 2


def field_of(name: str, kind: Kind, words: Sequence[Word]) -> Field | None:
    """Make a field of the first value of a kind in words."""
    if kind.goes_on:
        words = _without_dirt(words)
    found = find(kind, " ".join(word.text for word in words))
    return field_at(name, found, words, kind) if found else None


def field_at(name: str, found: Found, words: Sequence[Word], kind: Kind) -> Field:
    """Make a field of a value that was found in words."""
    used = list(_used(words, found))
    return field_made(name, found.value, used, kind, found.certainty)


def field_made(name: str, value: str, words: Sequence[Word], kind: Kind, certainty: float = 1.0) -> Field:
    """Make a field of a value and all words that say it."""
    belief = max(0.0, min(word.confidence for word in words) / 100)
    confidence = confidence_of(kind, value, belief) * certainty
    return Field(name, value, round(confidence, 3), tuple(word.box for word in words))


def _without_dirt(words: Sequence[Word]) -> Sequence[Word]:
    """Leave off what the engine itself does not believe at the end of a text that it could read."""
    end = len(words)
    while end > _FEWEST_WORDS and words[end - 1].confidence < _DIRT:
        end -= 1
    return words[:end] if end and min(word.confidence for word in words[:end]) > _DIRT else words


def _used(words: Sequence[Word], found: Found) -> Iterator[Word]:
    position = 0
    for word in words:
        if position < found.end and position + len(word.text) > found.start:
            yield word
        position += len(word.text) + 1
