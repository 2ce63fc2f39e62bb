# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a dossier was found: in which of its fields, and the piece of text around it with the words marked."""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from casework.text import fold, spoken
from localdb.search_documents import SearchDocument
from localdb.search_words import ENDINGS, QueryWord, is_near, readable

_BEFORE: Final = 40
_LONGEST: Final = 140
_ACCENTED_LETTERS: Final = tuple(chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)))
_END: Final = r"(?!\w)"
_WORD: Final = re.compile(r"[^\W_]+")


class FoundIn(enum.StrEnum):
    """The field in which something was found."""

    CODE = "code"
    NAME = "name"
    NUMBER = "number"
    PHONE = "phone"
    PROCEDURE = "procedure"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text.

    Attributes:
        text: On one line, NFC; "…" stands for what is left out. Personal data.
        marks: Where the words looked for stand in it: start and end, in order, not overlapping.
    """

    text: str
    marks: tuple[tuple[int, int], ...]


def in_record(document: SearchDocument, query: Sequence[QueryWord]) -> tuple[FoundIn, Snippet]:
    """Say which code, person or procedure has most of the words; the first of equals."""
    fields = (
        *((FoundIn.CODE, code) for code in document.codes),
        *((FoundIn.NAME, name) for name in document.names),
        *((FoundIn.NUMBER, number) for number in document.numbers),
        *((FoundIn.PHONE, phone) for phone in document.phones),
        (FoundIn.PROCEDURE, document.procedure_name),
    )
    looked_at = [(found_in, _Text(text, query)) for found_in, text in fields]
    found_in, text = max(looked_at, key=lambda field: field[1].words)
    return found_in, text.snippet()


def in_names_nearly(document: SearchDocument, query: Sequence[QueryWord]) -> tuple[FoundIn, Snippet]:
    """Say which name was meant by words with a slip of the finger."""
    best = Snippet("", ())
    for name in map(readable, document.names):
        marks = tuple(
            match.span()
            for match in _WORD.finditer(name)
            if any(fold(match[0]).startswith(word.bare) or is_near(word.bare, fold(match[0])) for word in query)
        )
        if len(marks) > len(best.marks):
            best = Snippet(name, marks)
    return FoundIn.NAME, best


def in_pages(pages: Iterable[str], query: Sequence[QueryWord]) -> Snippet | None:
    """Give the best piece of the first page that has most of the words; None when no page has any."""
    best: _Text | None = None
    for page in pages:
        text = _Text(page, query)
        if text.words > (best.words if best else 0):
            best = text
            if text.words == len(query):
                break
    return best.snippet() if best else None


class _Text:
    """A text and where the words of a query stand in it.

    Attributes:
        words: How many of the words stand in it.
    """

    def __init__(self, text: str, query: Sequence[QueryWord]) -> None:
        self._text = readable(text)
        self._spans: list[tuple[int, int, frozenset[int]]] = []
        for match in _pattern(tuple(query)).finditer(self._text.lower().replace("_", " ")):
            places = _places(match[0], tuple(query))
            if places:
                self._spans.append((*match.span(), places))
        self.words = len(frozenset[int]().union(*(places for _, _, places in self._spans)))

    def snippet(self) -> Snippet:
        """Give the piece with most of the words, or the beginning."""
        start = self._best_start()
        end = min(len(self._text), start + _LONGEST)
        while end < len(self._text) and self._text[end].isalnum() and end > start + _LONGEST // 2:
            end -= 1
        marks: list[tuple[int, int]] = []
        for first, last, _ in self._spans:
            if start <= first and last <= end and (not marks or first >= marks[-1][1]):
                marks.append((first, last))
        lead = "…" * (start > 0)
        text = lead + re.sub(r"\s", " ", self._text[start:end]) + "…" * (end < len(self._text))
        shift = len(lead) - start
        return Snippet(text, tuple((first + shift, last + shift) for first, last in marks))

    def _best_start(self) -> int:
        most, best = 0, 0
        for at, (first, _, _) in enumerate(self._spans[:200]):
            near = frozenset[int]().union(
                *(places for start, _, places in self._spans[at : at + 20] if start < first + _LONGEST - _BEFORE)
            )
            if len(near) > most:
                most, best = len(near), first
        start = max(0, best - _BEFORE)
        while 0 < start < best and self._text[start - 1].isalnum():
            start += 1
        return start


@functools.lru_cache(maxsize=64)
def _pattern(query: tuple[QueryWord, ...]) -> re.Pattern[str]:
    """Find words, or their beginnings, whatever accents they have; digits also at the end of a number.

    What was typed whole comes before what was only begun, and the longer of two words that begin alike.
    """
    words = sorted(query, key=lambda word: (word.accented is not None, len(word.bare)), reverse=True)
    begun = "|".join(_letters(word.bare) + ("" if word.accented is None else _END) for word in words)
    ended = "".join(f"|{word.bare}{_END}" for word in words if word.bare.isdecimal() and len(word.bare) in ENDINGS)
    return re.compile(rf"\b(?:{begun}){ended}")


@functools.lru_cache(maxsize=4096)
def _places(found: str, query: tuple[QueryWord, ...]) -> frozenset[int]:
    """Give the places of those words of a query that stand in the text as ``found``."""
    sound, bare = spoken(found), fold(found)
    return frozenset(
        place
        for place, word in enumerate(query)
        if (bare.startswith(word.bare) if word.accented is None else sound == word.accented)
    )


def _letters(bare: str) -> str:
    return "".join(map(_letter_class, bare))


@functools.cache
def _letter_class(letter: str) -> str:
    accented = "".join(other for other in _ACCENTED_LETTERS if other == other.lower() and fold(other) == letter)
    return f"[{letter}{accented}]" if accented else re.escape(letter)
