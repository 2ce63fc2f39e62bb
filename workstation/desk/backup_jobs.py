# SPDX-License-Identifier: GPL-3.0-or-later
"""The jobs of the background program that keep the store safe: check it, take snapshots, carry them elsewhere."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from casework.errors import KnownError
from localdb.log_copying import LogCopier
from localdb.store import Store
from workstation.desk.background_wire import BackgroundNews, Tell
from workstation.desk.carry_snapshot import PLACE_IS_AWAY, SnapshotOutcome, carry_snapshot, check_places
from workstation.desk.check_integrity import check_integrity, is_check_wanted, note_check_passed, want_check
from workstation.desk.take_snapshot import beside_the_database, check_snapshot, is_snapshot_due, take_snapshot

_SLICE_SECONDS: Final = 0.05
_REST_AFTER_FAILURE_SECONDS: Final = 900.0
_REST_AFTER_DAMAGE_SECONDS: Final = 3600.0
"""What is damaged is mended by the next snapshot."""
_BETWEEN_CHECKS_SECONDS: Final = 86400.0
_REST_SECONDS: Final = 15.0
_WITHOUT_SNAPSHOT_SECONDS: Final = 1.0
"""Between two looks for something to carry, as long as the first snapshot is about to be taken."""
_WORTH_COPYING_PAGES: Final = 200
"""The engine begins to copy by itself, in somebody's commit, at 1,000."""
_DAMAGED_AT: Final = "snapshot-damaged-at"
_OWN_SENTENCES: Final = {PLACE_IS_AWAY: PLACE_IS_AWAY, "snapshot-damaged": _DAMAGED_AT}


class CopyLog:
    """What gathered in the write-ahead log goes into the database file before a commit has to do it."""

    name = "copy-log"
    rest_seconds = 1.0

    def __init__(self, store: Store) -> None:
        self._log = LogCopier(store)

    def run_slice(self, now: dt.datetime) -> bool:
        """Copy, when it is worth it."""
        if self._log.waiting_pages() >= _WORTH_COPYING_PAGES:
            self._log.copy()
        return False


class CheckIntegrity:
    """After the store was left without being closed: is every page as it was written?"""

    name = "check-integrity"
    rest_seconds = 60.0

    def __init__(self, store: Store, tell: Tell) -> None:
        self._store = store
        self._tell = tell
        self._is_damage_told = False

    def run_slice(self, now: dt.datetime) -> bool:
        """Check everything in one go; nobody waits for it."""
        if self._is_damage_told or not is_check_wanted(self._store.folder):
            return False
        report = check_integrity(self._store)
        if report.is_whole:
            note_check_passed(self._store.folder)
            self._tell(BackgroundNews(self.name, "integrity-checked"))
        else:
            self._is_damage_told = True
            self._tell(BackgroundNews(self.name, "database-damaged", is_trouble=True))
        return False


class TakeSnapshots:
    """Every hour, or as the settings say, a snapshot beside the database."""

    name = "take-snapshot"
    rest_seconds = 60.0

    def __init__(self, store: Store, tell: Tell) -> None:
        self._store = store
        self._tell = tell
        self._steps: Iterator[None] | None = None
        self._told = ""

    def run_slice(self, now: dt.datetime) -> bool:
        """Take some steps."""
        if self._steps is None:
            if not is_snapshot_due(self._store, now):
                return False
            self._steps = self._go_through(now)
        steps, self._steps = self._steps, None  # who fails begins anew
        end = time.monotonic() + _SLICE_SECONDS
        if not any(time.monotonic() >= end for _ in steps):
            return False
        self._steps = steps
        return True

    def _go_through(self, now: dt.datetime) -> Iterator[None]:
        try:
            yield from take_snapshot(self._store, now)
        except KnownError as error:
            if error.code == "database-busy":
                return  # it is being checked, or written without a pause; a minute later is as good
            if error.code == "database-damaged":
                want_check(self._store.folder)
            if error.code != self._told:
                self._told = error.code
                details = {"reason": error.code}
                self._tell(BackgroundNews(self.name, "snapshot-not-taken", is_trouble=True, details=details))
            raise KnownError("snapshot-not-taken", retryable=True, reason=error.code) from error
        self._told = ""
        self._tell(BackgroundNews(self.name, "snapshot-taken"))


class ProveSnapshots:
    """Once a day the newest snapshot beside the database is put together and checked."""

    name = "prove-snapshot"
    rest_seconds = 300.0

    def __init__(self, store: Store, tell: Tell) -> None:
        self._store = store
        self._tell = tell
        self._steps: Iterator[None] | None = None
        self._rests_until = 0.0

    def run_slice(self, now: dt.datetime) -> bool:
        """Take some steps; the check itself is one long one."""
        if time.monotonic() < self._rests_until:
            return False
        steps, self._steps = self._steps or check_snapshot(self._store, now), None
        end = time.monotonic() + _SLICE_SECONDS
        try:
            if not any(time.monotonic() >= end for _ in steps):
                return False
        except KnownError as error:
            if error.code == "database-damaged":
                want_check(self._store.folder)  # which says so
            elif error.code == "snapshot-damaged":
                self._rests_until = time.monotonic() + _REST_AFTER_DAMAGE_SECONDS
                details = {"folder": str(beside_the_database(self._store).folder)}
                self._tell(BackgroundNews(self.name, _DAMAGED_AT, is_trouble=True, details=details))
            else:
                raise
            return False
        self._steps = steps
        return True


class CarrySnapshots:
    """The newest snapshot to every place that has not got it; also to a stick that was plugged in a minute ago."""

    name = "carry-snapshot"

    def __init__(self, store: Store, tell: Tell) -> None:
        self._store = store
        self._tell = tell
        self._steps: Iterator[None] | None = None
        self._told: set[SnapshotOutcome] = set()
        self._not_carried: dict[Path, float] = {}
        self._not_proven: dict[Path, float] = {}
        self.rest_seconds = _WITHOUT_SNAPSHOT_SECONDS

    def run_slice(self, now: dt.datetime) -> bool:
        """Take some steps."""
        steps, self._steps = self._steps or self._go_through(now), None
        end = time.monotonic() + _SLICE_SECONDS
        if not any(time.monotonic() >= end for _ in steps):
            return False
        self._steps = steps
        return True

    def _go_through(self, now: dt.datetime) -> Iterator[None]:
        if self.rest_seconds < _REST_SECONDS and beside_the_database(self._store).newest():
            self.rest_seconds = _REST_SECONDS
        for outcome in carry_snapshot(self._store, now, without=_still_resting(self._not_carried)):
            if outcome is not None:
                self._pass_on_carried(outcome)
            yield
        # A place whose snapshot is not as it was must get the next one: only by that it heals.
        for outcome in check_places(self._store, now, without=_still_resting(self._not_proven)):
            if outcome is not None:
                self._rest(self._not_proven, outcome, _BETWEEN_CHECKS_SECONDS)
                self._tell_trouble(outcome, "snapshot-not-proven")
            yield

    def _pass_on_carried(self, outcome: SnapshotOutcome) -> None:
        if outcome.missing_objects:
            details = {"count": str(outcome.missing_objects)}
            self._tell(BackgroundNews(self.name, "objects-missing", is_trouble=True, details=details))
        if outcome.code:
            self._rest(self._not_carried, outcome, _REST_AFTER_FAILURE_SECONDS)
            self._tell_trouble(outcome, "snapshot-not-carried")
            return
        self._not_proven.pop(outcome.folder, None)
        self._told = {told for told in self._told if told.folder != outcome.folder}
        self._tell(BackgroundNews(self.name, "snapshot-carried", details={"folder": str(outcome.folder)}))

    def _rest(self, resting: dict[Path, float], outcome: SnapshotOutcome, seconds: float) -> None:
        if outcome.code != PLACE_IS_AWAY:
            resting[outcome.folder] = time.monotonic() + seconds

    def _tell_trouble(self, outcome: SnapshotOutcome, otherwise: str) -> None:
        if not outcome.is_trouble or outcome in self._told:
            return
        self._told.add(outcome)
        code = _OWN_SENTENCES.get(outcome.code, otherwise)
        details = {"folder": str(outcome.folder), "reason": outcome.code}
        self._tell(BackgroundNews(self.name, code, is_trouble=True, details=details))


def _still_resting(resting: dict[Path, float]) -> frozenset[Path]:
    return frozenset(folder for folder, until in resting.items() if until > time.monotonic())
