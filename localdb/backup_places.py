# SPDX-License-Identifier: GPL-3.0-or-later
"""The folders that snapshots are written to, and how the last one went at each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from casework.errors import KnownError
from localdb.connection import Connection
from localdb.moments import from_microseconds, to_microseconds


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """A folder on another disk or on a stick.

    Attributes:
        folder: Absolute path.
        added_at: When it was chosen, in UTC.
        last_snapshot_at: When the last snapshot there was finished, in UTC; None before the first.
        last_error_code: Why the last try failed, or empty when it did not.
    """

    folder: Path
    added_at: dt.datetime
    last_snapshot_at: dt.datetime | None = None
    last_error_code: str = ""


def add(connection: Connection, folder: Path, at: dt.datetime) -> bool:
    """Choose a folder.

    Returns:
        False, and nothing has changed, when it was chosen already.
    """
    added = connection.execute(
        "INSERT INTO backup_places VALUES (?, ?, NULL, '') ON CONFLICT DO NOTHING", (str(folder), to_microseconds(at))
    )
    return added == 1


def remove(connection: Connection, folder: Path) -> None:
    """Choose a folder no longer; the snapshots in it stay.

    Raises:
        KnownError: ``no-such-record``.
    """
    _change(connection, "DELETE FROM backup_places WHERE folder = ?", folder)


def chosen(connection: Connection) -> list[BackupPlace]:
    """Give the chosen folders, the one chosen first first."""
    rows = connection.rows(
        "SELECT folder, added_at, last_snapshot_at, last_error_code FROM backup_places ORDER BY added_at, folder"
    )
    return [
        BackupPlace(
            Path(folder),
            from_microseconds(added_at),
            None if last_snapshot_at is None else from_microseconds(last_snapshot_at),
            last_error_code,
        )
        for folder, added_at, last_snapshot_at, last_error_code in rows
    ]


def note_snapshot(connection: Connection, folder: Path, at: dt.datetime) -> None:
    """Note that a snapshot was finished there.

    Raises:
        KnownError: ``no-such-record``.
    """
    _change(
        connection,
        "UPDATE backup_places SET last_snapshot_at = ?, last_error_code = '' WHERE folder = ?",
        folder,
        to_microseconds(at),
    )


def note_failure(connection: Connection, folder: Path, code: str) -> None:
    """Note why a snapshot failed there; the moment of the last good one stays.

    Raises:
        KnownError: ``no-such-record``.
    """
    _change(connection, "UPDATE backup_places SET last_error_code = ? WHERE folder = ?", folder, code)


def _change(connection: Connection, sql: str, folder: Path, *values: str | int) -> None:
    if not connection.execute(sql, (*values, str(folder))):
        raise KnownError("no-such-record", kind="backup-place")
