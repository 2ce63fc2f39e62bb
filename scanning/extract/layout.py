# SPDX-License-Identifier: GPL-3.0-or-later
"""What a form is made of: rules for its fields, and the sections in which the same label means different people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from scanning.extract.values import Kind

ANYWHERE: Final = ""
"""The section of rules that may look on the whole page."""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How to find one field.

    Attributes:
        name: The field.
        kind: What its value looks like.
        labels: What may be printed before it, best first.
        section: The section that the labels must stand in.
        own_labels: Labels that name the field wherever they stand; tried first.
        behind: Field of a date behind which running text says this place.
        alone: Whether a value of the kind without label counts when the page has only one.
    """

    name: str
    kind: Kind
    labels: tuple[str, ...] = ()
    section: str = ANYWHERE
    own_labels: tuple[str, ...] = ()
    alone: bool = False
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody whom a class of paper names.

    Attributes:
        name: Field of the name.
        number: Field of the personal number; empty when there is none.
        birth_date: Field of the birth date; likewise.
        is_female: What the personal number must state; ``None`` when either will do.
        is_youngest: Whether it is whoever was born last.
        is_another: Whether it is never the one who asks: the dead do not.
    """

    name: str
    number: str = ""
    birth_date: str = ""
    is_female: bool | None = None
    is_youngest: bool = False
    is_another: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields of a class.

    Attributes:
        rules: Of several rules for a field the first that finds something wins.
        sections: Section and what may begin it: a heading, or the first label of it. It reaches to the beginning of the
            next one; sections that begin side by side are columns.
        has_letterhead: Whether number, date and issuer stand at the top as on letters.
        registrar_issues: Whether who registered also issued: its label tells the issuer better than the letterhead.
        is_signed: Whether somebody signs with an office.
        issuer_signs: Whether the signature block also tells the issuer, as on papers without letterhead.
        roles: The people, in the order in which running text names them.
        other_labels: Labels of what is no field; values end before them.
    """

    rules: tuple[FieldRule, ...]
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    has_letterhead: bool = False
    registrar_issues: bool = False
    is_signed: bool = False
    issuer_signs: bool = False
    roles: tuple[Role, ...] = ()
    other_labels: tuple[str, ...] = ()
