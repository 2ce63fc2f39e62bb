# SPDX-License-Identifier: GPL-3.0-or-later
"""A place in running text: ``đã chết lúc 8 giờ ngày 12/3/2020 tại Bệnh viện …``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from scanning.extract.field import Field
from scanning.extract.field_values import field_of
from scanning.extract.rows import Row
from scanning.extract.values import Kind

_NEAREST: Final = 12  # words between a date and the word "tại"
_MOST_LINES: Final = 4
_LONGEST_LABEL: Final = 4
_RAGGED: Final = 5.0  # heights by which a full line may end before the longest one
_CERTAINTY: Final = 0.9


def place_behind(name: str, event: Field, rows: Sequence[Row]) -> Field | None:
    """Find the place that is said behind the date of something.

    Args:
        name: Of the field.
        event: The date.
        rows: Of the whole page.
    """
    index = next(
        (index for index, row in enumerate(rows) if any(word.box == event.boxes[-1] for word in row.words)), None
    )
    if index is None:
        return None
    edge = max(row.box.right for row in rows)
    words = list(rows[index].words)
    words = words[next(at for at, word in enumerate(words) if word.box == event.boxes[-1]) + 1 :]
    for before, row in pairwise(rows[index : index + _MOST_LINES]):
        begins_with_it = row.words[0].text.lower().rstrip(":") == "tại"
        if before.box.right < edge - _RAGGED * before.box.height and not begins_with_it:
            break
        if any(word.text.endswith(":") for word in row.words[:_LONGEST_LABEL]) and not begins_with_it:
            break  # the next entry
        words.extend(row.words)
    for place, word in enumerate(words[:_NEAREST]):
        if word.text.lower().rstrip(":") == "tại":
            field = field_of(name, Kind.PLACE, words[place + 1 :])
            return replace(field, confidence=round(field.confidence * _CERTAINTY, 3)) if field else None
    return None
