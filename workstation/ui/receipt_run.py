# SPDX-License-Identifier: GPL-3.0-or-later
"""F6: the receipt of a dossier, printed where there is a printer, else saved where the clerk says."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PyQt6.QtCore import QObject, QStandardPaths, pyqtSignal
from PyQt6.QtGui import QImage, QPageSize

from workstation.desk.export_receipt import export_receipt
from workstation.desk.make_receipt import make_receipt
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane
from workstation.ui.pictures import pdf_pages
from workstation.ui.printing import print_pdf, usual_printer

_PREVIEW_DPI: Final = 130


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt that was made.

    Attributes:
        dossier_id: Of its dossier.
        pdf: The document.
        preview: Its first page for the screen.
    """

    dossier_id: str
    pdf: bytes = field(repr=False)
    preview: QImage = field(repr=False)


class ReceiptRun(QObject):
    """Makes, prints and saves receipts.

    Signals:
        made: A receipt is there (``Receipt``), before it is printed.
        printed: It went to the printer (name of the printer).
        not_printed: The printer did not take it (name of the printer).
        place_wanted: There is no printer; where shall it be saved? (``Receipt``)
        saved: It lies in a file now (path).
    """

    made = pyqtSignal(object)
    printed = pyqtSignal(str)
    not_printed = pyqtSignal(str)
    place_wanted = pyqtSignal(object)
    saved = pyqtSignal(str)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench

    def begin(self, dossier_id: str) -> None:
        """Make the receipt; then it is printed, or its place asked for."""
        session = self._bench.session

        def steps() -> Iterator[Callable[[], None]]:
            pdf = make_receipt(session, dossier_id)
            receipt = Receipt(dossier_id, pdf, pdf_pages(pdf, _PREVIEW_DPI)[0])
            yield functools.partial(self.made.emit, receipt)
            usual = usual_printer()
            if usual is None:
                yield functools.partial(self.place_wanted.emit, receipt)
            else:
                is_printed = print_pdf(pdf, usual.printer, QPageSize.PageSizeId.A5)
                yield functools.partial((self.printed if is_printed else self.not_printed).emit, usual.name)

        self._bench.follow(
            Lane.FORMS, steps, on_step=lambda step: step(), on_done=lambda: None, on_error=self._bench.tell_error
        )

    def save(self, receipt: Receipt, path: Path) -> None:
        """Write a receipt to a file that the clerk named."""
        session = self._bench.session
        self._bench.run(
            Lane.FILES,
            lambda: export_receipt(session, receipt.dossier_id, receipt.pdf, path),
            lambda _: self.saved.emit(str(path)),
        )


def usual_folder() -> Path:
    """Give the folder in which receipts are saved unless the clerk names another one."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
