# SPDX-License-Identifier: GPL-3.0-or-later
"""A received paper is seen large; one that was let go says so, and shows by itself when it has come."""

from __future__ import annotations

import os

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage, QTransform
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.workstation.desk.retention import bring, confirm, documents, draft_with_scans, make_old, received
from tests.workstation.ui.rooms import press, put_on_screen
from workstation.desk.evict_objects import EvictObjects
from workstation.desk.keep_draft import open_draft
from workstation.desk.reconcile import reconcile
from workstation.ui.bench import Bench
from workstation.ui.dossier_page import DossierPage
from workstation.ui.notice import Notice
from workstation.ui.paper_list import PaperList
from workstation.ui.paper_work import PaperWork
from workstation.ui.papers_panel import PapersPanel


def opened(bench: Bench, qtbot: QtBot, dossier_id: str) -> DossierPage:
    """The page of a dossier, with the first paper large."""
    page = DossierPage(bench)
    put_on_screen(page, bench, qtbot)
    page.show_dossier(dossier_id)
    qtbot.waitUntil(lambda: page.value("applicant") != "")
    page.arrive()
    press(page, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert page.paper_view.is_open
    return page


def test_a_paper_is_seen_large_page_by_page(bench: Bench, qtbot: QtBot) -> None:
    dossier_id, _ = received(bench.session)
    page = opened(bench, qtbot, dossier_id)
    view = page.paper_view
    qtbot.waitUntil(lambda: view.has_picture)
    assert view.count == "Trang 1 / 2"
    press(view, Qt.Key.Key_Right)
    assert view.count == "Trang 2 / 2"
    press(view, Qt.Key.Key_Right, Qt.Key.Key_Left)
    assert view.count == "Trang 1 / 2"
    assert view.said == ""
    page.escape()
    assert not view.is_open
    with qtbot.waitSignal(page.left):
        page.escape()


def test_a_received_page_is_seen_with_the_space_bar_too_and_nobody_is_sent_back_to_the_scanner(
    bench: Bench, qtbot: QtBot
) -> None:
    dossier_id, _ = received(bench.session)
    with bench.session.store.transaction() as connection:
        connection.execute("UPDATE pages SET advice = 'too-dark'")
    page = DossierPage(bench)
    put_on_screen(page, bench, qtbot)
    page.show_dossier(dossier_id)
    qtbot.waitUntil(lambda: page.value("applicant") != "")
    page.arrive()
    (papers,) = page.findChildren(PaperList)
    assert "Quét lại" not in papers.papers.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    press(page, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_Space)
    view = page.paper_view
    qtbot.waitUntil(lambda: view.has_picture)
    assert view.advised == ""
    assert view.findChildren(QPushButton) == []


def test_a_paper_that_was_let_go_says_so_and_shows_when_it_has_come(bench: Bench, qtbot: QtBot) -> None:
    session = bench.session
    dossier_id, pages = received(session)
    document = documents(session, dossier_id)[0]
    content = session.store.objects.content(document)
    with session.store.transaction() as connection:
        connection.execute("UPDATE sync_state SET epoch = 'e'")
        connection.execute("UPDATE outbox SET acknowledged_sequence = 1")
        connection.execute("UPDATE dossiers SET received_at = 0")
    confirm(session, dossier_id)
    with session.store.transaction() as connection:
        connection.execute("UPDATE objects SET used_at = 0, confirmed_at = 0 WHERE confirmed_at IS NOT NULL")
    make_old(session, 2)
    job = EvictObjects(session.store, lambda _: None, lambda: 1 << 50)
    while job.run_slice(session.clock()):
        pass
    assert not session.store.objects.path(pages[0].object_id).exists()

    page = opened(bench, qtbot, dossier_id)
    view = page.paper_view
    qtbot.waitUntil(lambda: view.said != "")
    assert view.said.startswith("Giấy tờ này đã được chuyển lưu ở tỉnh, mà máy đang không có mạng.")
    assert not view.has_picture
    if folder := os.environ.get("MOTCUA_PICTURES"):
        page.grab().save(f"{folder}/paper-away.png")
    bring(session, content, document.object_id)
    reconcile(session)
    qtbot.waitUntil(lambda: view.has_picture, timeout=10_000)
    assert view.said == ""
    if folder:
        page.grab().save(f"{folder}/paper-here.png")


def test_a_page_whose_picture_is_lost_is_taken_out_with_delete_pressed_twice(bench: Bench, qtbot: QtBot) -> None:
    session = bench.session
    dossier_id, pages = draft_with_scans(session)
    with session.store.transaction() as connection:
        connection.execute("UPDATE pages SET paper_id = NULL WHERE page_id = ?", (pages[0].page_id,))
    panel = PapersPanel()
    qtbot.addWidget(panel, before_close_func=lambda _: bench.end())
    work = PaperWork(bench, panel, lambda: None)  # type: ignore[arg-type, return-value]  # nothing is signed here
    work.turn_to(dossier_id)
    draft = open_draft(session, dossier_id)
    panel.papers.papers.show_draft(draft.pages, draft.papers, None, {})
    told: list[Notice] = []
    bench.noticed.connect(told.append)
    last = panel.papers.papers.index(2)
    work.give_back(last)
    assert told[-1].next_step == "Bấm Delete lần nữa để bỏ trang."
    assert len(open_draft(session, dossier_id).pages) == 3
    with qtbot.waitSignal(work.changed):
        work.give_back(last)
    assert [page.page_id for page in open_draft(session, dossier_id).pages] == [page.page_id for page in pages[1:]]


def test_a_page_that_lies_upright_in_its_paper_is_not_turned_again(bench: Bench, qtbot: QtBot) -> None:
    dossier_id, pages = received(bench.session)
    page = opened(bench, qtbot, dossier_id)
    view = page.paper_view
    qtbot.waitUntil(lambda: view.has_picture)
    first = view.picture()

    def turn(key: Qt.Key) -> QImage:
        before = view.picture()
        press(view, key)
        qtbot.waitUntil(lambda: view.picture() != before)
        return view.picture()

    with bench.session.store.transaction() as connection:
        connection.execute("UPDATE pages SET rotation_degrees = 90 WHERE page_id = ?", (pages[0].page_id,))
    turn(Qt.Key.Key_Right)
    assert turn(Qt.Key.Key_Left) == first
    for stored in documents(bench.session, dossier_id):
        bench.session.store.objects.path(stored.object_id).unlink()
    turn(Qt.Key.Key_Right)
    assert turn(Qt.Key.Key_Left) == first.transformed(QTransform().rotate(-90))
