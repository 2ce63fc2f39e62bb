# SPDX-License-Identifier: GPL-3.0-or-later
"""The file ``search.db``: made from ``desk.db``, encrypted with the same key, worth only the time to make it again.

It has its own salt, at its start, and is in no snapshot. Whoever finds that it is no good condemns it with a file
beside it; only the indexer removes it and makes a new one. Meanwhile nobody reads it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from casework.errors import KnownError
from casework.identifiers import RandomBytes
from localdb import durable_file, migrations
from localdb.connection import Connection
from localdb.key_file import StoreKeys
from localdb.raw_file import RawFile

SEARCH_NAME = "search.db"

FORMAT = 1
"""Grows whenever the tables or the tokens change; a file of another format is made anew."""

_SALT_SIZE = 16
_GATHERED_BYTES = 8 * 1024 * 1024
"""So much of one transaction is gathered in memory before it is written as a part of the index."""

# "number" is the moment of reception in steps of eight seconds, or the next step that is free: the newest comes first
# without sorting, and neighbours are near each other: the index is a quarter smaller than with steps of a second.
_SCHEMA = """
CREATE VIRTUAL TABLE tokens USING fts5(
    of_dossier, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '^=~'"
);
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    dossier_id TEXT NOT NULL UNIQUE,
    received_at INTEGER NOT NULL
) STRICT;
CREATE TABLE name_words (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE progress (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    last_change INTEGER NOT NULL,
    mark BLOB NOT NULL,
    cursor_received_at INTEGER,
    cursor_dossier_id TEXT,
    is_built INTEGER NOT NULL CHECK (is_built IN (0, 1))
) STRICT;
"""


class SearchFile:
    """Where the index lies and with which key it opens."""

    def __init__(self, folder: Path, keys: Callable[[], StoreKeys]) -> None:
        """Name the index of a store.

        Args:
            folder: The data folder.
            keys: Gives the store's keys as they are now.
        """
        self._keys = keys
        self._path = folder / SEARCH_NAME
        self._condemned = folder / f"{SEARCH_NAME}.condemned"

    @property
    def is_condemned(self) -> bool:
        """Whether it waits to be made anew."""
        return self._condemned.exists()

    @property
    def identity(self) -> tuple[int, int] | None:
        """What tells this file from one that takes its place; None when there is none."""
        try:
            status = self._path.stat()
        except OSError:
            return None
        return (status.st_dev, status.st_ino)

    def open(self, *, writing: bool) -> Connection:
        """Open the index that is there.

        Raises:
            KnownError: ``database-missing``, ``database-damaged`` (also for another key or format), ``no-access``,
                ``disk-error``, ``database-busy``.
        """
        with durable_file.explained():
            try:
                # Not simply opened and closed: that would take the locks of our other connections away.
                file = RawFile(self._path)
            except FileNotFoundError as error:
                raise KnownError("database-missing") from error
            with contextlib.closing(file):
                salt = file.read(0, _SALT_SIZE)
        if len(salt) < _SALT_SIZE:
            raise KnownError("database-damaged")
        connection = Connection.open(self._path, self._salted(salt), writing=writing)
        try:
            if migrations.version(connection) != FORMAT:
                raise KnownError("database-damaged")
        except BaseException:
            connection.close()
            raise
        return connection

    def make(self, random_bytes: RandomBytes, last_change: int, mark: bytes) -> Connection:
        """Remove what is there and make an empty index.

        Args:
            random_bytes: Source of the salt.
            last_change: Number of the last change in ``desk.db``: what was before is read from the dossiers.
            mark: Its mark.

        Raises:
            KnownError: ``no-access`` while somebody still has the old one open on a system that minds; ``disk-full``,
                ``disk-error``.
        """
        self.condemn()
        with durable_file.explained():
            for leftover in self._path.parent.glob(f"{SEARCH_NAME}*"):
                if leftover != self._condemned:
                    leftover.unlink(missing_ok=True)
            unfinished = self._path.with_name(f"{SEARCH_NAME}.new")
            os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection = Connection.create(unfinished, self._salted(random_bytes(_SALT_SIZE)))
        try:
            with connection.transaction(writing=True):
                connection.execute_script(_SCHEMA)
                connection.execute("INSERT INTO progress VALUES (1, ?, ?, NULL, NULL, 0)", (last_change, mark))
                connection.execute("INSERT INTO tokens (tokens, rank) VALUES ('hashsize', ?)", (_GATHERED_BYTES,))
                connection.execute(f"PRAGMA user_version = {FORMAT}")
        finally:
            connection.close()
        with durable_file.explained():
            unfinished.replace(self._path)
            durable_file.sync_folder(self._path.parent)
            self._condemned.unlink(missing_ok=True)
        return self.open(writing=True)

    def condemn(self) -> None:
        """Say that it is no good.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``.
        """
        with durable_file.explained():
            self._condemned.touch(mode=0o600)

    def _salted(self, salt: bytes) -> StoreKeys:
        return self._keys().with_salt(salt)
