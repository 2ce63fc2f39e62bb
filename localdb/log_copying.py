# SPDX-License-Identifier: GPL-3.0-or-later
"""Copying the write-ahead log into the database file, so that no commit of a clerk has to do it.

By itself the engine does it in the commit that makes the log a thousand pages long, and that commit takes as long as
writing and syncing all of them: one in a hundred would be slow. Copied in time by another program it never comes to
that; writers and readers go on meanwhile.
"""

from __future__ import annotations

from localdb.connection import Connection
from localdb.store import DATABASE_NAME, Store


class LogCopier:
    """Copies the log of an open store; belongs to one thread."""

    def __init__(self, store: Store) -> None:
        """Look at the log.

        Raises:
            KnownError: As ``Store.open``.
        """
        self._connection = Connection.open(store.folder / DATABASE_NAME, store.keys, writing=False)

    def waiting_pages(self) -> int:
        """Tell how many pages of the log are not in the file yet; copies nothing.

        Raises:
            KnownError: ``database-busy``, ``disk-error``.
        """
        _, pages, copied = self._connection.rows("PRAGMA wal_checkpoint(NOOP)")[0]
        return max(0, int(pages - copied))

    def copy(self) -> int:
        """Copy what nobody's older reading needs any more; keeps nobody from writing.

        Returns:
            How many pages are left.

        Raises:
            KnownError: ``disk-full``, ``disk-error``, ``database-damaged``.
        """
        _, pages, copied = self._connection.rows("PRAGMA wal_checkpoint(PASSIVE)")[0]
        return max(0, int(pages - copied))

    def close(self) -> None:
        """Look no more."""
        self._connection.close()
