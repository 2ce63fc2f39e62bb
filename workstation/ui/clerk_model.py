# SPDX-License-Identifier: GPL-3.0-or-later
"""The people of the desk as rows of a table: active ones first, then who has left."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PyQt6.QtGui import QColor

from casework.work_calendar import VIET_NAM
from workstation.desk.list_clerks import ClerkRow
from workstation.ui.theme import INK_FAINT
from workstation.ui.words import date_words, roles_words

_NO_PARENT = QModelIndex()


class ClerkColumn(enum.IntEnum):
    """Columns of the table."""

    NAME = 0
    LOGIN = 1
    ROLES = 2
    DRAFTS = 3


class ClerkModel(QAbstractTableModel):
    """Rows for a table view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ClerkRow, ...] = ()

    def show_rows(self, rows: Sequence[ClerkRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @property
    def rows(self) -> tuple[ClerkRow, ...]:
        """What is shown."""
        return self._rows

    def row_at(self, index: QModelIndex) -> ClerkRow | None:
        """Give the row of an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        """Override QAbstractItemModel::rowCount."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        """Override QAbstractItemModel::columnCount."""
        return 0 if parent.isValid() else len(ClerkColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's type
        """Override QAbstractItemModel::headerData."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            ClerkColumn.NAME: self.tr("Full name"),
            ClerkColumn.LOGIN: self.tr("Sign-in name"),
            ClerkColumn.ROLES: self.tr("Roles"),
            ClerkColumn.DRAFTS: self.tr("Drafts"),
        }[ClerkColumn(section)]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's type
        """Override QAbstractItemModel::data."""
        row = self.row_at(index)
        if row is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._text(row, ClerkColumn(index.column()))
        if role == Qt.ItemDataRole.ForegroundRole and row.clerk.revoked_at is not None:
            return QColor(INK_FAINT)
        return None

    def _text(self, row: ClerkRow, column: ClerkColumn) -> str:
        clerk = row.clerk
        if column is ClerkColumn.NAME:
            return clerk.full_name
        if column is ClerkColumn.LOGIN:
            return clerk.login
        if column is ClerkColumn.DRAFTS:
            return str(row.open_drafts) if row.open_drafts else ""
        if clerk.revoked_at is not None:
            return self.tr("revoked on {date}").format(date=date_words(clerk.revoked_at.astimezone(VIET_NAM).date()))
        return roles_words(clerk.roles)
