# SPDX-License-Identifier: GPL-3.0-or-later
"""Take a snapshot beside the database when it is time, let old ones go, prove the newest one once a day.

Nothing here asks for a right: the background program does it by itself, ``./motcua admin`` for whoever holds one. It
goes in small steps and may be left at any of them.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Generator, Iterator
from typing import Final

from casework.errors import KnownError
from casework.work_calendar import VIET_NAM
from localdb import durable_file, settings, snapshots
from localdb.key_copies import KeyCopies
from localdb.snapshot_assembly import assemble, prove, remove_database
from localdb.snapshot_manifest import SnapshotManifest, key_generation, store_id
from localdb.snapshot_place import SnapshotPlace
from localdb.snapshot_rotation import BESIDE_THE_DATABASE, Rotation
from localdb.store import Store
from workstation.desk.desk_folder import DeskFolder

FOLDER_NAME: Final = "snapshots"
"""Where the snapshots beside the database lie, in the data folder."""

_RESERVE: Final = 200 * 1024 * 1024
"""Bytes that snapshots leave free on the computer's own disk, for the desk."""

_CHECKED: Final = "checked"

_ONLY_THE_NEWEST: Final = Rotation(hours=1, days=0, weeks=0)


def beside_the_database(store: Store) -> SnapshotPlace:
    """Give the place for snapshots in the data folder."""
    return SnapshotPlace(store.folder / FOLDER_NAME, store_id(store.keys), reserve=_RESERVE)


def is_snapshot_due(store: Store, now: dt.datetime) -> bool:
    """Tell whether it is time for a snapshot, by the settings and by what lies beside the database."""
    newest = beside_the_database(store).newest()
    with store.reading() as connection:
        minutes = settings.load(connection).snapshot_minutes
    if newest is None or newest.key_generation != key_generation(store.keys):
        return True
    return not dt.timedelta(0) <= now - newest.taken_at < dt.timedelta(minutes=minutes)


def take_snapshot(store: Store, now: dt.datetime) -> Generator[None, None, SnapshotManifest]:
    """Take a snapshot beside the database and let old ones go.

    Yields:
        After every small step.

    Returns:
        The manifest.

    Raises:
        KnownError: ``disk-full``, also when little room would be left for the desk; ``database-busy``,
            ``database-damaged``, ``no-access``, ``disk-error``, ``snapshot-damaged``.
    """
    place = beside_the_database(store)
    try:
        manifest = yield from _take(store, place, now)
    except KnownError as error:
        if error.code != "disk-full":
            raise
        # Better one snapshot than none: the older ones go, and it is tried once more.
        yield from snapshots.prune(place, _ONLY_THE_NEWEST)
        manifest = yield from _take(store, place, now)
    yield from snapshots.prune(place, BESIDE_THE_DATABASE)
    return manifest


def check_snapshot(store: Store, now: dt.datetime) -> Iterator[None]:
    """Put the newest snapshot beside the database together and check it, unless that was done today.

    Yields:
        After every small step.

    Raises:
        KnownError: ``snapshot-damaged`` when the disk did not keep it; what is damaged was removed, so that the next
            snapshot writes it anew. ``database-damaged`` when it is what was written, and that was damaged already.
            ``disk-error``, ``no-access``.
    """
    place = beside_the_database(store)
    path = place.root / "rehearsal.db"
    remove_database(path)  # of a check that was left; it may be what takes the room
    newest = place.newest()
    if newest is None or newest.key_generation != key_generation(store.keys) or is_checked_today(place, now):
        return
    if shutil.disk_usage(store.folder).free < newest.database_size + _RESERVE:
        return
    try:
        proven = SnapshotManifest.decode_proven(place.manifest_content(newest), store.keys)
        try:
            for _ in assemble(place, proven, path):
                yield
        except KnownError:
            yield from snapshots.check_blocks(place, proven)
            if place.holds(proven):
                raise
            return  # a newer one has taken its place meanwhile
        try:
            prove(path, store.keys)
        except KnownError as error:
            if error.code != "snapshot-damaged":
                raise  # the disk has no room, which says nothing about the database
            raise KnownError("database-damaged") from error
    finally:
        remove_database(path)
    note_checked(place, now)


def is_checked_today(place: SnapshotPlace, now: dt.datetime) -> bool:
    """Tell whether the newest snapshot of a place was proven today."""
    return place.read_note(_CHECKED) == _day(now)


def note_checked(place: SnapshotPlace, now: dt.datetime) -> None:
    """Note that the newest snapshot of a place was proven today.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``.
    """
    place.write_note(_CHECKED, _day(now))


def key_file_content(store: Store) -> bytes:
    """Give the key file, which goes with every snapshot: a copy that is whole, or a kept one would be spoilt by it.

    Raises:
        KnownError: ``key-file-missing``, ``key-file-damaged``, ``no-access``, ``disk-error``.
    """
    return KeyCopies(DeskFolder(store.folder).key_file).whole_content()


def renew_key_file(store: Store) -> None:
    """Keep the key file beside the snapshots anew, before the database key is changed: slots may have gone since.

    From here it is carried on with the next snapshot.

    Raises:
        KnownError: ``key-file-missing``, ``key-file-damaged``, ``disk-full``, ``no-access``, ``disk-error``.
    """
    place, generation = beside_the_database(store), key_generation(store.keys)
    if generation in place.key_generations():
        place.keep_key_file(generation, key_file_content(store))


def _take(store: Store, place: SnapshotPlace, now: dt.datetime) -> Generator[None, None, SnapshotManifest]:
    durable_file.make_folder(place.folder)
    place.prepare(is_new=True)
    try:
        return (yield from snapshots.take(store, place, key_file_content(store), now))
    except KnownError:
        place.abandon()
        raise


def _day(now: dt.datetime) -> str:
    return now.astimezone(VIET_NAM).date().isoformat()
