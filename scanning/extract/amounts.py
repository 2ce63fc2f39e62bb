# SPDX-License-Identifier: GPL-3.0-or-later
"""Amounts of money that are written out in words: they confirm the digits, and stand in for lost ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from scanning.extract.checks import CONFIRMED, CONTRADICTED
from scanning.extract.field import Field
from scanning.extract.field_values import field_at
from scanning.extract.found import Found
from scanning.extract.rows import Row
from scanning.extract.values import Kind
from scanning.folding import fold

_UNITS: Final = {
    "KHONG": 0, "MOT": 1, "HAI": 2, "BA": 3, "BON": 4, "TU": 4, "NAM": 5, "LAM": 5, "NHAM": 5, "SAU": 6, "BAY": 7,
    "TAM": 8, "CHIN": 9,
}  # fmt: skip
_GROUPS: Final = {"NGHIN": 1_000, "NGAN": 1_000, "TRIEU": 1_000_000, "TY": 1_000_000_000, "TI": 1_000_000_000}
_FILLERS: Final = frozenset({"LINH", "LE"})
_CURRENCY: Final = ("DONG", "VND")
_FROM_WORDS: Final = 0.9
_FEWEST_WORDS: Final = 2


def number_of(words: Sequence[str]) -> int | None:
    """Read folded words as a number; ``None`` when one of them is no number."""
    total = group = unit = 0
    for word in words:
        if word in _UNITS:
            group, unit = group + unit, _UNITS[word]
        elif word in ("MUOI", "CHUC"):
            group, unit = group + (unit or 1) * 10, 0
        elif word == "TRAM":
            group, unit = group + unit * 100, 0
        elif word in _GROUPS:
            total, group, unit = total + (group + unit) * _GROUPS[word], 0, 0
        elif word not in _FILLERS:
            return None
    return total + group + unit


def with_words(name: str, found: Mapping[str, Field], rows: Sequence[Row]) -> dict[str, Field]:
    """Weigh an amount in digits by the one in words.

    Args:
        name: Of the field.
        found: All fields.
        rows: Of the page.

    Returns:
        The fields; the amount is surer when both agree, doubtful when they do not, and that of the words when there was
        none in digits.
    """
    fields = dict(found)
    written = {field.value: field for field in _in_words(name, rows)}
    if len(written) != 1:
        return fields
    (in_words,) = written.values()
    digits = fields.get(name)
    if digits is None:
        fields[name] = in_words
    elif digits.value == in_words.value:
        fields[name] = replace(digits, confidence=max(digits.confidence, CONFIRMED))
    else:
        fields[name] = replace(digits, confidence=min(digits.confidence, CONTRADICTED))
    return fields


def _in_words(name: str, rows: Sequence[Row]) -> list[Field]:
    fields = []
    words = [word for row in rows for word in row.words]
    tokens = [re.sub(r"\W", "", fold(word.text)) for word in words]
    for end, token in enumerate(tokens):
        if token not in _CURRENCY:
            continue
        start = end
        while start and (tokens[start - 1] in _UNITS or tokens[start - 1] in _COUNTED):
            start -= 1
        number = number_of(tokens[start:end])
        if number and end - start >= _FEWEST_WORDS:
            said = words[start:end]
            text = " ".join(word.text for word in said)
            fields.append(field_at(name, Found(str(number), 0, len(text), _FROM_WORDS), said, Kind.MONEY))
    return fields


_COUNTED: Final = frozenset({"MUOI", "CHUC", "TRAM"}) | _FILLERS | frozenset(_GROUPS)
