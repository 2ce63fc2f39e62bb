# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of an identity card: its QR code, its machine-readable zone and its print, each checked by the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from scanning.classify.paper_class import PaperClass
from scanning.codes import PageCode
from scanning.extract.card_qr import card_code
from scanning.extract.checks import CONTRADICTED
from scanning.extract.dates import find_expiry
from scanning.extract.field import Field
from scanning.extract.field_values import field_at
from scanning.extract.machine_readable_zone import machine_readable_zone
from scanning.extract.rows import rows_of
from scanning.extract.values import Kind
from scanning.folding import edit_distance, fold, similarity
from scanning.ocr.text import PageText

_AGREES: Final = 0.99
_ALONE: Final = 0.9
_CHECKED_ZONE: Final = 0.97
_LEGIBLE: Final = 0.8
_AGES: Final = (14, 25, 40, 60)
_SAME_NAME: Final = 0.75
_SAME_PLACE: Final = 0.5  # the print leaves out the words for commune and province
_MISREAD_DIGITS: Final = 2
_NAMES: Final[Mapping[PaperClass, tuple[str, ...]]] = {
    PaperClass.IDENTITY_CARD: (
        "personal_number", "full_name", "birth_date", "sex", "origin", "residence", "expiry_date", "issue_date",
    ),
    PaperClass.IDENTITY_CARD_FRONT: (
        "personal_number", "full_name", "birth_date", "sex", "origin", "residence", "expiry_date", "issue_date",
    ),
    PaperClass.IDENTITY_CARD_BACK: (
        "personal_number", "full_name", "birth_date", "sex", "residence", "expiry_date", "issue_date",
    ),
}  # fmt: skip


def card_fields(
    printed: Mapping[str, Field], text: PageText, codes: Sequence[PageCode], paper_class: PaperClass
) -> dict[str, Field]:
    """Weigh the sources of a card's fields.

    Args:
        printed: What the print says.
        text: The page, for the machine-readable zone.
        codes: What codes on the page say.
        paper_class: Which sides of the card are on the page.

    Returns:
        The QR code's values, else the zone's, else the print's; doubtful where legible sources contradict each other.
    """
    fields = dict(printed)
    if "expiry_date" not in fields and (expiry := _birthday_ahead(fields.get("birth_date"), text)):
        fields["expiry_date"] = expiry
    zone = machine_readable_zone(text)
    for name, field in zone.items():
        fields[name] = _weighed(field, fields.get(name), agreed=_CHECKED_ZONE, alone=_ALONE)
    people = {code.text: fields_ for code in codes if (fields_ := card_code(code))}
    if len(people) == 1:
        (coded,) = people.values()
        for name, field in coded.items():
            fields[name] = _weighed(field, fields.get(name), agreed=_AGREES, alone=_ALONE)
    elif people:
        fields = {name: replace(each, confidence=min(each.confidence, CONTRADICTED)) for name, each in fields.items()}
    order = _NAMES[paper_class]
    return {name: fields[name] for name in order if name in fields}


def _birthday_ahead(birth: Field | None, text: PageText) -> Field | None:
    """Find the day on which the card expires: the 25th, 40th or 60th birthday (Luật Căn cước 2023 Đ21)."""
    if birth is None:
        return None
    found = {}
    for run in (run for row in rows_of(text) for run in row.runs):
        day = find_expiry(run.text)
        if day and day.value[4:] == birth.value[4:] and int(day.value[:4]) - int(birth.value[:4]) in _AGES:
            found[day.value] = field_at("expiry_date", replace(day, certainty=_ALONE), run.words, Kind.EXPIRY)
    return next(iter(found.values())) if len(found) == 1 else None


def _weighed(field: Field, other: Field | None, *, agreed: float, alone: float) -> Field:
    """Give a value of a code the confidence that the print leaves it."""
    if other is None:
        return replace(field, confidence=alone)
    if _agree(field, other):
        return replace(field, confidence=agreed)
    return replace(field, confidence=CONTRADICTED if other.confidence >= _LEGIBLE else alone)


def _agree(field: Field, other: Field) -> bool:
    """Say whether two readings mean the same, a misread letter or two aside."""
    one, two = field.value, other.value
    if field.name == "full_name":
        return similarity(fold(one), fold(two)) >= _SAME_NAME
    if field.name == "residence":
        return _common_words(one, two) >= _SAME_PLACE
    if field.name == "sex":
        return one == two
    if field.name == "personal_number":
        return edit_distance(one, two) <= _MISREAD_DIGITS
    return edit_distance(one, two) <= 1


def _common_words(one: str, two: str) -> float:
    first, second = set(fold(one).split()), set(fold(two).split())
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0
