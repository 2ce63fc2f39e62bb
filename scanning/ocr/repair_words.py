# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that are no syllables, and the only common one that they can have been.

A word is changed as engines misread it: a mark for another, a letter for one that looks alike, one of them at a time.
"""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Final

from scanning.ocr.plausible import is_plausible
from scanning.ocr.syllables import is_syllable
from scanning.ocr.text import PageText

_FEWEST_LETTERS: Final = 2
_AROUND: Final = "()[]{}<>.,;:!?\"'“”‘’*/-–…"
_SURE: Final = 93.0
# Letters read for letters, most frequent first, from copies, small print and italics.
_WRITTEN_LETTERS: Final = """
    u>v b>k b>h h>b l>i i>l 1>l 1>i |>l ¡>i 0>o ó>6 v>y y>v c>e e>c
    n>h h>n n>u u>n ri>n rn>m nn>m m>rn ii>u cl>d li>h t>f f>t q>g g>q s>a
    o>e e>o đ>d d>đ ñ>n †>t €>c ©>c ï>i ö>o ä>a ë>e ü>u ÿ>y ƒ>f
"""
_LETTERS: Final = tuple(tuple(pair.split(">")) for pair in _WRITTEN_LETTERS.split())
_VOWELS: Final = {
    "a": "aàáảãạăằắẳẵặâầấẩẫậ", "e": "eèéẻẽẹêềếểễệ", "i": "iìíỉĩị", "o": "oòóỏõọôồốổỗộơờớởỡợ",
    "u": "uùúủũụưừứửữự", "y": "yỳýỷỹỵ",
}  # fmt: skip


def repaired_word(read: str, vocabulary: Set[str]) -> str | None:
    """Give what was printed when what was read is no word.

    Args:
        read: The word, with the punctuation around it.
        vocabulary: Syllables in small letters that a page may have.
    """
    inner = read.strip(_AROUND)
    if len(inner) < _FEWEST_LETTERS or is_plausible(read) or not _is_written_evenly(inner):
        return None
    found = {variant for variant in _variants(inner.lower()) if variant in vocabulary and is_syllable(variant)}
    if len(found) != 1:
        return None
    return read.replace(inner, _written_like(inner, found.pop()))


def page_vocabulary(text: PageText) -> frozenset[str]:
    """Collect the syllables that may stand on a page: common ones, and what it says elsewhere without doubt."""
    sure = Counter(
        inner.lower()
        for word in text.words
        if word.confidence >= _SURE and is_syllable(inner := word.text.strip(_AROUND))
    )
    return _common_syllables() | frozenset(sure)


@functools.cache
def _common_syllables() -> frozenset[str]:
    """Syllables of the catalogue of procedures and of forms."""
    written = (Path(__file__).parent / "common_syllables.txt").read_text(encoding="utf-8")
    return frozenset(unicodedata.normalize("NFC", written).split())


def _variants(word: str) -> Iterator[str]:
    for at, letter in enumerate(word):
        for vowels in _VOWELS.values():
            if letter in vowels:
                for other in vowels:
                    yield word[:at] + other + word[at + 1 :]
    for wrong, right in _LETTERS:
        at = word.find(wrong)
        while at >= 0:
            yield word[:at] + right + word[at + len(wrong) :]
            at = word.find(wrong, at + 1)


def _is_written_evenly(word: str) -> bool:
    """Say whether a word is written as syllables are: a mix of letters and digits is a code."""
    letters = [letter for letter in word if letter.isalpha()]
    if sum(letter.isdigit() for letter in word) > 1 or len(letters) < len(word) - 1:
        return False
    return word.islower() or word.isupper() or word[1:].islower()


def _written_like(read: str, small: str) -> str:
    if read.isupper():
        return small.upper()
    return small.capitalize() if read[0].isupper() else small
