# SPDX-License-Identifier: GPL-3.0-or-later
"""The table behind the lists."""

from __future__ import annotations

import datetime as dt

from PyQt6.QtCore import QModelIndex, QSize, Qt
from PyQt6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from tests.workstation.ui.rooms import click
from workstation.desk.list_drafts import DraftRow
from workstation.ui.dossier_model import Column, DossierModel
from workstation.ui.row_table import RowTable

NOW = dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC)
ROWS = [DraftRow(f"d{number}", "", "", 2, NOW, was_on_screen=False) for number in range(200)]


class Measure(QStyledItemDelegate):
    """Remembers which rows were measured."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: set[int] = set()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Override QStyledItemDelegate::sizeHint."""
        self.rows.add(index.row())
        return super().sizeHint(option, index)


def test_a_long_list_is_measured_by_the_rows_on_the_screen_and_a_few_more(qtbot: QtBot) -> None:
    model, measure = DossierModel(), Measure()
    table = RowTable(model, Column.PROCEDURE, 38)
    qtbot.addWidget(table)
    table.setItemDelegate(measure)
    table.resize(1300, 380)
    table.show()
    model.show_rows(ROWS, NOW)
    qtbot.waitUntil(lambda: table.columnWidth(Column.PORTAL) > 0)
    assert 0 < len(measure.rows) < 60


def test_enter_and_delete_mean_the_current_row(qtbot: QtBot) -> None:
    model = DossierModel()
    table = RowTable(model, Column.PROCEDURE, 38)
    qtbot.addWidget(table)
    model.show_rows(ROWS, NOW)
    said: list[tuple[str, int]] = []
    table.entered_row.connect(lambda index: said.append(("entered", index.row())))
    table.deleted_row.connect(lambda index: said.append(("deleted", index.row())))
    click(table, Qt.Key.Key_Return)
    table.setCurrentIndex(model.index(0, 0))
    click(table, Qt.Key.Key_Down)
    click(table, Qt.Key.Key_Return)
    click(table, Qt.Key.Key_Delete)
    assert said == [("entered", 1), ("deleted", 1)]
