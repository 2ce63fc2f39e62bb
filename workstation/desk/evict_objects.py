# SPDX-License-Identifier: GPL-3.0-or-later
"""Make room in the background: what the gateway holds and nobody used for long goes; what is only here never does.

The row says first that a file is let go, the file goes after. A crash in between leaves a file that no row wants here,
which the sweep removes; never a row that expects a file which is gone.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
from collections.abc import Callable, Sequence
from typing import Final

from casework.errors import KnownError
from localdb import object_sweep, object_whereabouts, objects, settings, witnessed_time
from localdb.connection import Connection
from localdb.object_whereabouts import PaperDocument
from localdb.objects import StoredObject
from localdb.store import Store
from scanning.errors import ScanningError
from scanning.pdf.page_pictures import holds_pages
from workstation.desk.background_wire import BackgroundNews, Tell

_log = logging.getLogger(__name__)

PICTURES_KEPT: Final = dt.timedelta(days=7)
"""So long a page's own picture stays beside the PDF that shows the page, counted from the gateway's word."""

SHRINKING_DAYS: Final = (60, 30, 14, 7)
"""While the disk is too full the local window shrinks in these steps, and never below the last."""

LEAST_FREE_BYTES: Final = 5 << 30
"""With less than this free the disk is too full."""

_OBJECTS_A_SLICE: Final = 50
_PICTURES_A_SLICE: Final = 8


class EvictObjects:
    """A background job: first pictures of pages, then objects beyond the local window, the longest unused first."""

    name = "evict-objects"
    rest_seconds = 3600.0

    def __init__(self, store: Store, tell: Tell, free_bytes: Callable[[], int]) -> None:
        """Prepare.

        Args:
            store: The open store.
            tell: Passes news on to the window.
            free_bytes: Tells how much of the disk is free.
        """
        self._store = store
        self._tell = tell
        self._free_bytes = free_bytes
        self._after: str | None = ""
        self._window_days: int | None = None
        self._before: dt.datetime | None = None
        self._told = ""

    def run_slice(self, now: dt.datetime) -> bool:
        """See ``Job``."""
        if self._after is not None:
            self._evict_pictures(now, self._after)
            return True
        if self._window_days is None:
            self._window_days = self._settled_days()
        if self._evict_objects(now, dt.timedelta(days=self._window_days)):
            return True
        return self._end_pass(self._window_days)

    def _settled_days(self) -> int:
        with self._store.reading() as connection:
            return settings.load(connection).local_window_days

    def _end_pass(self, days: int) -> bool:
        """Shrink the window when the disk is too full, else rest until the next pass."""
        is_full = self._free_bytes() < LEAST_FREE_BYTES
        shorter = [step for step in SHRINKING_DAYS if step < days]
        if is_full and shorter:
            self._window_days, self._before = shorter[0], None
            return True
        if is_full:
            self._say("disk-nearly-full", {"days": str(days)})
        elif days < self._settled_days():
            self._say("local-window-shrunk", {"days": str(days)})
        else:
            self._told = ""
        self._after, self._window_days, self._before = "", None, None
        return False

    def _say(self, code: str, details: dict[str, str]) -> None:
        """Tell the window once, not at every pass."""
        if self._told != code + details["days"]:
            self._told = code + details["days"]
            self._tell(BackgroundNews(self.name, code, is_trouble=True, details=details))

    def _evict_objects(self, now: dt.datetime, window: dt.timedelta) -> int:
        with self._store.reading() as connection:
            before = self._seen_ago(connection, now, window)
            candidates = object_whereabouts.evictable(connection, before, _OBJECTS_A_SLICE)
        if not candidates:
            return 0
        with self._store.transaction() as connection:
            gone = [
                stored for stored in candidates if object_whereabouts.evict(connection, stored.object_id, before, now)
            ]
        self._remove_files(gone, now)
        return len(gone)

    def _evict_pictures(self, now: dt.datetime, after: str) -> None:
        with self._store.reading() as connection:
            before = self._seen_ago(connection, now, PICTURES_KEPT)
            found = object_whereabouts.page_pictures(connection, after, before, _PICTURES_A_SLICE)
        if found:
            self._after = found[-1].picture.object_id
        else:
            self._after, self._before = None, None
        documents = frozenset().union(*(item.documents for item in found))
        sound = {document for document in documents if self._shows_its_pages(document, now)}
        sure = [item.picture for item in found if item.documents <= sound]
        with self._store.transaction() as connection:
            gone = [stored for stored in sure if object_whereabouts.evict_picture(connection, stored.object_id, now)]
        self._remove_files(gone, now)

    def _seen_ago(self, connection: Connection, now: dt.datetime, length: dt.timedelta) -> dt.datetime:
        """Look back through the trail once for all slices with one length: it takes a while."""
        if self._before is None:
            self._before = witnessed_time.ago(connection, now, length)
        return self._before

    def _shows_its_pages(self, document: PaperDocument, now: dt.datetime) -> bool:
        """Say whether a document can be read here from end to end, and shows every page of its paper.

        One that is damaged is let go when the gateway holds it, to come back.
        """
        store = self._store.objects
        with self._store.reading() as connection:
            stored = objects.describe(connection, document.object_id)
        try:
            return holds_pages(io.BytesIO(store.content(stored)), document.page_count)
        except (KnownError, ScanningError) as error:
            _log.warning("the pictures of document %s stay: %s", document.object_id, error.code)
            if error.code in {"object-damaged", "disk-error"}:
                object_sweep.let_damaged_go(self._store, stored, now)
            return False

    def _remove_files(self, gone: Sequence[StoredObject], now: dt.datetime) -> None:
        object_sweep.remove_files(self._store, gone, now)
        if gone:
            _log.info("%d objects are let go here", len(gone))
