# SPDX-License-Identifier: GPL-3.0-or-later
"""Says which words of a page were probably misread, and what they say instead; never puts it in their place.

Only what cannot be right is doubted, and only one reading may be possible in its stead: a clerk who was sent astray by
two suggestions reads none of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from scanning.ocr.repair_names import repaired_family_name
from scanning.ocr.repair_numbers import repaired_code, repaired_date, repaired_number
from scanning.ocr.repair_words import page_vocabulary, repaired_word
from scanning.ocr.text import PageText, Word
from scanning.page_reading import Suggestion

_NO_PRINT: Final = 30.0  # below, it was a stroke of a pen more often than a word

_Repair: TypeAlias = Callable[[Sequence[Word], int], str | None]


def suggest(text: PageText) -> tuple[Suggestion, ...]:
    """Propose readings for words that cannot be right.

    Args:
        text: What was read.

    Returns:
        At most one a word; empty on a page that makes sense.
    """
    vocabulary = page_vocabulary(text)
    numbers = frozenset(word.text for word in text.words)

    def number(words: Sequence[Word], at: int) -> str | None:
        return repaired_number(words, at, numbers)

    def word(words: Sequence[Word], at: int) -> str | None:
        return repaired_word(words[at].text, vocabulary)

    repairs: tuple[_Repair, ...] = (repaired_date, number, repaired_code, repaired_family_name, word)
    suggestions = []
    for line in text.lines:
        for at, doubted in enumerate(line.words):
            if doubted.confidence < _NO_PRINT:
                continue
            proposed = next(filter(None, (repair(line.words, at) for repair in repairs)), None)
            if proposed is not None and proposed != doubted.text:
                suggestions.append(Suggestion(doubted.box, doubted.text, proposed))
    return tuple(suggestions)
