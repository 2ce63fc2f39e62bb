# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the name of an administrative unit at the end of an address, however it is spelled or abbreviated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from casework.text import NameMatch, compare_names, fold

PROVINCE_TYPES: Final = ("tinh", "thanhpho")
DISTRICT_TYPES: Final = ("huyen", "quan", "thixa", "thanhpho")
COMMUNE_TYPES: Final = ("xa", "phuong", "thitran", "dackhu")

_ALL_TYPES: Final = frozenset({*PROVINCE_TYPES, *DISTRICT_TYPES, *COMMUNE_TYPES})
_UNMISTAKABLE_TYPES: Final = frozenset({"thanhpho", "thixa", "thitran", "dackhu"})
_LONGEST_NAME: Final = 8
_WORD: Final = re.compile(r"[^\W_]+")
_SEPARATOR: Final = re.compile(r"[,;]")
_NUMBERED: Final = re.compile(r"([pqf])0*(\d{1,2})")
_BEHIND: Final = re.compile(
    r"(?:(?<![\s,.-])[\s,.-]++(?:Việt Nam|Viet ?Nam|VN|[0-9]{5,6})\.?|(?<![\s.])[\s.]++)$", re.IGNORECASE
)
"""Country and postal code."""
_LABEL: Final = re.compile(r"^[^,:;\d]{0,40}(?:trú|tru|chỉ|chi|quán|quan)\b[^,:;\d]{0,15}:\s*", re.IGNORECASE)
"""What a form printed in front: "Nơi thường trú:"."""
_SLASH: Final = re.compile(r"(?<=[^\W\d])\s*/\s*(?=[^\W\d])")
_DOTTED: Final = re.compile(r"\bT\. ?(?=[PXT]\b)", re.IGNORECASE)
"""The first half of "T.P" or "T.X"."""
_ISLAND: Final = re.compile(r"\b(huyện|huyen) (?:đảo|dao)\b", re.IGNORECASE)
_ABBREVIATIONS: Final = {"tp": "thanhpho", "tx": "thixa", "tt": "thitran"}
_INITIALS: Final = {"p": "phuong", "q": "quan", "f": "phuong", "h": "huyen", "x": "xa", "t": "tinh"}
_NO_UNITS_SPELLED: Final = (
    "d duong pho ngo ngach hem kiet dailo quoclo tinhlo cau cho thon xom ap ban buon bon lang plei phum soc khom to "
    "doi khu khupho kp khuvuc kv todanpho tdp khudancu kdc khudothi kdt khutapthe ktt chungcu"
)
_NO_UNITS: Final = frozenset(_NO_UNITS_SPELLED.split(" "))
"""What may stand before the name of a street or a hamlet, squeezed; many bear the name of a commune near by."""

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


def is_spelled_out(name: str, written: str) -> bool:
    """Whether the address spells the accents of this name, so that it can be told from a namesake."""
    return _has_accents(written) and compare_names(_without_type(name, written), _bare(name)) is NameMatch.EXACT


def is_spelled_otherwise(name: str, written: str) -> bool:
    """Whether the address has the letters of this name with other accents, so that another unit may be meant."""
    bare = _without_type(name, written)
    return _has_accents(bare) and compare_names(bare, _bare(name)) is NameMatch.WITHOUT_DIACRITICS


def without_frame(text: str) -> str:
    """Take off what forms and clerks put around an address."""
    text = _SLASH.sub(", ", _LABEL.sub("", text))
    text = _ISLAND.sub(r"\1", _DOTTED.sub("T", text))
    while (shorter := _BEHIND.sub("", text)) != text:
        text = shorter
    return text


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
    words: Sequence[Word],
    end: int,
    table: Mapping[str, Sequence[Item]],
    types: Sequence[str] = (),
    *,
    may_be_a_street: bool = False,
) -> Seen[Item] | None:
    """Read the longest known name whose last word stands just before position ``end``.

    A name must start its component or start with its type, unless no type is written before it in that component:
    "Phường Tĩnh Gia" holds no district Tĩnh Gia, and "Xã Lạ Trung" no commune Trung. A number counts as a type, since
    what follows a house number is a street; so do "Đường", "Thôn" and their like where they start the component.

    Args:
        words: The address.
        end: Position after the name.
        table: What is known, by squeezed spelling.
        types: Types that may be written instead of the recorded one (a commune may have become a ward since).
        may_be_a_street: Whether a name behind a number, "Đường" or "Thôn" is wanted as well; it is never certain.
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
        if not kind and not may_be_a_street and _joined(words, first, start) in _NO_UNITS:
            continue
        if is_typed or not _follows_a_type(words, first, start, counts_numbers=not may_be_a_street):
            return Seen(tuple(table[key]), start, is_typed)
    for start in starts:
        kind = _type_at(words, start, end)
        known = table.get(_joined(words, start, end).removeprefix(kind)) if kind in types else None
        if known and not (_splits_a_type(words, first, start) or _stands_behind_a_type(words, first, start)):
            return Seen(tuple(known), start, is_typed=True)
    return None


def _follows_a_type(words: Sequence[Word], first: int, start: int, *, counts_numbers: bool) -> bool:
    return any(
        _type_at(words, position, start + 1) and (counts_numbers or not words[position].key.isdigit())
        for position in range(first, start)
    )


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


def _has_accents(text: str) -> bool:
    return fold(text) != text.lower()


def _bare(name: str) -> str:
    return name.split(" ", 2 if name.startswith(("Thị trấn", "Đặc khu")) else 1)[-1]


def _without_type(name: str, written: str) -> str:
    """Give as many of the last words written as the name has without its type."""
    return " ".join(written.split()[-len(_bare(name).split()) :])
