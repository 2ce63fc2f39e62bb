# SPDX-License-Identifier: GPL-3.0-or-later
"""Putting new data keys into use: every page of ``desk.db`` and ``search.db`` is encrypted anew, in its place.

The key file holds the old and the new keys from before the first page is touched until after the last file is done. The
engine changes a file in one transaction with a rollback journal, so that a file is under one key or the other after a
kill or a power cut; trying tells which. Whoever opens the store finishes what was begun. Nobody else may have the store
open.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
from pathlib import Path

from casework.errors import KnownError
from localdb import durable_file, verified_copy
from localdb.connection import Connection
from localdb.open_key_file import OpenKeyFile
from localdb.raw_file import RawFile
from localdb.search_file import SEARCH_NAME, SearchFile
from localdb.store import DATABASE_NAME
from localdb.store_keys import StoreKeys

_log = logging.getLogger(__name__)

_SALT_SIZE = 16
_SPARE_BYTES = 8 * 1024 * 1024


def keys_in_use(folder: Path, opened: OpenKeyFile) -> StoreKeys:
    """Give the keys that the store opens with, after encrypting it with the new ones when a rotation was begun.

    Let ``opened.finish_data_key_rotation`` follow when these are the new ones, as soon as the store is known to be the
    one of this key file. When it cannot be done now, the old ones stay in use: no room, a page that is damaged.

    Args:
        folder: The data folder.
        opened: Its key file.

    Returns:
        ``opened.next_keys``, or ``opened.keys`` when there are none or they cannot be put into use now.

    Raises:
        KnownError: ``database-missing``, ``wrong-key``, ``database-damaged``; ``no-access``, ``disk-error``,
            ``disk-full``.
    """
    if opened.next_keys is None:
        return opened.keys
    try:
        rekey(folder, opened.keys, opened.next_keys)
    except KnownError as error:
        database = folder / DATABASE_NAME
        if not database.exists():
            raise
        Connection.undo_broken_change(database, opened.keys)
        if not Connection.opens(database, opened.keys):
            raise
        _log.warning("the data keys are changed another time: %s", error.code)
        return opened.keys
    return opened.next_keys


def rekey(folder: Path, old: StoreKeys, new: StoreKeys) -> None:
    """Encrypt the databases of a folder with new keys; done again after a break, it does what is left.

    Raises:
        KnownError: ``no-room-for-rekeying`` (details ``megabytes``), ``database-busy``; else as ``keys_in_use``.
    """
    database = folder / DATABASE_NAME
    Connection.undo_broken_change(database, old)
    if not _is_under(database, new, old):
        _check_room(database)
        Connection.change_key(database, old, new)
        _log.info("the database is encrypted with new keys")
    _rekey_search(folder, old, new)
    # What lies in an older copy is not to be opened with an older key for ever.
    verified_copy.remove_all(database)


def _is_under(database: Path, new: StoreKeys, old: StoreKeys) -> bool:
    """Tell whether the new key is in use."""
    salt = _salt(database)
    if salt == new.database_salt:
        return True
    if salt == old.database_salt:
        return False
    raise KnownError("wrong-key")


def _salt(database: Path) -> bytes:
    with durable_file.explained():
        try:
            # Not simply opened and closed: that would take the locks of our other connections away.
            with RawFile(database) as file:
                return file.read(0, _SALT_SIZE)
        except FileNotFoundError as error:
            raise KnownError("database-missing") from error


def _rekey_search(folder: Path, old: StoreKeys, new: StoreKeys) -> None:
    """Keep the index under its own salt; one that is no good, or cannot be written, goes, and is made anew.

    The database is under the new keys by now: nothing about the index may keep anybody from it.
    """
    path = folder / SEARCH_NAME
    if not path.exists():
        return
    try:
        salt = _salt(path)
        if len(salt) < _SALT_SIZE:
            raise KnownError("database-damaged")
        old, new = old.with_salt(salt), new.with_salt(salt)
        Connection.undo_broken_change(path, old)
        if Connection.opens(path, new):
            return
        _check_room(path)
        Connection.change_key(path, old, new)
    except KnownError as error:
        if error.code == "database-busy":
            raise
        _log.warning("the index is to be made anew: %s", error.code)
        _give_up(SearchFile(folder, lambda: new), path)


def _give_up(search: SearchFile, path: Path) -> None:
    """Condemn the index and remove it; one of both is enough."""
    with contextlib.suppress(KnownError):
        search.condemn()
    try:
        path.unlink()
    except OSError as error:
        if not search.is_condemned:
            raise durable_file.explain(error) from error


def _check_room(path: Path) -> None:
    with durable_file.explained():
        needed = path.stat().st_size + _SPARE_BYTES
        if shutil.disk_usage(path.parent).free < needed:
            raise KnownError("no-room-for-rekeying", retryable=True, megabytes=str(-(-needed // 10**6)))
