# SPDX-License-Identifier: GPL-3.0-or-later
"""Look after the object files in the background: leftovers go, what is missing is remembered, told and fetched back."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from localdb import durable_file, object_sweep, object_whereabouts
from localdb.objects import StoredObject
from localdb.store import OBJECTS_NAME, Store
from sync_agent.data_folder import DataFolder
from sync_agent.wanted import WantedObjects, Wish
from workstation.desk.background_wire import BackgroundNews, Tell

BETWEEN_SWEEPS: Final = dt.timedelta(days=1)
_MOST_WISHES: Final = 100
_MARKER: Final = "swept"
"""Changed when a sweep ends."""
_OBJECTS_AT_A_TIME: Final = 1000


class SweepObjects:
    """A background job: one folder of 256 a slice, all of them once a day, and when ``want_sweep`` was called.

    What is known to be missing is told at each start.
    """

    name = "sweep-objects"
    rest_seconds = 600.0

    def __init__(self, store: Store, folder: DataFolder, tell: Tell) -> None:
        """Prepare.

        Args:
            store: The open store.
            folder: Its data folder.
            tell: Passes news on to the window.
        """
        self._store = store
        self._folder = folder
        self._tell = tell
        self._next = 0
        self._is_new = True

    def run_slice(self, now: dt.datetime) -> bool:
        """See ``Job``."""
        if self._is_new:
            self._is_new = False
            self._tell_missing()
        if self._next == 0 and not _is_old(self._marker, now):
            return False
        object_sweep.sweep_folder(self._store, self._next, now)
        self._next += 1
        if self._next < object_sweep.FOLDERS:
            return True
        self._next = 0
        self._finish(now)
        return False

    @property
    def _marker(self) -> Path:
        return self._store.objects.folder / _MARKER

    def _tell_missing(self) -> None:
        with self._store.reading() as connection:
            count = object_whereabouts.count_missing(connection)
        if count:
            self._tell(BackgroundNews(self.name, "objects-missing", is_trouble=True, details={"count": str(count)}))

    def _finish(self, now: dt.datetime) -> None:
        self._tell_missing()
        wanted = WantedObjects(self._folder)
        for stored in itertools.islice(self._unwished(wanted), _MOST_WISHES):
            wanted.want(Wish(stored.transport_id, stored.object_id, stored.sealed_size))
        with durable_file.explained():
            self._marker.touch(mode=0o600)
            os.utime(self._marker, (now.timestamp(), now.timestamp()))

    def _unwished(self, wanted: WantedObjects) -> Iterator[StoredObject]:
        """Give what is missing here, lies at the gateway and is not asked for yet."""
        after = ""
        while True:
            with self._store.reading() as connection:
                found = object_whereabouts.fetchable(connection, after, _OBJECTS_AT_A_TIME)
            if not found:
                return
            yield from (stored for stored in found if not wanted.is_wanted(stored.transport_id))
            after = found[-1].object_id


def want_sweep(folder: Path) -> None:
    """Note that the object files are to be looked at without waiting for the next day.

    Args:
        folder: The data folder.

    Raises:
        KnownError: ``no-access``, ``disk-error``.
    """
    with durable_file.explained():
        (folder / OBJECTS_NAME / _MARKER).unlink(missing_ok=True)


def _is_old(marker: Path, now: dt.datetime) -> bool:
    try:
        age_s = now.timestamp() - marker.stat().st_mtime
    except FileNotFoundError:
        return True
    # A mark from the future was made by a wrong clock.
    return not 0 <= age_s < BETWEEN_SWEEPS.total_seconds()
