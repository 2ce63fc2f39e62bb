# SPDX-License-Identifier: GPL-3.0-or-later
"""Doubts values that cannot all be true: a personal number tells the year of birth and the sex."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final

from scanning.extract.field import Field
from scanning.extract.numbers import birth_year, is_female, is_personal_number

CONTRADICTED: Final = 0.3
_CONCLUDED: Final = 0.9
CONFIRMED: Final = 0.97
_SEX_OF_ROLE: Final[Mapping[str, str]] = {"mother": "female", "wife": "female", "father": "male", "husband": "male"}
_AHEAD: Final = ("expiry_date", "due_date")
_AFTER: Final = (
    ("birth_date", "issue_date"),
    ("birth_date", "death_date"),
    ("birth_date", "expiry_date"),
    ("death_date", "issue_date"),
    ("child_birth_date", "issue_date"),
    ("wife_birth_date", "registration_date"),
    ("husband_birth_date", "registration_date"),
    ("wife_birth_date", "issue_date"),
    ("husband_birth_date", "issue_date"),
    ("issue_date", "expiry_date"),
    ("issue_date", "due_date"),
)


def with_sex(found: Mapping[str, Field], names: Collection[str]) -> dict[str, Field]:
    """Take the sex from the personal number where a class has it and none could be read: boxes ticked by hand."""
    fields = dict(found)
    for name, number in found.items():
        role = name.removesuffix("number").removesuffix("personal_")
        sex = f"{role}sex"
        if sex in names and sex not in found and is_personal_number(number.value) and name.endswith("number"):
            value = "female" if is_female(number.value) else "male"
            fields[sex] = replace(number, name=sex, value=value, confidence=round(number.confidence * _CONCLUDED, 3))
    return fields


def checked(
    found: Mapping[str, Field], in_words: Collection[str] = (), today: dt.date | None = None
) -> dict[str, Field]:
    """Lower the confidence of fields that contradict each other, to at most 0.3.

    Args:
        found: By name.
        in_words: Dates that are written out on the page: they confirm the same date in digits, and contradict one that
            differs from them in a single part.
        today: Nothing has happened later; ``None`` when the day is not known.
    """
    fields = {
        name: _against_words(field, in_words) if name.endswith("date") else field for name, field in found.items()
    }
    for name in _strangers(found):
        fields.pop(name, None)
    for names in (*_contradictions(fields), *_not_yet(fields, today)):
        for name in names:
            if name in fields:
                fields[name] = replace(fields[name], confidence=min(fields[name].confidence, CONTRADICTED))
    return fields


def _strangers(found: Mapping[str, Field]) -> list[str]:
    """Name numbers that were taken from somebody else on the page, who is of the other sex."""
    return [
        name
        for name, field in found.items()
        if (role := name.removesuffix("_number")) in _SEX_OF_ROLE
        and is_personal_number(field.value)
        and is_female(field.value) != (_SEX_OF_ROLE[role] == "female")
        and any(other.value == field.value for one, other in found.items() if one != name)
    ]


def _not_yet(found: Mapping[str, Field], today: dt.date | None) -> Iterator[tuple[str]]:
    """Name days that have not come: what is due or expires may lie ahead, the rest was misread."""
    for name, field in found.items():
        if today and name.endswith("date") and name not in _AHEAD and field.value > today.isoformat():
            yield (name,)


def _against_words(field: Field, in_words: Collection[str]) -> Field:
    if field.value in in_words:
        return replace(field, confidence=max(field.confidence, CONFIRMED))
    parts = field.value.split("-")
    if any(sum(map(str.__eq__, parts, other.split("-"))) == len(parts) - 1 for other in in_words):
        return replace(field, confidence=min(field.confidence, CONTRADICTED))
    return field


def _contradictions(found: Mapping[str, Field]) -> Iterator[tuple[str, ...]]:
    for name, number in found.items():
        prefix, is_number, _ = name.rpartition("number")
        if not is_number or not is_personal_number(number.value):
            continue
        role = prefix.removesuffix("personal_")
        birth, sex = found.get(f"{role}birth_date"), found.get(f"{role}sex")
        if birth and birth_year(number.value) != int(birth.value[:4]):
            yield name, birth.name
        stated = "female" if is_female(number.value) else "male"
        if sex and sex.value != stated:
            yield name, sex.name
        if _SEX_OF_ROLE.get(role.rstrip("_"), stated) != stated:
            yield (name,)
    for earlier, later in _AFTER:
        if earlier in found and later in found and found[earlier].value > found[later].value:
            yield earlier, later
