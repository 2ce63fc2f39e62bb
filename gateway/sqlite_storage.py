# SPDX-License-Identifier: GPL-3.0-or-later
"""The embedded default database: SQLite in WAL mode, one writing connection, a few reading ones."""

from __future__ import annotations

import os
import queue
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from casework.errors import BugError, KnownError
from gateway.schema import MIGRATIONS
from gateway.storage import Row, Value

_BUSY_TIMEOUT_MS: Final = 10_000


class SqliteTransaction:
    """Statements on one connection, between its BEGIN and its COMMIT."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, *values: Value) -> int:
        """Run a statement and give the number of rows it changed."""
        return self._connection.execute(statement, values).rowcount

    def rows(self, statement: str, *values: Value) -> list[Row]:
        """Run a statement and give all its rows."""
        return self._connection.execute(statement, values).fetchall()

    def row(self, statement: str, *values: Value) -> Row | None:
        """Run a statement and give its first row, or None."""
        rows = self.rows(statement, *values)
        return rows[0] if rows else None


class SqliteDatabase:
    """A database file; the ``Database`` of :mod:`gateway.storage`."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it or bringing it up to date as needed.

        Args:
            path: The database file; its folder exists.

        Raises:
            KnownError: ``gateway-database-newer`` when a later version of this program wrote it.
        """
        self._path = path
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        self._writer = self._connect()
        self._writer_lock = threading.Lock()
        self._readers: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        try:
            self._migrate()
        except BaseException:
            self._writer.close()
            raise

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[SqliteTransaction]:
        """Open the writing transaction; see :meth:`gateway.storage.Database.write`."""
        with self._writer_lock, _known_failures():
            # WAL with NORMAL leaves the fsync to the next FULL commit or checkpoint: a kill loses nothing.
            self._writer.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            with _transaction(self._writer, "BEGIN IMMEDIATE") as transaction:
                yield transaction

    @contextmanager
    def read(self) -> Iterator[SqliteTransaction]:
        """Open a reading transaction; see :meth:`gateway.storage.Database.read`."""
        try:
            connection = self._readers.get_nowait()
        except queue.Empty:
            connection = self._connect()
        try:
            with _known_failures(), _transaction(connection, "BEGIN") as transaction:
                yield transaction
        finally:
            self._readers.put(connection)

    def close(self) -> None:
        """Close all connections; nobody may use the database any more."""
        with self._writer_lock:
            self._writer.close()
        while not self._readers.empty():
            self._readers.get_nowait().close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        with _known_failures():
            connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    def _migrate(self) -> None:
        # A migration may have to rebuild a table that others refer to; the references are checked before it is kept.
        self._writer.execute("PRAGMA foreign_keys = OFF")
        with self.write() as transaction:
            row = transaction.row("PRAGMA user_version")
            version = row[0] if row else 0
            if not isinstance(version, int) or version > len(MIGRATIONS):
                raise KnownError("gateway-database-newer")
            for number, migration in enumerate(MIGRATIONS[version:], start=version + 1):
                for statement in migration.split(";"):
                    transaction.execute(statement)
                if transaction.rows("PRAGMA foreign_key_check"):
                    raise BugError(f"migration {number} leaves a reference to nothing")
                transaction.execute(f"PRAGMA user_version = {number}")
        self._writer.execute("PRAGMA foreign_keys = ON")


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[SqliteTransaction]:
    connection.execute(begin)
    try:
        yield SqliteTransaction(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _known_failures() -> Iterator[None]:
    """Name the failures that are the world's fault and not ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise KnownError("gateway-busy", retryable=True) from error
        if code == sqlite3.SQLITE_FULL:
            raise KnownError("gateway-disk-full", retryable=True) from error
        raise
