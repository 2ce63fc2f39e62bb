# SPDX-License-Identifier: GPL-3.0-or-later
"""The scanned papers of a draft as a list: papers that were recognised, then pages that belong to none yet."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PyQt6.QtGui import QImage

from casework.records.paper import UNNAMED_CLASSES, Page, Paper, PaperClass
from workstation.desk.find_procedure import ItemState, ProcedureSheet
from workstation.desk.set_aside_papers import surplus_papers
from workstation.ui.tone import Tone
from workstation.ui.words import advice_words, form_words, whole_percent

ENTRY_ROLE = Qt.ItemDataRole.UserRole
CAPTION_ROLE = Qt.ItemDataRole.UserRole + 1
CHIPS_ROLE = Qt.ItemDataRole.UserRole + 2
PICTURE_ROLE = Qt.ItemDataRole.UserRole + 3

_NO_PARENT = QModelIndex()


class Place(enum.Enum):
    """What a paper is to the procedure."""

    OPEN = "no procedure chosen"
    NEEDED = "satisfies a requirement"
    SURPLUS = "known, and not asked for"
    UNPLACED = "not recognised, the clerk must say"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page that belongs to no paper yet.

    Attributes:
        page: The page.
        title: What it seems to be; empty before anything of it was read.
        is_read: Whether more than its title was read.
        picture: Small, or None.
    """

    page: Page
    title: str = ""
    is_read: bool = False
    picture: QImage | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A paper.

    Attributes:
        paper: The paper.
        place: What it is to the procedure.
        requirement: Short name of the requirement that it satisfies, or empty.
        blank_pages: How many of its pages are blank.
        advice: Why a page of it had better be scanned again, by position of the page in the paper.
        picture: Of its first page, or None.
    """

    paper: Paper
    place: Place
    requirement: str = ""
    blank_pages: int = 0
    advice: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    picture: QImage | None = field(default=None, repr=False)


Entry: TypeAlias = PaperEntry | PageEntry


class PaperModel(QAbstractListModel):
    """Entries for the list view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    @property
    def entries(self) -> Sequence[Entry]:
        """What is in the list."""
        return tuple(self._entries)

    def show_draft(
        self,
        pages: Sequence[Page],
        papers: Sequence[Paper],
        sheet: ProcedureSheet | None,
        pictures: Mapping[str, QImage],
        *,
        is_received: bool = False,
    ) -> None:
        """Show a draft as the database holds it; titles of pages that were just read stay.

        Args:
            pages: Its pages.
            papers: Its papers.
            sheet: The procedure, or None.
            pictures: Small, by ``page_id``.
            is_received: Whether it is a dossier by now, so that it is too late to scan a page again.
        """
        known = {entry.page.page_id: entry for entry in self._entries if isinstance(entry, PageEntry)}
        surplus = {paper.paper_id for paper in surplus_papers(sheet, papers)} if sheet else set()
        requirements = _requirements(sheet)
        self.beginResetModel()
        self._entries = []
        for paper in papers:
            own = [page for page in pages if page.paper_id == paper.paper_id]
            place = Place.OPEN if sheet is None else Place.NEEDED
            if paper.paper_id in surplus:
                place = Place.UNPLACED if paper.paper_class in UNNAMED_CLASSES else Place.SURPLUS
            self._entries.append(
                PaperEntry(
                    paper,
                    place,
                    requirements.get(paper.paper_id, ""),
                    sum(page.is_blank for page in own),
                    {number: page.advice for number, page in enumerate(own) if page.advice and not is_received},
                    pictures.get(own[0].page_id) if own else None,
                )
            )
        for page in pages:
            if page.paper_id is None:
                before = known.get(page.page_id, PageEntry(page))
                self._entries.append(replace(before, page=page, picture=pictures.get(page.page_id)))
        self.endResetModel()

    def add_page(self, page: Page, picture: QImage) -> None:
        """Show a page that has just left the scanner."""
        self.beginInsertRows(_NO_PARENT, len(self._entries), len(self._entries))
        self._entries.append(PageEntry(page, picture=picture))
        self.endInsertRows()

    def page_glanced(self, page: Page, title: str) -> None:
        """Show what the title of a page says, while the rest of it is being read."""
        for number, entry in enumerate(self._entries):
            if isinstance(entry, PageEntry) and entry.page.page_id == page.page_id and not entry.is_read:
                self._entries[number] = replace(entry, title=title)
                self.dataChanged.emit(self.index(number), self.index(number))

    def page_read(self, page: Page, title: str, picture: QImage | None) -> None:
        """Show what a page seems to be, and why to scan it again."""
        for number, entry in enumerate(self._entries):
            if isinstance(entry, PageEntry) and entry.page.page_id == page.page_id:
                self._entries[number] = PageEntry(page, title, True, picture or entry.picture)
                self.dataChanged.emit(self.index(number), self.index(number))

    def paper_signed(self, paper: Paper) -> None:
        """Show that a paper is signed."""
        for number, entry in enumerate(self._entries):
            if isinstance(entry, PaperEntry) and entry.paper.paper_id == paper.paper_id:
                self._entries[number] = replace(entry, paper=paper)
                self.dataChanged.emit(self.index(number), self.index(number))

    def entry_at(self, index: QModelIndex) -> Entry | None:
        """Give the entry of an index."""
        return self._entries[index.row()] if index.isValid() else None

    def first_misplaced(self) -> QModelIndex:
        """Find the first paper that is not asked for or that nobody knows."""
        for number, entry in enumerate(self._entries):
            if isinstance(entry, PaperEntry) and entry.place in {Place.SURPLUS, Place.UNPLACED}:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        """Override QAbstractItemModel::rowCount."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's type
        """Override QAbstractItemModel::data."""
        entry = self.entry_at(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            chips = ", ".join(text for text, _ in self._chips(entry))
            return f"{self._title(entry)}, {self._caption(entry)}, {chips}"
        if role == ENTRY_ROLE:
            return entry
        if role == CAPTION_ROLE:
            return self._caption(entry)
        if role == CHIPS_ROLE:
            return self._chips(entry)
        if role == PICTURE_ROLE:
            return entry.picture
        return None

    def _title(self, entry: Entry) -> str:
        if isinstance(entry, PaperEntry):
            return entry.paper.title
        number = self.tr("Page {number}").format(number=entry.page.position + 1)
        return f"{number}: {entry.title}" if entry.title else number

    def _caption(self, entry: Entry) -> str:
        if isinstance(entry, PageEntry):
            if not entry.is_read:
                return self.tr("being read …")
            return self.tr("read with {percent} % confidence").format(percent=whole_percent(entry.page.confidence))
        paper = entry.paper
        parts = [form_words(paper.form), self.tr("{pages} p.").format(pages=paper.page_count)]
        if paper.confidence == 1.0:
            parts.append(self.tr("named by the clerk"))
        elif paper.paper_class is not PaperClass.UNKNOWN:
            parts.append(self.tr("recognised {percent} %").format(percent=whole_percent(paper.confidence)))
        return " · ".join(parts)

    def _chips(self, entry: Entry) -> tuple[tuple[str, Tone], ...]:
        if isinstance(entry, PageEntry):
            blank = [(self.tr("Blank page"), Tone.WARN)] if entry.page.is_blank else []
            return (*self._scan_again((), entry.page.advice), *blank)
        reasons = [reason for each in entry.advice.values() for reason in each]
        numbers = [number + 1 for number in entry.advice] if entry.paper.page_count > 1 else []
        chips = self._scan_again(numbers, reasons)
        if entry.paper.signature_level:
            chips.append((self.tr("Signed"), Tone.PLAIN))
        if entry.place is Place.NEEDED:
            is_plain = entry.requirement == entry.paper.title
            words = self.tr("Matched") if is_plain else self.tr("Matched: {requirement}")
            chips.append((words.format(requirement=entry.requirement), Tone.GOOD))
        elif entry.place is Place.SURPLUS:
            chips.append((self.tr("Not needed: give back"), Tone.WARN))
        elif entry.place is Place.UNPLACED:
            chips.append((self.tr("Which paper is it?"), Tone.BAD))
        if entry.blank_pages:
            chips.append((self.tr("{count} blank").format(count=entry.blank_pages), Tone.SOFT))
        return tuple(chips)

    def _scan_again(self, numbers: Iterable[int], reasons: Iterable[str]) -> list[tuple[str, Tone]]:
        """Give a chip a reason, so that all are seen in a narrow list; the first says what to do."""
        words = [advice_words(reason) for reason in dict.fromkeys(reasons)]
        if words:
            pages = ", ".join(map(str, numbers))
            what = self.tr("Scan p. {pages} again: {reason}") if pages else self.tr("Scan again: {reason}")
            words[0] = what.format(pages=pages, reason=words[0])
        return [(text, Tone.BAD) for text in words]


def _requirements(sheet: ProcedureSheet | None) -> dict[str, str]:
    if sheet is None:
        return {}
    return {
        item.paper.paper_id: item.requirement.short_name
        for item in sheet.items
        if item.state is ItemState.SATISFIED and item.paper
    }
