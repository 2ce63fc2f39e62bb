# SPDX-License-Identifier: GPL-3.0-or-later
"""The note that commits were lost: a store that has one may not speak in its old name any more.

Whoever opens a damaged write-ahead log with the engine puts it away, and the proof with it. So whoever takes a desk
looks at the log first, before any connection, and what it finds is noted in a file. The note goes only when the store's
identity is retired, durably; until then everybody who opens the store meets it.
"""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path
from typing import Final

from localdb import durable_file, identity, write_ahead_log
from localdb.store import DATABASE_NAME, Store

_log = logging.getLogger(__name__)

_NOTE: Final = "commits-lost"


def notice(folder: Path) -> int:
    """Look at the log before anybody opens the database, and note what it has lost.

    Args:
        folder: The data folder; nobody may have its database open.

    Returns:
        At least so many commits are lost, now or when it was noted before; 0 for none.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``; do not open the database then.
    """
    noted = _noted(folder)
    if noted:
        return noted
    count = write_ahead_log.lost_commits(write_ahead_log.read(folder / DATABASE_NAME))
    if count:
        _log.error("%d commits are lost", count)
        with durable_file.explained(), durable_file.replacing(folder / _NOTE) as file:
            file.write(str(count).encode())
    return count


def settle(store: Store, at: dt.datetime) -> None:
    """Retire the identity of a store that lost commits; what it numbered and sealed in its name is not known any more.

    Args:
        store: Just opened, by whoever holds the desk.
        at: Aware date and time.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``, ``database-busy``, ``database-damaged``.
    """
    if not _noted(store.folder):
        return
    with store.transaction() as connection:
        identity.retire(connection, at, identity.Reason.ROLLED_BACK)
    # What lies behind the damage would be found another time after a kill, under a new identity.
    store.empty_log()
    forget(store.folder)


def forget(folder: Path) -> None:
    """Remove the note, once the identity is retired or the folder has a new store.

    Raises:
        KnownError: ``no-access``, ``disk-error``.
    """
    with durable_file.explained():
        (folder / _NOTE).unlink(missing_ok=True)
        # One that a power cut brought back would end the next identity.
        durable_file.sync_folder(folder)


def _noted(folder: Path) -> int:
    with durable_file.explained():
        try:
            content = (folder / _NOTE).read_bytes()
        except FileNotFoundError:
            return 0
    # A note that somebody has changed is one all the same.
    return int(content) if content.isdigit() and int(content) else 1
