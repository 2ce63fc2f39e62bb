# SPDX-License-Identifier: GPL-3.0-or-later
"""The bar of function keys: where not all words have room, those of the keys that do nothing go first."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from workstation.ui.key_bar import KeyBar
from workstation.ui.page import KeyAction


def test_the_keys_that_do_something_keep_their_words_on_a_narrow_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bar = KeyBar(window)
    window.show()
    bar.show_keys({Qt.Key.Key_F1: KeyAction(lambda: None), Qt.Key.Key_F2: KeyAction(lambda: None)})
    buttons = bar.findChildren(QAbstractButton)
    bar.resize(1366, 40)
    wide = [button.sizeHint().width() for button in buttons]
    bar.resize(700, 40)
    narrow = [button.sizeHint().width() for button in buttons]
    assert narrow[:2] == wide[:2]
    assert all(after < before for after, before in zip(narrow[2:], wide[2:], strict=True))
    assert sum(narrow) <= 700
