# SPDX-License-Identifier: GPL-3.0-or-later
"""A chip: one short word in a tone, painted the same way in lists and on pages."""

from __future__ import annotations

from typing import Final

from PyQt6.QtCore import QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from workstation.ui.theme import TONE_INK, TONE_WASH
from workstation.ui.tone import Tone

_PADDING: Final = 8
_HEIGHT: Final = 20
_SLACK: Final = 2
"""Pixels; widths of text are not whole numbers."""


def chip_font(base: QFont) -> QFont:
    """Give the font of chips beside text in ``base``."""
    font = QFont(base)
    font.setPointSizeF(8.5)
    font.setWeight(QFont.Weight.Medium)
    return font


def chip_size(text: str, base: QFont) -> QSize:
    """Give the room that a chip takes."""
    return QSize(QFontMetrics(chip_font(base)).horizontalAdvance(text) + 2 * _PADDING + _SLACK, _HEIGHT)


def paint_chip(painter: QPainter, place: QRect, text: str, tone: Tone, base: QFont) -> int:
    """Paint a chip at the left edge of a place, centred in its height, shortened when it does not fit.

    Returns:
        How many pixels wide it became.
    """
    font = chip_font(base)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width() - 2 * _PADDING + 1)
    size = chip_size(shown, base)
    box = QRect(place.left(), place.center().y() - _HEIGHT // 2 + 1, size.width(), _HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(TONE_WASH[tone]))
    painter.drawRoundedRect(QRectF(box), _HEIGHT / 2, _HEIGHT / 2)
    painter.setPen(QColor(TONE_INK[tone]))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()
    return size.width()


class Chip(QWidget):
    """A chip on a page."""

    def __init__(self, text: str = "", tone: Tone = Tone.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._tone = tone

    def say(self, text: str, tone: Tone) -> None:
        """Say something else."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Override QWidget::sizeHint."""
        return chip_size(self._text, self.font())

    def minimumSizeHint(self) -> QSize:
        """Override QWidget::minimumSizeHint."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Override QWidget::paintEvent."""
        if self._text:
            paint_chip(QPainter(self), self.rect(), self._text, self._tone, self.font())
