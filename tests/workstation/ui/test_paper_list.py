# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of the list of papers: as high as their chips need in the width there is."""

from __future__ import annotations

import pytest
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from casework.records.paper import Page
from workstation.ui.paper_list import PaperList

REASONS = ("low-resolution", "blurred", "too-dark", "cut-off")


def page(page_id: str, advice: tuple[str, ...] = ()) -> Page:
    return Page(page_id, "d1", 0, "o1", 2480, 3508, 300, confidence=0.91, advice=advice)


def heights(view: QListView) -> list[int]:
    model = view.model()
    assert model is not None
    return [view.visualRect(model.index(row, 0)).height() for row in range(model.rowCount())]


@pytest.mark.parametrize("width", [180, 260])
def test_a_row_grows_when_its_chips_need_it_and_at_once_when_they_come(qtbot: QtBot, width: int) -> None:
    view = PaperList()
    qtbot.addWidget(view)
    view.resize(width, 600)
    view.show()
    for page_id in ("a", "b"):
        view.papers.add_page(page(page_id), QImage())
    qtbot.waitUntil(lambda: heights(view) == [84, 84])
    view.papers.page_read(page("b", REASONS), "Di chúc", None)
    qtbot.waitUntil(lambda: heights(view)[1] > 84)
    assert heights(view)[0] == 84
    view.resize(1000, 600)
    qtbot.waitUntil(lambda: heights(view) == [84, 84])
