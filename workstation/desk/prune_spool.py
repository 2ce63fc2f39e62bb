# SPDX-License-Identifier: GPL-3.0-or-later
"""Prune what was sent: an envelope whose operations all have their answer goes thirty days after it was sent.

Until then it stays to be offered again, should the gateway be restored from a backup.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from localdb import outbox, witnessed_time
from localdb.store import Store
from sync_agent.data_folder import DataFolder
from sync_agent.spool import Spool

KEPT: Final = dt.timedelta(days=30)
_ENVELOPES_A_SLICE: Final = 200


class PruneSpool:
    """A background job."""

    name = "prune-spool"
    rest_seconds = 6 * 3600.0

    def __init__(self, store: Store, folder: DataFolder) -> None:
        """Prepare.

        Args:
            store: The open store.
            folder: Its data folder.
        """
        self._store = store
        self._spool = Spool(folder.spool)

    def run_slice(self, now: dt.datetime) -> bool:
        """See ``Job``."""
        with self._store.reading() as connection:
            unanswered = outbox.unanswered_envelopes(connection)
            before = witnessed_time.ago(connection, now, KEPT)
        return self._spool.prune(before, unanswered, _ENVELOPES_A_SLICE) == _ENVELOPES_A_SLICE
