# SPDX-License-Identifier: GPL-3.0-or-later
"""A section of the desk's own page: a title, what it is for, some fields, what was said last, a button that acts."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workstation.ui.bench import Bench
from workstation.ui.notice import Notice
from workstation.ui.page import label
from workstation.ui.theme import GRID
from workstation.ui.wash import Wash

_FIELD_WIDTH = 360


class Section(QWidget):
    """The section.

    Attributes:
        title: What the list of sections calls it.
    """

    def __init__(self, bench: Bench, title: str, explanation: str) -> None:
        super().__init__()
        self.title = title
        self._bench = bench
        self._notice = Wash()
        self._notice.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        self._layout.setSpacing(4)
        self._layout.addWidget(label(title, "title"))
        self._layout.addWidget(label(explanation, "soft", wraps=True))
        self._layout.addSpacing(GRID)

    @property
    def said(self) -> str:
        """What was said last; empty when nothing was."""
        return self._notice.words if self._notice.isVisibleTo(self) else ""

    def arrive(self) -> None:
        """Be shown: read anew what is here and forget what was said and asked."""
        self._bench.forget_question()
        self.say(None)

    def enter(self) -> None:
        """Take the focus."""
        first = next((each for each in self.findChildren(QWidget) if _takes_focus(each)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, notice: Notice | None) -> None:
        """Say something above the buttons, or nothing."""
        if notice is None:
            self._notice.hide()
        else:
            self._notice.say(notice.happened, notice.next_step, notice.tone, notice.code)

    def say_error(self, error: Exception) -> None:
        """Say what went wrong and what to do now."""
        self.say(Notice.of_error(error, self._bench.language))

    def add_field(self, words: str, field: QLineEdit) -> None:
        """Add a field below its caption."""
        caption = label(words, "field")
        caption.setBuddy(field)
        field.setAccessibleName(words)
        field.setFixedWidth(_FIELD_WIDTH)
        self._layout.addWidget(caption)
        self._layout.addWidget(field)
        self._layout.addSpacing(4)

    def add_part(self, widget: QWidget, stretch: int = 0) -> None:
        """Add something that is no field."""
        self._layout.addWidget(widget, stretch)

    def finish(self, *buttons: QPushButton) -> None:
        """Add what comes below: what was said, and the buttons in a row."""
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for button in buttons:
            button.setAutoDefault(True)
            row.addWidget(button)
        row.addStretch(1)
        self._layout.addSpacing(GRID)
        self._layout.addWidget(self._notice)
        self._layout.addSpacing(4)
        self._layout.addLayout(row)
        self._layout.addStretch(1)


def primary_button(words: str) -> QPushButton:
    """Make the button that acts."""
    button = QPushButton(words)
    button.setObjectName("primary")
    return button


def _takes_focus(widget: QWidget) -> bool:
    return widget.focusPolicy() not in {Qt.FocusPolicy.NoFocus, Qt.FocusPolicy.ClickFocus} and widget.isEnabled()
