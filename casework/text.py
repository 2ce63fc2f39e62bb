# SPDX-License-Identifier: GPL-3.0-or-later
"""Vietnamese text as it is stored, searched and compared."""

from __future__ import annotations

import enum
import functools
import re
import unicodedata
from typing import Final

_LOOKS_LIKE_D: Final = str.maketrans("\u00f0\u00d0\u0256\u0189", "đĐđĐ")
"""The Icelandic and the African letter, which old fonts and foreign keyboards leave where a Vietnamese đ is meant."""
_D_WITH_STROKE: Final = str.maketrans("đĐ\u00f0\u00d0\u0256\u0189", "dDdDdD")
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONE_I: Final = re.compile(r"(qu|[b-df-hj-np-tv-xđ]*)[iy]([\u0300\u0301\u0303\u0309\u0323]?)")


class NameMatch(enum.StrEnum):
    """How well two spellings of a name agree."""

    EXACT = "exact"
    WITHOUT_DIACRITICS = "without-diacritics"
    MISMATCH = "mismatch"


def clean(text: str) -> str:
    """Bring text into the form in which it is stored: NFC, no invisible characters, single spaces, trimmed."""
    kept = "".join(
        " " if unicodedata.category(character) == "Cc" else character
        for character in text
        if unicodedata.category(character) != "Cf"
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())


@functools.lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Bring text into the form in which it is searched: no accents, đ as d, lower case, single spaces, trimmed.

    Letters that only look like đ (Ð of Icelandic) are d as well; what is stored keeps them.
    """
    bare = "".join(
        character
        for character in unicodedata.normalize("NFD", text.translate(_D_WITH_STROKE))
        if unicodedata.category(character) not in {"Mn", "Cf"}
    )
    return " ".join(bare.lower().split())


def compare_names(first: str, second: str) -> NameMatch:
    """Compare two names regardless of case, spacing and where the tone mark stands (hoà, hòa)."""
    if _spoken(first) == _spoken(second):
        return NameMatch.EXACT
    if fold(first) == fold(second):
        return NameMatch.WITHOUT_DIACRITICS
    return NameMatch.MISMATCH


def may_be_one_name(first: str, second: str) -> bool:
    """Whether two names that do not agree differ in nothing but i and y (Lý, Lí), accents included.

    A doubt to be shown beside a comparison, never a level of it: the law knows a name only as it is written.
    """
    return compare_names(first, second) is not NameMatch.EXACT and _with_lone_i(first) == _with_lone_i(second)


def in_capitals(name: str) -> str:
    """Write a name as forms print it: NFC, capitals, single spaces."""
    return clean(name).upper()


def in_title_case(name: str) -> str:
    """Write a name with capital initials, also behind an apostrophe or a hyphen (H'Hen, Anna-Maria)."""
    return _WORD.sub(lambda word: word.group()[0].upper() + word.group()[1:].lower(), clean(name))


def spoken(word: str) -> str:
    """Bring a word into the form in which its sound is compared: lower case, decomposed, its tone at the end.

    Two spelling habits put the tone on different letters (hoà, hòa); letters that look like đ count as đ.
    """
    signs = unicodedata.normalize("NFD", word.translate(_LOOKS_LIKE_D).lower())
    return "".join(sign for sign in signs if sign not in _TONES) + "".join(sign for sign in signs if sign in _TONES)


def _spoken(text: str) -> tuple[str, ...]:
    return tuple(spoken(word) for word in clean(text).split())


def _with_lone_i(text: str) -> tuple[str, ...]:
    return tuple(_LONE_I.sub(r"\1i\2", word) if _LONE_I.fullmatch(word) else word for word in _spoken(text))
