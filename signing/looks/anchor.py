# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding words on a page: as they are written, else without regard to case and accents, also over a line's end.

White space does not count, so that neither a letter-spaced title nor a line's end nor a space too many hides a word;
composed and decomposed letters are the same letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Sign:
    """A letter with its accents; ``where`` in the text they are."""

    text: str
    begins_word: bool
    where: list[int] = field(default_factory=list)


def find_last(letters: Sequence[str], words: str, *, exact: bool) -> tuple[int, ...]:
    """Find the last place of some words, whole words only.

    Args:
        letters: Text of a page.
        words: What to look for, in any Unicode normal form.
        exact: Whether case and accents must be the same.

    Returns:
        Which of the letters they are; none when the words are not there.
    """
    form = _composed if exact else _plain
    wanted = [form(sign.text) for sign in _signs(words)]
    signs = _signs(letters)
    spelled = [form(sign.text) for sign in signs]
    for start in range(len(signs) - len(wanted), -1, -1):
        end = start + len(wanted)
        if wanted and spelled[start] == wanted[0] and spelled[start:end] == wanted and _is_whole(signs, start, end):
            return tuple(number for sign in signs[start:end] for number in sign.where)
    return ()


def _signs(letters: Sequence[str]) -> list[_Sign]:
    signs: list[_Sign] = []
    after_space = True
    for number, letter in enumerate(letters):
        if letter.isspace() or not letter.isprintable():
            after_space = True
            continue
        if not (signs and unicodedata.combining(letter)):
            signs.append(_Sign("", after_space))
            after_space = False
        signs[-1].text += letter
        signs[-1].where.append(number)
    return signs


def _is_whole(signs: Sequence[_Sign], start: int, end: int) -> bool:
    """Whether the words are not a part of longer ones."""
    begins = start == 0 or signs[start].begins_word or not signs[start - 1].text[0].isalnum()
    ends = end == len(signs) or signs[end].begins_word or not signs[end].text[0].isalnum()
    return begins and ends


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace("đ", "d")
