# SPDX-License-Identifier: GPL-3.0-or-later
"""The bar that tells the clerk something: what was told last, and what nothing else would tell again."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.workstation.ui.rooms import click
from workstation.ui.notice import Notice, NoticeBar
from workstation.ui.tone import Tone

PASSING = Notice(Tone.WARN, "Chưa chọn thủ tục.")
MENDED = Notice(Tone.WARN, "Một bản của tệp khóa bị hỏng.", code="key-file-mended", stays=True)
DAMAGED = Notice(Tone.WARN, "Dữ liệu bị hỏng.", code="database-damaged", stays=True)


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    return bar


def shown(bar: NoticeBar) -> Notice | None:
    return bar.shown if bar.isVisibleTo(bar.parentWidget()) else None


def close(bar: NoticeBar) -> None:
    (button,) = bar.findChildren(QPushButton)
    button.click()


def test_what_was_told_last_is_shown_until_it_is_old_news(bar: NoticeBar) -> None:
    bar.tell(PASSING)
    assert shown(bar) == PASSING
    bar.clear()
    assert shown(bar) is None


def test_what_stays_comes_back_after_everything_else_until_it_is_closed(bar: NoticeBar) -> None:
    bar.tell(MENDED)
    bar.clear()
    assert shown(bar) == MENDED
    bar.tell(PASSING)
    assert shown(bar) == PASSING
    close(bar)
    assert shown(bar) == MENDED
    close(bar)
    assert shown(bar) is None


def test_of_several_that_stay_each_is_read_once(bar: NoticeBar) -> None:
    for notice in (MENDED, DAMAGED, MENDED):
        bar.tell(notice)
    assert shown(bar) == MENDED
    close(bar)
    assert shown(bar) == DAMAGED
    close(bar)
    assert shown(bar) is None


def test_what_stays_is_closed_by_keyboard_too(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.tell(DAMAGED)
    bar.show()
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    click(bar, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown(bar) is None)


def test_nothing_stays_for_the_next_clerk(bar: NoticeBar) -> None:
    bar.tell(MENDED)
    bar.forget()
    assert shown(bar) is None


def test_good_news_passes_and_what_stays_does_not(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.tell(MENDED)
    bar.tell(Notice(Tone.GOOD, "Đã gửi giấy tiếp nhận."))
    bar._passing.start(1)
    qtbot.waitUntil(lambda: shown(bar) == MENDED)
