# SPDX-License-Identifier: GPL-3.0-or-later
"""The printer of this computer, and sheets of paper for it. Off the GUI thread: asking and drawing take their time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PyQt6.QtCore import QMarginsF
from PyQt6.QtGui import QPageLayout, QPageSize, QPainter
from PyQt6.QtPrintSupport import QPrinter, QPrinterInfo

from workstation.ui.pictures import pdf_pages

_DOTS_PER_INCH: Final = 300


@dataclass(frozen=True, slots=True)
class UsualPrinter:
    """A printer that was found.

    Attributes:
        name: What people call it.
        printer: For one document.
    """

    name: str
    printer: QPrinter


def usual_printer() -> UsualPrinter | None:
    """Ask the print server for the default printer; None when there is none."""
    found = QPrinterInfo.defaultPrinter()
    if found.isNull():
        return None
    return UsualPrinter(found.description() or found.printerName(), QPrinter(found))


def print_pdf(document: bytes, printer: QPrinter, size: QPageSize.PageSizeId) -> bool:
    """Print a form as it is laid down, up to the edge of the paper.

    Args:
        document: The form, a PDF.
        printer: Where to.
        size: Of the paper, upright.

    Returns:
        Whether the print system took all of it.
    """
    printer.setResolution(_DOTS_PER_INCH)
    printer.setPageLayout(QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, QMarginsF()))
    sheets = pdf_pages(document, _DOTS_PER_INCH)
    painter = QPainter()
    if not sheets or not painter.begin(printer):
        return False
    is_taken = True
    for number, sheet in enumerate(sheets):
        is_taken = is_taken and (number == 0 or printer.newPage())
        painter.drawImage(painter.viewport(), sheet)
    return painter.end() and is_taken and printer.printerState() != QPrinter.PrinterState.Error
