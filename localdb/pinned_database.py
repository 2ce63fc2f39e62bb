# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold the database file still, so that it can be read as it lies on disk while everybody goes on working.

In WAL mode nobody but a checkpoint writes into the database file, and no checkpoint may while a reader holds read mark
0, the mark of those who need nothing from the log (https://sqlite.org/walformat.html §2.3.2). A reader gets that mark
when it begins at a moment at which everything in the log is in the file already. So: copy the log into the file, then,
with the right to write in our hands so that nobody adds to the log, copy what was added meanwhile and begin to read.
The right to write is held for some milliseconds; the reading lasts as long as it has to, and all the while the log only
grows.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from casework.errors import BugError, KnownError
from localdb import durable_file, migrations
from localdb.connection import Connection
from localdb.raw_file import RawFile
from localdb.store import DATABASE_NAME, Store
from localdb.write_ahead_log import PAGE_SIZE

_TRIES: Final = 40
_PAUSE_SECONDS: Final = 0.05
_LARGEST_REST: Final = 64
"""Pages of the log that may be copied while everybody else waits to write."""


@dataclass(frozen=True, slots=True)
class PinnedDatabase:
    """The file while it is held still.

    Attributes:
        file: Its bytes.
        size: How many.
        schema_version: Version of the schema in it.
        connection: Reads from the very same state; belongs to one thread.
    """

    file: RawFile
    size: int
    schema_version: int
    connection: Connection

    def read(self, offset: int, size: int) -> bytes:
        """Read ciphertext.

        Raises:
            KnownError: ``disk-error``, ``no-access``; ``database-damaged`` when the file ends too early.
        """
        with durable_file.explained():
            content = self.file.read(offset, size)
        if len(content) != min(size, self.size - offset):
            raise KnownError("database-damaged")
        return content


@contextlib.contextmanager
def pinned(store: Store) -> Iterator[PinnedDatabase]:
    """Hold the database of an open store still for the length of the block; every other program may go on writing.

    Raises:
        KnownError: ``database-busy`` when others read older states, or write, all the time; ``database-damaged``,
            ``disk-full``, ``disk-error``, ``no-access``.
    """
    path = store.folder / DATABASE_NAME
    connection = Connection.open(path, store.keys, writing=False)
    try:
        with contextlib.ExitStack() as reading:
            for _ in range(_TRIES):
                if _is_nearly_empty(connection) and _begin(store, connection, reading):
                    break
                time.sleep(_PAUSE_SECONDS)
            else:
                raise KnownError("database-busy", retryable=True)
            ((pages,),) = connection.rows("PRAGMA page_count")
            with durable_file.explained():
                file = RawFile(path)
            with file:
                size = pages * PAGE_SIZE
                if file.size < size:
                    raise BugError("the log was not empty when the reading began")
                yield PinnedDatabase(file, size, migrations.version(connection), connection)
        # What has gathered meanwhile, before somebody's commit has to.
        with contextlib.suppress(KnownError):
            _rest_after_checkpoint(connection)
    finally:
        connection.close()


def _is_nearly_empty(connection: Connection) -> bool:
    """Copy the log into the file without keeping anybody from writing; tells whether little is left of it."""
    rest = _rest_after_checkpoint(connection)
    return rest is not None and rest <= _LARGEST_REST


def _begin(store: Store, connection: Connection, reading: contextlib.ExitStack) -> bool:
    with store.transaction():
        if _rest_after_checkpoint(connection) != 0:
            return False
        reading.enter_context(connection.transaction(writing=False))
        connection.rows("SELECT count(*) FROM sqlite_schema")
    return True


def _rest_after_checkpoint(connection: Connection) -> int | None:
    """Copy what can be copied; give how many pages of the log are still needed, None when somebody else is copying."""
    ((is_busy, pages, copied),) = connection.rows("PRAGMA wal_checkpoint(PASSIVE)")
    return None if is_busy else int(pages - copied)
