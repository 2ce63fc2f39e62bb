# SPDX-License-Identifier: GPL-3.0-or-later
"""The card reader that pretends to be a keyboard: its bursts are caught before any field keeps them.

A reader types digits first (on the Vietnamese keyboard layout the signs in their place, and some a "]" before) and
faster than any person; what counts is the time at which the system saw a key, so that
a window that was busy takes no hasty typist for a reader. What a burst says goes to whoever listens and nowhere else:
not into a field, not into a log. Qt shows each key twice, to window and widget, so only windows are watched.
"""

from __future__ import annotations

import enum
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QWindow
from PyQt6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

GAP_MS: Final = 50
"""Readers leave 1 to 30 ms between two keys, the fastest typists about 80."""
FEWEST_KEYS: Final = 6
SILENCE_MS: Final = 300
"""A burst without Enter is given up after this."""
LONGEST: Final = 1000
"""Characters; no card holds more, and a stuck key must not fill the memory."""

_FIRST_SIGNS: Final = frozenset("]đăâêô")
"""What a burst may begin with besides a digit: the prefix that names the kind of code, and the row of numbers on the
Vietnamese layout."""

_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class _Stage(enum.Enum):
    IDLE = enum.auto()
    WATCHING = enum.auto()
    SWALLOWING = enum.auto()


@dataclass(frozen=True, slots=True)
class _Field:
    """A field as it was before the first key of what may become a burst."""

    widget: QLineEdit | QPlainTextEdit
    text: str
    position: int

    def restore(self) -> None:
        if isinstance(self.widget, QLineEdit):
            self.widget.setText(self.text)
            self.widget.setCursorPosition(self.position)
        else:
            self.widget.setPlainText(self.text)
            cursor = self.widget.textCursor()
            cursor.setPosition(self.position)
            self.widget.setTextCursor(cursor)


class CardWedge(QObject):
    """Watches the keys of the application; installed with ``QCoreApplication.installEventFilter``.

    Signals:
        card_read: What a whole burst said.
        burst_broken: A burst ended without Enter, or was too long.
    """

    card_read = pyqtSignal(str)
    burst_broken = pyqtSignal()

    def __init__(
        self,
        is_wanted: Callable[[], bool],
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare.

        Args:
            is_wanted: Whether a card would be taken now; keys are left alone otherwise.
            parent: Owner.
            clock: Seconds; for keys that bear no time, as those that a program makes.
        """
        super().__init__(parent)
        self._is_wanted = is_wanted
        self._clock = clock
        self._stage = _Stage.IDLE
        self._keys: list[str] = []
        self._last_ms = 0
        self._field: _Field | None = None
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(SILENCE_MS)
        self._silence.timeout.connect(self._give_up)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Override QObject::eventFilter."""
        if event is None or event.type() not in {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}:
            return False
        if not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyRelease:
            return self._stage is _Stage.SWALLOWING
        return self._on_key(event)

    def _on_key(self, event: QKeyEvent) -> bool:
        now_ms = event.timestamp() or round(self._clock() * 1000)
        is_fast = 0 <= now_ms - self._last_ms < GAP_MS
        self._last_ms = now_ms
        if self._stage is _Stage.SWALLOWING:
            return self._swallow(event, is_fast=is_fast)
        return self._watch(event, is_fast=is_fast)

    def _watch(self, event: QKeyEvent, *, is_fast: bool) -> bool:
        """Look for the beginning of a burst: its first sign after a pause, and more keys hot on its heels."""
        if event.isAutoRepeat() or not self._is_wanted():
            self._forget()
            return False
        if event.text() and event.text().isprintable():
            if not (is_fast and self._keys):
                self._forget()
                if is_fast or not (event.text().isdigit() or event.text() in _FIRST_SIGNS):
                    return False
                self._field = _focused_field()
            self._keys.append(event.text())
            self._stage = _Stage.WATCHING
            if len(self._keys) >= FEWEST_KEYS:
                self._begin()
                return True
        elif event.text() or event.key() not in _MODIFIERS:
            self._forget()
        return False

    def _begin(self) -> None:
        """Now it is a burst: what its first keys did to the field is undone."""
        self._stage = _Stage.SWALLOWING
        self._silence.start()
        if self._field is not None:
            self._field.restore()
            self._field = None

    def _swallow(self, event: QKeyEvent, *, is_fast: bool) -> bool:
        if not is_fast and not self._silence.isActive():
            self._forget()
            return self._watch(event, is_fast=False)
        if event.key() in _ENTER:
            text, is_whole = "".join(self._keys), self._silence.isActive()
            self._forget()
            if is_whole:
                self.card_read.emit(text)
            return True
        if self._silence.isActive():
            self._silence.start()
            self._keys.append(event.text())
            if len(self._keys) > LONGEST:
                self._give_up()
        return True

    def _give_up(self) -> None:
        """Stop listening; keys that still belong to the burst, late because the window was busy, stay swallowed."""
        self._silence.stop()
        self._keys.clear()
        self.burst_broken.emit()

    def _forget(self) -> None:
        self._silence.stop()
        self._stage = _Stage.IDLE
        self._keys.clear()
        self._field = None


_MODIFIERS: Final = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock}
)
"""Readers press these between two characters."""


def _focused_field() -> _Field | None:
    widget: QWidget | None = QApplication.focusWidget()
    if isinstance(widget, QLineEdit):
        return _Field(widget, widget.text(), widget.cursorPosition())
    if isinstance(widget, QPlainTextEdit):
        return _Field(widget, widget.toPlainText(), widget.textCursor().position())
    return None
