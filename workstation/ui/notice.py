# SPDX-License-Identifier: GPL-3.0-or-later
"""The one place where the clerk is told something: what happened, and what to do now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QKeySequence
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from workstation.desk.sentences import KNOWN_ERRORS, describe
from workstation.ui.theme import GRID
from workstation.ui.tone import Tone

_CALM: Final = frozenset({"scan-cancelled"})
"""Errors that are only the answer to what the clerk asked for."""
_PASSING_MS: Final = 6000


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell.

    Attributes:
        tone: How it is meant; good news passes by itself.
        happened: What happened, one sentence.
        next_step: What to do now, or empty.
        code: Of an error, for the telephone call to IT; empty for news.
        stays: Whether it stays until somebody closes it, because nothing else would tell it again.
    """

    tone: Tone
    happened: str
    next_step: str = ""
    code: str = ""
    stays: bool = False

    @classmethod
    def of_error(cls, error: BaseException, language: str) -> Self:
        """Turn any exception into words, by the desk's table of sentences."""
        said = describe(error, language)
        is_known = isinstance(error, KNOWN_ERRORS)
        tone = Tone.PLAIN if said.code in _CALM else Tone.WARN if is_known else Tone.BAD
        return cls(tone, said.happened, said.next_step, "" if said.code in _CALM else said.code)


class NoticeBar(QFrame):
    """A bar across the window; hidden while there is nothing to tell.

    It tells what was told last. What stays comes back when that has passed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._happened = QLabel()
        self._happened.setObjectName("strong")
        self._next_step = QLabel()
        self._code = QLabel()
        self._code.setObjectName("caption")
        for label in (self._happened, self._next_step):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._close = QPushButton(self.tr("Close"))
        self._close.setObjectName("quiet")
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.clicked.connect(self._put_away)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._happened)
        words.addWidget(self._next_step)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(words, 1)
        layout.addWidget(self._code)
        layout.addWidget(self._close)
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(_PASSING_MS)
        self._passing.timeout.connect(self.clear)
        self._told: Notice | None = None
        self._staying: list[Notice] = []
        self.hide()

    @property
    def shown(self) -> Notice | None:
        """What it tells now."""
        return self._told or (self._staying[-1] if self._staying else None)

    def tell(self, notice: Notice) -> None:
        """Tell something, in the place of what was told before."""
        self._told = None if notice.stays else notice
        if notice.stays:
            self._staying = [*(each for each in self._staying if each != notice), notice]
        self._refresh()

    def clear(self) -> None:
        """Have nothing to tell but what stays."""
        self._told = None
        self._refresh()

    def forget(self) -> None:
        """Have nothing to tell."""
        self._staying.clear()
        self.clear()

    def _put_away(self) -> None:
        if self._told is None and self._staying:
            self._staying.pop()
        self.clear()

    def _refresh(self) -> None:
        notice = self.shown
        self._passing.stop()
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._happened.setText(notice.happened)
        self._next_step.setText(notice.next_step)
        self._next_step.setVisible(bool(notice.next_step))
        self._code.setText(self.tr("Code: {code}").format(code=notice.code) if notice.code else "")
        # What only a press takes away can be taken away without the mouse; setting the text forgets the shortcut.
        self._close.setText(self.tr("Close  Ctrl+D") if notice.stays else self.tr("Close"))
        self._close.setShortcut(QKeySequence("Ctrl+D") if notice.stays else QKeySequence())
        self.setProperty("tone", notice.tone.value)
        self.setAccessibleName(f"{notice.happened} {notice.next_step}")
        for widget in (self, self._happened, self._next_step, self._code):
            style = widget.style()
            if style is not None:
                style.polish(widget)
        if notice.tone is Tone.GOOD:
            self._passing.start()
