# SPDX-License-Identifier: GPL-3.0-or-later
"""The scanned papers on the page: a picture, a name, what it is to the procedure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PyQt6.QtCore import QModelIndex, QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QFontMetrics, QImage, QKeyEvent, QMouseEvent, QPainter
from PyQt6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from workstation.ui.chip import chip_size, paint_chip
from workstation.ui.page import mark_current
from workstation.ui.paper_model import CAPTION_ROLE, CHIPS_ROLE, PICTURE_ROLE, PaperModel
from workstation.ui.theme import DESK, GRID, INK, INK_SOFT, LINE, LINE_SOFT
from workstation.ui.tone import Tone

_PICTURE: Final = QSize(51, 68)
_ROW_HEIGHT: Final = 84
_BESIDE_PICTURE: Final = 12
_LINE_HEIGHT: Final = 22
_CAPTION_BELOW: Final = 21
_CHIPS_BELOW: Final = 46
_CHIP_ROW: Final = 24
_CHIP_GAP: Final = 6


class PaperList(QListView):
    """The list.

    Signals:
        given_back: Delete was pressed on an entry.
        asked_for_place: Enter was pressed on an entry: what is it?
        opened: The space bar was pressed on an entry, or its picture was clicked: its pages are to be seen.
    """

    given_back = pyqtSignal(QModelIndex)
    asked_for_place = pyqtSignal(QModelIndex)
    opened = pyqtSignal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plain")
        self.setAccessibleName(self.tr("Scanned papers"))
        self.papers = PaperModel(self)
        self.setModel(self.papers)
        self.setItemDelegate(_PaperDelegate(self))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.doubleClicked.connect(self.asked_for_place)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Override QWidget::keyPressEvent."""
        if event is None:
            return
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.given_back.emit(self.currentIndex())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.asked_for_place.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Override QWidget::mouseReleaseEvent."""
        super().mouseReleaseEvent(event)
        if event is None or event.button() != Qt.MouseButton.LeftButton:
            return
        index = self.indexAt(event.pos())
        if index.isValid() and _frame(self.visualRect(index)).contains(event.pos()):
            self.opened.emit(index)


class _PaperDelegate(QStyledItemDelegate):
    """Paints an entry."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        viewport = self._view.viewport()
        width = viewport.width() if viewport else option.rect.width()
        chips = self._places(index, _words(QRect(0, 0, width, _ROW_HEIGHT)).translated(0, _CHIPS_BELOW))
        bottom = max((place.bottom() for _, _, place in chips), default=0)
        return QSize(width, max(_ROW_HEIGHT, bottom + GRID))

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if painter is None:
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            mark_current(painter, option.rect)
        painter.setPen(QColor(LINE_SOFT))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        _paint_picture(painter, _frame(option.rect), index.data(PICTURE_ROLE))
        words = _words(option.rect)
        title_font = QFont(self._view.font())
        title_font.setWeight(QFont.Weight.Medium)
        painter.setFont(title_font)
        painter.setPen(QColor(INK))
        title = QFontMetrics(title_font).elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, title)
        caption_font = QFont(self._view.font())
        caption_font.setPointSizeF(9.0)
        painter.setFont(caption_font)
        painter.setPen(QColor(INK_SOFT))
        words.translate(0, _CAPTION_BELOW)
        caption = QFontMetrics(caption_font).elidedText(
            index.data(CAPTION_ROLE), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, caption)
        for text, tone, place in self._places(index, _words(option.rect).translated(0, _CHIPS_BELOW)):
            paint_chip(painter, place, text, tone, self._view.font())
        painter.restore()

    def _places(self, index: QModelIndex, row: QRect) -> Iterator[tuple[str, Tone, QRect]]:
        """Give each chip its place: beside the one before, else on a new row."""
        left = row.left()
        for text, tone in index.data(CHIPS_ROLE):
            width = chip_size(text, self._view.font()).width()
            if left > row.left() and left + width - 1 > row.right():
                row, left = row.translated(0, _CHIP_ROW), row.left()
            yield text, tone, QRect(left, row.top(), row.right() - left + 1, row.height())
            left += width + _CHIP_GAP


def _frame(entry: QRect) -> QRect:
    return QRect(entry.left() + GRID, entry.top() + GRID, _PICTURE.width(), _PICTURE.height())


def _words(entry: QRect) -> QRect:
    """Give the place of the first line beside the picture."""
    frame = _frame(entry)
    left = frame.right() + _BESIDE_PICTURE
    return QRect(left, frame.top() - 2, entry.right() - left - GRID, _LINE_HEIGHT)


def _paint_picture(painter: QPainter, frame: QRect, picture: QImage | None) -> None:
    painter.setPen(QColor(LINE))
    painter.setBrush(QColor(DESK))
    if picture is None or picture.isNull():
        painter.drawRect(frame.adjusted(0, 0, -1, -1))
        return
    size = picture.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(frame.topLeft(), size)
    place.moveCenter(frame.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(place, picture)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place.adjusted(0, 0, -1, -1))
