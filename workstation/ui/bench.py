# SPDX-License-Identifier: GPL-3.0-or-later
"""What every page of a signed-in clerk works with: the desk's session, the devices, the lanes, one ear for errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from PyQt6.QtCore import QObject, pyqtSignal

from workstation.desk.change_set import ChangeSet
from workstation.desk.counter_devices import CounterDevices
from workstation.desk.session import DeskSession
from workstation.ui.lanes import Lane, Lanes
from workstation.ui.notice import Notice

_T = TypeVar("_T")


class Bench(QObject):
    """One clerk's workplace from sign-in to sign-out.

    Signals:
        changed: A use case changed something (``ChangeSet``).
        noticed: The clerk must be told something (``Notice``).
        carried_on: Something the clerk did worked, so that what was told before is old news.

    Attributes:
        session: The open desk.
        devices: Scanner and readers.
        language: ``vi`` or ``en``, for sentences.
    """

    changed = pyqtSignal(object)
    noticed = pyqtSignal(object)
    carried_on = pyqtSignal()

    def __init__(
        self,
        session: DeskSession,
        devices: CounterDevices,
        lanes: Lanes,
        language: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.devices = devices
        self.language = language
        self._lanes = lanes
        self._is_open = True
        self._question = ""
        self.carried_on.connect(self.forget_question)

    def run(
        self,
        lane: Lane,
        work: Callable[[], _T],
        on_done: Callable[[_T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do something in a lane; without ``on_error`` an error is told to the clerk."""
        self._lanes.run(
            lane, work, on_done=self._while_open(on_done), on_error=self._while_open(on_error or self.tell_error)
        )

    def follow(
        self,
        lane: Lane,
        steps: Callable[[], Iterator[_T]],
        on_step: Callable[[_T], None],
        on_done: Callable[[], None],
        on_error: Callable[[Exception], None],
    ) -> None:
        """Go through something step by step in a lane."""

        def done() -> None:
            if self._is_open:
                on_done()

        self._lanes.follow(
            lane, steps, on_step=self._while_open(on_step), on_done=done, on_error=self._while_open(on_error)
        )

    def tell(self, notice: Notice) -> None:
        """Tell the clerk something."""
        self.noticed.emit(notice)

    def tell_error(self, error: Exception) -> None:
        """Tell the clerk what went wrong and what to do now."""
        self.noticed.emit(Notice.of_error(error, self.language))

    def announce(self, changes: ChangeSet) -> None:
        """Let the views refresh what changed."""
        if changes:
            self.changed.emit(changes)

    def is_insisted(self, question: str) -> bool:
        """Whether the clerk did the same thing twice in a row, after a notice asked her whether she means it."""
        is_second = self._question == question
        self._question = "" if is_second else question
        return is_second

    def forget_question(self) -> None:
        """Ask anew: the notice that asked is not on the screen any more."""
        self._question = ""

    def end(self) -> None:
        """Take no more answers: the pages are going away."""
        self._is_open = False

    def _while_open(self, callback: Callable[[_T], None] | None) -> Callable[[_T], None]:
        def call(argument: _T) -> None:
            if self._is_open and callback is not None:
                callback(argument)

        return call
