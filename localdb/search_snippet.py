# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a dossier was found: in which of its fields, and the piece of text around it with the words marked."""

from __future__ import annotations

import enum
import functools
import operator
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from casework.text import fold, spoken
from localdb.search_documents import SearchDocument
from localdb.search_words import ENDINGS, QueryWord, is_near, readable

_BEFORE: Final = 24
_LONGEST: Final = 140
_ACCENTED_LETTERS: Final = tuple(chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)))
_END: Final = r"(?!\w)"
_SPACE: Final = re.compile(r"\s")
_LOOKED_AT: Final = 40
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


class SnippetMaker:
    """Marks the words of one query, in as many texts as there are."""

    def __init__(self, query: Sequence[QueryWord]) -> None:
        """Get ready for a query.

        Args:
            query: Its words, as they were found.
        """
        self._query = tuple(query)
        self._pattern = _pattern(self._query)
        self._known: dict[str, int] = {}

    def in_record(self, document: SearchDocument) -> tuple[FoundIn, Snippet]:
        """Say which code, person or procedure has most of the words; the first of equals."""
        fields = (
            *((FoundIn.CODE, code) for code in document.codes),
            *((FoundIn.NAME, name) for name in document.names),
            *((FoundIn.NUMBER, number) for number in document.numbers),
            *((FoundIn.PHONE, phone) for phone in document.phones),
            (FoundIn.PROCEDURE, document.procedure_name),
        )
        looked_at = [(found_in, self._look(text)) for found_in, text in fields]
        found_in, text = max(looked_at, key=lambda field: field[1].words.bit_count())
        return found_in, text.snippet()

    def in_names_nearly(self, document: SearchDocument) -> tuple[FoundIn, Snippet]:
        """Say which name was meant by words with a slip of the finger."""
        best = Snippet("", ())
        for name in map(readable, document.names):
            marks = tuple(match.span() for match in _WORD.finditer(name) if self._is_meant(fold(match[0])))
            if len(marks) > len(best.marks):
                best = Snippet(name, marks)
        return FoundIn.NAME, best

    def in_pages(self, pages: Iterable[str]) -> Snippet | None:
        """Give the best piece of the first page that has most of the words; None when no page has any."""
        best: _Text | None = None
        for page in pages:
            text = self._look(page)
            if text.words.bit_count() > (best.words.bit_count() if best else 0):
                best = text
                if text.words.bit_count() == len(self._query):
                    break
        return best.snippet() if best else None

    def _look(self, text: str) -> _Text:
        text = readable(text)
        spans = []
        known = self._known
        for match in self._pattern.finditer(text.lower().replace("_", " ")):
            found = match[0]
            words = known.get(found)
            if words is None:
                words = known[found] = self._words(found)
            if words:
                spans.append((*match.span(), words))
        return _Text(text, spans)

    def _words(self, found: str) -> int:
        """Give which words of the query stand in a text as ``found``: a bit for each."""
        sound, bare = spoken(found), fold(found)
        return sum(
            1 << place
            for place, word in enumerate(self._query)
            if (bare.startswith(word.bare) if word.accented is None else sound == word.accented)
        )

    def _is_meant(self, bare: str) -> bool:
        return any(bare.startswith(word.bare) or is_near(word.bare, bare) for word in self._query)


class _Text:
    """A text and where the words of a query stand in it.

    Attributes:
        words: Which of the words stand in it: a bit for each.
    """

    def __init__(self, text: str, spans: list[tuple[int, int, int]]) -> None:
        self._text = text
        self._spans = spans
        self.words = functools.reduce(operator.or_, (words for _, _, words in spans), 0)

    def snippet(self) -> Snippet:
        """Give the piece with most of the words, or the beginning."""
        start = self._best_start()
        end = min(len(self._text), start + _LONGEST)
        while end < len(self._text) and self._text[end].isalnum() and end > start + _LONGEST // 2:
            end -= 1
        marks = [(first, last) for first, last, _ in self._spans if start <= first and last <= end]
        lead = "…" * (start > 0)
        text = lead + _SPACE.sub(" ", self._text[start:end]) + "…" * (end < len(self._text))
        shift = len(lead) - start
        return Snippet(text, tuple((first + shift, last + shift) for first, last in marks))

    def _best_start(self) -> int:
        """Find where most of the words stand, and stand closest to each other."""
        best, most, least_room = 0, 0, 0
        for at, (first, last, words) in enumerate(self._spans[:_LOOKED_AT]):
            room = last - first
            for start, end, others in self._spans[at + 1 : at + _LOOKED_AT]:
                if start >= first + _LONGEST - _BEFORE:
                    break
                if others & ~words:
                    words, room = words | others, end - first
            if (words.bit_count(), -room) > (most, -least_room):
                best, most, least_room = first, words.bit_count(), room
        start = max(0, best - _BEFORE)
        while 0 < start < best and self._text[start - 1].isalnum():
            start += 1
        return start


def _pattern(query: tuple[QueryWord, ...]) -> re.Pattern[str]:
    """Find words, or their beginnings, whatever accents they have; digits also at the end of a number.

    What was typed whole comes before what was only begun, and the longer of two words that begin alike.
    """
    words = sorted(query, key=lambda word: (word.accented is not None, len(word.bare)), reverse=True)
    begun = "|".join(_letters(word.bare) + ("" if word.accented is None else _END) for word in words)
    ended = "".join(f"|{word.bare}{_END}" for word in words if word.bare.isdecimal() and len(word.bare) in ENDINGS)
    return re.compile(rf"\b(?:{begun}){ended}")


def _letters(bare: str) -> str:
    return "".join(map(_letter_class, bare))


@functools.cache
def _letter_class(letter: str) -> str:
    accented = "".join(other for other in _ACCENTED_LETTERS if other == other.lower() and fold(other) == letter)
    return f"[{letter}{accented}]" if accented else re.escape(letter)
