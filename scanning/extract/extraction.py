# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the main fields of a page whose class is known; what cannot be told is left out, never filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from scanning.classify.paper_class import PaperClass
from scanning.extract.field import Field
from scanning.extract.layouts import ANYWHERE, LAYOUTS, FieldRule, Layout
from scanning.extract.runs import Run, runs_of
from scanning.extract.values import Found, Kind, birth_year, find
from scanning.folding import fold
from scanning.ocr.text import PageText, Word

_CONTRADICTED: Final = 0.3
_MOST_CONTINUATIONS: Final = 2
_NEXT_LINE: Final = 2.6  # heights between the tops of a line and of the one below it


def extract(text: PageText, paper_class: PaperClass) -> tuple[Field, ...]:
    """Find the fields of a page.

    Args:
        text: What was read.
        paper_class: Which layout to look for; ``UNKNOWN`` has no fields.

    Returns:
        At most one field a name, in the order of the layout.
    """
    layout = LAYOUTS.get(paper_class)
    if layout is None:
        return ()
    sections = _sections(runs_of(text), layout, text.width_px)
    fields = (_field(rule, sections.get(rule.section, ())) for rule in layout.rules)
    return _weighed(field for field in fields if field)


def _sections(runs: list[Run], layout: Layout, page_width: int) -> Mapping[str, Sequence[Run]]:
    sections: dict[str, list[Run]] = {ANYWHERE: runs}
    labels = {section: fold(label).split() for section, label in layout.sections.items()}
    current = ANYWHERE
    for run in runs:
        started = [section for section, label in labels.items() if run.after_label(label) is not None]
        if started and started[0] not in sections:
            current = started[0]
            sections[current] = []
        if current != ANYWHERE:
            sections[current].append(run)
    sections.update(_columns(runs, layout.columns, page_width))
    return sections


def _columns(runs: list[Run], headings: Mapping[str, str], page_width: int) -> dict[str, list[Run]]:
    """Tell two columns apart by the heading of one; the other column is the other half of the page."""
    middle = page_width / 2
    found = [(run, section) for section, heading in headings.items() for run in runs if fold(run.text) == fold(heading)]
    if not found:
        return {}
    highest, named = min(found, key=lambda entry: entry[0].box.top)
    body = [run for run in runs if run.box.top > highest.box.top]
    left = [run for run in body if run.box.right <= middle]
    right = [run for run in body if run.box.left >= middle * 0.95]
    own, others = (left, right) if highest.box.left < middle else (right, left)
    return {section: own if section == named else others for section in headings}


def _field(rule: FieldRule, runs: Sequence[Run]) -> Field | None:
    if not rule.labels:
        return _only_one(rule, runs)
    for label in rule.labels:
        folded = fold(label).split()
        for index, run in enumerate(runs):
            # "Số" alone is in many labels; the number of the document begins its line.
            rest = run.after_label(folded, at_start=rule.kind is Kind.DOCUMENT_NUMBER)
            if rest is not None:
                words = _words_of_value(rule.kind, run, rest, runs[index + 1 :])
                if field := _found(rule, words):
                    return field
    return None


def _only_one(rule: FieldRule, runs: Sequence[Run]) -> Field | None:
    """Take a value without a label when no other value of its kind contradicts it."""
    fields = [field for run in runs if (field := _found(rule, run.words))]
    return fields[0] if len({field.value for field in fields}) == 1 else None


def _words_of_value(kind: Kind, run: Run, rest: tuple[Word, ...], below: Sequence[Run]) -> tuple[Word, ...]:
    """Give the words in which the value of a label may be: behind it, or below it when nothing follows."""
    if not any(letter.isalnum() for word in rest for letter in word.text):
        under = _run_below(run, below)
        if under is None:
            return ()
        run, rest = under, under.words
    return rest if kind is not Kind.PLACE else _going_on(rest, tuple(_continuation(run, below)))


def _going_on(words: tuple[Word, ...], continuation: tuple[Word, ...]) -> tuple[Word, ...]:
    if not continuation:
        return words
    # A place that goes on in the next line has no full stop at the end of this one: it was dirt.
    last = replace(words[-1], text=words[-1].text.rstrip("."))
    return (*words[:-1], last, *continuation)


def _run_below(run: Run, below: Sequence[Run]) -> Run | None:
    for other in below:
        near = 0 < other.box.top - run.box.top < _NEXT_LINE * run.box.height
        over = other.box.left < run.box.right and run.box.left < other.box.right
        if near and over:
            return None if other.names_something else other
    return None


def _continuation(run: Run, below: Sequence[Run]) -> Iterator[Word]:
    """Give the words of the lines that a long value goes on in: only a full line goes on."""
    for _ in range(_MOST_CONTINUATIONS):
        neighbours = [other for other in below if other.box.top - run.box.top < 8 * run.box.height]
        edge = max((other.box.right for other in neighbours if other.box.left < run.box.right), default=0)
        following = _run_below(run, below)
        if following is None or run.box.right < edge - 4 * run.box.height:
            return
        yield from following.words
        run = following


def _found(rule: FieldRule, words: tuple[Word, ...]) -> Field | None:
    found = find(rule.kind, " ".join(word.text for word in words))
    if found is None:
        return None
    used = _used(words, found)
    confidence = min(word.confidence for word in used) / 100
    return Field(rule.name, found.value, round(confidence, 3), tuple(word.box for word in used))


def _used(words: tuple[Word, ...], found: Found) -> list[Word]:
    used, position = [], 0
    for word in words:
        if position < found.end and position + len(word.text) > found.start:
            used.append(word)
        position += len(word.text) + 1
    return used


def _weighed(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Doubt a personal number and a birth date of the same person that name different years."""
    found = {field.name: field for field in fields}
    for name, number in list(found.items()):
        prefix, is_number, _ = name.rpartition("number")
        person = prefix.removesuffix("personal_")
        birth = found.get(f"{person}birth_date")
        if is_number and birth and len(number.value) == 12 and birth_year(number.value) != int(birth.value[:4]):
            for field in (number, birth):
                found[field.name] = replace(field, confidence=min(field.confidence, _CONTRADICTED))
    return tuple(found.values())
