# SPDX-License-Identifier: GPL-3.0-or-later
"""Put the database of a snapshot together again, and prove it."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

from casework.errors import KnownError
from localdb import durable_file
from localdb.connection import Connection
from localdb.snapshot_manifest import SnapshotManifest
from localdb.snapshot_place import SnapshotPlace
from localdb.store_keys import StoreKeys


def assemble(place: SnapshotPlace, manifest: SnapshotManifest, path: Path) -> Generator[int, None, None]:
    """Write the database file of a snapshot, proving each block.

    Args:
        place: Where the blocks lie.
        manifest: Proven with the keys.
        path: The file to make.

    Yields:
        Bytes written so far.

    Raises:
        KnownError: ``snapshot-damaged`` when a block is missing or is not what was written; ``disk-full``,
            ``no-access``, ``disk-error``. What was written so far is left behind.
    """
    written = 0
    with durable_file.explained(), os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        for index, name in enumerate(manifest.blocks):
            content = place.read_block(name)
            if len(content) != manifest.block_size(index):
                raise KnownError("snapshot-damaged")
            written += file.write(content)
            yield written
        file.flush()
        os.fsync(file.fileno())


def prove(path: Path, keys: StoreKeys) -> None:
    """Open a database that was put together and check every page and every tree; some seconds for a large one.

    Raises:
        KnownError: ``snapshot-damaged``; ``disk-full``, ``no-access``, ``disk-error``.
    """
    try:
        connection = Connection.open(path, keys, writing=False)
        try:
            sound = (
                not connection.rows("PRAGMA cipher_integrity_check")
                and connection.rows("PRAGMA integrity_check") == [("ok",)]
                and not connection.rows("PRAGMA foreign_key_check")
            )
        finally:
            connection.close()
    except KnownError as error:
        if error.code in {"database-damaged", "wrong-key"}:
            raise KnownError("snapshot-damaged") from error
        raise
    if not sound:
        raise KnownError("snapshot-damaged")


def remove_database(path: Path) -> None:
    """Remove a database file and what the engine keeps beside it.

    Raises:
        KnownError: ``no-access``, ``disk-error``.
    """
    with durable_file.explained():
        for suffix in ("-wal", "-shm", ""):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
