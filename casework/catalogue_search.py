# SPDX-License-Identifier: GPL-3.0-or-later
"""Find a procedure by what a clerk types in a hurry: code, words without accents, initials, a slip of the finger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casework.text import fold

_CODE: Final = re.compile(r"[\d.]+")
_WORD: Final = re.compile(r"[a-z0-9]+")
_SHORTEST_MISTYPED_WORD: Final = 4

_SAME, _PHRASE, _BEGUN_PHRASE, _WORDS, _WORDS_OR_FIELD, _INITIALS, _MISTYPED = range(7)
_NO_MATCH: Final = 99


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    bare_code: str
    is_offered: bool
    words: tuple[str, ...]
    phrase: str
    field_words: tuple[str, ...]
    initials: str


class ProcedureIndex:
    """An index over names; built once, then asked at every keystroke.

    Args:
        rows: Code, folded name, field and whether the procedure is offered at the counter. One without a name is found
            by its code only.
    """

    def __init__(self, rows: Iterable[tuple[str, str, str, bool]]) -> None:
        self._coded = [_entry(*row) for row in rows]
        self._entries = [entry for entry in self._coded if entry.words]
        self._typo_index: dict[str, list[str]] | None = None

    def find(self, query: str, recent: Sequence[str] = ()) -> list[str]:
        """Give the codes that match, best first.

        What the counter offers comes first, then the closer kind of match, then what was used recently, then the name
        that says the least beyond the query.

        Args:
            query: As typed. Empty gives the recent codes, then everything.
            recent: Codes last used, newest first.
        """
        ages = {code: age for age, code in reversed(list(enumerate(recent)))}
        folded = fold(query)
        if _CODE.fullmatch(folded):
            return self._find_code(folded)
        words = tuple(_WORD.findall(folded))
        ranked = [
            (not entry.is_offered, kind, ages.get(entry.code, len(ages)), len(entry.words), entry.code)
            for entry in self._entries
            if (kind := _match(entry, words)) != _NO_MATCH
        ]
        if not ranked:
            ranked = self._find_mistyped(words, ages)
        return [row[-1] for row in sorted(ranked)]

    def _find_code(self, digits: str) -> list[str]:
        bare = digits.replace(".", "")
        hits = [
            (not entry.bare_code.startswith(bare), not entry.is_offered, entry.code)
            for entry in self._coded
            if bare and bare in entry.bare_code
        ]
        return [code for *_, code in sorted(hits)]

    def _find_mistyped(self, words: Sequence[str], ages: Mapping[str, int]) -> list[tuple[bool, int, int, int, str]]:
        meanings = [self._meanings(word) for word in words]
        return [
            (not entry.is_offered, _MISTYPED, ages.get(entry.code, len(ages)), len(entry.words), entry.code)
            for entry in self._entries
            if all(any(name_word in meaning for name_word in entry.words) for meaning in meanings)
        ]

    def _meanings(self, word: str) -> frozenset[str]:
        """Give the known words that one wrong, missing, doubled or swapped letter away from a typed word."""
        if self._typo_index is None:
            self._typo_index = {}
            for known in {known for entry in self._entries for known in entry.words}:
                for variant in _shortened(known):
                    self._typo_index.setdefault(variant, []).append(known)
        if len(word) < _SHORTEST_MISTYPED_WORD:
            return frozenset({word})
        near = {known for variant in _shortened(word) for known in self._typo_index.get(variant, ())}
        return frozenset(known for known in near if abs(len(known) - len(word)) <= 1)


def _entry(code: str, name: str, field: str, is_offered: bool) -> _Entry:
    words = tuple(_WORD.findall(name.removeprefix("thu tuc ")))
    return _Entry(
        code=code,
        bare_code=code.replace(".", ""),
        is_offered=is_offered,
        words=words,
        phrase=f" {' '.join(words)} ",
        field_words=tuple(_WORD.findall(fold(field))),
        initials="".join(word[0] for word in words),
    )


def _match(entry: _Entry, words: Sequence[str]) -> int:
    phrase = " ".join(words)
    if f" {phrase} " in entry.phrase:
        return _SAME if phrase == entry.phrase.strip() else _PHRASE
    if f" {phrase}" in entry.phrase:
        return _BEGUN_PHRASE
    missing = [word for word in words if f" {word}" not in entry.phrase]
    if not missing:
        return _WORDS
    if all(any(known.startswith(word) for known in entry.field_words) for word in missing):
        return _WORDS_OR_FIELD
    if len(words) == 1 and len(phrase) > 1 and phrase in entry.initials:
        return _INITIALS
    return _NO_MATCH


def _shortened(word: str) -> list[str]:
    """Give the word itself and every way to leave out one letter: words one slip apart share such a form."""
    return [word, *(word[:position] + word[position + 1 :] for position in range(len(word)))]
