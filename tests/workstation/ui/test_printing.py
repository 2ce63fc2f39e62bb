# SPDX-License-Identifier: GPL-3.0-or-later
"""The receipt on paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from tests.workstation.desk.counter import ready
from tests.workstation.ui.rooms import file_printer
from workstation.desk.receive_dossier import receive_dossier
from workstation.ui.bench import Bench
from workstation.ui.notice import Notice
from workstation.ui.receipt_bar import ReceiptBar

A5_POINTS = (420, 595)


@pytest.fixture
def bar(bench: Bench, qtbot: QtBot) -> ReceiptBar:
    bar = ReceiptBar(bench)
    qtbot.addWidget(bar)
    return bar


def put_printer(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr("workstation.ui.receipt_run.usual_printer", lambda: file_printer(file))


def printed(bar: ReceiptBar, bench: Bench, qtbot: QtBot) -> Notice:
    told: list[Notice] = []
    bench.noticed.connect(told.append)
    received = receive_dossier(bench.session, ready(bench.session)).dossier
    with qtbot.waitSignals([bar.made, bar.closed], order="strict", timeout=20_000):
        bar.print_receipt(received.dossier_id, received.code)
    return told[-1]


def test_a_receipt_comes_out_of_the_printer_on_one_a5_sheet_from_edge_to_edge(
    bar: ReceiptBar, bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put_printer(monkeypatch, tmp_path / "printed.pdf")
    assert printed(bar, bench, qtbot).happened == "Đã gửi giấy tiếp nhận đến máy in HP 1102."
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as document:
        assert len(document) == 1
        assert document[0].get_size() == pytest.approx(A5_POINTS, abs=2)
        picture = document[0].render(scale=1).to_pil().convert("L")
    left, top, right, bottom = picture.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert left > 20
    assert top > 20
    assert right < A5_POINTS[0] - 20
    assert bottom > A5_POINTS[1] / 2


@pytest.mark.qt_log_ignore("^QPainter::begin", extend=True)
def test_a_receipt_that_the_printer_does_not_take_is_not_called_sent(
    bar: ReceiptBar, bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put_printer(monkeypatch, tmp_path / "nowhere" / "printed.pdf")
    notice = printed(bar, bench, qtbot)
    assert notice.happened == "Máy in HP 1102 không in được giấy tiếp nhận."
    assert "F6" in notice.next_step
