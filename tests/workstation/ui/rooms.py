# SPDX-License-Identifier: GPL-3.0-or-later
"""What several tests of the windows use: the real clock, keys, and places to look at."""

from __future__ import annotations

import datetime as dt
import gc
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QAbstractItemModel, QEvent, Qt, QTimer
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtPrintSupport import QPrinter
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sync_agent.courier_contact import stop_courier
from tests.workstation.desk.counter import Hand
from workstation.desk.desk_folder import DeskFolder
from workstation.ui.bench import Bench
from workstation.ui.page import Page
from workstation.ui.printing import UsualPrinter

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester  # wants Qt's test module, which is not there before the application

click: Callable[..., object] = QTest.keyClick
"""PyQt's stubs take the functions of this namespace for methods."""


class RealClock(Hand):
    """The clock on the wall."""

    def __init__(self) -> None:
        super().__init__(dt.datetime.now(dt.UTC))

    def __call__(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)


_METRONOME = """
import sys, threading, time
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
longest, last = 0.0, time.perf_counter()
while not ended.is_set():
    time.sleep(0.005)
    now = time.perf_counter()
    longest, last = max(longest, now - last), now
print(longest)
"""


class Heart:
    """Beats every five milliseconds while the window is alive, and remembers the longest pause.

    A metronome in a program of its own tells how long the machine itself lets a program wait that does nothing. What
    was loaded stays out of the way of the garbage collector, as in the program: here that is every test before.
    """

    def __init__(self) -> None:
        self._metronome = subprocess.Popen(
            [sys.executable, "-c", _METRONOME], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.longest_gap = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def beat_from_now(self) -> None:
        """Forget what was, and beat."""
        gc.collect()
        gc.freeze()
        self.longest_gap, self._last = 0.0, time.perf_counter()
        self._timer.start(5)

    def stop(self) -> float:
        """Beat no more.

        Returns:
            The longest pause of the machine, seconds.
        """
        self._timer.stop()
        gc.unfreeze()
        return float(self._metronome.communicate()[0])

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest_gap = max(self.longest_gap, now - self._last)
        self._last = now


def file_printer(file: Path) -> UsualPrinter:
    """Make a printer of Qt's own that prints into a PDF file; the print server is not asked."""
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return UsualPrinter("HP 1102", printer)


def end_courier(folder: DeskFolder) -> None:
    """End the courier that a shift started, also one that was started a moment ago and has no door yet."""
    deadline = time.monotonic() + 5
    while not stop_courier(folder) and time.monotonic() < deadline:
        time.sleep(0.05)


def put_on_screen(page: Page, bench: Bench, qtbot: QtBot) -> None:
    """Show a page; work that is still under way when the test ends finds nobody to tell."""
    page.resize(1366, 660)
    qtbot.addWidget(page, before_close_func=lambda _: bench.end())
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


def check_model(tester: ModelTester, model: QAbstractItemModel) -> None:
    """Hold a model against Qt's own rules."""
    check: Callable[[QAbstractItemModel], None] = tester.check
    check(model)


def press(widget: QWidget | None, *keys: Qt.Key) -> None:
    """Press keys one after another, each where the focus is by then."""
    for key in keys:
        target = QApplication.focusWidget() or widget
        click(target, key)


def type_text(text: str) -> None:
    """Type where the focus is, any letter of any alphabet."""
    for character in text:
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(target, event)
