# SPDX-License-Identifier: GPL-3.0-or-later
"""The sweep: files that no row names are removed, rows without their file are found, a folder of 256 at a time.

Other programs write meanwhile. A file is older than its row, so what is young is left alone; and files are listed
before rows are read, so a row that was committed by then is seen. What seems to be missing is looked for once more.

A file that no row names stays for thirty days from the first time that it was seen so: when the database was repaired,
or restored from a snapshot, an envelope or an older snapshot may still hold its key. One that was let go, or was never
finished, goes at once.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from localdb import durable_file, object_whereabouts, objects, witnessed_time
from localdb.connection import Connection
from localdb.moments import to_microseconds
from localdb.objects import ObjectStore, StoredObject
from localdb.store import Store

_log = logging.getLogger(__name__)

FOLDERS: Final = 256
"""The objects folder has so many folders, named by the first two hexadecimal digits of what lies in them."""

YOUNG: Final = objects.YOUNG

LEFTOVERS_KEPT: Final = dt.timedelta(days=30)
"""So long a file stays that no row names."""

_ROWS_AT_A_TIME: Final = 5000
_CHANGES_AT_A_TIME: Final = 250
_SUFFIX: Final = ".enc"


@dataclass(frozen=True, slots=True)
class Swept:
    """What the sweep of one folder did.

    Attributes:
        removed: Number of files that were removed: let go, never finished, or named by no row for long.
        missing: Number of files that were found to be missing or cut and were not known to be.
        found: Number of files that were missing and are here again.
    """

    removed: int = 0
    missing: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    sealed_size: int
    is_wanted_here: bool
    is_known_missing: bool


def sweep_folder(store: Store, number: int, now: dt.datetime) -> Swept:
    """Sweep one folder of objects.

    Args:
        store: The store.
        number: Which folder, from 0 to 255.
        now: Aware date and time.

    Raises:
        KnownError: ``no-access``, ``disk-error``, ``disk-full``, ``database-busy``.
    """
    prefix = f"{number:02x}"
    files = _files(store.objects.folder / prefix)
    with store.reading() as connection:
        rows = dict(_rows(connection, prefix))
        known = _known_leftovers(connection, prefix)
        # Looking back through the trail takes a while, and there are hardly ever leftovers.
        kept_since = witnessed_time.ago(connection, now, LEFTOVERS_KEPT) if known else now
    removable = _removable(files, rows, known, now, kept_since)
    removed = sum(store.objects.remove_untouched(Path(files[name].path), now - YOUNG) for name in removable)
    _note_leftovers(store, files, rows, known, now)
    missing = [
        object_id
        for object_id, row in rows.items()
        if row.is_wanted_here
        and not row.is_known_missing
        and files.get(object_id, _ABSENT).size != row.sealed_size
        and not _lies_here(store.objects, object_id, row.sealed_size)
    ]
    found = [
        object_id
        for object_id, row in rows.items()
        if row.is_known_missing and _lies_here(store.objects, object_id, row.sealed_size)
    ]
    for start in range(0, len(missing), _CHANGES_AT_A_TIME):
        with store.transaction() as connection:
            object_whereabouts.note_missing(connection, missing[start : start + _CHANGES_AT_A_TIME], now)
    for start in range(0, len(found), _CHANGES_AT_A_TIME):
        with store.transaction() as connection:
            object_whereabouts.note_found(connection, found[start : start + _CHANGES_AT_A_TIME])
    if missing:
        _log.error("%d object files are missing or cut in folder %s", len(missing), prefix)
    return Swept(removed, len(missing), len(found))


def remove_files(store: Store, gone: Sequence[StoredObject], now: dt.datetime) -> None:
    """Remove the files of objects whose rows were deleted, or say that they are let go; after the commit.

    What somebody relies on again meanwhile stays, and what is left over goes with a later sweep.

    Raises:
        KnownError: ``no-access``, ``disk-error``.
    """
    for stored in gone:
        with store.reading() as connection:
            is_wanted = object_whereabouts.is_wanted_here(connection, stored.object_id)
        if not is_wanted:
            store.objects.remove_untouched(store.objects.path(stored.object_id), now - YOUNG)


def let_damaged_go(store: Store, stored: StoredObject, now: dt.datetime) -> bool:
    """Remove the file of an object when it is damaged and the gateway holds the object: as a missing one it comes back.

    Returns:
        Whether it is gone.

    Raises:
        KnownError: ``no-access``, ``disk-error``, ``disk-full``, ``database-busy``.
    """
    if store.objects.is_whole(stored):
        return False
    with store.transaction() as connection:
        if not object_whereabouts.note_damaged(connection, stored.object_id, now):
            return False
    _log.error("the file of object %s is damaged; the gateway holds it", stored.object_id)
    return store.objects.remove_damaged(stored)


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    size: int
    modified_at: float


_ABSENT: Final = _File("", -1, 0.0)


def _files(folder: Path) -> dict[str, _File]:
    """List a folder, object files by their ``object_id`` and unfinished ones by their name."""
    found = {}
    with durable_file.explained():
        try:
            entries = os.scandir(folder)
        except FileNotFoundError:
            return {}
        with entries:
            for entry in entries:
                if not entry.name.endswith((_SUFFIX, durable_file.PART_SUFFIX)):
                    continue
                try:
                    status = entry.stat()
                except FileNotFoundError:
                    continue
                found[entry.name.removesuffix(_SUFFIX)] = _File(entry.path, status.st_size, status.st_mtime)
    return found


def _rows(connection: Connection, prefix: str) -> Iterator[tuple[str, _Row]]:
    after, end = prefix, prefix + "g"
    while rows := connection.rows(
        """SELECT object_id, sealed_size, evicted_at IS NULL, missing_at IS NOT NULL FROM objects
            WHERE object_id > ? AND object_id < ? ORDER BY object_id LIMIT ?""",
        (after, end, _ROWS_AT_A_TIME),
    ):
        for object_id, sealed_size, is_wanted_here, is_known_missing in rows:
            yield object_id, _Row(sealed_size, bool(is_wanted_here), bool(is_known_missing))
        after = rows[-1][0]


def _known_leftovers(connection: Connection, prefix: str) -> dict[str, int]:
    return dict(
        connection.rows(
            "SELECT object_id, seen_at FROM leftover_files WHERE object_id > ? AND object_id < ?",
            (prefix, prefix + "g"),
        )
    )


def _removable(
    files: Mapping[str, _File],
    rows: Mapping[str, _Row],
    known: Mapping[str, int],
    now: dt.datetime,
    kept_since: dt.datetime,
) -> list[str]:
    """Name files that may go: let go, never finished, or named by no row for long; and not touched lately."""
    old, long_known = (now - YOUNG).timestamp(), to_microseconds(kept_since)
    names = []
    for name, file in files.items():
        row = rows.get(name)
        is_left = name not in known or known[name] > long_known if row is None else row.is_wanted_here
        if file.modified_at <= old and (not is_left or _is_part(name)):
            names.append(name)
    return names


def _note_leftovers(
    store: Store, files: Mapping[str, _File], rows: Mapping[str, _Row], known: Mapping[str, int], now: dt.datetime
) -> None:
    """Write down which files are new among those that no row names, and forget those that are not any more."""
    old = (now - YOUNG).timestamp()
    left = {
        name
        for name, file in files.items()
        if name not in rows and not _is_part(name) and (file.modified_at <= old or name in known)
    }
    new, gone = sorted(left - known.keys()), sorted(known.keys() - left)
    for start in range(0, max(len(new), len(gone)), _CHANGES_AT_A_TIME // 2):
        part = slice(start, start + _CHANGES_AT_A_TIME // 2)
        with store.transaction() as connection:
            connection.execute_many(
                "INSERT INTO leftover_files VALUES (?, ?) ON CONFLICT DO NOTHING",
                [(name, to_microseconds(now)) for name in new[part]],
            )
            connection.execute_many("DELETE FROM leftover_files WHERE object_id = ?", [(name,) for name in gone[part]])


def _is_part(name: str) -> bool:
    return name.endswith(durable_file.PART_SUFFIX)


def _lies_here(files: ObjectStore, object_id: str, sealed_size: int) -> bool:
    with durable_file.explained():
        try:
            return files.path(object_id).stat().st_size == sealed_size
        except FileNotFoundError:
            return False
