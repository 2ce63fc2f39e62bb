# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints receipts for a page, and asks in the page itself where to save one when there is no printer."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workstation.ui.bench import Bench
from workstation.ui.notice import Notice
from workstation.ui.page import label
from workstation.ui.receipt_run import Receipt, ReceiptRun, usual_folder
from workstation.ui.text_fields import typed_path
from workstation.ui.theme import GRID
from workstation.ui.tone import Tone


class ReceiptBar(QFrame):
    """Hidden until a receipt needs a place.

    Signals:
        made: A receipt is there (``Receipt``).
        closed: The clerk is done with it.
    """

    made = pyqtSignal(object)
    closed = pyqtSignal()

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._bench = bench
        self._receipt: Receipt | None = None
        self._run = ReceiptRun(bench)
        self._path = QLineEdit()
        self._path.setAccessibleName(self.tr("File for the receipt"))
        save, other = QPushButton(self.tr("Save")), QPushButton(self.tr("Elsewhere …"))
        save.setObjectName("primary")
        row = QHBoxLayout()
        row.addWidget(self._path, 1)
        row.addWidget(save)
        row.addWidget(other)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(GRID)
        layout.addWidget(
            label(self.tr("There is no printer. Where shall the receipt be saved? Enter saves, Esc does not."))
        )
        layout.addLayout(row)
        self._path.returnPressed.connect(self._save)
        save.clicked.connect(self._save)
        other.clicked.connect(self._look_elsewhere)
        self._run.made.connect(self.made)
        self._run.place_wanted.connect(self._ask)
        self._run.printed.connect(self._on_printed)
        self._run.not_printed.connect(self._on_not_printed)
        self._run.saved.connect(self._on_saved)
        self._code = ""
        self.hide()

    def print_receipt(self, dossier_id: str, code: str) -> None:
        """Make the receipt of a dossier and print or save it."""
        self._code = code
        self._run.begin(dossier_id)

    def close_bar(self) -> None:
        """Forget the receipt."""
        self._receipt = None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Override QWidget::keyPressEvent."""
        if event is not None and event.key() == Qt.Key.Key_Escape and self._receipt is not None:
            self.close_bar()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _ask(self, receipt: Receipt) -> None:
        self._receipt = receipt
        self._path.setText(str(usual_folder() / f"{self._code}.pdf"))
        self.show()
        self._path.setFocus(Qt.FocusReason.OtherFocusReason)
        self._path.setCursorPosition(len(self._path.text()))

    def _save(self) -> None:
        if self._receipt is not None and self._path.text().strip():
            self._run.save(self._receipt, usual_folder() / typed_path(self._path.text()))

    def _look_elsewhere(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the receipt"), self._path.text(), "PDF (*.pdf)")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self._path.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_printed(self, printer: str) -> None:
        self._bench.tell(Notice(Tone.GOOD, self.tr("The receipt was sent to {printer}.").format(printer=printer)))
        self.closed.emit()

    def _on_not_printed(self, printer: str) -> None:
        happened = self.tr("{printer} did not print the receipt.").format(printer=printer)
        self._bench.tell(Notice(Tone.WARN, happened, self.tr("Look after the printer, then press F6 to print again.")))
        self.closed.emit()

    def _on_saved(self, path: str) -> None:
        self.close_bar()
        self._bench.tell(Notice(Tone.GOOD, self.tr("The receipt is saved: {path}").format(path=path)))
        self.closed.emit()
