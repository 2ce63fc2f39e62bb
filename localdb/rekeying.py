# SPDX-License-Identifier: GPL-3.0-or-later
"""Putting new data keys into use: every page of ``desk.db`` and ``search.db`` is encrypted anew, in its place.

The key file holds the old and the new keys from before the first page is touched until after the last file is done. The
engine changes a file in one transaction with a rollback journal, so that a file is under one key or the other after a
kill or a power cut; trying tells which. Whoever opens the store finishes what was begun. Nobody else may have the store
open.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from casework.errors import KnownError
from localdb import durable_file, verified_copy
from localdb.connection import Connection
from localdb.open_key_file import OpenKeyFile
from localdb.search_file import SEARCH_NAME, SearchFile
from localdb.store import DATABASE_NAME
from localdb.store_keys import StoreKeys

_log = logging.getLogger(__name__)

_SPARE_BYTES = 8 * 1024 * 1024


def keys_in_use(folder: Path, opened: OpenKeyFile) -> StoreKeys:
    """Give the keys that the store opens with, after encrypting it with the new ones when a rotation was begun.

    Let ``opened.finish_data_key_rotation`` follow as soon as the store is known to be the one of this key file.

    Args:
        folder: The data folder.
        opened: Its key file.

    Returns:
        ``opened.next_keys`` when there are some, else ``opened.keys``.

    Raises:
        KnownError: ``database-missing``, ``wrong-key``, ``database-damaged``, ``database-busy``;
            ``no-room-for-rekeying`` (details ``megabytes``), ``disk-full``, ``no-access``, ``disk-error``. The store
            opens as before, with the old or the new keys, at the next try.
    """
    if opened.next_keys is None:
        return opened.keys
    rekey(folder, opened.keys, opened.next_keys)
    return opened.next_keys


def rekey(folder: Path, old: StoreKeys, new: StoreKeys) -> None:
    """Encrypt the databases of a folder with new keys; done again after a break, it does what is left.

    Raises:
        KnownError: As ``keys_in_use``.
    """
    database = folder / DATABASE_NAME
    is_done = _is_under(database, new, old)
    if not is_done:
        _check_room(database)
    _rekey_search(folder, old, new)
    if not is_done:
        Connection.change_key(database, old, new)
        _log.info("the database is encrypted with new keys")
    # What lies in an older copy is not to be opened with an older key for ever.
    verified_copy.remove_all(database)


def _is_under(database: Path, new: StoreKeys, old: StoreKeys) -> bool:
    """Tell whether the new key is in use, after what was broken off is undone.

    The salt at the start of the file does not tell: the engine notes the new one in its journal already, so that it
    stays when a change is undone.
    """
    Connection.undo_broken_change(database, old)
    with durable_file.explained():
        try:
            with database.open("rb") as file:
                salt = file.read(len(new.database_salt))
        except FileNotFoundError as error:
            raise KnownError("database-missing") from error
    if Connection.opens(database, new):
        return True
    if Connection.opens(database, old):
        return False
    raise KnownError(
        "database-damaged" if salt in {bytes(new.database_salt), bytes(old.database_salt)} else "wrong-key"
    )


def _rekey_search(folder: Path, old: StoreKeys, new: StoreKeys) -> None:
    """Keep the index under its own salt; one that is no good, or has no room, goes, and is made anew."""
    path = folder / SEARCH_NAME
    if not path.exists():
        return
    search = SearchFile(folder, lambda: new)
    salted: Callable[[StoreKeys], StoreKeys] = lambda keys: keys.with_salt(salt)  # noqa: E731
    try:
        with durable_file.explained(), path.open("rb") as file:
            salt = file.read(len(new.database_salt))
        Connection.undo_broken_change(path, salted(old))
        if Connection.opens(path, salted(new)):
            return
        _check_room(path)
        Connection.change_key(path, salted(old), salted(new))
    except KnownError as error:
        if error.code not in {"database-damaged", "wrong-key", "no-room-for-rekeying"}:
            raise
        _log.warning("the index is to be made anew: %s", error.code)
        search.condemn()
        with durable_file.explained():
            path.unlink()


def _check_room(path: Path) -> None:
    with durable_file.explained():
        needed = path.stat().st_size + _SPARE_BYTES
        if shutil.disk_usage(path.parent).free < needed:
            raise KnownError("no-room-for-rekeying", retryable=True, megabytes=str(-(-needed // 10**6)))
