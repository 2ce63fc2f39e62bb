# SPDX-License-Identifier: GPL-3.0-or-later
"""Guidance texts, found without a network: words without accents, begun words, one slip of the finger a word."""

from __future__ import annotations

import datetime as dt
import functools
import importlib.resources
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from casework.errors import KnownError
from casework.records.guidance import Audience, GuidanceText
from casework.text import fold

_FORMAT: Final = 1
_WORD: Final = re.compile(r"[a-z0-9]+")
_SHORTEST_MISTYPED: Final = 4
_SAME, _BEGUN, _MISTYPED = 4, 2, 1
_TITLE, _KEYWORDS, _TEXT = 9, 6, 1
_EMPTY_WORDS: Final = frozenset(
    {"la", "va", "thi", "ma", "o", "co", "cho", "de", "cua", "nhu", "the", "nao", "lam", "sao", "toi", "muon", "can"}
    | {"gi", "duoc", "khong"}
)


@dataclass(frozen=True, slots=True)
class _Entry:
    guidance: GuidanceText
    weighed: tuple[tuple[int, frozenset[str]], ...]
    phrase: str


class GuidanceLibrary:
    """Some texts, ready to be searched.

    Args:
        texts: In any order; each identity once.
    """

    def __init__(self, texts: Iterable[GuidanceText]) -> None:
        self.texts = tuple(texts)
        self._entries = [_entry(text) for text in self.texts]

    @classmethod
    @functools.cache
    def shipped(cls) -> GuidanceLibrary:
        """Give the texts that ship with the product."""
        return cls.from_bytes(importlib.resources.files("casework.packs").joinpath("guidance.json").read_bytes())

    @classmethod
    def from_bytes(cls, data: bytes) -> GuidanceLibrary:
        """Read a file of texts.

        Args:
            data: JSON: ``{"format": 1, "texts": [{"id", "title", "text", "audience", "keywords", "procedures",
                "legal_basis", "verified", "from", "to"}]}``; days are ISO 8601, ``to`` may be null.

        Raises:
            KnownError: ``guidance-file-unreadable``.
        """
        try:
            content = json.loads(data)
            texts = [_read(row) for row in content["texts"]]
            if content["format"] != _FORMAT or len({text.guidance_id for text in texts}) != len(texts):
                raise ValueError
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise KnownError("guidance-file-unreadable") from None
        return cls(texts)

    def find(
        self, query: str, day: dt.date, audience: Audience | None = None, limit: int = 10
    ) -> tuple[GuidanceText, ...]:
        """Give the texts of a day that answer a query, best first.

        Words may be whole, begun or have one slip. Texts in which the fewest telling words are missing come first, and
        more than half have to be there; words of the title weigh more than keywords, and those more than the text. An
        empty query gives all texts in their order.

        Args:
            query: As typed or said.
            day: Texts that are not shown on this day are left out.
            audience: Whom the text speaks to; None for anybody.
            limit: At most so many.
        """
        entries = [
            entry
            for entry in self._entries
            if is_shown(entry.guidance, day) and audience in {None, entry.guidance.audience}
        ]
        words = _WORD.findall(fold(query))
        if not words:
            return tuple(entry.guidance for entry in entries[:limit])
        telling = [word for word in words if word not in _EMPTY_WORDS] or words
        ranked = []
        for position, entry in enumerate(entries):
            scores = [_score(entry, word) for word in telling]
            missing = scores.count(0)
            if 2 * missing < len(telling):
                is_phrase = f" {' '.join(words)} " in entry.phrase
                ranked.append((missing, not is_phrase, -sum(scores), position, entry.guidance))
        ranked.sort(key=lambda row: row[:-1])
        return tuple(row[-1] for row in ranked[:limit])

    def about(self, procedure_code: str, day: dt.date) -> tuple[GuidanceText, ...]:
        """Give the texts of a day about a procedure, in their order."""
        return tuple(text for text in self.texts if procedure_code in text.procedure_codes and is_shown(text, day))


def is_shown(text: GuidanceText, day: dt.date) -> bool:
    """Whether a text is shown on a day."""
    return text.effective_from <= day and (text.effective_to is None or day <= text.effective_to)


def _entry(text: GuidanceText) -> _Entry:
    parts = ((_TITLE, text.title), (_KEYWORDS, " ".join(text.keywords)), (_TEXT, text.text))
    weighed = tuple((weight, frozenset(_WORD.findall(fold(part)))) for weight, part in parts)
    phrases = (text.title, *text.keywords, *text.procedure_codes)
    return _Entry(text, weighed, f" {' | '.join(' '.join(_WORD.findall(fold(phrase))) for phrase in phrases)} ")


def _score(entry: _Entry, word: str) -> int:
    return max(weight * _closeness(word, known) for weight, known in entry.weighed)


def _closeness(word: str, known: frozenset[str]) -> int:
    if word in known:
        return _SAME
    if any(other.startswith(word) for other in known):
        return _BEGUN
    if len(word) >= _SHORTEST_MISTYPED and any(_is_one_slip_away(word, other) for other in known):
        return _MISTYPED
    return 0


def _is_one_slip_away(first: str, second: str) -> bool:
    """Tell whether one letter is wrong, missing or doubled, or two neighbours are swapped."""
    if abs(len(first) - len(second)) > 1:
        return False
    shorter, longer = sorted((first, second), key=len)
    start = next((place for place, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return shorter[start:] == longer[start + 1 :]
    rest, other = shorter[start:], longer[start:]
    return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])


def _read(row: Mapping[str, Any]) -> GuidanceText:
    texts = (row["id"], row["title"], row["text"], row["legal_basis"])
    if not all(isinstance(text, str) and text.strip() for text in texts) or not isinstance(row["verified"], bool):
        raise ValueError
    return GuidanceText(
        guidance_id=row["id"],
        title=row["title"],
        text=row["text"],
        audience=Audience(row["audience"]),
        keywords=tuple(row["keywords"]),
        procedure_codes=tuple(row["procedures"]),
        legal_basis=row["legal_basis"],
        is_verified=row["verified"],
        effective_from=dt.date.fromisoformat(row["from"]),
        effective_to=None if row["to"] is None else dt.date.fromisoformat(row["to"]),
    )
