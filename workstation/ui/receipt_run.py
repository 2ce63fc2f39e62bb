# SPDX-License-Identifier: GPL-3.0-or-later
"""F6: the receipt of a dossier, printed where there is a printer, else saved where the clerk says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PyQt6.QtCore import QMarginsF, QObject, QStandardPaths, pyqtSignal
from PyQt6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PyQt6.QtPrintSupport import QPrinter, QPrinterInfo

from workstation.desk.export_receipt import export_receipt
from workstation.desk.make_receipt import make_receipt
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane
from workstation.ui.pictures import pdf_pages

_PREVIEW_DPI: Final = 130
PRINT_DPI: Final = 300
"""Sheets for the printer are drawn with so many dots per inch."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt that was made.

    Attributes:
        dossier_id: Of its dossier.
        pdf: The document.
        preview: Its first page for the screen.
        sheets: Its pages for the printer; empty when there is none.
        printer: Where they go.
    """

    dossier_id: str
    pdf: bytes = field(repr=False)
    preview: QImage = field(repr=False)
    sheets: tuple[QImage, ...] = field(repr=False)
    printer: QPrinterInfo = field(repr=False)


class ReceiptRun(QObject):
    """Makes, prints and saves receipts.

    Signals:
        made: A receipt is there (``Receipt``), before it is printed.
        printed: It went to the printer (name of the printer).
        place_wanted: There is no printer; where shall it be saved? (``Receipt``)
        saved: It lies in a file now (path).
    """

    made = pyqtSignal(object)
    printed = pyqtSignal(str)
    place_wanted = pyqtSignal(object)
    saved = pyqtSignal(str)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench

    def begin(self, dossier_id: str) -> None:
        """Make the receipt; then it is printed, or its place asked for."""
        session = self._bench.session

        def make() -> Receipt:
            pdf = make_receipt(session, dossier_id)
            printer = QPrinterInfo.defaultPrinter()  # asks the print server, which may take its time
            sheets = () if printer.isNull() else tuple(pdf_pages(pdf, PRINT_DPI))
            return Receipt(dossier_id, pdf, pdf_pages(pdf, _PREVIEW_DPI)[0], sheets, printer)

        def on_made(receipt: Receipt) -> None:
            self.made.emit(receipt)
            if receipt.sheets:
                print_sheets(receipt.sheets, QPrinter(receipt.printer))
                self.printed.emit(receipt.printer.description() or receipt.printer.printerName())
            else:
                self.place_wanted.emit(receipt)

        self._bench.run(Lane.FORMS, make, on_made)

    def save(self, receipt: Receipt, path: Path) -> None:
        """Write a receipt to a file that the clerk named."""
        session = self._bench.session
        self._bench.run(
            Lane.FORMS,
            lambda: export_receipt(session, receipt.dossier_id, receipt.pdf, path),
            lambda _: self.saved.emit(str(path)),
        )


def usual_place(code: str) -> Path:
    """Give the file in which a receipt is saved unless the clerk says otherwise."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(folder) / f"{code}.pdf"


def print_sheets(
    sheets: Sequence[QImage], printer: QPrinter, size: QPageSize.PageSizeId = QPageSize.PageSizeId.A5
) -> None:
    """Print the sheets of a form, a receipt's A5 as it is laid down, up to the edge of the paper."""
    printer.setResolution(PRINT_DPI)
    printer.setPageLayout(QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter(printer)
    for number, sheet in enumerate(sheets):
        if number:
            printer.newPage()
        painter.drawImage(painter.viewport(), sheet)
    painter.end()
