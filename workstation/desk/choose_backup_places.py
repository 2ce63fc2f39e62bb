# SPDX-License-Identifier: GPL-3.0-or-later
"""Choose the folders that snapshots are carried to, and see how it went there."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from casework.errors import KnownError
from casework.rights import Right
from localdb import audit, backup_places
from localdb.backup_places import BackupPlace
from localdb.connection import Connection
from workstation.desk.session import DeskSession
from workstation.desk.take_snapshot import beside_the_database

__all__ = [
    "BackupOverview",
    "BackupPlace",
    "add_backup_place",
    "backup_overview",
    "remove_backup_place",
]


@dataclass(frozen=True, slots=True)
class BackupOverview:
    """How the backups stand.

    Attributes:
        newest_at: When the newest snapshot beside the database was taken, in UTC; None before the first.
        places: The chosen folders.
    """

    newest_at: dt.datetime | None
    places: tuple[BackupPlace, ...]


def backup_overview(session: DeskSession) -> BackupOverview:
    """Tell how the backups stand; nothing of a citizen is in it.

    Raises:
        KnownError: ``not-allowed``; ``disk-error``.
    """
    session.require(Right.TAKE_SNAPSHOT)
    newest = beside_the_database(session.store).newest()
    with session.store.reading() as connection:
        places = tuple(backup_places.chosen(connection))
    return BackupOverview(newest.taken_at if newest else None, places)


def add_backup_place(session: DeskSession, folder: Path) -> None:
    """Choose a folder on another disk, a stick or a share; the next snapshot is carried there.

    A share that is away may take minutes to say so.

    Raises:
        KnownError: ``not-allowed``; ``backup-place-missing`` when it is no folder that can be seen, or not an absolute
            path, ``backup-place-own`` when it lies in the data folder itself; ``disk-full``.
    """
    session.require(Right.CHANGE_SETTINGS)
    place = _real_path(folder)
    if place.is_relative_to(session.folder.root.resolve()):
        raise KnownError("backup-place-own")
    with session.store.transaction() as connection:
        if backup_places.add(connection, place, session.clock()):
            _note(session, connection, "backup-place.added")


def remove_backup_place(session: DeskSession, folder: Path) -> None:
    """Carry nothing there any more; the snapshots in it stay.

    Args:
        session: The desk.
        folder: As ``backup_overview`` names it, or as it was named when it was added.

    Raises:
        KnownError: ``not-allowed``; ``no-such-record``; ``disk-full``.
    """
    session.require(Right.CHANGE_SETTINGS)
    with session.store.reading() as connection:
        is_named = any(place.folder == folder for place in backup_places.chosen(connection))
    place = folder
    if not is_named:
        with contextlib.suppress(OSError, RuntimeError):  # a name that is too long, a link to itself
            place = folder.resolve()
    with session.store.transaction() as connection:
        backup_places.remove(connection, place)
        _note(session, connection, "backup-place.removed")


def _real_path(folder: Path) -> Path:
    with contextlib.suppress(OSError):  # no right to look, a name that is too long
        if folder.is_absolute() and folder.is_dir():
            return folder.resolve()
    raise KnownError("backup-place-missing", retryable=True, folder=str(folder))


def _note(session: DeskSession, connection: Connection, action: str) -> None:
    audit.append(
        connection,
        at=session.clock(),
        actor_id=session.clerk.clerk_id,
        action=action,
        subject_id=session.workstation.device_id,
    )
