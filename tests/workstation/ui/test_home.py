# SPDX-License-Identifier: GPL-3.0-or-later
"""The list: what is unfinished on top, a search without accents, an empty state that names the next key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from demo.people import FATHER, MOTHER
from tests.workstation.desk.counter import filled_in, ready
from tests.workstation.ui.rooms import press, put_on_screen, type_text
from workstation.desk.list_drafts import list_drafts
from workstation.desk.receive_dossier import receive_dossier
from workstation.ui.bench import Bench
from workstation.ui.dossier_model import Column
from workstation.ui.dossier_page import DossierPage
from workstation.ui.home_page import HomePage
from workstation.ui.notice import Notice
from workstation.ui.received_page import ReceivedPage


@pytest.fixture
def home(bench: Bench, qtbot: QtBot) -> HomePage:
    page = HomePage(bench)
    put_on_screen(page, bench, qtbot)
    return page


def arrive(home: HomePage, qtbot: QtBot, rows: int) -> None:
    home.arrive()
    qtbot.waitUntil(lambda: home.model.rowCount() == rows, timeout=10_000)


def names(home: HomePage) -> list[str]:
    return [home.model.index(row, Column.APPLICANT).data() for row in range(home.model.rowCount())]


def test_an_empty_list_names_the_next_key(home: HomePage, qtbot: QtBot) -> None:
    home.arrive()
    qtbot.waitUntil(lambda: home.empty_words != "")
    assert home.empty_words == "Bấm F2 để tiếp nhận hồ sơ đầu tiên"


def test_unfinished_drafts_stand_on_top_and_enter_goes_on_with_them(home: HomePage, bench: Bench, qtbot: QtBot) -> None:
    received = receive_dossier(bench.session, ready(bench.session, FATHER))
    draft = filled_in(bench.session, MOTHER)
    arrive(home, qtbot, 2)
    assert names(home) == [MOTHER.full_name, FATHER.full_name]
    with qtbot.waitSignal(home.continued) as continued:
        press(home, Qt.Key.Key_Return)
    assert continued.args == [draft]
    with qtbot.waitSignal(home.opened) as opened:
        press(home, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert opened.args == [received.dossier.dossier_id]


def test_a_search_needs_no_accents_and_esc_shows_everything_again(home: HomePage, bench: Bench, qtbot: QtBot) -> None:
    for citizen in (FATHER, MOTHER):
        receive_dossier(bench.session, ready(bench.session, citizen))
    arrive(home, qtbot, 2)
    home.keys()[Qt.Key.Key_F3].do()
    type_text("nguyen nhung")
    qtbot.waitUntil(lambda: names(home) == [MOTHER.full_name])
    type_text("zzz")
    qtbot.waitUntil(lambda: home.empty_words == "Không tìm thấy hồ sơ nào")
    home.escape()
    qtbot.waitUntil(lambda: len(names(home)) == 2)
    assert QApplication.focusWidget() is home.table


def test_a_draft_is_thrown_away_only_when_the_clerk_insists(home: HomePage, bench: Bench, qtbot: QtBot) -> None:
    told: list[Notice] = []
    bench.noticed.connect(told.append)
    filled_in(bench.session)
    arrive(home, qtbot, 1)
    press(home, Qt.Key.Key_Delete)
    assert told[-1].next_step == "Bấm Delete lần nữa để bỏ."
    assert len(list_drafts(bench.session)) == 1
    press(home, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: list_drafts(bench.session) == ())


def test_a_dossier_is_shown_whole_and_its_receipt_is_saved_where_there_is_no_printer(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    received = receive_dossier(bench.session, ready(bench.session))
    page = DossierPage(bench)
    put_on_screen(page, bench, qtbot)
    page.show_dossier(received.dossier.dossier_id)
    qtbot.waitUntil(lambda: page.value("applicant") == FATHER.full_name)
    assert page.value("number") == FATHER.personal_number
    assert page.value("address") == FATHER.address
    page.keys()[Qt.Key.Key_F6].do()
    qtbot.waitUntil(lambda: page.receipt_bar.isVisible(), timeout=20_000)
    place = tmp_path / "giay tiep nhan" / "hs.pdf"
    QApplication.focusWidget().selectAll()  # type: ignore[union-attr]  # the line with the path
    type_text(str(place))
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(place.exists)
    assert place.read_bytes().startswith(b"%PDF-")
    qtbot.waitUntil(lambda: not page.receipt_bar.isVisible())


def test_the_number_is_shown_big_and_enter_goes_on_to_the_next_citizen(bench: Bench, qtbot: QtBot) -> None:
    received = receive_dossier(bench.session, ready(bench.session))
    page = ReceivedPage(bench)
    put_on_screen(page, bench, qtbot)
    page.show_received(received)
    page.arrive()
    assert page.code == received.dossier.code
    qtbot.waitUntil(lambda: page.has_receipt, timeout=20_000)
    press(page, Qt.Key.Key_Escape)
    page.arrive()
    with qtbot.waitSignal(page.next_wanted):
        press(page, Qt.Key.Key_Return)
