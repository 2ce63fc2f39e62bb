# SPDX-License-Identifier: GPL-3.0-or-later
"""The card reader that pretends to be a keyboard: caught before any field keeps what it types."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtCore import QCoreApplication, QEvent, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from demo.people import FATHER, card_qr_text
from tests.workstation.ui.rooms import click
from workstation.ui.wedge import CardWedge

READER_S, TYPIST_S = 0.004, 0.09
ENTER = "\r"


class Room:
    """A window with three things that can have the focus, a card reader and a clock that only the keys move."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.line, self.text, self.button = QLineEdit(), QPlainTextEdit(), QPushButton("nút")
        layout = QVBoxLayout(self.window)
        for widget in (self.line, self.text, self.button):
            layout.addWidget(widget)
        self.seconds = 100.0
        self.is_wanted = True
        self.heard: list[str] = []
        self.broken = 0
        self.wedge = CardWedge(lambda: self.is_wanted, self.window, lambda: self.seconds)
        self.wedge.card_read.connect(self.heard.append)
        self.wedge.burst_broken.connect(self.count)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()

    def count(self) -> None:
        self.broken += 1

    def type(self, text: str, gap_s: float) -> None:
        """Send keys to the window, as the system does; not to a widget."""
        for character in text:
            self.seconds += gap_s
            key = Qt.Key.Key_Return if character == ENTER else Qt.Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
                QCoreApplication.sendEvent(self.window.windowHandle(), event)


@pytest.fixture
def room(qtbot: QtBot, dressed: QApplication) -> Iterator[Room]:
    room = Room(qtbot)
    dressed.installEventFilter(room.wedge)
    yield room
    dressed.removeEventFilter(room.wedge)


def test_a_card_is_read_whole_and_the_field_stays_as_it_was(room: Room) -> None:
    room.line.setFocus()
    room.line.setText("Lê Thị")
    room.line.setCursorPosition(2)
    room.type(card_qr_text(FATHER) + ENTER, READER_S)
    assert room.heard == [card_qr_text(FATHER)]
    assert (room.line.text(), room.line.cursorPosition()) == ("Lê Thị", 2)


def test_a_field_of_several_lines_stays_as_it_was_too(room: Room) -> None:
    room.text.setFocus()
    room.text.setPlainText("Thôn Trung Hậu")
    room.type(card_qr_text(FATHER) + ENTER, READER_S)
    assert room.heard == [card_qr_text(FATHER)]
    assert room.text.toPlainText() == "Thôn Trung Hậu"


def test_a_card_is_read_wherever_the_focus_is_and_presses_no_button(room: Room) -> None:
    pressed: list[bool] = []
    room.button.clicked.connect(pressed.append)
    room.button.setFocus()
    room.type(card_qr_text(FATHER) + ENTER, READER_S)
    assert room.heard == [card_qr_text(FATHER)]
    assert pressed == []


@pytest.mark.parametrize("text", ["]Q1" + card_qr_text(FATHER), "đ\u0309\u0309đ" + card_qr_text(FATHER)[4:]])
def test_a_prefix_or_the_vietnamese_layout_hides_no_card(room: Room, text: str) -> None:
    room.line.setFocus()
    room.type(text + ENTER, READER_S)
    assert room.heard == [text]
    assert room.line.text() == ""


def test_a_fast_typist_is_no_reader(room: Room) -> None:
    room.line.setFocus()
    room.type("038094012745" + ENTER, TYPIST_S)
    assert room.line.text() == "038094012745"
    assert room.heard == []


def test_five_fast_digits_are_still_typing(room: Room) -> None:
    room.line.setFocus()
    room.type("09123", READER_S)
    room.type("45678", TYPIST_S)
    assert room.line.text() == "0912345678"


def test_what_begins_with_another_letter_is_no_card(room: Room) -> None:
    room.line.setFocus()
    room.type("H56.15-261122-0601" + ENTER, READER_S)
    assert room.line.text() == "H56.15-261122-0601"
    assert room.heard == []


def test_a_burst_without_enter_is_given_up_and_said_so(room: Room, qtbot: QtBot) -> None:
    room.line.setFocus()
    with qtbot.waitSignal(room.wedge.burst_broken, timeout=2000):
        room.type("038094012745|174102358", READER_S)
    assert room.heard == []
    assert room.line.text() == ""


def test_the_rest_of_a_burst_that_comes_late_reaches_no_field(room: Room, qtbot: QtBot) -> None:
    """The window was busy: its timer ran out while keys of the same burst still waited."""
    room.line.setFocus()
    with qtbot.waitSignal(room.wedge.burst_broken, timeout=2000):
        room.type("038094012745|", READER_S)
    room.type("LÊ VĂN THÀNH" + ENTER, READER_S)
    room.type("abc", TYPIST_S)
    assert room.line.text() == "abc"
    assert room.heard == []


def test_the_next_card_is_read_after_a_broken_burst(room: Room, qtbot: QtBot) -> None:
    with qtbot.waitSignal(room.wedge.burst_broken, timeout=2000):
        room.type("0380940127", READER_S)
    room.seconds += 5
    room.type(card_qr_text(FATHER) + ENTER, READER_S)
    assert room.heard == [card_qr_text(FATHER)]


def test_a_burst_that_never_ends_is_given_up(room: Room) -> None:
    room.line.setFocus()
    room.type("1" * 1500, READER_S)
    assert room.broken == 1
    assert room.line.text() == ""


def test_a_page_that_wants_no_card_gets_the_keys(room: Room) -> None:
    room.is_wanted = False
    room.line.setFocus()
    room.type("038094012745", READER_S)
    assert room.line.text() == "038094012745"
    assert room.heard == []


def test_keys_of_the_system_are_timed_by_the_system_and_seen_once(room: Room) -> None:
    """A busy window gets to its keys late; only the time at which the system saw them counts."""
    room.line.setFocus()
    for character in b"038094012745|174102358":
        room.seconds += 1
        click(room.window.windowHandle(), bytes([character]))
    click(room.window.windowHandle(), Qt.Key.Key_Return)
    assert room.heard == ["038094012745|174102358"]
    assert room.line.text() == ""
