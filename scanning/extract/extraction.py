# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the main fields of a page whose class is known; what cannot be told is left out, never filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from scanning.classify.paper_class import PaperClass
from scanning.codes import PageCode
from scanning.extract.agreement import with_agreement
from scanning.extract.amounts import with_words
from scanning.extract.checks import checked, with_sex
from scanning.extract.dates import dates_in_words
from scanning.extract.field import Field
from scanning.extract.field_values import field_of
from scanning.extract.identity_card import card_fields
from scanning.extract.labels import Label, Mark, Vocabulary, label
from scanning.extract.layout import ANYWHERE, FieldRule, Layout
from scanning.extract.layouts import LAYOUTS
from scanning.extract.letters import letter_issuer
from scanning.extract.people import people_fields
from scanning.extract.place_behind import place_behind
from scanning.extract.receipt_code import receipt_code
from scanning.extract.regions import regions_of
from scanning.extract.rows import Row, is_filler, rows_of, split_word, without_certification
from scanning.extract.signatures import signature_fields
from scanning.extract.value_places import value_words
from scanning.extract.values import Kind
from scanning.extract.wordings import OTHERS
from scanning.extract.written_on import written_on
from scanning.ocr.text import PageText, Word

_WITHOUT_SECTION: Final = 0.8
_ANYBODY: Final = (Kind.PLACE, Kind.SEX)  # said of one person on most papers
_CARDS: Final = (PaperClass.IDENTITY_CARD, PaperClass.IDENTITY_CARD_FRONT, PaperClass.IDENTITY_CARD_BACK)


def extract(
    text: PageText, paper_class: PaperClass, codes: Sequence[PageCode] = (), today: dt.date | None = None
) -> tuple[Field, ...]:
    """Find the fields of a page.

    Args:
        text: What was read.
        paper_class: Which layout to look for; ``UNKNOWN`` has no fields.
        codes: What codes on the page say, with boxes on the same plane.
        today: The day on which the page was scanned; later days than that have not happened yet and are doubted.

    Returns:
        At most one field a name, in the order of the layout.
    """
    layout = LAYOUTS.get(paper_class)
    if layout is None:
        return ()
    rows = without_certification(rows_of(text))
    found: dict[str, Field] = {}
    regions = _Regions(rows, layout, text.width_px)
    for rule in layout.rules:
        if rule.name in found:
            continue
        field = regions.field(rule, [other.value for other in found.values()])
        if field is not None:
            found[rule.name] = field
    for rule in layout.rules:
        if (
            rule.behind in found
            and rule.name not in found
            and (field := place_behind(rule.name, found[rule.behind], rows))
        ):
            found[rule.name] = field
    found = {**people_fields(rows, regions.marks, layout.roles), **found} if layout.roles else found
    if layout.has_letterhead and (issuer := letter_issuer(rows, text.width_px, text.height_px)):
        found = {**found, "issuer": issuer} if not layout.registrar_issues else {"issuer": issuer, **found}
    if layout.is_signed:
        signed = signature_fields(rows, text.height_px, with_issuer=layout.issuer_signs)
        found = {**{field.name: field for field in signed}, **found}
    for name in ("amount", "capital"):
        if any(rule.name == name for rule in layout.rules):
            found = with_words(name, found, rows)
    found = with_agreement(found, rows)
    in_words = dates_in_words(" ".join(row.text for row in rows))
    fields = with_sex(checked(found, in_words, today), {rule.name for rule in layout.rules})
    if paper_class in _CARDS:
        fields = card_fields(fields, text, codes, paper_class)
    if paper_class is PaperClass.DOSSIER_RECEIPT and (dossier := receipt_code(codes)):
        fields["dossier_code"] = dossier
    return tuple(fields.values())


_VOCABULARIES: Final[dict[int, Vocabulary]] = {}


def _vocabulary(layout: Layout) -> Vocabulary:
    """Give the labels of a layout; they are sorted once."""
    if id(layout) not in _VOCABULARIES:
        texts = {text for rule in layout.rules for text in (*rule.labels, *rule.own_labels)}
        labels = {label(text) for text in (*texts, *layout.other_labels, *OTHERS)}
        known = {each.tokens for each in labels}
        headings = {label(text.removesuffix(":")) for begins in layout.sections.values() for text in begins}
        labels |= {heading for heading in headings if len(heading.tokens) > 1 and heading.tokens not in known}
        _VOCABULARIES[id(layout)] = Vocabulary(labels)
    return _VOCABULARIES[id(layout)]


class _Regions:
    """The sections of a page and the labels in each."""

    def __init__(self, rows: Sequence[Row], layout: Layout, page_width: int) -> None:
        self._layout = layout
        vocabulary = _vocabulary(layout)
        self._regions: Mapping[str, Sequence[tuple[Sequence[Row], Sequence[Mark]]]] = {
            section: [(part, vocabulary.marks(part)) for part in parts]
            for section, parts in regions_of(rows, layout.sections, page_width).items()
        }
        self._everywhere = self._regions[ANYWHERE]
        self.marks = self._everywhere[0][1]

    def field(self, rule: FieldRule, known: Collection[str] = ()) -> Field | None:
        """Find the field of a rule; ``known`` are values of others."""
        for part, marks in self._everywhere:
            if field := _labelled(rule, rule.own_labels, part, marks):
                return field
        for part, marks in self._regions.get(rule.section, ()):
            if field := _labelled(rule, rule.labels, part, marks):
                return field
        if rule.section not in self._regions and rule.kind in _ANYBODY:
            return self._doubtful(rule)
        if rule.kind is Kind.WRITTEN_ON:
            return written_on(rule.name, self._everywhere[0][0], known)
        if rule.alone:
            parts = [*self._regions.get(rule.section, ()), *(self._everywhere if self._is_the_only(rule) else ())]
            for part, _ in parts:
                if field := _only_one(rule, part):
                    return field
        return None

    def _doubtful(self, rule: FieldRule) -> Field | None:
        """Look on the whole page for a value whose section could not be told."""
        field = _labelled(rule, rule.labels, *self._everywhere[0])
        return replace(field, confidence=round(field.confidence * _WITHOUT_SECTION, 3)) if field else None

    def _is_the_only(self, rule: FieldRule) -> bool:
        """Say whether no other field of the class has the same kind."""
        return sum(other.kind is rule.kind for other in self._layout.rules) == 1


def _labelled(rule: FieldRule, labels: Sequence[str], rows: Sequence[Row], marks: Sequence[Mark]) -> Field | None:
    left_empty: Mark | None = None
    for mark in _candidates(rule, [label(text) for text in labels], marks):
        if left_empty and not mark.has_colon and mark.row != left_empty.row:
            continue  # the heading of a table further down
        left_empty = left_empty or (mark if mark.has_colon else None)
        if rule.kind is Kind.DOCUMENT_NUMBER and mark.start and not mark.has_colon:
            continue  # "Số" alone is in many labels; the number of the document begins its line
        for words in value_words(rule.kind, mark, rows, marks):
            kind = _kind(rule, mark)
            if kind is Kind.WHOLE_NUMBER and (place := _place_among_joined(mark, rows, marks)):
                words = _behind_numbers(words, place)  # "Thửa đất số, tờ bản đồ số: 12, 34"
            if field := field_of(rule.name, kind, words):
                return field
    return None


def _place_among_joined(mark: Mark, rows: Sequence[Row], marks: Sequence[Mark]) -> int:
    """Count the labels that stand right before one, without values between."""
    place, current = 0, mark
    while before := next((other for other in marks if _touches(other, current, rows)), None):
        place, current = place + 1, before
    return place


def _touches(before: Mark, mark: Mark, rows: Sequence[Row]) -> bool:
    if (before.last_row, before.last_run) != (mark.row, mark.run) or before.has_colon or before.end > mark.start:
        return False
    between = rows[mark.row].runs[mark.run].words[before.end : mark.start]
    return all(is_filler(word.text) or word.text == "và" for word in between)


def _behind_numbers(words: Sequence[Word], count: int) -> tuple[Word, ...]:
    """Leave off the words up to the given number of numbers; "12/34" counts as two."""
    parts = [part for word in words for part in split_word(word, "/")]
    numbers = [index for index, word in enumerate(parts) if any(map(str.isdigit, word.text))]
    return tuple(parts[numbers[count - 1] + 1 :]) if len(numbers) > count else ()


def _kind(rule: FieldRule, mark: Mark) -> Kind:
    """Say what the value behind a label looks like."""
    if rule.kind is Kind.WRITTEN_ON:
        return Kind.DATE  # "Đăng ký lần đầu, ngày …" names the day that a paper was written, too
    if rule.kind is Kind.PERSONAL_NUMBER:
        return Kind.PAPER_NUMBER
    return Kind.BARE_AREA if rule.kind is Kind.AREA and mark.has_unit else rule.kind


def _candidates(rule: FieldRule, labels: Sequence[Label], marks: Sequence[Mark]) -> Iterable[Mark]:
    """Give the marks of a rule: as they stand, but of places the better label first."""
    own = [mark for mark in marks if mark.label in labels]
    if rule.kind is Kind.PLACE:
        # In the middle of a sentence the same words are hardly a label.
        return sorted(own, key=lambda mark: (not (mark.has_colon or mark.starts_line), labels.index(mark.label)))
    return sorted(own, key=lambda mark: mark.label.goes_on)


def _only_one(rule: FieldRule, rows: Sequence[Row]) -> Field | None:
    """Take a value without a label when no other value of its kind contradicts it."""
    runs = (run for row in rows for run in row.runs)
    fields = [field for run in runs if (field := field_of(rule.name, rule.kind, run.words))]
    if len({field.value for field in fields}) != 1:
        return None
    if rule.kind is Kind.AREA:  # of a house, perhaps
        return replace(fields[0], confidence=round(fields[0].confidence * _WITHOUT_SECTION, 3))
    return fields[0]
