# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run of ``accuracy`` found, summed up by condition and by class, and as tables for people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

from demo.papers.generator import PageTruth
from scanning.folding import fold
from scanning.page_reading import PageReading

_CONFIDENT: Final = 0.8
_SURE_FIELD: Final = 0.9
_SEXES: Final = {"male": "NAM", "female": "NU"}
_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
# Parts of the names of fields whose value is a number, a date or a code; the others are names, places and the like.
_EXACT: Final = (
    "number", "date", "phone", "area_m2", "amount", "capital", "weight_grams", "map_sheet", "dossier_code",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageScore:
    """How one page was read.

    Attributes:
        truth: What stands on it.
        letters: Printed letters on it; 0 for a page that a pen filled in.
        wrong: How many of them were read wrong, left out or made up.
        reading: What was read.
        skew_error: Degrees, or ``None`` when the page has no print to level.
    """

    truth: PageTruth
    letters: int
    wrong: int
    reading: PageReading
    skew_error: float | None

    @property
    def is_right(self) -> bool:
        """Whether the class was found."""
        return self.reading.guess.paper_class.value == self.truth.paper_class

    @property
    def is_confident_and_wrong(self) -> bool:
        """Whether a clerk would have been misled."""
        return not self.is_right and self.reading.guess.confidence >= _CONFIDENT


@dataclass(frozen=True, slots=True)
class FieldScore:
    """How one field was read.

    Attributes:
        name: The field.
        is_right: Whether it was found exactly so.
        is_found: Whether anything was given for it.
        confidence: Of what was given.
    """

    name: str
    is_right: bool
    is_found: bool
    confidence: float

    @property
    def is_exact_kind(self) -> bool:
        """Whether it is a number, a date or a code."""
        return any(part in self.name for part in _EXACT)


def field_scores(score: PageScore) -> Iterator[FieldScore]:
    """Compare the printed fields of a page whose class was found; of another page all are missing.

    What was filled in with a pen may be missing; where something is given for it, it counts.
    """
    found = {field.name: field for field in score.reading.fields} if score.is_right else {}
    for name, value in score.truth.fields.items():
        field = found.get(name)
        if field is None and not is_printed(value, score.truth):
            continue
        yield FieldScore(
            name, field is not None and field.value == value, field is not None, field.confidence if field else 0.0
        )


def is_printed(value: str, truth: PageTruth) -> bool:
    """Say whether a value stands in print, rather than in handwriting alone."""
    squeezed = fold(truth.hand_text).replace(" ", "")
    forms = {_SEXES.get(value, fold(value).replace(" ", ""))}
    if match := _ISO_DATE.fullmatch(value):
        year, month, day = match.groups()
        forms = {f"{day}{month}{year}", f"{day}THANG{month}NAM{year}", f"{int(day)}THANG{int(month)}NAM{year}"}
        forms |= {f"{day}THANG{int(month)}NAM{year}", f"{int(day)}{int(month)}{year}"}
    return not any(form in squeezed for form in forms)


@dataclass(frozen=True, slots=True)
class Summary:
    """Pages summed up; shares in percent.

    Attributes:
        pages: How many.
        letters_wrong: Letters read wrong, left out or made up.
        class_right: Pages whose class was found.
        confident_and_wrong: Pages given a wrong class with a confidence of 0.8 or more.
        exact_fields: Numbers, dates and codes that are exactly right.
        other_fields: Names, places and so on that are exactly right.
        sure_and_wrong: Of fields given with a confidence of 0.9 or more, those that are wrong.
        skew_error: Degrees; nineteen of twenty pages are nearer.
        called_blank: Pages with print or handwriting that were called blank.
    """

    pages: int
    letters_wrong: float
    class_right: float
    confident_and_wrong: float
    exact_fields: float
    other_fields: float
    sure_and_wrong: float
    skew_error: float
    called_blank: int

    @classmethod
    def of(cls, scores: Sequence[PageScore]) -> Self:
        """Sum pages up, of which there must be at least one."""
        fields = [field for score in scores for field in field_scores(score)]
        sure = [field for field in fields if field.is_found and field.confidence >= _SURE_FIELD]
        skews = sorted(score.skew_error for score in scores if score.skew_error is not None)
        return cls(
            pages=len(scores),
            letters_wrong=100 * sum(s.wrong for s in scores) / max(1, sum(s.letters for s in scores)),
            class_right=_percent(score.is_right for score in scores),
            confident_and_wrong=_percent((score.is_confident_and_wrong for score in scores), of_none=0),
            exact_fields=_percent(field.is_right for field in fields if field.is_exact_kind),
            other_fields=_percent(field.is_right for field in fields if not field.is_exact_kind),
            sure_and_wrong=_percent((not field.is_right for field in sure), of_none=0),
            skew_error=skews[int(0.95 * (len(skews) - 1))] if skews else 0.0,
            called_blank=sum(s.reading.blank for s in scores if s.truth.has_print or s.truth.has_hand),
        )


def tables(scores: Sequence[PageScore]) -> str:
    """Write the tables as Markdown: by condition, by class, and which classes were taken for which."""
    parts = [
        _table("condition", scores, lambda score: score.truth.condition),
        _table("class", scores, lambda score: score.truth.paper_class),
        _mistakes(scores),
        _field_table(scores),
    ]
    return "\n\n".join(parts) + "\n"


def _table(heading: str, scores: Sequence[PageScore], key: Callable[[PageScore], str]) -> str:
    lines = [
        f"| {heading} | pages | letters wrong % | class right % | confident and wrong % | numbers, dates right % "
        "| names, places right % | sure fields wrong % | skew error ° | called blank |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    groups: dict[str, list[PageScore]] = {}
    for score in scores:
        groups.setdefault(key(score), []).append(score)
    for name, members in [*groups.items(), ("**all**", list(scores))]:
        each = Summary.of(members)
        lines.append(
            f"| {name} | {each.pages} | {each.letters_wrong:.2f} | {each.class_right:.1f} "
            f"| {each.confident_and_wrong:.1f} | {each.exact_fields:.1f} | {each.other_fields:.1f} "
            f"| {each.sure_and_wrong:.1f} | {each.skew_error:.2f} | {each.called_blank} |"
        )
    return "\n".join(lines)


def _mistakes(scores: Sequence[PageScore]) -> str:
    taken = Counter(
        (score.truth.paper_class, score.reading.guess.paper_class.value) for score in scores if not score.is_right
    )
    lines = ["| page of class | taken for | pages |", "|---|---|---|"]
    lines += [f"| {truth} | {guess} | {count} |" for (truth, guess), count in taken.most_common()]
    return "\n".join(lines)


def _field_table(scores: Sequence[PageScore]) -> str:
    by_name: dict[str, list[FieldScore]] = {}
    for score in scores:
        for field in field_scores(score):
            by_name.setdefault(field.name, []).append(field)
    lines = ["| field | printed | right % | missing % | wrong % |", "|---|---|---|---|---|"]
    for name, fields in sorted(by_name.items()):
        right = _percent(field.is_right for field in fields)
        missing = _percent(not field.is_found for field in fields)
        lines.append(f"| {name} | {len(fields)} | {right:.1f} | {missing:.1f} | {100 - right - missing:.1f} |")
    return "\n".join(lines)


def _percent(values: Iterable[bool], *, of_none: float = 100.0) -> float:
    known = list(values)
    return 100 * sum(known) / len(known) if known else of_none
