# SPDX-License-Identifier: GPL-3.0-or-later
"""Choose a procedure by typing: suggestions appear below, the typed text is never changed.

The list floats inside the window and never takes the focus: input methods such as UniKey lose letters when a popup
grabs the keyboard, and inline completion fights with their own backspaces.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, QPoint, QRect, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PyQt6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from casework.records.procedure import Procedure
from workstation.ui.theme import BLUE_WASH, GRID, INK, INK_SOFT, LINE_SOFT

PROCEDURE_ROLE = Qt.ItemDataRole.UserRole
_PAUSE_MS: Final = 60
_ROW_HEIGHT: Final = 48
_MOST_ROWS: Final = 8
_LEAST_WIDTH: Final = 460
_NO_PARENT = QModelIndex()


class ProcedureBox(QLineEdit):
    """A field with suggestions.

    Signals:
        asked: The clerk typed something to look for.
        chosen: She chose a procedure.
        passed: Enter with nothing to choose: on to the next field.

    Attributes:
        answered: The text to which the suggestions belong.
    """

    asked = pyqtSignal(str)
    chosen = pyqtSignal(object)
    passed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Procedure: type its name, accents may be left out, or its code"))
        self._chosen: Procedure | None = None
        self.answered = ""
        self._is_enter_waiting = False
        self._suggestions = SuggestionModel(self)
        self._list = QListView(self)
        self._list.setObjectName("suggestions")
        self._list.setModel(self._suggestions)
        self._list.setItemDelegate(_SuggestionDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(self.tr("Suggested procedures"))
        self._list.clicked.connect(self._choose)
        self._list.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.asked.emit(self.text()))
        self.textEdited.connect(self._on_edited)

    @property
    def is_offering(self) -> bool:
        """Whether suggestions are on the screen."""
        return self._list.isVisible()

    def show_chosen(self, procedure: Procedure | None) -> None:
        """Show which procedure is chosen."""
        self._chosen = procedure
        self._is_enter_waiting = False
        self._pause.stop()
        self._list.hide()
        self.setText(procedure.name if procedure else "")
        self.answered = self.text()
        self.setCursorPosition(0)
        self.setToolTip(procedure.name if procedure else "")

    def offer(self, query: str, found: Sequence[Procedure]) -> None:
        """Show what was found, unless something else has been typed since.

        Where Enter was pressed before the answer came, the only one that was found is chosen.
        """
        if query != self.text() or not self.hasFocus() or not query.strip():
            return
        self.answered = query
        self._suggestions.show_procedures(found)
        if self._is_enter_waiting and len(found) == 1:
            self._choose(self._suggestions.index(0))
            return
        self._is_enter_waiting = False
        if not found:
            self._list.hide()
            return
        self._list.setCurrentIndex(self._suggestions.index(0))
        self._place_list(len(found))
        self._list.show()
        self._list.raise_()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Override QWidget::keyPressEvent."""
        if event is None:
            return
        row = self._list.currentIndex().row()
        if event.key() == Qt.Key.Key_Down and self.is_offering:
            self._move_to(row + 1)
        elif event.key() == Qt.Key.Key_Up and self.is_offering:
            self._move_to(row - 1)
        elif event.key() == Qt.Key.Key_Down:
            self.asked.emit(self.text())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # What is on the list may be the answer to fewer letters than she has typed by now.
            if self.text().strip() and self.text() != self.answered:
                self._is_enter_waiting = True
            elif self.is_offering:
                self._choose(self._list.currentIndex())
            else:
                self.passed.emit()
        elif event.key() == Qt.Key.Key_Escape and (self.is_offering or self._is_half_typed()):
            self.show_chosen(self._chosen)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Override QWidget::mousePressEvent: a click into a chosen name starts a new search."""
        super().mousePressEvent(event)
        if self._chosen is not None:
            self.selectAll()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Override QWidget::focusInEvent: typing replaces the name that is there."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Override QWidget::focusOutEvent: a search that led to nothing leaves what was chosen before."""
        super().focusOutEvent(event)
        if event is not None and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.show_chosen(self._chosen)

    def _on_edited(self, text: str) -> None:
        self._is_enter_waiting = False
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._list.hide()

    def _is_half_typed(self) -> bool:
        return self.text() != (self._chosen.name if self._chosen else "")

    def _move_to(self, row: int) -> None:
        count = self._suggestions.rowCount()
        self._list.setCurrentIndex(self._suggestions.index(row % count))

    def _choose(self, index: QModelIndex) -> None:
        procedure = index.data(PROCEDURE_ROLE)
        if isinstance(procedure, Procedure):
            self.show_chosen(procedure)
            self.chosen.emit(procedure)

    def _place_list(self, rows: int) -> None:
        window = self.window()
        if window is None:
            return
        if self._list.parent() is not window:
            self._list.setParent(window)
        corner = self.mapTo(window, QPoint(0, self.height() + 2))
        width = min(max(self.width(), _LEAST_WIDTH), window.width() - 2 * GRID)
        left = min(corner.x(), window.width() - width - GRID)
        height = min(rows, _MOST_ROWS) * _ROW_HEIGHT + 4
        self._list.setGeometry(left, corner.y(), width, min(height, window.height() - corner.y() - GRID))


class SuggestionModel(QAbstractListModel):
    """Procedures that were found, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._procedures: tuple[Procedure, ...] = ()

    def show_procedures(self, procedures: Sequence[Procedure]) -> None:
        """Show other procedures."""
        self.beginResetModel()
        self._procedures = tuple(procedures)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        """Override QAbstractItemModel::rowCount."""
        return 0 if parent.isValid() else len(self._procedures)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's type
        """Override QAbstractItemModel::data."""
        if not index.isValid():
            return None
        procedure = self._procedures[index.row()]
        if role == PROCEDURE_ROLE:
            return procedure
        return procedure.name if role == Qt.ItemDataRole.DisplayRole else None


class _SuggestionDelegate(QStyledItemDelegate):
    """Two lines: the name; code and field."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(option.rect.width(), _ROW_HEIGHT)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if painter is None:
            return
        procedure: Procedure = index.data(PROCEDURE_ROLE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(BLUE_WASH))
        painter.setPen(QColor(LINE_SOFT))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        room = option.rect.adjusted(12, 4, -12, -4)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.Medium)
        _line(painter, QRect(room.left(), room.top(), room.width(), 21), procedure.name, font, INK)
        font = QFont(option.font)
        font.setPointSizeF(9.0)
        caption = f"{procedure.code} · {procedure.field}"
        _line(painter, QRect(room.left(), room.top() + 20, room.width(), 20), caption, font, INK_SOFT)
        painter.restore()


def _line(painter: QPainter, room: QRect, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
