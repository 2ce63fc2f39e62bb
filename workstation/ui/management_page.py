# SPDX-License-Identifier: GPL-3.0-or-later
"""F10: what the desk itself needs, apart from dossiers: passwords, people, backups, settings; as far as allowed."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QModelIndex, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from workstation.ui.page import Page, card_frame
from workstation.ui.scroll_column import ScrollColumn
from workstation.ui.section import Section
from workstation.ui.theme import GRID

_LIST_WIDTH = 200


class ManagementPage(Page):
    """The page.

    Signals:
        left: Back to where the clerk came from.

    Attributes:
        sections: What is offered, in order.
    """

    left = pyqtSignal()

    def __init__(self, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Desk"))
        self.sections = tuple(sections)
        self._names = _Names()
        self._names.setAccessibleName(self.tr("Sections"))
        self._stack = QStackedWidget()
        for section in self.sections:
            self._names.addItem(section.title)
            self._stack.addWidget(ScrollColumn(section))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(12)
        names = _card_around(self._names)
        names.setFixedWidth(_LIST_WIDTH)
        layout.addWidget(names)
        layout.addWidget(_card_around(self._stack), 1)
        self._names.currentRowChanged.connect(self._turn_to)
        self._names.entered_row.connect(self._enter)

    @property
    def section(self) -> Section:
        """The section on the screen."""
        return self.sections[max(0, self._stack.currentIndex())]

    def show_section(self, section: Section) -> None:
        """Turn to a section and put the focus into it."""
        self._names.setCurrentRow(self.sections.index(section))
        self._enter()

    def arrive(self) -> None:
        """Override Page::arrive."""
        if self._names.currentRow() < 0:
            self._names.setCurrentRow(0)
        else:
            self.section.arrive()
        self._names.setFocus(Qt.FocusReason.OtherFocusReason)

    def escape(self) -> None:
        """Override Page::escape: out of the section first, then back."""
        if self._names.hasFocus():
            self.left.emit()
        else:
            self._names.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_to(self, row: int) -> None:
        self._stack.setCurrentIndex(row)
        self.section.arrive()

    def _enter(self) -> None:
        self.section.enter()


class _Names(QListWidget):
    """The list of sections.

    Signals:
        entered_row: Enter or the right arrow on a row.
    """

    entered_row = pyqtSignal(QModelIndex)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sections")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Override QWidget::keyPressEvent."""
        if event is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right}:
            self.entered_row.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


def _card_around(widget: QWidget) -> QFrame:
    card = card_frame()
    layout = QVBoxLayout(card)
    layout.setContentsMargins(1, GRID, 1, GRID)
    layout.addWidget(widget)
    return card
