# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the background program with the shift, hears its news, and sees that it is gone before the store closes.

A program that ended by itself (killed, out of memory) is started again after a minute.
"""

from __future__ import annotations

import contextlib
import threading
from typing import Final

from PyQt6.QtCore import QObject, pyqtSignal

from casework.errors import BugError, KnownError
from workstation.desk.background_program import BackgroundProgram, start_background
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane

_BEFORE_ANOTHER_SECONDS: Final = 60.0


class BackgroundWatch(QObject):
    """The background program of one shift.

    Signals:
        told: News (``BackgroundNews``).
    """

    told = pyqtSignal(object)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self._program: BackgroundProgram | None = None
        self._over = threading.Event()

    def begin(self) -> None:
        """Start the program; off the GUI thread, as everything that may take a moment."""
        self._bench.run(Lane.DATABASE, self._start)

    def let_go(self) -> None:
        """Tell the program to end, and do not wait for it."""
        self._over.set()
        if self._program is not None:
            self._program.let_go()

    def finish(self) -> None:
        """Wait until the program is gone; in the lane in which it was started, or when all lanes have ended."""
        if self._program is not None:
            self._program.stop()

    def _start(self) -> None:
        program = self._new_program()
        threading.Thread(target=self._listen, args=(program,), name="background news", daemon=True).start()

    def _new_program(self) -> BackgroundProgram:
        program = start_background(self._bench.session)
        self._program = program
        if self._over.is_set():
            program.let_go()
        return program

    def _listen(self, program: BackgroundProgram | None) -> None:
        while program is not None:
            for news in program.news():
                with contextlib.suppress(RuntimeError):  # the shift is over, and this object is gone
                    self.told.emit(news)
            program.stop()
            program = None
            if not self._over.wait(_BEFORE_ANOTHER_SECONDS):
                # The next shift tries again; this one goes on without.
                with contextlib.suppress(KnownError, BugError):
                    program = self._new_program()
