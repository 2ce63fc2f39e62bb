# SPDX-License-Identifier: GPL-3.0-or-later
"""The receipt on paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PyQt6.QtPrintSupport import QPrinter

from tests.workstation.desk.counter import ready
from workstation.desk.make_receipt import make_receipt
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession
from workstation.ui.pictures import pdf_pages
from workstation.ui.receipt_run import print_sheets

A5_POINTS = (420, 595)


@pytest.mark.usefixtures("dressed")
def test_a_receipt_comes_out_of_the_printer_on_one_a5_sheet_from_edge_to_edge(
    session: DeskSession, tmp_path: Path
) -> None:
    received = receive_dossier(session, ready(session))
    sheets = pdf_pages(make_receipt(session, received.dossier.dossier_id), 300)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    print_sheets(sheets, printer)
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as printed:
        assert len(printed) == 1
        assert printed[0].get_size() == pytest.approx(A5_POINTS, abs=2)
        picture = printed[0].render(scale=1).to_pil().convert("L")
    left, top, right, bottom = picture.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert left > 20
    assert top > 20
    assert right < A5_POINTS[0] - 20
    assert bottom > A5_POINTS[1] / 2
