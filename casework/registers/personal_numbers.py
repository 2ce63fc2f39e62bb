# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether free text holds a number of a person, which has no place on slips and in messages that others see."""

from __future__ import annotations

import re
from typing import Final

_SPACED_DIGITS: Final = re.compile(r"(?<![\w.-])\d(?:[ .]?\d){8,11}(?![\w-]|[.]\d)", re.ASCII)
_LENGTHS: Final = frozenset({9, 12})


def has_personal_number(text: str) -> bool:
    """Whether text holds nine or twelve digits that stand alone, as numbers of identity cards do.

    Digits may be written in groups. A telephone number has ten or eleven, and a dossier code has letters or hyphens.
    """
    return any(sum(sign.isdigit() for sign in match.group()) in _LENGTHS for match in _SPACED_DIGITS.finditer(text))
