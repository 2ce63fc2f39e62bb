# SPDX-License-Identifier: GPL-3.0-or-later
"""After F12: the number of the dossier, big, the receipt, and the way on to the next citizen."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from workstation.desk.receive_dossier import Received
from workstation.ui.bench import Bench
from workstation.ui.chip import Chip
from workstation.ui.page import KeyAction, Page, card_frame, label
from workstation.ui.receipt_bar import ReceiptBar
from workstation.ui.receipt_run import Receipt
from workstation.ui.scroll_column import ScrollColumn
from workstation.ui.theme import DESK, GRID, LINE
from workstation.ui.tone import Tone
from workstation.ui.words import moment_words


class ReceivedPage(Page):
    """The page.

    Signals:
        left: Back to the list.
        next_wanted: On to the next dossier.
        card_laid: A card was laid on the reader: the next citizen is here (its text).
    """

    left = pyqtSignal()
    next_wanted = pyqtSignal()
    card_laid = pyqtSignal(str)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Dossier received"))
        self._received: Received | None = None
        self._code = label("", "code")
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._due = label("", "big")
        self._facts = [label("", "strong", wraps=True) for _ in range(3)]
        self._bar = ReceiptBar(bench)
        self._preview = _Preview()
        chip = Chip()
        chip.say(self.tr("Received"), Tone.GOOD)
        facts = QGridLayout()
        facts.setHorizontalSpacing(3 * GRID)
        facts.setVerticalSpacing(GRID)
        facts.setColumnStretch(1, 1)
        words = (self.tr("Applicant"), self.tr("Procedure"), self.tr("Papers"))
        for row, (caption, value) in enumerate(zip(words, self._facts, strict=True)):
            facts.addWidget(label(caption, "soft"), row, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(value, row, 1)
        card = card_frame()
        around = QVBoxLayout(card)
        around.setContentsMargins(1, 1, 1, 1)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        inside.setSpacing(GRID)
        inside.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self._code)
        inside.addSpacing(2 * GRID)
        inside.addWidget(label(self.tr("Result due"), "soft"))
        inside.addWidget(self._due)
        inside.addSpacing(2 * GRID)
        inside.addLayout(facts)
        inside.addStretch(1)
        inside.addWidget(
            label(self.tr("Enter or F12: the next dossier · F6: print again · Esc: to the list"), "soft", wraps=True)
        )
        around.addWidget(ScrollColumn(body))
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(card, 1)
        left.addWidget(self._bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(12)
        layout.addLayout(left, 3)
        layout.addWidget(self._preview, 2)
        self._bar.made.connect(self._show_receipt)
        self._bar.closed.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))

    def show_received(self, received: Received) -> None:
        """Show a dossier that was just received, and print its receipt."""
        self._received = received
        dossier = received.dossier
        self._code.setText(dossier.code)
        count = self.tr("{papers} papers, {pages} pages").format(
            papers=len(received.papers), pages=sum(paper.page_count for paper in received.papers)
        )
        values = (received.applicant.full_name, dossier.procedure_name, count)
        self._due.setText(moment_words(dossier.due_at))
        for fact, value in zip(self._facts, values, strict=True):
            fact.setText(value)
        self._bar.close_bar()
        self._preview.show_picture(QImage())
        self.print_again()

    @property
    def code(self) -> str:
        """The number that the clerk reads out."""
        return self._code.text()

    @property
    def has_receipt(self) -> bool:
        """Whether the receipt is on the screen."""
        return self._preview.has_picture

    def print_again(self) -> None:
        """F6."""
        if self._received is not None:
            self._bar.print_receipt(self._received.dossier.dossier_id, self._received.dossier.code)

    def arrive(self) -> None:
        """Override Page::arrive."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def escape(self) -> None:
        """Override Page::escape."""
        self.left.emit()

    def keys(self) -> Mapping[Qt.Key, KeyAction]:
        """Override Page::keys."""
        return {
            Qt.Key.Key_F6: KeyAction(self.print_again),
            Qt.Key.Key_F12: KeyAction(self.next_wanted.emit, self.tr("Next dossier")),
        }

    @property
    def wants_cards(self) -> bool:
        """Override Page::wants_cards."""
        return True

    def take_card(self, qr_text: str) -> None:
        """Override Page::take_card."""
        self.card_laid.emit(qr_text)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Override QWidget::keyPressEvent."""
        if event is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.hasFocus():
            self.next_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _show_receipt(self, receipt: Receipt) -> None:
        if self._received is not None and receipt.dossier_id == self._received.dossier.dossier_id:
            self._preview.show_picture(receipt.preview)


class _Preview(QWidget):
    """A sheet of paper, as large as its place allows."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QImage()
        self.setAccessibleName(self.tr("Picture of the receipt"))

    def sizeHint(self) -> QSize:
        return QSize(420, 590)

    @property
    def has_picture(self) -> bool:
        return not self._picture.isNull()

    def show_picture(self, picture: QImage) -> None:
        self._picture = picture
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sheet = self._picture.size() if not self._picture.isNull() else QSize(148, 210)
        place = QRect(self.rect().topLeft(), sheet.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio))
        place.moveCenter(self.rect().center())
        place.moveTop(0)
        painter.fillRect(place, QColor(DESK) if self._picture.isNull() else Qt.GlobalColor.white)
        painter.drawImage(place, self._picture)
        painter.setPen(QColor(LINE))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
