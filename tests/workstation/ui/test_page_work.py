# SPDX-License-Identifier: GPL-3.0-or-later
"""A page of a draft is seen large in the reception, turned and scanned again with keys; nothing is lost on the way."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from casework.records.paper import Page
from localdb import pages
from scanning.devices.driver import ScanRequest
from scanning.page_image import ColorMode, PageImage
from tests.workstation.desk.counter import empty_sheet, jpeg
from tests.workstation.desk.hand_reader import HandReader, HandScanner
from tests.workstation.desk.retention import draft_with_scans
from tests.workstation.ui.play_program import clipped
from tests.workstation.ui.reception import Counter
from tests.workstation.ui.rooms import click, press
from workstation.desk.counter_devices import CounterDevices
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.keep_draft import open_draft
from workstation.desk.replace_page import PageReplaced
from workstation.desk.rescan_page import rescan_page
from workstation.desk.session import DeskSession
from workstation.desk.turn_page import Turn, turn_page
from workstation.ui.bench import Bench

mouse_click: Callable[..., object] = QTest.mouseClick
"""PyQt's stubs take the functions of this namespace for methods."""

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class HandDevices(CounterDevices):
    """The devices, with readers and a scanner that answer at once, or when ``go_on`` is set."""

    def __init__(self) -> None:
        super().__init__(DeskSettings(signing_modules=()))
        self.reader = HandReader()
        picture = empty_sheet(30).convert("L")
        sheet = PageImage(jpeg(picture, 30), picture.width, picture.height, 30, ColorMode.GRAY)
        self.go_on = threading.Event()
        self.go_on.set()
        self.sheets = [sheet]

    def turn_page(
        self, session: DeskSession, dossier_id: str, page_id: str, turn: Turn, *, drops_signature: bool = False
    ) -> PageReplaced:
        assert self.go_on.wait(10)
        reader = self.reader.as_reader
        return turn_page(session, dossier_id, page_id, turn, reader, drops_signature=drops_signature)

    def rescan_page(
        self,
        session: DeskSession,
        dossier_id: str,
        page_id: str,
        cancel: threading.Event,
        *,
        drops_signature: bool = False,
    ) -> PageReplaced:
        assert self.go_on.wait(10)
        return rescan_page(
            session,
            dossier_id,
            page_id,
            HandScanner(self.sheets).as_scanner,
            ScanRequest("made-up:1", 300),
            self.reader.as_reader,
            cancel,
            drops_signature=drops_signature,
        )


class Desk(Counter):
    """The reception with a draft of three scanned pages; the second one is bad."""

    def __init__(self, bench: Bench, qtbot: QtBot) -> None:
        self.devices = HandDevices()
        bench.devices = self.devices
        super().__init__(bench, qtbot)
        self.dossier_id, self.scanned = draft_with_scans(bench.session)
        with bench.session.store.transaction() as connection:
            connection.execute(
                "UPDATE pages SET advice = 'too-dark cut-off' WHERE page_id = ?", (self.scanned[1].page_id,)
            )
        self.go_on_with(self.dossier_id)
        self.list = self.page.papers.papers
        self.view = self.page.page_work.view

    def open(self, row: int) -> None:
        self.list.setFocus()
        self.list.setCurrentIndex(self.list.papers.index(row))
        press(self.list, Qt.Key.Key_Space)
        self.until(lambda: self.view.has_picture)

    def press_button(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        """Press a key of the view's buttons once they may be pressed."""
        self.until(lambda: all(button.isEnabled() for button in self.view.findChildren(QPushButton)))
        click(QApplication.focusWidget() or self.view, key, modifiers)

    def stored(self, number: int) -> Page:
        with self.bench.session.store.reading() as connection:
            return pages.get(connection, self.scanned[number].page_id)

    def take_picture(self, name: str) -> None:
        if folder := os.environ.get("MOTCUA_PICTURES"):
            self.page.grab().save(f"{folder}/{name}.png")


@pytest.fixture
def desk(bench: Bench, qtbot: QtBot) -> Desk:
    return Desk(bench, qtbot)


def test_the_bad_page_is_shown_first_with_what_to_do(desk: Desk) -> None:
    chips = desk.list.papers.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Quét lại: quá tối, cụt mép" in chips
    desk.open(0)
    assert desk.view.count == "Trang 2 / 2"
    assert desk.view.advised == (
        "Nên quét lại trang này: quá tối, cụt mép. Đặt tờ giấy nằm phẳng, đậy nắp máy rồi bấm F5 để quét lại trang này."
    )
    assert desk.page.keys()[Qt.Key.Key_F5].label == "Quét lại trang này"
    desk.take_picture("bad-page")
    press(desk.view, Qt.Key.Key_Left)
    assert (desk.view.count, desk.view.advised) == ("Trang 1 / 2", "")


def test_on_a_small_screen_no_word_of_it_is_cut_off(desk: Desk) -> None:
    desk.open(0)
    desk.page.resize(911, 404)  # 1366×768 at 150 %
    desk.devices.go_on.clear()
    desk.do(Qt.Key.Key_F5)
    desk.take_picture("bad-page-150")
    assert clipped(desk.view) == []
    desk.devices.go_on.set()


def test_esc_closes_the_page_and_stays_with_the_draft(desk: Desk) -> None:
    desk.open(1)
    assert not desk.page.person.isVisible()
    desk.page.escape()
    assert not desk.view.is_open
    assert desk.page.person.isVisible()
    assert desk.list.hasFocus()
    assert desk.page.dossier_id == desk.dossier_id
    assert desk.page.keys()[Qt.Key.Key_F5].label == ""


@pytest.mark.parametrize(
    ("key", "modifiers", "degrees"),
    [
        (Qt.Key.Key_R, CTRL, -89.5),
        (Qt.Key.Key_R, CTRL | SHIFT, 90.5),
        (Qt.Key.Key_0, CTRL, 0.0),
    ],
)
def test_a_page_is_turned_with_a_key_and_shown_as_it_lies_then(
    desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier, degrees: float
) -> None:
    desk.open(1)
    before = desk.view.picture()
    desk.press_button(key, modifiers)
    desk.until(lambda: desk.stored(2).steps != "" and desk.view.page == desk.stored(2))
    desk.until(lambda: (desk.view.picture() != before) == (degrees != 0.0))
    assert desk.stored(2).rotation_degrees == degrees
    assert desk.told == []
    desk.take_picture("turned-page")


def test_turns_are_undone_with_one_key(desk: Desk) -> None:
    desk.open(1)
    desk.press_button(Qt.Key.Key_R, CTRL)
    desk.until(lambda: desk.stored(2).steps != "")
    desk.press_button(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: desk.stored(2).steps == "")
    assert desk.stored(2).rotation_degrees == 0.5


def test_f5_scans_the_page_again_and_the_advice_goes(desk: Desk) -> None:
    desk.open(0)
    assert desk.view.advised
    desk.do(Qt.Key.Key_F5)
    desk.until(lambda: desk.view.page == desk.stored(1) != desk.scanned[1] and not desk.page.is_busy)
    page = desk.stored(1)
    assert desk.view.advised == ""
    assert (page.object_id != desk.scanned[1].object_id, page.position) == (True, 1)
    assert (desk.view.count, desk.view.page) == ("Trang 2 / 2", page)
    assert len(open_draft(desk.bench.session, desk.dossier_id).pages) == 3
    assert "Quét lại" not in desk.list.papers.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert desk.told == []


def test_esc_stops_the_new_scan_and_the_old_page_stays(desk: Desk) -> None:
    desk.devices.go_on.clear()
    desk.open(0)
    desk.do(Qt.Key.Key_F5)
    assert desk.page.is_busy
    assert not desk.page.keys()[Qt.Key.Key_F5].is_enabled
    assert not any(button.isEnabled() for button in desk.view.findChildren(QPushButton))
    desk.take_picture("scanning-again")
    desk.page.escape()
    assert desk.view.is_open
    desk.devices.go_on.set()
    desk.until(lambda: not desk.page.is_busy)
    assert [notice.code for notice in desk.told] == ["rescan-stopped"]
    assert desk.stored(1).object_id == desk.scanned[1].object_id
    assert desk.view.is_open


def test_esc_while_a_page_is_read_again_loses_nothing(desk: Desk) -> None:
    desk.devices.go_on.clear()
    desk.open(1)
    desk.press_button(Qt.Key.Key_R, CTRL)
    desk.until(lambda: desk.page.is_busy)
    desk.page.escape()
    assert not desk.view.is_open
    assert desk.page.dossier_id == desk.dossier_id
    desk.devices.go_on.set()
    desk.until(lambda: not desk.page.is_busy)
    assert desk.stored(2).rotation_degrees == -89.5


def test_more_than_one_sheet_is_told(desk: Desk) -> None:
    desk.devices.sheets *= 2
    desk.open(0)
    desk.do(Qt.Key.Key_F5)
    desk.until(lambda: desk.told != [])
    assert desk.told[0].happened == "Máy quét đã kéo nhiều hơn một tờ; chỉ tờ đầu được dùng."


def turn(desk: Desk) -> None:
    desk.press_button(Qt.Key.Key_R, CTRL)


def rescan(desk: Desk) -> None:
    desk.do(Qt.Key.Key_F5)


@pytest.mark.parametrize("act", [turn, rescan])
def test_the_signature_of_a_paper_goes_only_when_the_key_is_pressed_twice(
    desk: Desk, act: Callable[[Desk], None]
) -> None:
    with desk.bench.session.store.transaction() as connection:
        connection.execute("UPDATE papers SET signature_level = 'B-B'")
    desk.open(1)
    before = desk.stored(2)
    act(desk)
    desk.until(lambda: desk.told != [] and not desk.page.is_busy)
    assert desk.told[0].code == "paper-signed"
    assert desk.stored(2) == before
    act(desk)
    desk.until(lambda: desk.stored(2) != before and not desk.page.is_busy)
    levels = [paper.signature_level for paper in open_draft(desk.bench.session, desk.dossier_id).papers]
    assert levels == ["B-B", ""]


def test_another_draft_closes_the_page(desk: Desk) -> None:
    desk.open(0)
    desk.page.begin_new()
    assert not desk.view.is_open
    assert desk.page.person.isVisible()
    desk.until(lambda: desk.page.dossier_id not in {"", desk.dossier_id})


def test_a_click_on_the_picture_opens_the_page(desk: Desk) -> None:
    entry = desk.list.visualRect(desk.list.papers.index(1))
    mouse_click(desk.list.viewport(), Qt.MouseButton.LeftButton, pos=entry.center())
    assert not desk.view.is_open
    mouse_click(desk.list.viewport(), Qt.MouseButton.LeftButton, pos=entry.topLeft() + QPoint(30, 40))
    assert desk.view.is_open
