# SPDX-License-Identifier: GPL-3.0-or-later
"""Carry the newest snapshot to the chosen places: another disk, a stick, a share; each may be slow, full or away.

A place that fails holds no other up, and why it failed is noted beside it. Like ``take_snapshot`` it asks for no right,
and goes in small steps.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casework.errors import KnownError
from localdb import backup_places, object_sweep, object_whereabouts, objects, snapshots
from localdb.backup_places import BackupPlace
from localdb.connection import Connection
from localdb.snapshot_manifest import SnapshotManifest, key_generation
from localdb.snapshot_place import SnapshotPlace
from localdb.snapshot_rotation import ELSEWHERE
from localdb.store import Store
from workstation.desk.take_snapshot import beside_the_database, is_checked_today, key_file_content, note_checked

_log = logging.getLogger(__name__)

PLACE_IS_AWAY: Final = "backup-place-missing"
"""Code of a place that cannot be seen; to look again costs nothing."""

_CHANGES_AT_A_TIME: Final = 250
_PATIENCE: Final = dt.timedelta(days=1)
"""A stick may be away so long before anybody is told."""


@dataclass(frozen=True, slots=True)
class SnapshotOutcome:
    """How it went at one place.

    Attributes:
        folder: The place.
        code: Empty when the snapshot is there, else why it is not.
        is_trouble: Whether somebody should do something about it.
        missing_objects: How many object files are missing on this computer, when some turned out to be.
    """

    folder: Path
    code: str = ""
    is_trouble: bool = False
    missing_objects: int = 0


OutcomeSteps = Generator[SnapshotOutcome | None, None, None]


def carry_snapshot(store: Store, now: dt.datetime, *, without: Collection[Path] = ()) -> OutcomeSteps:
    """Carry the newest snapshot that lies beside the database to every place that has not got it.

    Args:
        store: What is kept.
        now: Aware date and time.
        without: Places to leave alone this time.

    Yields:
        None after a small step, the outcome after a place.
    """
    manifest = beside_the_database(store).newest()
    # After a change of the keys the next snapshot comes soon.
    if manifest is None or manifest.key_generation != key_generation(store.keys):
        return
    with store.reading() as connection:
        places = backup_places.chosen(connection)
    for place in places:
        if place.last_snapshot_at != manifest.taken_at and place.folder not in without:
            yield from _carry_to(store, place, manifest, now)


def check_places(store: Store, now: dt.datetime, *, without: Collection[Path] = ()) -> OutcomeSteps:
    """Read the newest snapshot of every place that can be seen, once a day.

    Args:
        store: What is kept.
        now: Aware date and time.
        without: Places to leave alone this time.

    Yields:
        None after a small step, the outcome at a place where something is wrong. It is no trouble that a place went
        away, nor that only the note of the day could not be written there.
    """
    with store.reading() as connection:
        chosen = backup_places.chosen(connection)
    for each in chosen:
        if each.folder in without:
            continue
        place = SnapshotPlace(each.folder, beside_the_database(store).store_id)
        is_proven = False
        try:
            is_proven = yield from _prove_newest(store, place, now)
            if is_proven:
                note_checked(place, now)
        except KnownError as error:
            code = error.code if place.is_there else PLACE_IS_AWAY
            _log.warning("the newest snapshot of a place is not proven: %s, %s", code, error)
            yield SnapshotOutcome(each.folder, code, is_trouble=not is_proven and code != PLACE_IS_AWAY)


def _prove_newest(store: Store, place: SnapshotPlace, now: dt.datetime) -> Generator[None, None, bool]:
    """Read every block of the newest snapshot; False when there is nothing to do today."""
    newest = place.newest() if place.is_there else None
    if newest is None or newest.key_generation != key_generation(store.keys) or is_checked_today(place, now):
        return False
    proven = SnapshotManifest.decode_proven(place.manifest_content(newest), store.keys)
    if (yield from snapshots.check_blocks(place, proven)) and place.holds(newest):
        raise KnownError("snapshot-damaged", retryable=True)
    return True


def _carry_to(store: Store, place: BackupPlace, manifest: SnapshotManifest, now: dt.datetime) -> OutcomeSteps:
    target, own = SnapshotPlace(place.folder, manifest.store_id), beside_the_database(store)
    try:
        proven = SnapshotManifest.decode_proven(own.manifest_content(manifest), store.keys)
        target.prepare(is_new=place.last_snapshot_at is None)
        carried = yield from snapshots.carry(store, proven, own, target, key_file_content(store))
        yield from snapshots.prune(target, ELSEWHERE)
    except KnownError as error:
        target.abandon()
        if not own.holds(manifest):
            return  # a newer one has taken its place meanwhile, and is next
        # Whatever the system said when a stick was pulled out, this is what happened.
        code = error.code if target.is_there else PLACE_IS_AWAY
        if code != place.last_error_code:
            _log.warning("no snapshot at a chosen place: %s, %s", code, error)
            if not _noted(store, lambda connection: backup_places.note_failure(connection, place.folder, code)):
                return
        last = place.last_snapshot_at or place.added_at
        is_just_away = code == PLACE_IS_AWAY and dt.timedelta(0) <= now - last < _PATIENCE
        yield SnapshotOutcome(place.folder, code, is_trouble=not is_just_away)
    else:
        is_chosen = _noted(
            store, lambda connection: backup_places.note_snapshot(connection, place.folder, manifest.taken_at)
        )
        missing = _note_missing(store, carried.damaged, now)
        if is_chosen or missing:
            yield SnapshotOutcome(place.folder, missing_objects=missing)


def _noted(store: Store, note: Callable[[Connection], None]) -> bool:
    """Note how it went at a place; False when somebody has taken it off the list meanwhile."""
    try:
        with store.transaction() as connection:
            note(connection)
    except KnownError as error:
        if error.code != "no-such-record":
            raise
        return False
    return True


def _note_missing(store: Store, object_ids: Sequence[str], now: dt.datetime) -> int:
    """Note damaged object files as missing, and remove those that the gateway holds, so that they are fetched back.

    A file that is only here stays as it is: a part of it may still be read.

    Returns:
        How many files are missing on this computer; 0 when none was damaged.
    """
    if not object_ids:
        return 0
    for start in range(0, len(object_ids), _CHANGES_AT_A_TIME):
        with store.transaction() as connection:
            object_whereabouts.note_missing(connection, object_ids[start : start + _CHANGES_AT_A_TIME], now)
    with store.reading() as connection:
        missing = object_whereabouts.count_missing(connection)
        damaged = [stored for object_id in object_ids if (stored := objects.find(connection, object_id))]
    _log.error("%d object files are damaged and could not be carried", len(object_ids))
    for stored in damaged:
        object_sweep.let_damaged_go(store, stored, now)
    return missing
