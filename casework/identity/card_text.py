# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a reader typed to the fields of one identity card.

Readers put an AIM identifier in front, quotation marks or control characters around it, glue a second scan behind, and
press keys that another keyboard layout understands differently: the pipe of a US layout arrives as "~" (UK), "'"
(German) or "*" (French), and on the Vietnamese layout the digits arrive as accents. A repair is made only where the
twelve digits, a date and the sex prove it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from casework.errors import KnownError
from casework.identity.garbled_text import ungarbled
from casework.identity.keystrokes import layout_digits
from casework.text import clean, fold

CARD_DATE: Final = re.compile(r"([0-9]{2})[/. -]?([0-9]{2})[/. -]?([0-9]{4})")
"""Day, month, year; 00 for a day and month that nobody knows."""

SEX_WORDS: Final = frozenset({"nam", "nu", "male", "female", "m", "f"})
"""Folded; "nam" and "nu" on cards, the others from readers that translate."""

_AROUND: Final = r"[\s\x00-\x1f\ufeff\u200b\"“”„]*"
_PREFIX: Final = re.compile(rf"^{_AROUND}(?:\][A-Za-z][0-9A-Za-z])?{_AROUND}")
_QUOTES_BEHIND: Final = re.compile(r"[\"“”„][\s\x00-\x1f]*$")
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SEPARATED: Final = re.compile(r"[0-9]{12}(\r\n|[^\w ,.]|µ)")
_FEWEST_SEPARATORS: Final = 4
_OF_FIRST_CARD: Final = 5
"""Fields that certainly belong to the first card: number to sex, with or without the former number."""
_GLUED_NUMBER: Final = re.compile(r"(.*?)([0-9]{12})", re.DOTALL)


def card_fields(text: str) -> list[str]:
    """Split the text of a card's QR code into clean fields; text of anything else comes back as some fields too.

    Raises:
        KnownError: ``card-two-at-once`` when the codes of two different cards stand in it.
    """
    whole = _QUOTES_BEHIND.sub("", _PREFIX.sub("", ungarbled(text).translate(_FULL_WIDTH), count=1))
    raw = whole.split("|" if "|" in whole else _other_separator(whole))
    raw = [_digits_of_layout(field) for field in raw]
    return _of_one_card([clean(ungarbled(field)) for field in raw])


def _other_separator(text: str) -> str:
    """Find what stands for the pipe: the sign behind the number, if it makes a card of the text."""
    match = _SEPARATED.match(text)
    if match is None or text.count(match.group(1)) < _FEWEST_SEPARATORS:
        return "|"
    fields = [clean(field) for field in text.split(match.group(1))]
    return match.group(1) if has_date_and_sex(fields) else "|"


def _digits_of_layout(field: str) -> str:
    """Turn a field that is nothing but digits of the Vietnamese layout back; one accented letter alone is text."""
    digits = layout_digits(field.strip())
    return digits if digits and len(digits) in {8, 9, 12} else field


def _of_one_card(fields: list[str]) -> list[str]:
    """Cut off a second scan: the same number again, or another number with a date and a sex behind it."""
    for position in range(_OF_FIRST_CARD, len(fields)):
        match = _GLUED_NUMBER.fullmatch(fields[position])
        if match is None:
            continue
        if match.group(2) == fields[0]:
            return [*fields[:position], match.group(1).strip()]
        following = fields[position + 1 : position + 5]
        if has_date_and_sex(following):
            raise KnownError("card-two-at-once", retryable=True)
    return fields


def has_date_and_sex(fields: Sequence[str]) -> bool:
    """Whether one of the fields is a date and another one a sex."""
    has_date = any(CARD_DATE.fullmatch(field) for field in fields)
    return has_date and any(fold(field) in SEX_WORDS for field in fields)
