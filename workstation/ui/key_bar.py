# SPDX-License-Identifier: GPL-3.0-or-later
"""The bar of function keys at the bottom: what each does here, to press or to click; the dim ones do nothing now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PyQt6.QtCore import QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PyQt6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from workstation.ui.page import KeyAction
from workstation.ui.theme import GRID

_ORDER: Final = (
    Qt.Key.Key_F1,
    Qt.Key.Key_F2,
    Qt.Key.Key_F3,
    Qt.Key.Key_F4,
    Qt.Key.Key_F5,
    Qt.Key.Key_F6,
    Qt.Key.Key_F8,
    Qt.Key.Key_F9,
    Qt.Key.Key_F10,
    Qt.Key.Key_F12,
)
_HEIGHT: Final = 40
_CAP_PADDING: Final = 5
_GAP: Final = 6


class KeyBar(QWidget):
    """The bar; it also owns the shortcuts of the window.

    Signals:
        pressed: A key that does something now was pressed or clicked.
    """

    pressed = pyqtSignal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("keyBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, 0, GRID, 0)
        layout.setSpacing(0)
        self._buttons: dict[Qt.Key, _KeyButton] = {}
        for key in _ORDER:
            button = _KeyButton(QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText))
            button.clicked.connect(lambda _checked=False, key=key: self.pressed.emit(key))
            layout.addWidget(button)
            self._buttons[key] = button
            shortcut = QShortcut(QKeySequence(key), window)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda key=key: self._on_shortcut(key))
        layout.addStretch(1)

    def show_keys(self, actions: Mapping[Qt.Key, KeyAction]) -> None:
        """Show what the keys do now."""
        usual = self._usual_words()
        for key, button in self._buttons.items():
            action = actions.get(key)
            button.say((action.label if action else "") or usual[key])
            button.setEnabled(action is not None and action.is_enabled)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Override QWidget::resizeEvent."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where not all words have room, those of the dim keys go first."""
        for button in self._buttons.values():
            button.set_terse(terse=False)
        if sum(button.sizeHint().width() for button in self._buttons.values()) > self.width() - 2 * GRID:
            for button in self._buttons.values():
                button.set_terse(terse=not button.isEnabled())

    def _on_shortcut(self, key: Qt.Key) -> None:
        if self._buttons[key].isEnabled():
            self.pressed.emit(key)

    def _usual_words(self) -> dict[Qt.Key, str]:
        return {
            Qt.Key.Key_F1: self.tr("Help"),
            Qt.Key.Key_F2: self.tr("New dossier"),
            Qt.Key.Key_F3: self.tr("Find"),
            Qt.Key.Key_F4: self.tr("Ask for more"),
            Qt.Key.Key_F5: self.tr("Scan"),
            Qt.Key.Key_F6: self.tr("Print"),
            Qt.Key.Key_F8: self.tr("Sign"),
            Qt.Key.Key_F9: self.tr("Send now"),
            Qt.Key.Key_F10: self.tr("Desk"),
            Qt.Key.Key_F12: self.tr("Save, next"),
        }


class _KeyButton(QAbstractButton):
    """One key: its cap and its word."""

    def __init__(self, cap: str) -> None:
        super().__init__()
        self._cap = cap
        self._word = ""
        self._is_terse = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(_HEIGHT)

    def say(self, word: str) -> None:
        self._word = word
        self.setText(f"{self._cap} {word}")
        self.setAccessibleName(f"{self._cap} {word}")
        self.updateGeometry()
        self.update()

    def set_terse(self, *, terse: bool) -> None:
        if terse != self._is_terse:
            self._is_terse = terse
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        if self._is_terse:
            return self.minimumSizeHint()
        return QSize(self._cap_width() + self._word_width() + _GAP + 2 * GRID, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._cap_width() + 2 * GRID, _HEIGHT)

    def enterEvent(self, event: QEnterEvent | None) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.fillRect(self.rect(), QColor("#2b3848"))
        cap = QRect(GRID, (_HEIGHT - 22) // 2, self._cap_width(), 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#3b4b5f" if self.isEnabled() else "#273341"))
        painter.drawRoundedRect(QRectF(cap), 4, 4)
        painter.setFont(self._cap_font())
        painter.setPen(QColor("#ffffff" if self.isEnabled() else "#8492a3"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._cap)
        if self._is_terse:
            return
        painter.setFont(self._word_font())
        painter.setPen(QColor("#e6ecf3" if self.isEnabled() else "#8492a3"))
        room = QRect(cap.right() + _GAP, 0, self.width() - cap.right() - _GAP, _HEIGHT)
        word = QFontMetrics(self._word_font()).elidedText(self._word, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)

    def _cap_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(8.5)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _word_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(9.5)
        font.setWeight(QFont.Weight.Medium)
        return font

    def _cap_width(self) -> int:
        return max(26, QFontMetrics(self._cap_font()).horizontalAdvance(self._cap) + 2 * _CAP_PADDING)

    def _word_width(self) -> int:
        return QFontMetrics(self._word_font()).horizontalAdvance(self._word) + 2
