# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the main fields of a page whose class is known; what cannot be told is left out, never filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from scanning.classify.paper_class import PaperClass
from scanning.codes import PageCode
from scanning.extract.checks import checked
from scanning.extract.field import Field
from scanning.extract.field_values import field_of
from scanning.extract.identity_card import card_fields
from scanning.extract.labels import Label, Mark, Vocabulary, label
from scanning.extract.layout import ANYWHERE, FieldRule, Layout
from scanning.extract.layouts import LAYOUTS
from scanning.extract.letters import letter_issuer
from scanning.extract.people import people_fields
from scanning.extract.regions import regions_of
from scanning.extract.rows import Row, rows_of
from scanning.extract.signatures import signature_fields
from scanning.extract.value_places import value_words
from scanning.extract.values import Kind
from scanning.extract.wordings import OTHERS
from scanning.extract.written_on import written_on
from scanning.ocr.text import PageText

_CARDS: Final = (PaperClass.IDENTITY_CARD, PaperClass.IDENTITY_CARD_FRONT, PaperClass.IDENTITY_CARD_BACK)


def extract(text: PageText, paper_class: PaperClass, codes: Sequence[PageCode] = ()) -> tuple[Field, ...]:
    """Find the fields of a page.

    Args:
        text: What was read.
        paper_class: Which layout to look for; ``UNKNOWN`` has no fields.
        codes: What codes on the page say, with boxes on the same plane.

    Returns:
        At most one field a name, in the order of the layout.
    """
    layout = LAYOUTS.get(paper_class)
    if layout is None:
        return ()
    rows = rows_of(text)
    found: dict[str, Field] = {}
    regions = _Regions(rows, layout, text.width_px)
    for rule in layout.rules:
        field = regions.field(rule)
        if field is not None:
            found[rule.name] = field
    found = {**people_fields(rows, regions.marks, layout.roles), **found} if layout.roles else found
    if layout.has_letterhead and (issuer := letter_issuer(rows, text.width_px, text.height_px)):
        found = {**found, "issuer": issuer} if not layout.registrar_issues else {"issuer": issuer, **found}
    if layout.is_signed:
        signed = signature_fields(rows, text.height_px, with_issuer=layout.issuer_signs)
        found = {**{field.name: field for field in signed}, **found}
    fields = checked(found)
    if paper_class in _CARDS:
        fields = card_fields(fields, text, codes, paper_class)
    return tuple(fields.values())


_VOCABULARIES: Final[dict[int, Vocabulary]] = {}


def _vocabulary(layout: Layout) -> Vocabulary:
    """Give the labels of a layout; they are sorted once."""
    if id(layout) not in _VOCABULARIES:
        texts = {text for rule in layout.rules for text in (*rule.labels, *rule.own_labels)}
        headings = {text for begins in layout.sections.values() for text in begins if len(text.split()) > 1}
        _VOCABULARIES[id(layout)] = Vocabulary(
            map(label, {*texts, *layout.other_labels, *OTHERS, *(text.removesuffix(":") for text in headings)})
        )
    return _VOCABULARIES[id(layout)]


class _Regions:
    """The sections of a page and the labels in each."""

    def __init__(self, rows: Sequence[Row], layout: Layout, page_width: int) -> None:
        vocabulary = _vocabulary(layout)
        self._regions: Mapping[str, Sequence[tuple[Sequence[Row], Sequence[Mark]]]] = {
            section: [(part, vocabulary.marks(part)) for part in parts]
            for section, parts in regions_of(rows, layout.sections, page_width).items()
        }
        self._everywhere = self._regions[ANYWHERE]
        self.marks = self._everywhere[0][1]

    def field(self, rule: FieldRule) -> Field | None:
        """Find the field of a rule."""
        for part, marks in self._everywhere:
            if field := _labelled(rule, rule.own_labels, part, marks):
                return field
        for part, marks in self._regions.get(rule.section, ()):
            if field := _labelled(rule, rule.labels, part, marks):
                return field
        if rule.kind is Kind.WRITTEN_ON:
            return written_on(rule.name, self._everywhere[0][0])
        if rule.alone:
            for part, _ in self._regions.get(rule.section, ()):
                if field := _only_one(rule, part):
                    return field
        return None


def _labelled(rule: FieldRule, labels: Sequence[str], rows: Sequence[Row], marks: Sequence[Mark]) -> Field | None:
    left_empty = False
    for mark in _candidates(rule, [label(text) for text in labels], marks):
        if left_empty and not mark.has_colon:
            continue  # the heading of a table further down
        left_empty = left_empty or mark.has_colon
        if rule.kind is Kind.DOCUMENT_NUMBER and mark.start:
            continue  # "Số" alone is in many labels; the number of the document begins its line
        for words in value_words(rule.kind, mark, rows, marks):
            kind = _kind(rule, mark)
            if field := field_of(rule.name, kind, words):
                return field
    return None


def _kind(rule: FieldRule, mark: Mark) -> Kind:
    """Say what the value behind a label looks like."""
    if rule.kind is Kind.WRITTEN_ON:
        return Kind.DATE  # "Đăng ký lần đầu, ngày …" names the day that a paper was written, too
    return Kind.BARE_AREA if rule.kind is Kind.AREA and mark.has_unit else rule.kind


def _candidates(rule: FieldRule, labels: Sequence[Label], marks: Sequence[Mark]) -> Iterable[Mark]:
    """Give the marks of a rule: as they stand, but of places the better label first."""
    own = [mark for mark in marks if mark.label in labels]
    return sorted(own, key=lambda mark: labels.index(mark.label)) if rule.kind is Kind.PLACE else own


def _only_one(rule: FieldRule, rows: Sequence[Row]) -> Field | None:
    """Take a value without a label when no other value of its kind contradicts it."""
    runs = (run for row in rows for run in row.runs)
    fields = [field for run in runs if (field := field_of(rule.name, rule.kind, run.words))]
    return fields[0] if len({field.value for field in fields}) == 1 else None
