# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of the pages of a stack belong together: a title begins a paper, everything else goes on with it.

Separator sheets, page numbers, the two sides of a card and the further pages of a land certificate say it more firmly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from scanning.classify.guess import ClassGuess, Evidence
from scanning.classify.paper_class import PaperClass
from scanning.folding import fold
from scanning.page_number import PageNumber, page_number
from scanning.page_reading import PageReading

SEPARATOR: Final = "MOTCUA:SEPARATOR"
"""How the code of a separator sheet begins."""

_CARD_SIDES: Final = frozenset((PaperClass.IDENTITY_CARD_FRONT, PaperClass.IDENTITY_CARD_BACK))
_LAND: Final = frozenset((PaperClass.LAND_USE_CERTIFICATE, PaperClass.LAND_USE_CERTIFICATE_CHANGES))
# Pages of a paper that names itself otherwise may speak of anything.
_VAGUE: Final = frozenset((PaperClass.UNKNOWN, PaperClass.OTHER))
# The model knows whole papers; of a page out of the middle of one it must be surer, unless the one before is signed.
_SURE_OF_ANOTHER: Final = 0.8
_SIGNATURE_MARKS: Final = tuple(
    fold(mark)
    for mark in (
        "Ký, ghi rõ họ tên", "Ký và ghi rõ họ tên", "Ký, ghi rõ họ, chữ đệm, tên", "Ký tên", "Ký, đóng dấu", "Nơi nhận",
    )
)  # fmt: skip
_SIGNATURE_DEPTH: Final = 0.4


@dataclass(frozen=True, slots=True)
class PageGroup:
    """Consecutive pages that seem to be one paper.

    Attributes:
        page_indexes: Positions in the stack, ascending, at least one; blank pages are among them, with their flag in
            their reading.
        guess: What the paper seems to be: the guess of its first page with a title, else the surest of its pages.
        is_separator: Whether it is no paper but a sheet laid between two, with its blank back.
    """

    page_indexes: tuple[int, ...]
    guess: ClassGuess
    is_separator: bool = False


def group_pages(readings: Iterable[PageReading]) -> list[PageGroup]:
    """Put the pages of a stack, in the order that they were scanned, into papers.

    No page is left out. A page begins a paper when it has a title or is numbered 1, or when it shows otherwise that it
    is of another known class than the paper before it. Every other page goes on with that paper, blank and unreadable
    ones too. A number that follows on the page before makes even a titled page (an annex) go on.
    """
    groups: list[list[_Page]] = []
    for index, reading in enumerate(readings):
        page = _Page(index, reading, page_number(reading.text))
        if not groups or _begins(page, groups[-1]):
            groups.append([])
        groups[-1].append(page)
    return [
        PageGroup(tuple(page.index for page in group), _guess(group), is_separator=group[0].is_separator)
        for group in groups
    ]


@dataclass(frozen=True, slots=True)
class _Page:
    index: int
    reading: PageReading
    number: PageNumber | None

    @property
    def paper_class(self) -> PaperClass:
        return self.reading.guess.paper_class

    @property
    def is_separator(self) -> bool:
        return any(code.text.startswith(SEPARATOR) for code in self.reading.codes)

    @property
    def is_signed(self) -> bool:
        text = self.reading.text
        lower = (fold(line.text) for line in text.lines if line.box.top > text.height_px * _SIGNATURE_DEPTH)
        return any(mark in line for line in lower for mark in _SIGNATURE_MARKS)

    def field(self, name: str) -> str:
        return next((field.value for field in self.reading.fields if field.name == name), "")


def _begins(page: _Page, paper: Sequence[_Page]) -> bool:
    if page.is_separator:
        return True
    if paper[0].is_separator:
        # The back of a separator sheet, in a stack that was scanned on both sides.
        return not (page.reading.blank and len(paper) == 1)
    if page.reading.blank or all(before.reading.blank for before in paper):
        return False
    if (numbered := _by_number(page, paper)) is not None:
        return numbered
    if (known := _by_sides(page, paper)) is not None:
        return known
    return page.reading.guess.starts_paper or _is_of_another_class(page, paper)


def _by_number(page: _Page, paper: Sequence[_Page]) -> bool | None:
    """Judge by the numbers of the pages; ``None`` when they do not say."""
    if page.number is None:
        return None
    if page.number.number == 1:
        return True
    before = next((each.number for each in reversed(paper) if each.number is not None), None)
    if before is None:
        return None if page.reading.guess.starts_paper else False
    follows = page.number.number == before.number + 1 and page.number.total == before.total
    if follows and (page.number.total or not page.reading.guess.starts_paper):
        return False
    return True if page.number.total and before.total else None


def _by_sides(page: _Page, paper: Sequence[_Page]) -> bool | None:
    """Judge by what belongs together though both have a look of their own; ``None`` when it does not say."""
    written = [each for each in paper if not each.reading.blank]
    classes = {each.paper_class for each in written}
    if page.paper_class in _CARD_SIDES and len(written) == 1:
        if classes == _CARD_SIDES - {page.paper_class}:
            return _differ(page, written, "personal_number")
    elif page.paper_class is PaperClass.LAND_USE_CERTIFICATE_CHANGES and _guess(paper).paper_class in _LAND:
        return _differ(page, written, "document_number")
    elif page.paper_class is PaperClass.LAND_USE_CERTIFICATE and classes == {PaperClass.LAND_USE_CERTIFICATE_CHANGES}:
        # Scanned from the back; only the same serial number proves it.
        serials = {each.field("document_number") for each in written}
        return not (page.field("document_number") and serials == {page.field("document_number")})
    return None


def _differ(page: _Page, paper: Sequence[_Page], name: str) -> bool:
    """Say whether both have the field, and not the same."""
    known = {each.field(name) for each in (page, *paper)} - {""}
    return len(known) > 1


def _is_of_another_class(page: _Page, paper: Sequence[_Page]) -> bool:
    known = {page.paper_class, _guess(paper).paper_class} - _VAGUE
    if len(known) < 2:
        return False
    guess = page.reading.guess
    signed = any(before.is_signed for before in paper)
    return guess.evidence is not Evidence.MODEL or signed or guess.confidence >= _SURE_OF_ANOTHER


def _guess(paper: Sequence[_Page]) -> ClassGuess:
    guesses = [page.reading.guess for page in paper]
    sides = {guess.paper_class: guess for guess in guesses if guess.paper_class in _CARD_SIDES}
    if len(sides) == len(_CARD_SIDES):
        least = min(sides.values(), key=lambda guess: guess.confidence)
        return replace(least, paper_class=PaperClass.IDENTITY_CARD, starts_paper=True)
    titled = (guess for guess in guesses if guess.starts_paper)
    return next(titled, None) or max(guesses, key=lambda guess: guess.confidence)
