# SPDX-License-Identifier: GPL-3.0-or-later
"""A column that scrolls when the screen is low or enlarged, and follows the focus; it looks like nothing at all."""

from __future__ import annotations

from typing import Final

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

_LEAST_HEIGHT: Final = 120
_BAR: Final = 10


class ScrollColumn(QScrollArea):
    """The column.

    Args:
        inside: What scrolls; taken over.
    """

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.setObjectName("column")
        self.setWidget(inside)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def sizeHint(self) -> QSize:
        """Override QWidget::sizeHint."""
        inside = self.widget()
        return inside.sizeHint() if inside is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Override QWidget::minimumSizeHint: never narrower than what is inside."""
        inside = self.widget()
        width = inside.minimumSizeHint().width() + _BAR if inside is not None else 0
        return QSize(width, _LEAST_HEIGHT)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, 24)
