# SPDX-License-Identifier: GPL-3.0-or-later
"""A table whose rows are chosen whole, and what the keyboard does to the current one."""

from __future__ import annotations

from typing import Final

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHeaderView, QTableView

_MEASURED_ROWS: Final = 20
"""Columns are as wide as what these need; Qt would ask 1,000 rows, and the window stand still meanwhile."""


class RowTable(QTableView):
    """The table.

    Signals:
        entered_row: Enter or a double click on a row.
        deleted_row: Delete on a row.
    """

    entered_row = pyqtSignal(QModelIndex)
    deleted_row = pyqtSignal(QModelIndex)

    def __init__(self, model: QAbstractTableModel, wide_column: int, row_height: int) -> None:
        """Make the table.

        Args:
            model: The rows.
            wide_column: Which column takes the room that the others leave.
            row_height: Of each row, pixels.
        """
        super().__init__()
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        down, across = self.verticalHeader(), self.horizontalHeader()
        if down is not None:
            down.hide()
            down.setDefaultSectionSize(row_height)
        if across is not None:
            across.setHighlightSections(False)
            across.setSectionsClickable(False)
            across.setResizeContentsPrecision(_MEASURED_ROWS)
            across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            across.setSectionResizeMode(wide_column, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self.entered_row)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Override QWidget::keyPressEvent."""
        if event is None:
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.deleted_row.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
