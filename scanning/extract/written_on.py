# SPDX-License-Identifier: GPL-3.0-or-later
"""The day a paper was written: the date line of a letter or above a signature, or the first sentence of a contract."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from scanning.extract.dates import find_date, find_date_alone, find_day_of_signing, find_written_on
from scanning.extract.field import Field
from scanning.extract.field_values import field_at
from scanning.extract.found import Found
from scanning.extract.rows import Row, Run
from scanning.extract.values import Kind
from scanning.folding import fold
from scanning.ocr.text import Word

_FINDERS: Final[Sequence[Callable[[str], Found | None]]] = (find_written_on, find_day_of_signing, find_date_alone)
_UNEXPLAINED: Final = 0.85
_EXPLANATION: Final = 48  # characters before a date that may say what it is
_EXPLAINED: Final = re.compile(
    r"\b(?:SINH|CAP|LUAT|NGHI DINH|THONG TU|QUYET DINH|SO|TU|DEN|CHET|TU VONG|HAN|HET HAN|TRA|HEN|CAP NGAY|MAU|VAY|"
    r"KY HAN|BAN HANH|DANG KY|THOI GIAN|KE TU|TRUOC)(?: [A-Z0-9]+){0,6}$"
)
_EVENT: Final = re.compile(r"\b(?:SINH|CHET|TU VONG|TU TRAN|QUA DOI)\b")
_NEXT_LINE: Final = 2.6  # heights between the tops of a line and of the one below it


def written_on(name: str, rows: Sequence[Row], known: Collection[str] = ()) -> Field | None:
    """Find the day a paper was written.

    Args:
        name: Of the field.
        rows: Of the whole page.
        known: Values of other fields: days that mean something else.

    Returns:
        The first date line; without one the day in a sentence, without that a date that stands alone.
    """
    pieces = list(_pieces(rows))
    for finder in _FINDERS:
        fields = [
            field_at(name, found, words, Kind.DATE)
            for words, before in pieces
            if (found := finder(_text(words))) and not (finder is find_date_alone and _awaits_date(before))
        ]
        if fields:
            return fields[0]
    return _only_unexplained(name, rows, known)


def _only_unexplained(name: str, rows: Sequence[Row], known: Collection[str]) -> Field | None:
    """Take the one day on the page of which nothing else is said."""
    fields: dict[str, Field] = {}
    before = ""
    for run in (run for row in rows for run in row.runs):
        found = find_date(run.text)
        # A date that fills a cell is explained by the heading of its column.
        if found and found.value not in known and any(map(str.isalpha, run.text[: found.start])):
            explanation = fold(f"{before} {run.text[: found.start]}"[-_EXPLANATION:])
            if not _EXPLAINED.search(explanation):
                certainty = _UNEXPLAINED * found.certainty
                field = field_at(name, replace(found, certainty=certainty), run.words, Kind.DATE)
                fields[field.value] = field
        before = run.text
    return next(iter(fields.values())) if len(fields) == 1 else None


def _awaits_date(before: str) -> bool:
    """Say whether text names an event whose day has not followed yet."""
    return _EVENT.search(fold(before)) is not None and find_date(before) is None


def _pieces(rows: Sequence[Row]) -> Iterator[tuple[tuple[Word, ...], str]]:
    """Give every run, and every run with the one below that it may go on in; with what stands before it in its row."""
    for index, row in enumerate(rows):
        for place, run in enumerate(row.runs):
            before = " ".join(other.text for other in row.runs[:place])
            yield run.words, before
            below = _below(run, rows[index + 1 : index + 3])
            if below is not None:
                yield (*run.words, *below.words), before


def _below(run: Run, rows: Sequence[Row]) -> Run | None:
    for row in rows:
        for other in row.runs:
            over = other.box.left < run.box.right and run.box.left < other.box.right
            if over and 0 < other.box.top - run.box.top < _NEXT_LINE * run.box.height:
                return other
    return None


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
