# SPDX-License-Identifier: GPL-3.0-or-later
"""A value inside a text, and how far it had to be repaired to be one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

REPAIRED: Final = 0.6
"""Certainty of a value with a letter in the place of a digit."""

UNCHECKED: Final = 0.95
"""Certainty of digits that nothing confirms: any other digits would do as well."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value.

    Attributes:
        value: In canonical form.
        start: First character of it in the text.
        end: One past its last character.
        certainty: 1 when the text says it so, less when misread letters had to be taken for digits.
    """

    value: str = field(repr=False)
    start: int
    end: int
    certainty: float = 1.0


# Which digits an engine makes into which letters, and never the other way round.
_CONFUSED: Final = str.maketrans("OoQDIl|iSsBZzGgq", "0000111155822699")
_LETTERS: Final = frozenset("OoQDIl|iSsBZzGgq")

DIGITLIKE: Final = r"[0-9OoQDIl|iSsBZzGgq]"
"""A digit or a letter that was probably one (a class of a regular expression)."""


def digits_of(text: str) -> tuple[str, float]:
    """Read text that should be digits.

    Returns:
        The digits and how certain they are; the digits are empty when less than two thirds of the text are digits.
    """
    real = sum(letter.isdigit() and letter.isascii() for letter in text)
    wrong = sum(letter in _LETTERS for letter in text)
    if real + wrong != len(text) or real < 2 * wrong:
        return "", 0.0
    return text.translate(_CONFUSED), 1.0 if not wrong else REPAIRED
