# SPDX-License-Identifier: GPL-3.0-or-later
"""Home: the list of dossiers with what is unfinished on top, and a place to find one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PyQt6.QtCore import QModelIndex, QRect, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QPainter, QResizeEvent
from PyQt6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from casework.rights import Right
from workstation.desk.change_set import ChangeSet
from workstation.desk.keep_draft import abandon_draft
from workstation.desk.list_dossiers import list_dossiers
from workstation.desk.list_drafts import DraftRow, list_drafts
from workstation.desk.search_dossiers import Nearness, SearchAnswer, search_dossiers
from workstation.ui.bench import Bench
from workstation.ui.chip import chip_size, paint_chip
from workstation.ui.dossier_model import (
    SNIPPET_ROLE,
    TONE_ROLE,
    Column,
    DossierModel,
    Row,
    dossier_of,
    page_snippet,
    row_id,
)
from workstation.ui.lanes import Lane
from workstation.ui.notice import Notice
from workstation.ui.page import KeyAction, Page, card_frame, label, mark_current
from workstation.ui.row_table import RowTable
from workstation.ui.snippet import paint_snippet
from workstation.ui.theme import BLUE_WASH, GRID, INK, INK_SOFT, LINE_SOFT
from workstation.ui.tone import Tone

_PAUSE_MS: Final = 150
_ROW_HEIGHT: Final = 38
_HIGH_ROW: Final = 60
_NARROW: Final = 1000


class HomePage(Page):
    """The page.

    Signals:
        opened: A dossier is to be shown (``dossier_id``).
        continued: A draft is to be gone on with (``dossier_id``).
        card_laid: A card was laid on the reader (its text).
        printed: The receipt of a dossier is wanted (``dossier_id``).

    Attributes:
        find_box: Where to search.
        model: The rows.
        table: The list.
    """

    opened = pyqtSignal(str)
    continued = pyqtSignal(str)
    card_laid = pyqtSignal(str)
    printed = pyqtSignal(str)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Dossiers"))
        self._bench = bench
        self._count = label("", "soft")
        self.find_box = QLineEdit()
        self.find_box.setClearButtonEnabled(True)
        self.find_box.setPlaceholderText(self.tr("F3: name, code, number, phone, or words on a page"))
        self.find_box.setAccessibleName(self.tr("Find a dossier"))
        self.find_box.setFixedWidth(420)
        self.model = DossierModel(self)
        self.table = _Table(self.model)
        self.table.setAccessibleName(self.tr("Dossiers"))
        self._body = QStackedWidget()
        self._body.addWidget(self._table_card())
        self._empty_title = label("", "title")
        self._empty_hint = label("", "soft")
        self._body.addWidget(self._empty_card())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Dossiers"), "title"))
        head.addSpacing(GRID)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBaseline)
        head.addStretch(1)
        head.addWidget(self.find_box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._body, 1)
        self.find_box.textChanged.connect(lambda _: self._pause.start())
        self.find_box.returnPressed.connect(self._focus_table)
        self.table.entered_row.connect(self._open)
        self.table.deleted_row.connect(self._drop)
        selection = self.table.selectionModel()
        if selection is not None:
            selection.currentRowChanged.connect(lambda *_: self.keys_changed.emit())
        bench.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Read the list anew; the current row stays."""
        session, text = self._bench.session, self.find_box.text()
        if text.strip():
            self._bench.run(
                Lane.DATABASE, lambda: search_dossiers(session, text), lambda answer: self._show_found(answer, text)
            )
            return

        def read() -> tuple[Row, ...]:
            return (*(list_drafts(session) if session.may(Right.RECEIVE) else ()), *list_dossiers(session))

        self._bench.run(Lane.DATABASE, read, lambda rows: self._show_newest(rows, text))

    def arrive(self) -> None:
        """Override Page::arrive."""
        self.refresh()
        self._focus_table()

    def escape(self) -> None:
        """Override Page::escape: leave the search."""
        self.find_box.clear()
        self._focus_table()

    def keys(self) -> Mapping[Qt.Key, KeyAction]:
        """Override Page::keys."""
        row = self.model.row_at(self.table.currentIndex())
        return {
            Qt.Key.Key_F3: KeyAction(self.begin_search),
            Qt.Key.Key_F6: KeyAction(self._print, is_enabled=row is not None and not isinstance(row, DraftRow)),
        }

    def begin_search(self) -> None:
        """F3."""
        self.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_box.selectAll()

    @property
    def empty_words(self) -> str:
        """What stands in the place of an empty list; empty while there are rows."""
        return self._empty_title.text() if self._body.currentIndex() else ""

    @property
    def wants_cards(self) -> bool:
        """Override Page::wants_cards: a card starts a new dossier."""
        return True

    def take_card(self, qr_text: str) -> None:
        """Override Page::take_card."""
        self.card_laid.emit(qr_text)

    def _show_newest(self, rows: tuple[Row, ...], text: str) -> None:
        if text != self.find_box.text():
            return
        self._count.setText(self.tr("{count} in the list").format(count=len(rows)) if rows else "")
        self._empty_title.setText(self.tr("Press F2 to receive the first dossier"))
        self._empty_hint.setText(self.tr("Or lay an identity card on the reader."))
        self._show(rows)

    def _show_found(self, answer: SearchAnswer, text: str) -> None:
        if text != self.find_box.text():
            return
        many = self.tr("{count} found") if answer.is_counted else self.tr("more than {count} found")
        remarks = {
            Nearness.AS_TYPED: "",
            Nearness.WITHOUT_ACCENTS: self.tr("with other accents"),
            Nearness.NEAR_NAME: self.tr("with a name that is much like it"),
        }
        words = [
            many.format(count=answer.count) if answer.hits else "",
            remarks[answer.nearness] if answer.hits else "",
        ]
        if not answer.is_complete:
            words.append(self.tr("older dossiers are still being indexed"))
        self._count.setText(" · ".join(filter(None, words)))
        self._empty_title.setText(self.tr("Nothing is found"))
        self._empty_hint.setText(self.tr("Try fewer letters, or press Esc to see all dossiers."))
        self._show(answer.hits)

    def _show(self, rows: Sequence[Row]) -> None:
        before = self.model.row_at(self.table.currentIndex())
        self.model.show_rows(rows, self._bench.session.clock())
        index = self.model.index_of(row_id(before)) if before else QModelIndex()
        self.table.setCurrentIndex(index if index.isValid() else self.model.index(0, 0))
        had_focus = self.table.hasFocus() or self._body.currentIndex() != 0
        self.table.give_room([page_snippet(row) is not None for row in rows])
        self._body.setCurrentIndex(0 if rows else 1)
        if rows and had_focus and not self.find_box.hasFocus():
            self._focus_table()
        self.keys_changed.emit()

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if isinstance(row, DraftRow):
            self.continued.emit(row.dossier_id)
        elif row is not None:
            self.opened.emit(row_id(row))

    def _drop(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if not isinstance(row, DraftRow):
            return
        session, dossier_id = self._bench.session, row.dossier_id
        if not self._bench.is_insisted(f"abandon {dossier_id}"):
            happened = self.tr("Throw this draft away?")
            self._bench.tell(Notice(Tone.WARN, happened, self.tr("Press Delete once more to throw it away.")))
            return

        def on_done(changes: ChangeSet) -> None:
            self._bench.carried_on.emit()
            self._bench.announce(changes)

        self._bench.run(Lane.DATABASE, lambda: abandon_draft(session, dossier_id), on_done)

    def _print(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        if row is not None and not isinstance(row, DraftRow):
            self.printed.emit(dossier_of(row).dossier.dossier_id)

    def _on_changed(self, changes: ChangeSet) -> None:
        if self.isVisible() and (changes.dossiers or changes.drafts):
            self._pause.start()

    def _focus_table(self) -> None:
        if self._body.currentIndex() == 0:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _table_card(self) -> QWidget:
        card = card_frame()
        layout = QVBoxLayout(card)
        layout.setContentsMargins(1, 4, 1, 4)
        layout.addWidget(self.table)
        return card

    def _empty_card(self) -> QWidget:
        card = card_frame()
        layout = QVBoxLayout(card)
        layout.addStretch(2)
        layout.addWidget(self._empty_title, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._empty_hint, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        return card


class _Table(RowTable):
    """The list itself."""

    def __init__(self, model: DossierModel) -> None:
        super().__init__(model, Column.PROCEDURE, _ROW_HEIGHT)
        self.setObjectName("plain")
        self.setItemDelegate(_RowDelegate(self))

    def give_room(self, has_second_line: Sequence[bool]) -> None:
        """Make the rows high that say on a second line why they were found."""
        down = self.verticalHeader()
        if down is not None:
            for number, is_high in enumerate(has_second_line):
                down.resizeSection(number, _HIGH_ROW if is_high else _ROW_HEIGHT)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Override QWidget::resizeEvent: on a narrow screen the procedure needs the room."""
        super().resizeEvent(event)
        self.setColumnHidden(Column.PAPERS, self.width() < _NARROW)


class _RowDelegate(QStyledItemDelegate):
    """Paints a cell; the sending state as a chip."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        text = index.data() or ""
        if index.column() == Column.PORTAL:
            return QSize(chip_size(text, self._view.font()).width() + 3 * GRID, _ROW_HEIGHT)
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + 3 * GRID, _ROW_HEIGHT)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if painter is None:
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            if index.column() == 0:
                mark_current(painter, option.rect)
            else:
                painter.fillRect(option.rect, QColor(BLUE_WASH))
        painter.setPen(QColor(LINE_SOFT))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        room = QRect(option.rect.adjusted(12, 0, -GRID, 0))
        text = index.data() or ""
        if index.column() == Column.PORTAL:
            paint_chip(painter, room, text, index.data(TONE_ROLE), self._view.font())
        else:
            font = QFont(self._view.font())
            is_first = index.column() in {Column.CODE, Column.APPLICANT}
            font.setWeight(QFont.Weight.Medium if is_first else QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(QColor(INK if index.column() <= Column.PROCEDURE else INK_SOFT))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            snippet = index.data(SNIPPET_ROLE)
            if room.height() > _ROW_HEIGHT:
                room.setHeight(_ROW_HEIGHT)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            if snippet is not None:
                below = QRect(room.left(), room.bottom() - 8, room.width(), _HIGH_ROW - _ROW_HEIGHT)
                paint_snippet(painter, below, snippet, self._view.font())
        painter.restore()
