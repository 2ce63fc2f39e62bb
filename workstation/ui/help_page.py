# SPDX-License-Identifier: GPL-3.0-or-later
"""F1: the keys on one page, in the order of a reception."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.page import Page, card_frame, label
from workstation.ui.scroll_column import ScrollColumn
from workstation.ui.theme import GRID


class HelpPage(Page):
    """The page.

    Signals:
        left: Back to where the clerk was.
    """

    left = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Help"))
        work = (
            ("F2", self.tr("New dossier. Laying an identity card on the reader does the same.")),
            ("Enter", self.tr("Next field; Shift+Tab goes back.")),
            ("a–z", self.tr("Procedure: type a few letters without accents, choose with the arrows and Enter.")),
            ("F4", self.tr("Ask for one more paper: the program says whether the law allows it.")),
            (self.tr("Space"), self.tr("Check list: the paper was seen, it need not be scanned.")),
            ("F5", self.tr("Scan what lies in the feeder. Esc stops; what arrived is kept.")),
            (self.tr("Space"), self.tr("Papers: see the pages large; F5 there scans that page again.")),
            ("Ctrl+R", self.tr("Page: turn it right; Ctrl+Shift+R left, Ctrl+0 as scanned, Ctrl+Z undoes turns.")),
            ("Delete", self.tr("Papers: give back what is not needed.")),
            ("F8", self.tr("Sign all papers with the token; the PIN is asked for once.")),
            ("F12", self.tr("Save: number, receipt, next citizen.")),
        )
        always = (
            ("F3", self.tr("Find a dossier by name, code or number.")),
            ("F6", self.tr("Print the receipt again.")),
            ("F9", self.tr("Send now. It goes by itself when there is a line.")),
            ("F10", self.tr("The desk itself: your password, people, backups, settings.")),
            ("Esc", self.tr("Back. Nothing is lost: a draft stays in the list.")),
            ("Ctrl+L", self.tr("Sign out. When nobody is there for a while, the desk locks by itself.")),
        )
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(_keys(self.tr("Receiving a dossier"), work), 3)
        columns.addWidget(_keys(self.tr("At any time"), always), 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(12)
        layout.addWidget(label(self.tr("Keys"), "title"))
        layout.addLayout(columns, 1)

    def arrive(self) -> None:
        """Override Page::arrive."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def escape(self) -> None:
        """Override Page::escape."""
        self.left.emit()


def _keys(heading: str, rows: tuple[tuple[str, str], ...]) -> QWidget:
    card, inside = card_frame(), QWidget()
    around = QVBoxLayout(card)
    around.setContentsMargins(1, 1, 1, 1)
    around.addWidget(ScrollColumn(inside))
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
    layout.addWidget(label(heading, "heading"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(12)
    grid.setColumnStretch(1, 1)
    for number, (key, words) in enumerate(rows):
        grid.addWidget(label(key, "key"), number, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(words, wraps=True), number, 1, Qt.AlignmentFlag.AlignTop)
    layout.addLayout(grid)
    layout.addStretch(1)
    return card
