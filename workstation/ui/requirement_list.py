# SPDX-License-Identifier: GPL-3.0-or-later
"""The check list of a procedure: what is there, what is missing; the current row unfolds the law's own words."""

from __future__ import annotations

from typing import Any, Final

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PyQt6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from casework.reception import ChecklistItem, ItemState
from casework.records.procedure import Duty
from workstation.desk.find_procedure import ProcedureSheet
from workstation.ui.chip import chip_size, paint_chip
from workstation.ui.page import mark_current
from workstation.ui.theme import GRID, INK, INK_SOFT, LINE_SOFT
from workstation.ui.tone import Tone
from workstation.ui.words import ITEM_TONES, item_words

ITEM_ROLE = Qt.ItemDataRole.UserRole
SEEN_ROLE = Qt.ItemDataRole.UserRole + 1
DETAIL_ROLE = Qt.ItemDataRole.UserRole + 2
STATE_ROLE = Qt.ItemDataRole.UserRole + 3
TONE_ROLE = Qt.ItemDataRole.UserRole + 4

_NO_PARENT = QModelIndex()
_LEAST_HEIGHT: Final = 130
_TICKABLE: Final = frozenset({ItemState.MISSING, ItemState.ONE_OF, ItemState.CONDITIONAL, ItemState.TO_PRESENT})


class RequirementModel(QAbstractListModel):
    """The requirements of the chosen procedure."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[ChecklistItem, ...] = ()
        self._seen: frozenset[str] = frozenset()

    def show_sheet(self, sheet: ProcedureSheet | None) -> None:
        """Show another check list, or the same one in another state."""
        items = sheet.items if sheet else ()
        seen = sheet.ticked if sheet else frozenset()
        if _ids(items) == _ids(self._items):
            self._items, self._seen = items, seen
            if items:
                self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return
        self.beginResetModel()
        self._items, self._seen = items, seen
        self.endResetModel()

    def set_seen(self, index: QModelIndex, *, seen: bool) -> None:
        """Tick or untick a requirement."""
        requirement_id = self._items[index.row()].requirement.requirement_id
        self._seen = self._seen | {requirement_id} if seen else self._seen - {requirement_id}
        self.dataChanged.emit(index, index)

    def first_missing(self) -> QModelIndex:
        """Find the first requirement that keeps the dossier from being received."""
        for number, item in enumerate(self._items):
            is_open = item.state in {ItemState.MISSING, ItemState.ONE_OF}
            if is_open and item.requirement.requirement_id not in self._seen:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        """Override QAbstractItemModel::rowCount."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's type
        """Override QAbstractItemModel::data."""
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.requirement.short_name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.requirement.short_name}: {self._state(item)}"
        if role == ITEM_ROLE:
            return item
        if role == SEEN_ROLE:
            return self._is_seen(item)
        if role == DETAIL_ROLE:
            return self._detail(item)
        if role == STATE_ROLE:
            return self._state(item)
        if role == TONE_ROLE:
            return Tone.GOOD if self._is_seen(item) else ITEM_TONES[item.state]
        return None

    def _is_seen(self, item: ChecklistItem) -> bool:
        return item.state in _TICKABLE and item.requirement.requirement_id in self._seen

    def _state(self, item: ChecklistItem) -> str:
        return self.tr("Seen") if self._is_seen(item) else item_words(item.state)

    def _detail(self, item: ChecklistItem) -> str:
        requirement = item.requirement
        parts = [requirement.condition] if requirement.condition else []
        parts.append(requirement.name)
        counts = []
        if requirement.originals:
            counts.append(self.tr("originals: {count}").format(count=requirement.originals))
        if requirement.copies:
            counts.append(self.tr("copies: {count}").format(count=requirement.copies))
        if requirement.duty is Duty.PRESENT:
            counts.append(self.tr("shown and given back"))
        if counts:
            parts.append(", ".join(counts))
        return "\n".join(parts)


class RequirementList(QListView):
    """The check list on the page.

    Signals:
        ticked: A requirement was ticked or unticked with the space bar (``requirement_id``, whether it is seen).
        finished: Enter: on to the next part of the form.
    """

    ticked = pyqtSignal(str, bool)
    finished = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plain")
        self.setAccessibleName(self.tr("Papers that the procedure asks for"))
        self.requirements = RequirementModel(self)
        self.setModel(self.requirements)
        self.setItemDelegate(_RequirementDelegate(self))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.doubleClicked.connect(self._tick)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Override QWidget::keyPressEvent."""
        if event is None:
            return
        if event.key() == Qt.Key.Key_Space:
            self._tick(self.currentIndex())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Override QAbstractItemView::currentChanged: the current row unfolds."""
        super().currentChanged(current, previous)
        self.scheduleDelayedItemsLayout()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Override QWidget::focusInEvent: the current row unfolds."""
        super().focusInEvent(event)
        self.scheduleDelayedItemsLayout()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Override QWidget::focusOutEvent: it folds up again."""
        super().focusOutEvent(event)
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Override QWidget::resizeEvent: rows wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _tick(self, index: QModelIndex) -> None:
        item = index.data(ITEM_ROLE)
        if not isinstance(item, ChecklistItem) or item.state not in _TICKABLE:
            return
        seen = not index.data(SEEN_ROLE)
        self.requirements.set_seen(index, seen=seen)
        self.ticked.emit(item.requirement.requirement_id, seen)


class _RequirementDelegate(QStyledItemDelegate):
    """Paints a row: name, chip, and in the current row the law's own words."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        viewport = self._view.viewport()
        width = viewport.width() if viewport else option.rect.width()
        room = QRect(0, 0, width, 0)
        height = self._name_box(room, index).height() + 2 * GRID
        if self._is_unfolded(index):
            height += self._detail_box(room, index).height() + 4
        return QSize(width, max(36, height))

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if painter is None:
            return
        painter.save()
        is_unfolded = self._is_unfolded(index)
        if is_unfolded:
            mark_current(painter, option.rect)
        painter.setPen(QColor(LINE_SOFT))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        name = self._name_box(option.rect, index)
        painter.setPen(QColor(INK))
        painter.setFont(self._name_font(index))
        painter.drawText(name, int(Qt.TextFlag.TextWordWrap), index.data())
        chip = chip_size(index.data(STATE_ROLE), self._view.font())
        place = QRect(option.rect.right() - GRID - chip.width(), name.top() - 1, chip.width(), 20)
        paint_chip(painter, place, index.data(STATE_ROLE), index.data(TONE_ROLE), self._view.font())
        if is_unfolded:
            painter.setPen(QColor(INK_SOFT))
            painter.setFont(self._detail_font())
            painter.drawText(
                self._detail_box(option.rect, index), int(Qt.TextFlag.TextWordWrap), index.data(DETAIL_ROLE)
            )
        painter.restore()

    def _is_unfolded(self, index: QModelIndex) -> bool:
        return self._view.hasFocus() and index == self._view.currentIndex()

    def _name_box(self, room: QRect, index: QModelIndex) -> QRect:
        chip = chip_size(index.data(STATE_ROLE), self._view.font()).width()
        width = room.width() - chip - 3 * GRID
        metrics = QFontMetrics(self._name_font(index))
        text = metrics.boundingRect(QRect(0, 0, width, 1000), int(Qt.TextFlag.TextWordWrap), index.data())
        return QRect(room.left() + GRID, room.top() + GRID, width, text.height())

    def _detail_box(self, room: QRect, index: QModelIndex) -> QRect:
        width = room.width() - 2 * GRID
        metrics = QFontMetrics(self._detail_font())
        text = metrics.boundingRect(QRect(0, 0, width, 4000), int(Qt.TextFlag.TextWordWrap), index.data(DETAIL_ROLE))
        top = self._name_box(room, index).bottom() + 4
        return QRect(room.left() + GRID, top, width, text.height())

    def _name_font(self, index: QModelIndex) -> QFont:
        font = QFont(self._view.font())
        item = index.data(ITEM_ROLE)
        if item.state in {ItemState.SATISFIED, ItemState.MISSING, ItemState.ONE_OF}:
            font.setWeight(QFont.Weight.Medium)
        return font

    def _detail_font(self) -> QFont:
        font = QFont(self._view.font())
        font.setPointSizeF(9.0)
        return font


def _ids(items: tuple[ChecklistItem, ...]) -> tuple[str, ...]:
    return tuple(item.requirement.requirement_id for item in items)
