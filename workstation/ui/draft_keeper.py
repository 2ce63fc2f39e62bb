# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what is typed into the draft: soon after the last key, within a second while typing goes on."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from workstation.desk.change_set import ChangeSet
from workstation.desk.keep_draft import keep_fields
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane

AFTER_LAST_KEY_MS: Final = 400
AT_MOST_MS: Final = 800
"""While typing goes on; leaves a fifth of the second for the writing itself."""


class DraftKeeper(QObject):
    """Keeps the fields of one draft at a time.

    Signals:
        kept: Everything typed so far is in the database.
    """

    kept = pyqtSignal()

    def __init__(self, bench: Bench, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(bench)
        self._bench = bench
        self._clock = clock
        self._dossier_id = ""
        self._waiting: dict[str, str] = {}
        self._first_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    def turn_to(self, dossier_id: str) -> None:
        """Keep the fields of another draft from now on.

        What waits is written to the draft before; what was typed before there was any, to this one.
        """
        self.flush()
        self._dossier_id = dossier_id
        self.flush()

    def note(self, name: str, value: str) -> None:
        """Take a field as it is now."""
        now = self._clock()
        if not self._waiting:
            self._first_at = now
        self._waiting[name] = value
        left_ms = AT_MOST_MS - round((now - self._first_at) * 1000)
        self._timer.start(max(0, min(AFTER_LAST_KEY_MS, left_ms)))

    def flush(self) -> None:
        """Write what waits now; does not wait for the writing."""
        self._timer.stop()
        if not self._waiting or not self._dossier_id:
            return
        fields, self._waiting = self._waiting, {}
        dossier_id = self._dossier_id

        def keep() -> ChangeSet:
            return keep_fields(self._bench.session, dossier_id, fields)

        self._bench.run(
            Lane.DATABASE, keep, lambda _: self._on_kept(), lambda error: self._on_lost(dossier_id, fields, error)
        )

    def _on_kept(self) -> None:
        if not self._waiting:
            self.kept.emit()

    def _on_lost(self, dossier_id: str, fields: dict[str, str], error: Exception) -> None:
        """Keep for the next try what could not be written, unless it was typed over since."""
        self._bench.tell_error(error)
        if dossier_id == self._dossier_id:
            self._waiting = {**fields, **self._waiting}
