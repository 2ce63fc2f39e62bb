# SPDX-License-Identifier: GPL-3.0-or-later
"""Putting a repaired database in the place of the damaged one, which is kept under another name, with its log."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

from localdb import durable_file
from localdb.search_file import SEARCH_NAME

_NAME = re.compile(r"damaged-\d{8}T\d{12}\.db")


def name_for(database: Path, now: dt.datetime) -> Path:
    """Give the name under which the damaged database is kept."""
    return database.with_name(f"damaged-{now.astimezone(dt.UTC):%Y%m%dT%H%M%S%f}.db")


def swap(database: Path, unfinished: Path, aside: Path) -> None:
    """Put the new database in the place of the damaged one; killed half-way, ``undo_unfinished`` takes it back.

    Raises:
        OSError: E.g. the disk knows no second names of a file; nothing is changed then.
    """
    with unfinished.open("r+b") as file:
        os.fsync(file.fileno())
    os.link(database, aside)
    log, kept_log = _log_of(database), _log_of(aside)
    if log.exists():
        # The new database must never meet the log of the old one.
        log.replace(kept_log)
    database.with_name(f"{database.name}-shm").unlink(missing_ok=True)
    # The index tells of rows that may be gone, and not of rows that were filled. It goes first: beside the new database
    # it would pass for that one's own.
    for stale in database.parent.glob(f"{SEARCH_NAME}*"):
        stale.unlink(missing_ok=True)
    durable_file.sync_folder(database.parent)
    unfinished.replace(database)
    durable_file.sync_folder(database.parent)


def undo_unfinished(database: Path) -> None:
    """Undo a swap that was broken off, before anybody opens the database without its log.

    It is known by the file that is kept aside and still is the database itself.
    """
    if not database.exists():
        return
    for path in database.parent.iterdir():
        if _NAME.fullmatch(path.name) and path.samefile(database):
            if _log_of(path).exists():
                _log_of(path).replace(_log_of(database))
            path.unlink()


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")
