# SPDX-License-Identifier: GPL-3.0-or-later
"""Words as the search sees them: what a query asks for, and which queries a dossier answers.

The index is one set of tokens for each dossier. A token is a query word that the dossier answers, so that finding is
looking up, never scanning:

========  =====================================================================================================
token     answers the query word
========  =====================================================================================================
``hoa``   "hoa", found anywhere: at the start of a word (six letters at most, or the whole word), or as the last three
          to six digits of a code or number
``hoà``   "hòa" or "hoà" typed with its accents, found anywhere as a whole word
``^hoa``  like ``hoa``, found in a code, a person or the procedure
``=hoa``  "hoa" as a whole word there; also with accents
``~hoa``  "hoa" as a whole word of a name: what a slip of the finger may have meant
========  =====================================================================================================
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from typing import Final

from casework.text import fold, spoken

LONGEST_PREFIX: Final = 6
"""Longer beginnings of words are looked up among the whole words."""

ENDINGS: Final = range(3, 7)
"""So many last digits of a number are enough to find it."""

MOST_WORDS: Final = 12
"""More words in a query are not looked at."""

_LONGEST_QUERY: Final = 1_000
_LONGEST_WORD: Final = 40
_SHORTEST_MISTYPED: Final = 3
_WORD: Final = re.compile(r"[^\W_]+")
_INVISIBLE: Final = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u2060-\u2064\ufeff]")
_DIGITS: Final = re.compile(r"\d{4,}")

_RECORD, _WHOLE, _NAME = "^", "=", "~"


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word that somebody looks for.

    Attributes:
        bare: Lower case without accents.
        accented: As spoken, when it was typed with accents; else None.
    """

    bare: str
    accented: str | None


@dataclass(frozen=True, slots=True)
class Term:
    """What to look up.

    Attributes:
        token: The token.
        is_beginning: Whether longer tokens that begin like it count too.
    """

    token: str
    is_beginning: bool = False


Condition = tuple[tuple[Term, ...], ...]
"""For each word the terms of which one is enough."""


@dataclass(frozen=True, slots=True)
class RecordWords:
    """The words of a dossier's record, as lists of texts.

    Attributes:
        codes: Codes, identification and telephone numbers, which are also found by their parts and last digits.
        names: Names of persons.
        titles: Other texts.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    titles: tuple[str, ...]


def readable(text: str) -> str:
    """Bring text into the form whose positions a mark refers to: NFC without invisible signs and stray accents."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text).replace("İ", "I"))


def words(text: str) -> list[str]:
    """Give the words of a text in lower case, with their accents."""
    return _WORD.findall(readable(text).lower())


def parse(text: str) -> tuple[QueryWord, ...]:
    """Give the words that somebody looks for, each once; none for a text without letters and digits."""
    found = [word[:_LONGEST_WORD] for word in words(text[:_LONGEST_QUERY])]
    parsed = dict.fromkeys(QueryWord(fold(word), _accented(word)) for word in found)
    return tuple(word for word in parsed if word.bare)[:MOST_WORDS]


def without_accents(query: Iterable[QueryWord]) -> tuple[QueryWord, ...]:
    """Give the same words as if they had been typed without accents."""
    return tuple(dict.fromkeys(QueryWord(word.bare, None) for word in query))


def in_record_whole(query: Iterable[QueryWord]) -> Condition:
    """Every word stands whole in a code, a person or the procedure."""
    return tuple((Term(_WHOLE + (word.accented or word.bare)),) for word in query)


def in_record(query: Iterable[QueryWord]) -> Condition:
    """Every word begins one in a code, a person or the procedure; with accents it stands there whole."""
    return tuple((_term(_RECORD, word) if word.accented is None else Term(_WHOLE + word.accented),) for word in query)


def anywhere(query: Iterable[QueryWord]) -> Condition:
    """Every word begins one anywhere in the dossier; with accents it stands there whole."""
    return tuple((_term("", word) if word.accented is None else Term(word.accented),) for word in query)


def in_names_nearly(query: Iterable[QueryWord], known: Callable[[str], Iterable[str]]) -> Condition:
    """Every word begins one in the record, or is one letter away from a whole word of a name.

    Args:
        query: The words; accents do not count.
        known: Gives the known words of names that may be one letter away from a word.
    """
    return tuple(
        (_term(_RECORD, word), *(Term(_NAME + name) for name in sorted(known(word.bare)) if is_near(word.bare, name)))
        for word in query
    )


def is_near(typed: str, name: str) -> bool:
    """Whether two different words are one wrong, missing, doubled or swapped letter apart, and long enough for it."""
    if min(len(typed), len(name)) < _SHORTEST_MISTYPED or not typed.isalpha() or typed == name:
        return False
    start = 0
    while start < min(len(typed), len(name)) and typed[start] == name[start]:
        start += 1
    rest, other = typed[start:], name[start:]
    return (
        rest[1:] == other[1:]
        or rest[1:] == other
        or rest == other[1:]
        or (rest[:2] == other[:2][::-1] and rest[2:] == other[2:])
    )


def tokens(record: RecordWords, pages: Iterable[str]) -> set[str]:
    """Give every token of a dossier.

    Args:
        record: Its codes, persons and procedure.
        pages: The texts of its pages.
    """
    found = {_NAME + name for name in name_words(record)}
    known = {word for text in (*record.codes, *record.names, *record.titles) for word in words(text)}
    for code in record.codes:
        parts = words(code)
        known.update("".join(parts[first:]) for first in range(len(parts) - 1))
        endings = [run[-size:] for run in _DIGITS.findall(code) for size in ENDINGS if size < len(run)]
        found.update(endings)
        found.update(_RECORD + ending for ending in endings)
    for word in known:
        whole, beginnings = _forms(word)
        found.update(_WHOLE + form for form in whole)
        found.update(_RECORD + form for form in beginnings)
    for page in pages:
        known.update(words(page))
    for word in known:
        whole, beginnings = _forms(word)
        found.update(whole)
        found.update(beginnings)
    return found


def name_words(record: RecordWords) -> set[str]:
    """Give the words of the names, without accents."""
    return {fold(word[:_LONGEST_WORD]) for name in record.names for word in words(name)}


def holds(condition: Condition, found: Set[str]) -> bool:
    """Whether a dossier with these tokens is what is looked for."""
    return all(any(_is_in(term, found) for term in terms) for terms in condition)


def match_expression(condition: Condition) -> str:
    """Write a condition as an FTS5 expression; words are letters and digits only, so that nothing can hide in them."""
    return " AND ".join(
        "(" + " OR ".join(f'"{term.token}"{" *" * term.is_beginning}' for term in terms) + ")" for terms in condition
    )


def _term(mark: str, word: QueryWord) -> Term:
    return Term(mark + word.bare, is_beginning=len(word.bare) > LONGEST_PREFIX)


def _is_in(term: Term, found: Set[str]) -> bool:
    if term.is_beginning:
        return any(token.startswith(term.token) for token in found)
    return term.token in found


def _accented(word: str) -> str | None:
    form = spoken(word)
    return None if form == fold(word) else form


@functools.lru_cache(maxsize=1 << 16)
def _forms(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give a word whole, without and with its accents; and its short beginnings without accents."""
    word = word[:_LONGEST_WORD]
    bare, accented = fold(word), _accented(word)
    whole = (bare,) if accented is None else (bare, accented)
    return whole, (*(bare[:size] for size in range(1, min(len(bare), LONGEST_PREFIX) + 1)), bare)
