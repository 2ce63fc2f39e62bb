# SPDX-License-Identifier: GPL-3.0-or-later
"""A tinted box with one or two sentences in a tone, for what belongs to one place of a page."""

from __future__ import annotations

from PyQt6.QtWidgets import QFrame, QVBoxLayout

from workstation.ui.page import label, set_tone
from workstation.ui.tone import Tone


class Wash(QFrame):
    """The box."""

    def __init__(self, tone: Tone = Tone.SOFT) -> None:
        super().__init__()
        self.setObjectName("wash")
        self._first = label("", "strong", wraps=True)
        self._second = label("", "small", wraps=True)
        self._code = label("", "caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(2)
        layout.addWidget(self._first)
        layout.addWidget(self._second)
        layout.addWidget(self._code)
        set_tone(self, tone)

    @property
    def words(self) -> str:
        """Everything it says."""
        return f"{self._first.text()} {self._second.text()}".strip()

    def say(self, first: str, second: str = "", tone: Tone = Tone.PLAIN, code: str = "") -> None:
        """Say something and come into sight.

        Args:
            first: What matters.
            second: What explains it, or empty.
            tone: How it is meant.
            code: Of an error, for the telephone call to IT, or empty.
        """
        self._first.setText(first)
        self._second.setText(second)
        self._second.setVisible(bool(second))
        self._code.setText(self.tr("Code: {code}").format(code=code))
        self._code.setVisible(bool(code))
        set_tone(self, tone)
        self.show()
