# SPDX-License-Identifier: GPL-3.0-or-later
"""Notices that nobody is at the desk: the clerk left for a moment, and the screen is full of a citizen's data.

Any key, click, turn of the wheel or move of the mouse counts as somebody. Both clocks are asked: the steady one cannot
be set, but stands still while some computers sleep.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PyQt6.QtCore import QEvent, QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QWindow

WARNING_SECONDS: Final = 30
"""The clerk is warned for so long before the desk locks."""

_CHECK_MS: Final = 1000
_SIGNS_OF_LIFE: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleLock(QObject):
    """Watches the application; installed with ``QCoreApplication.installEventFilter``.

    Signals:
        warned: The desk will lock in ``WARNING_SECONDS``.
        stirred: Somebody is there after all.
        idled: Nobody was there for the whole time (and for how many seconds more); said again every second until
            somebody is, or it is stopped.
    """

    warned = pyqtSignal()
    stirred = pyqtSignal()
    idled = pyqtSignal(float)

    def __init__(
        self,
        parent: QObject | None = None,
        clocks: tuple[Callable[[], float], ...] = (time.monotonic, time.time),
    ) -> None:
        """Prepare.

        Args:
            parent: Owner.
            clocks: Seconds, each from any beginning.
        """
        super().__init__(parent)
        self._limit = 0.0
        self._clocks = clocks
        self._seen = self._now()
        self._is_warned = False
        self._timer = QTimer(self)
        self._timer.setInterval(_CHECK_MS)
        self._timer.timeout.connect(self.check)

    def start(self, minutes: int) -> None:
        """Begin to watch.

        Args:
            minutes: How long nobody must be there, at least 1.
        """
        self._limit = minutes * 60.0
        self._seen = self._now()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def check(self) -> None:
        """Look at the clocks."""
        idle = max(now - seen for now, seen in zip(self._now(), self._seen, strict=True))
        if idle >= self._limit:
            self.idled.emit(idle - self._limit)
        elif idle >= self._limit - WARNING_SECONDS and not self._is_warned:
            self._is_warned = True
            self.warned.emit()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Override QObject::eventFilter; takes nothing away."""
        if event is not None and event.type() in _SIGNS_OF_LIFE and isinstance(watched, QWindow):
            self._seen = self._now()
            if self._is_warned:
                self._is_warned = False
                self.stirred.emit()
        return False

    def _now(self) -> tuple[float, ...]:
        return tuple(clock() for clock in self._clocks)
