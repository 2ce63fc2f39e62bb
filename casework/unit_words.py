# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the name of an administrative unit at the end of an address, however it is spelled or abbreviated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from casework.text import fold

PROVINCE_TYPES: Final = ("tinh", "thanhpho")
DISTRICT_TYPES: Final = ("huyen", "quan", "thixa", "thanhpho")
COMMUNE_TYPES: Final = ("xa", "phuong", "thitran", "dackhu")

_ALL_TYPES: Final = frozenset({*PROVINCE_TYPES, *DISTRICT_TYPES, *COMMUNE_TYPES})
_UNMISTAKABLE_TYPES: Final = frozenset({"thanhpho", "thixa", "thitran", "dackhu"})
_LONGEST_NAME: Final = 8
_WORD: Final = re.compile(r"[^\W_]+")
_SEPARATOR: Final = re.compile(r"[,;]")
_NUMBERED: Final = re.compile(r"([pqf])0*(\d{1,2})")
_ABBREVIATIONS: Final = {"tp": "thanhpho", "tx": "thixa", "tt": "thitran"}
_INITIALS: Final = {"p": "phuong", "q": "quan", "f": "phuong", "h": "huyen", "x": "xa", "t": "tinh"}

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an address.

    Attributes:
        key: Its squeezed spelling, with abbreviated unit types written out.
        start: Where it starts in the text.
        component: Number of the comma-separated part that it stands in.
    """

    key: str
    start: int
    component: int


@dataclass(frozen=True, slots=True)
class Seen(Generic[Item]):
    """A name that was read.

    Attributes:
        items: What it may mean, at least one.
        start: Position of its first word.
        is_typed: Whether a unit type ("xã", "huyện") was written with it.
    """

    items: tuple[Item, ...]
    start: int
    is_typed: bool


def squeeze(text: str) -> str:
    """Give the spelling that units are looked up by: folded, only letters and digits, numbers without leading zeros."""
    return "".join(word.lstrip("0") or word for word in _WORD.findall(fold(text)))


def name_keys(name: str, types: Sequence[str]) -> list[str]:
    """Give the keys of a name: with its type, and without unless what is left is a bare number."""
    key = squeeze(name)
    short = next((key.removeprefix(kind) for kind in types if key.startswith(kind)), key)
    return [key] if short == key or short.isdigit() else [key, short]


def words_of(address: str) -> list[Word]:
    """Split an address into words; commas and semicolons bound the components."""
    words: list[Word] = []
    position = 0
    for component, part in enumerate(_SEPARATOR.split(address)):
        for number, match in enumerate(_WORD.finditer(part)):
            key = squeeze(match.group())
            numbered = _NUMBERED.fullmatch(key)
            if numbered:
                key = _INITIALS[numbered.group(1)] + numbered.group(2)
            elif number == 0 and match.end() < len(part):
                key = _INITIALS.get(key, key)
            words.append(Word(_ABBREVIATIONS.get(key, key), position + match.start(), component))
        position += len(part) + 1
    return words


def read_last(
    words: Sequence[Word], end: int, table: Mapping[str, Sequence[Item]], types: Sequence[str] = ()
) -> Seen[Item] | None:
    """Read the longest known name whose last word stands just before position ``end``.

    A name must start its component or start with its type, unless no type is written before it in that component:
    "Phường Tĩnh Gia" holds no district Tĩnh Gia, and "Xã Lạ Trung" no commune Trung.

    Args:
        words: The address.
        end: Position after the name.
        table: What is known, by squeezed spelling.
        types: Types that may be written instead of the recorded one (a commune may have become a ward since).
    """
    first = end
    while first > 0 and words[first - 1].component == words[end - 1].component:
        first -= 1
    starts = range(max(first, end - _LONGEST_NAME), end)
    for start in starts:
        key, kind = _joined(words, start, end), _type_at(words, start, end)
        bare = key.removeprefix(kind)
        is_typed = kind != "" and (kind in _UNMISTAKABLE_TYPES or bare in table or bare.isdigit())
        if key not in table or _splits_a_type(words, first, start):
            continue
        if is_typed or not _follows_a_type(words, first, start):
            return Seen(tuple(table[key]), start, is_typed)
    for start in starts:
        kind = _type_at(words, start, end)
        known = table.get(_joined(words, start, end).removeprefix(kind)) if kind in types else None
        if known and not (_splits_a_type(words, first, start) or _stands_behind_a_type(words, first, start)):
            return Seen(tuple(known), start, is_typed=True)
    return None


def _follows_a_type(words: Sequence[Word], first: int, start: int) -> bool:
    return any(_type_at(words, position, start + 1) for position in range(first, start))


def _stands_behind_a_type(words: Sequence[Word], first: int, start: int) -> bool:
    return any(_joined(words, begin, start) in _ALL_TYPES for begin in range(max(first, start - 2), start))


def _splits_a_type(words: Sequence[Word], first: int, start: int) -> bool:
    """Whether the word here is the second half of a type, as in "thị xã"."""
    return start > first and _joined(words, start - 1, start + 1) in _UNMISTAKABLE_TYPES


def _joined(words: Sequence[Word], start: int, end: int) -> str:
    return "".join(word.key for word in words[start:end])


def _type_at(words: Sequence[Word], start: int, end: int) -> str:
    """Give the unit type that starts here and has a name after it, or nothing."""
    for length in (2, 1):
        kind = _joined(words, start, start + length)
        if start + length < end and kind in _ALL_TYPES:
            return kind
    key = words[start].key
    return next((kind for kind in ("phuong", "quan") if key.removeprefix(kind).isdigit()), "")
