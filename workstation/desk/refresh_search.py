# SPDX-License-Identifier: GPL-3.0-or-later
"""Keep the search index up to date; a job of the background program, which alone writes it."""

from __future__ import annotations

import datetime as dt
import os

from localdb.search_indexer import SearchIndexer
from localdb.store import Store


class RefreshSearch:
    """Reads what changed, and at first everything, into the index, newest first."""

    name = "refresh-search"
    rest_seconds = 2.0

    def __init__(self, store: Store) -> None:
        """Take charge of the index of an open store."""
        self._indexer = SearchIndexer(store, os.urandom)

    def run_slice(self, now: dt.datetime) -> bool:
        """Bring the index a little further; see ``Job``.

        Raises:
            KnownError: ``disk-full``, ``disk-error``, ``no-access``, ``database-busy``, ``database-damaged``.
        """
        return self._indexer.run_slice().is_more
