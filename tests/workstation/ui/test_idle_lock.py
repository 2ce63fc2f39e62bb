# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk locks when nobody is there, never while somebody is, whatever the clocks do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.workstation.ui.rooms import click
from workstation.ui.idle_lock import WARNING_SECONDS, IdleLock

move_mouse: Callable[..., object] = QTest.mouseMove
"""PyQt's stubs take the functions of this namespace for methods."""


class Watched:
    """A lock of five minutes, what it said, and its two clocks."""

    def __init__(self) -> None:
        self.steady, self.wall = 1000.0, 1_800_000_000.0
        self.said: list[str] = []
        self.lock = IdleLock(clocks=(lambda: self.steady, lambda: self.wall))
        self.lock.warned.connect(lambda: self.said.append("warned"))
        self.lock.stirred.connect(lambda: self.said.append("stirred"))
        self.lock.idled.connect(lambda overdue: self.said.append(f"idled {overdue:.0f}"))
        self.lock.start(5)

    def pass_seconds(self, seconds: float) -> None:
        self.steady += seconds
        self.wall += seconds
        self.lock.check()


@pytest.fixture
def watched(qapp: QApplication) -> Iterator[Watched]:
    watched = Watched()
    qapp.installEventFilter(watched.lock)
    yield watched
    qapp.removeEventFilter(watched.lock)
    watched.lock.stop()


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitUntil(field.isVisible)
    return field


def test_nobody_for_the_whole_time_locks_after_one_warning(watched: Watched) -> None:
    watched.pass_seconds(300 - WARNING_SECONDS - 1)
    assert watched.said == []
    watched.pass_seconds(1)
    watched.pass_seconds(1)
    assert watched.said == ["warned"]
    watched.pass_seconds(WARNING_SECONDS)
    watched.pass_seconds(60)
    assert watched.said == ["warned", "idled 1", "idled 61"]


def test_a_key_begins_the_time_anew_and_takes_the_warning_back(watched: Watched, field: QLineEdit) -> None:
    watched.pass_seconds(299)
    window = field.windowHandle()
    assert window is not None
    click(window, Qt.Key.Key_A)
    assert watched.said == ["warned", "stirred"]
    watched.pass_seconds(200)
    assert watched.said == ["warned", "stirred"]
    assert field.text() == "a"


def test_the_mouse_is_somebody_too(watched: Watched, field: QLineEdit) -> None:
    watched.pass_seconds(299)
    window = field.windowHandle()
    assert window is not None
    for place in (QPoint(3, 3), QPoint(5, 5)):
        move_mouse(window, place)
    assert watched.said == ["warned", "stirred"]


def test_a_computer_that_slept_is_locked_though_its_steady_clock_stood_still(watched: Watched) -> None:
    watched.wall += 3600
    watched.lock.check()
    assert watched.said == ["idled 3300"]


def test_a_clock_set_back_by_two_years_does_not_keep_the_desk_open(watched: Watched) -> None:
    watched.wall -= 2 * 365 * 86400
    watched.pass_seconds(301)
    assert watched.said == ["idled 1"]
