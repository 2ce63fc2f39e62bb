# SPDX-License-Identifier: GPL-3.0-or-later
"""Every two seconds: seal what is new, apply what came back, see how sending stands; never on the GUI thread."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from workstation.desk.change_set import ChangeSet
from workstation.desk.reconcile import CourierState, SyncGlance, glance, reconcile, start_courier, sync_now
from workstation.desk.sentences import KNOWN_ERRORS
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane

_EVERY_MS: Final = 2000
_START_SECONDS: Final = 8.0


@dataclass(frozen=True, slots=True)
class _Look:
    changes: ChangeSet
    glance: SyncGlance
    problem: Exception | None


class CourierWatch(QObject):
    """Watches while a clerk is signed in.

    Signals:
        glanced: How sending stands (``SyncGlance``).
    """

    glanced = pyqtSignal(object)

    def __init__(self, bench: Bench, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(bench)
        self._clock = clock
        self._starting_until = 0.0
        self._bench = bench
        self._is_looking = False
        self._has_complained = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Start the courier, and look from now on."""
        folder = self._bench.session.folder
        self._starting_until = self._clock() + _START_SECONDS
        self._bench.run(Lane.COURIER, lambda: start_courier(folder))
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Look no more; the courier goes on."""
        self._timer.stop()

    def look(self) -> None:
        """Look now, unless a look is under way."""
        if self._is_looking:
            return
        self._is_looking = True
        session = self._bench.session

        def reconcile_and_glance() -> _Look:
            try:
                changes, problem = reconcile(session), None
            except KNOWN_ERRORS as error:
                changes, problem = ChangeSet(), error
            return _Look(changes, self._while_starting(glance(session)), problem)

        self._bench.run(Lane.COURIER, reconcile_and_glance, self._on_looked, self._on_error)

    def send_now(self) -> None:
        """F9: wake the courier, or start it when it does not run."""
        folder = self._bench.session.folder
        self._starting_until = self._clock() + _START_SECONDS

        def wake() -> None:
            if not sync_now(folder):
                start_courier(folder)

        self._bench.run(Lane.COURIER, wake, lambda _: self.look())

    def _while_starting(self, glance: SyncGlance) -> SyncGlance:
        """A courier that was just started takes a moment to open its door; that is no reason to press F9."""
        if glance.courier.state is CourierState.NOT_RUNNING and self._clock() < self._starting_until:
            return dataclasses.replace(glance, courier=dataclasses.replace(glance.courier, state=CourierState.STARTING))
        return glance

    def _on_looked(self, look: _Look) -> None:
        self._is_looking = False
        self._bench.announce(look.changes)
        self.glanced.emit(look.glance)
        if look.problem is None:
            self._has_complained = False
        else:
            self._complain(look.problem)

    def _on_error(self, error: Exception) -> None:
        self._is_looking = False
        self._complain(error)

    def _complain(self, error: Exception) -> None:
        """Complain once, not every two seconds."""
        if not self._has_complained:
            self._has_complained = True
            self._bench.tell_error(error)
