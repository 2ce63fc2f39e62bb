# SPDX-License-Identifier: GPL-3.0-or-later
"""The store of one workstation: an encrypted database and a folder of sealed objects, opened with one set of keys."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

from casework.errors import BugError, KnownError
from localdb import durable_file, kept_aside, migrations, objects, verified_copy
from localdb.connection import Connection
from localdb.key_file import StoreKeys
from localdb.migrations import Migration
from localdb.objects import ObjectStore, StoredObject
from localdb.search import Search
from localdb.search_file import SearchFile
from localdb.verified_copy import OnProgress, UpgradeProgress, UpgradeStage

DATABASE_NAME = "desk.db"
OBJECTS_NAME = "objects"


class Store:
    """The open store. Any thread may use it; one writes and one reads at a time, and readers do not wait for writers.

    Attributes:
        folder: The data folder.
        keys: Of this store.
        objects: The sealed files.
        search_file: Where the index of what is in the database lies; only the background program writes it.
        search: Finds dossiers.
    """

    def __init__(
        self, folder: Path, keys: StoreKeys, steps: Sequence[Migration], on_progress: OnProgress = lambda _: None
    ) -> None:
        self.folder = folder
        self.keys = keys
        self.search_file = SearchFile(folder, lambda: self.keys)
        self.search = Search(self.search_file)
        self._closed = False
        self._writing_lock = threading.RLock()
        self._reading_lock = threading.RLock()
        with durable_file.explained():
            kept_aside.undo_unfinished(folder / DATABASE_NAME)
        with contextlib.ExitStack() as undo:
            self._writer = Connection.open(folder / DATABASE_NAME, keys, writing=True)
            undo.callback(self._writer.close)
            if migrations.version(self._writer) == 0:
                raise KnownError("database-damaged")
            _upgrade(self._writer, folder / DATABASE_NAME, keys, steps, on_progress)
            self._reader = Connection.open(folder / DATABASE_NAME, keys, writing=False)
            undo.callback(self._reader.close)
            self.objects = ObjectStore(folder / OBJECTS_NAME, keys.object_name_key, self._recorded_object)
            undo.pop_all()

    @classmethod
    def create(cls, folder: Path, keys: StoreKeys) -> Self:
        """Make a new store in a folder and open it.

        Raises:
            KnownError: ``database-exists``; ``disk-full``, ``no-access``, ``disk-error``.
        """
        path = folder / DATABASE_NAME
        with durable_file.explained():
            if path.exists():
                raise KnownError("database-exists")
            durable_file.make_folder(folder)
            unfinished = folder / f"{DATABASE_NAME}.new"
            for leftover in folder.glob(f"{unfinished.name}*"):
                leftover.unlink()
            os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            connection = Connection.create(unfinished, keys)
            try:
                migrations.bring_up_to_date(connection, migrations.shipped())
            finally:
                connection.close()
            unfinished.replace(path)
            durable_file.sync_folder(folder)
        return cls.open(folder, keys)

    @classmethod
    def open(
        cls,
        folder: Path,
        keys: StoreKeys,
        *,
        steps: Sequence[Migration] | None = None,
        on_progress: OnProgress = lambda _: None,
    ) -> Self:
        """Open the store of a folder, never making one; one of an older program is brought up to date.

        A verified copy of the database is taken before each step (``verified_copy``), which needs as much room again
        and, with 2 GB, about a minute. The keys have proven themselves by then: the first page does not open without.
        Whoever opens a store that may have been left open asks ``lost_commits`` before and after.

        Args:
            folder: The data folder.
            keys: From its key file.
            steps: Steps of the schema that this program knows; the shipped ones when not given.
            on_progress: Told how far an upgrade has got.

        Raises:
            KnownError: ``database-missing``, ``wrong-key``, ``database-damaged``, ``database-newer``;
                ``no-room-for-copy``, ``copy-not-verified``; ``disk-full``, ``no-access``, ``disk-error``,
                ``database-busy``.
        """
        return cls(folder, keys, migrations.shipped() if steps is None else steps, on_progress)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Change the database: everything that the block did is durable when it ends well, nothing when it does not.

        At most 250 rows, and no file, network or child program inside.

        Raises:
            KnownError: ``disk-full``, ``disk-error``, ``database-busy``, ``database-damaged``, ``no-access``.
            BugError: For a transaction inside a transaction, a broken constraint, a closed store.
        """
        with self._writing_lock:
            self._check_open()
            with self._writer.transaction(writing=True):
                yield self._writer

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read from one snapshot of what is committed; a reading inside a reading sees the same snapshot.

        Keep it short: while it lasts, other threads wait to read and the write-ahead log grows.
        """
        with self._reading_lock:
            self._check_open()
            if self._reader.in_transaction:
                yield self._reader
            else:
                with self._reader.transaction(writing=False):
                    yield self._reader

    def empty_log(self) -> None:
        """Put everything that is committed from the write-ahead log into the database file, unless somebody reads."""
        with self._writing_lock:
            self._check_open()
            self._writer.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the database; waits for what other threads are doing. Closing again does nothing."""
        with self._writing_lock, self._reading_lock:
            if self._closed:
                return
            if self._writer.in_transaction or self._reader.in_transaction:
                raise BugError("the store is closed from inside its own transaction")
            self._closed = True
            self.search.close()
            self._reader.close()
            self._writer.close()

    def _check_open(self) -> None:
        if self._closed:
            raise BugError("the store is closed")

    def _recorded_object(self, object_id: str) -> StoredObject | None:
        with self.reading() as connection:
            return objects.find(connection, object_id)


def _upgrade(
    writer: Connection, database: Path, keys: StoreKeys, steps: Sequence[Migration], on_progress: OnProgress
) -> None:
    def before_each(number: int) -> None:
        verified_copy.make(database, number, keys, on_progress)
        on_progress(UpgradeProgress(number, UpgradeStage.CHANGING, 0, 1))

    if migrations.version(writer) < steps[-1].number:
        # What still lies in the log is not seen by the check of the pages.
        writer.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    migrations.bring_up_to_date(writer, steps, before_each)
    verified_copy.remove_older(database, migrations.version(writer))
