# SPDX-License-Identifier: GPL-3.0-or-later
"""One folder holds one gateway: its keys, its database, its objects; one server at a time works in it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from casework.errors import BugError, KnownError
from gateway.keys import GatewayKeys, create_keys, read_keys
from gateway.sealed_columns import SealedColumns
from gateway.sqlite_storage import SqliteDatabase
from gateway.storage import Database, blob, text

_CANARY = b"motcua gateway"


@dataclass(frozen=True, slots=True)
class Gateway:
    """An open gateway folder.

    Attributes:
        folder: Where it lies.
        keys: Its secrets.
        database: Its database.
        columns: Seals what is personal.
        epoch: Name of this database's history; :func:`declare_restored` gives it a new one.
    """

    folder: Path
    keys: GatewayKeys
    database: Database
    columns: SealedColumns
    epoch: str


@contextmanager
def open_gateway(folder: Path) -> Iterator[Gateway]:
    """Open a gateway folder, making it at the first time.

    Args:
        folder: Made if it is missing, for its owner alone.

    Raises:
        KnownError: ``gateway-keys-missing`` when there is a database but its keys are gone;
            ``gateway-keys-mismatch`` when the keys belong to another database; or as
            :func:`gateway.keys.read_keys` and :class:`gateway.sqlite_storage.SqliteDatabase`.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "gateway.db"
    keys = read_keys(folder / "keys") if path.exists() else create_keys(folder / "keys")
    database = SqliteDatabase(path)
    try:
        columns = SealedColumns(keys.data)
        yield Gateway(folder, keys, database, columns, _epoch(database, columns))
    finally:
        database.close()


@contextmanager
def serving_place(folder: Path) -> Iterator[None]:
    """Hold the folder's only place for a server; the operating system gives it free when the process dies.

    Raises:
        KnownError: ``gateway-already-running``.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "serving.lock"
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))  # SQLite's own would be open to everybody
    connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise KnownError("gateway-already-running", retryable=True) from None
        yield
    finally:
        connection.close()


def declare_restored(gateway: Gateway) -> str:
    """Give the database a new epoch, after it was restored from a backup and before it serves again.

    Desks then offer again what they have sent, and read the feed anew: nothing that the backup did not have is lost.

    Returns:
        The new epoch.
    """
    epoch = _new_epoch()
    with gateway.database.write() as transaction:
        transaction.execute("UPDATE gateway SET epoch = ?", epoch)
    return epoch


def _new_epoch() -> str:
    return os.urandom(8).hex()


def _epoch(database: Database, columns: SealedColumns) -> str:
    """Give the epoch of a database, after proof that its sealed columns open; a new database gets both."""
    with database.write() as transaction:
        row = transaction.row("SELECT epoch, canary FROM gateway")
        if row is None:
            epoch = _new_epoch()
            canary = columns.seal("gateway", "1", _CANARY)
            transaction.execute("INSERT INTO gateway (only_row, epoch, canary) VALUES (1, ?, ?)", epoch, canary)
            return epoch
    try:
        columns.open("gateway", "1", blob(row[1]))
    except BugError:
        raise KnownError("gateway-keys-mismatch") from None
    return text(row[0])
