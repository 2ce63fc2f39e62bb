# SPDX-License-Identifier: GPL-3.0-or-later
"""A card in the middle of the window with a few fields and one button: the look of sign-in and set-up."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from workstation.ui.notice import Notice
from workstation.ui.page import card_frame, label
from workstation.ui.scroll_column import ScrollColumn
from workstation.ui.theme import GRID
from workstation.ui.wash import Wash

_WIDTH = 440


class FormCard(QWidget):
    """The card, centred in whatever room there is.

    Attributes:
        button: The one that goes on.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton()
        self.button.setObjectName("primary")
        self.button.setAutoDefault(True)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.hide()
        self._notice = Wash()
        self._notice.hide()
        self._fields: list[QWidget] = []
        frame = card_frame()
        frame.setFixedWidth(_WIDTH)
        self._inside = QVBoxLayout(frame)
        self._inside.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        self._inside.setSpacing(4)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(frame)
        across.addStretch(1)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.addStretch(2)
        layout.addLayout(across)
        layout.addStretch(3)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(ScrollColumn(inside))

    def add_heading(self, title: str, explanation: QLabel) -> None:
        """Add title and explanation."""
        self._inside.addWidget(label(title, "title", wraps=True))
        self._inside.addWidget(explanation)
        self._inside.addSpacing(GRID)

    def add_field(self, words: str, field: QLineEdit, beside: QPushButton | None = None) -> None:
        """Add a field with its caption, and perhaps a button beside it."""
        caption = label(words, "field")
        caption.setBuddy(field)
        field.setAccessibleName(words)
        row = QHBoxLayout()
        row.addWidget(field, 1)
        if beside is not None:
            row.addWidget(beside)
            self._fields.append(beside)
        self._inside.addWidget(caption)
        self._inside.addLayout(row)
        self._inside.addSpacing(GRID)
        self._fields.append(field)

    def finish(self) -> None:
        """Add what comes below the fields."""
        self._inside.addWidget(self._notice)
        self._inside.addSpacing(GRID)
        self._inside.addWidget(self.button)
        self._inside.addWidget(self._busy)

    def say(self, notice: Notice | None) -> None:
        """Say something above the button, or nothing."""
        if notice is None:
            self._notice.hide()
            return
        self._notice.say(notice.happened, notice.next_step, notice.tone, notice.code)

    @property
    def said(self) -> str:
        """What stands above the button now; empty when nothing does."""
        return self._notice.words if self._notice.isVisibleTo(self) else ""

    def set_busy(self, *, busy: bool) -> None:
        """Take no input while something is being done."""
        self._busy.setVisible(busy)
        self.button.setEnabled(not busy)
        for field in self._fields:
            field.setEnabled(not busy)


def explanation(text: str) -> QLabel:
    """Make the sentence below a title."""
    made = label(text, "soft", wraps=True)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    return made
