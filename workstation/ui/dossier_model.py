# SPDX-License-Identifier: GPL-3.0-or-later
"""The list on the home page: unfinished drafts first, then the dossiers received last; or what a search found."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from typing import Any, TypeAlias

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from workstation.desk.list_dossiers import DossierRow
from workstation.desk.list_drafts import DraftRow
from workstation.desk.search_dossiers import FoundIn, SearchHit, Snippet
from workstation.ui.tone import Tone
from workstation.ui.words import PORTAL_TONES, moment_words, portal_words, short_moment_words

Row: TypeAlias = DraftRow | DossierRow | SearchHit

ROW_ROLE = Qt.ItemDataRole.UserRole
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
TONE_ROLE = Qt.ItemDataRole.UserRole + 2
SNIPPET_ROLE = Qt.ItemDataRole.UserRole + 3
"""What was read on a page of the dossier (``Snippet``), where that is why it was found."""

_NO_PARENT = QModelIndex()


class Column(enum.IntEnum):
    """Columns of the list."""

    CODE = 0
    APPLICANT = 1
    PROCEDURE = 2
    RECEIVED = 3
    DUE = 4
    PAPERS = 5
    PORTAL = 6


def row_id(row: Row) -> str:
    """Give the identity of a row's dossier or draft."""
    return row.dossier_id if isinstance(row, DraftRow) else dossier_of(row).dossier.dossier_id


def dossier_of(row: DossierRow | SearchHit) -> DossierRow:
    """Give the dossier of a row, however it came into the list."""
    return row.row if isinstance(row, SearchHit) else row


def page_snippet(row: Row | None) -> Snippet | None:
    """Give what was read on a page, where that is why a dossier was found; all else stands in the row anyway."""
    return row.snippet if isinstance(row, SearchHit) and row.found_in is FoundIn.PAGE else None


class DossierModel(QAbstractTableModel):
    """Rows for a table view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._now = dt.datetime.now(dt.UTC)

    def show_rows(self, rows: Sequence[Row], now: dt.datetime) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._now = now
        self.endResetModel()

    def row_at(self, index: QModelIndex) -> Row | None:
        """Give the row of an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def index_of(self, dossier_id: str) -> QModelIndex:
        """Find a dossier; an invalid index when it is not in the list."""
        for number, row in enumerate(self._rows):
            if row_id(row) == dossier_id:
                return self.index(number, 0)
        return QModelIndex()

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        """Override QAbstractItemModel::rowCount."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        """Override QAbstractItemModel::columnCount."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's type
        """Override QAbstractItemModel::headerData."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.CODE: self.tr("Dossier code"),
            Column.APPLICANT: self.tr("Applicant"),
            Column.PROCEDURE: self.tr("Procedure"),
            Column.RECEIVED: self.tr("Received"),
            Column.DUE: self.tr("Due"),
            Column.PAPERS: self.tr("Papers"),
            Column.PORTAL: self.tr("Sending"),
        }[Column(section)]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's type
        """Override QAbstractItemModel::data."""
        row = self.row_at(index)
        if row is None:
            return None
        column = Column(index.column())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._text(row, column)
        if role == SNIPPET_ROLE and column is Column.PROCEDURE:
            return page_snippet(row)
        if role == ROW_ROLE:
            return row
        if role == SORT_ROLE:
            return self._sort_value(row, column)
        if role == TONE_ROLE and column is Column.PORTAL:
            return Tone.WARN if isinstance(row, DraftRow) else PORTAL_TONES[dossier_of(row).dossier.portal_state]
        return None

    def _text(self, row: Row, column: Column) -> str:
        if isinstance(row, DraftRow):
            return self._draft_text(row, column)
        return self._dossier_text(dossier_of(row), column)

    def _draft_text(self, row: DraftRow, column: Column) -> str:
        if column is Column.CODE:
            return "–"
        if column is Column.APPLICANT:
            return row.applicant_name or self.tr("(no name yet)")
        if column is Column.PROCEDURE:
            return row.procedure_name or self.tr("(no procedure yet)")
        if column is Column.RECEIVED:
            return short_moment_words(row.started_at, self._now)
        if column is Column.PAPERS:
            return self.tr("{pages} p.").format(pages=row.page_count) if row.page_count else ""
        return self.tr("Draft") if column is Column.PORTAL else ""

    def _dossier_text(self, row: DossierRow, column: Column) -> str:
        dossier = row.dossier
        if column is Column.CODE:
            return dossier.code
        if column is Column.APPLICANT:
            return row.applicant_name
        if column is Column.PROCEDURE:
            return dossier.procedure_name
        if column is Column.RECEIVED:
            return short_moment_words(dossier.received_at, self._now)
        if column is Column.DUE:
            return moment_words(dossier.due_at)
        if column is Column.PAPERS:
            return self.tr("{papers} · {pages} p.").format(papers=row.paper_count, pages=row.page_count)
        return portal_words(dossier.portal_state)

    def _sort_value(self, row: Row, column: Column) -> Any:  # noqa: ANN401 - numbers for numbers, text for text
        if isinstance(row, DraftRow):
            values: dict[Column, Any] = {Column.RECEIVED: row.started_at.timestamp(), Column.PAPERS: row.page_count}
            return values.get(column, self._draft_text(row, column))
        row = dossier_of(row)
        values = {
            Column.RECEIVED: row.dossier.received_at.timestamp(),
            Column.DUE: row.dossier.due_at.timestamp(),
            Column.PAPERS: row.paper_count,
        }
        return values.get(column, self._dossier_text(row, column))
