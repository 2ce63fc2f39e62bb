# SPDX-License-Identifier: GPL-3.0-or-later
"""People in running text: ``ông Nguyễn Văn A, sinh ngày …, CCCD số …``; what belongs to whom follows from the order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from scanning.extract.dates import find_date
from scanning.extract.field import Field
from scanning.extract.field_values import field_at
from scanning.extract.found import Found
from scanning.extract.labels import Mark, label
from scanning.extract.layout import Role
from scanning.extract.names import find_name
from scanning.extract.numbers import birth_year, find_personal_number, is_female
from scanning.extract.rows import Row
from scanning.extract.values import Kind
from scanning.extract.wordings import NAME
from scanning.folding import fold
from scanning.ocr.text import Word

# Without a label of its own a value is less sure.
_CERTAINTY: Final = 0.9
_LONGEST_NAME: Final = 7
_LONGEST_ENTRY: Final = 60  # words that may be said of one person
_NAMES: Final = frozenset(map(label, NAME))
_HONORIFIC: Final = re.compile(r"(?:.*[/(])?(?:ông|bà|anh|chị|cháu|trẻ)[):,.]*", re.IGNORECASE)
_BORN: Final = re.compile(r"sinh(?: vào)?(?: ngày)?[ :,]*$", re.IGNORECASE)


@dataclass
class _Person:
    name: Field
    number: Field | None = None
    birth_date: Field | None = None

    def has_attributes(self) -> bool:
        return self.number is not None or self.birth_date is not None


@dataclass(frozen=True)
class _Text:
    """All words of a page in reading order, and the places where labels end."""

    words: Sequence[Word]
    after_name_label: frozenset[int]
    run_ends: Sequence[int]


def people_fields(rows: Sequence[Row], marks: Sequence[Mark], roles: Sequence[Role]) -> dict[str, Field]:
    """Find the people of a page by their order and sex.

    Args:
        rows: Of the whole page.
        marks: Labels in them.
        roles: Which people the class has, in their usual order.

    Returns:
        Fields by name.
    """
    people = _people(rows, marks)
    chosen = _cast(people, roles)
    fields: dict[str, Field] = {}
    for role, person in chosen:
        for name, found in (
            (role.name, person.name),
            (role.number, person.number),
            (role.birth_date, person.birth_date),
        ):
            if name and found:
                fields[name] = replace(found, name=name, confidence=round(found.confidence * _CERTAINTY, 3))
    return fields


def _cast(people: Sequence[_Person], roles: Sequence[Role]) -> list[tuple[Role, _Person]]:
    """Give everybody a role: by the sex that the number states when the roles have one, else by the order."""
    left = list(people)
    chosen = []
    for role in roles:
        if role.is_youngest:
            left.sort(key=lambda each: each.birth_date.value if each.birth_date else "", reverse=True)
        person = next(
            (
                each
                for each in left
                if role.is_female is None or (each.number and is_female(each.number.value) == role.is_female)
            ),
            None,
        )
        if person is None and role.is_female is None and len(people) == 1 and not role.is_another:
            person = people[0]  # somebody who asks for himself is named once
        if person is None:
            continue
        chosen.append((role, person))
        if person in left:
            left.remove(person)
    return chosen


def _people(rows: Sequence[Row], marks: Sequence[Mark]) -> list[_Person]:
    text = _text(rows, marks)
    names = list(_names(text))
    people: dict[str, _Person] = {}
    for index, (start, name) in enumerate(names):
        end = names[index + 1][0] if index + 1 < len(names) else len(text.words)
        words = text.words[start : min(end, start + _LONGEST_ENTRY)]
        person = people.setdefault(fold(name.value), _Person(name))
        number = find_personal_number(_joined(words))
        if number and person.number is None:
            person.number = field_at("number", number, words, Kind.PERSONAL_NUMBER)
        if person.birth_date is None:
            person.birth_date = _birth_date(words, person.number)
    return [person for person in people.values() if person.has_attributes()]


def _birth_date(words: Sequence[Word], number: Field | None) -> Field | None:
    """Find a date behind "sinh", or one of the year that the number states."""
    text, position = _joined(words), 0
    while found := find_date(text[position:]):
        start, end = found.start + position, found.end + position
        before = text[:start]
        agrees = number is not None and birth_year(number.value) == int(found.value[:4])
        if agrees or _BORN.search(before) or "SINH" in fold(before[-40:]).split():
            return field_at("birth_date", Found(found.value, start, end, found.certainty), words, Kind.DATE)
        position = end
    return None


def _names(text: _Text) -> Iterator[tuple[int, Field]]:
    """Find names behind labels and behind honorifics."""
    index = 0
    while index < len(text.words):
        if index in text.after_name_label or (index and _HONORIFIC.fullmatch(text.words[index - 1].text)):
            words = text.words[index : min(index + 9, text.run_ends[index])]
            found = find_name(_joined(words))
            if found:
                yield index, field_at("name", found, words, Kind.PERSON_NAME)
        elif fold(text.words[index].text) == "SINH" and (before := _name_before(text.words, index)):
            yield before
        index += 1


def _name_before(words: Sequence[Word], end: int) -> tuple[int, Field] | None:
    """Find the name that stands right before a word: ``NGUYỄN VĂN A, sinh ngày …``."""
    start = end
    while start and end - start < _LONGEST_NAME and words[start - 1].text[:1].isupper():
        if start < end and words[start - 1].text.endswith((",", ".", ":", ";")):
            break
        start -= 1
    piece = words[start:end]
    found = find_name(_joined(piece))
    return (start, field_at("name", found, piece, Kind.PERSON_NAME)) if found else None


def _text(rows: Sequence[Row], marks: Sequence[Mark]) -> _Text:
    words: list[Word] = []
    places: dict[int, int] = {}
    run_ends: list[int] = []
    for row in rows:
        for run in row.runs:
            run_ends.extend([len(words) + len(run.words)] * len(run.words))
            for word in run.words:
                places[id(word)] = len(words)
                words.append(word)
    after = set()
    for mark in marks:
        if mark.label in _NAMES:
            run = rows[mark.last_row].runs[mark.last_run]
            after.add(places[id(run.words[mark.end - 1])] + 1)
    return _Text(words, frozenset(after), run_ends)


def _joined(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)
