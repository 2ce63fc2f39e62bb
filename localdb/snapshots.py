# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots: taken of the ciphertext beside the database, carried to other places, proven, and thrown away in time.

Everything here goes in small steps (each ``yield``), so that the background program can do something else in between,
and can be left or killed at any of them: a snapshot is there when its manifest is, which is written last.

A snapshot is taken onto the computer's own disk, while the database file is held still, and from there carried to slow
or shaky places at leisure. Beside the database only the blocks are kept: the object files it names lie there anyway and
never change. Another place gets the object files too, and keeps those that nobody needs any more as long as a snapshot
there names them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Generator
from dataclasses import dataclass
from typing import Final

from casework.errors import KnownError
from localdb.connection import Connection
from localdb.key_copies import KeyCopies
from localdb.object_sweep import FOLDERS
from localdb.objects import relative_path
from localdb.pinned_database import PinnedDatabase, pinned
from localdb.snapshot_manifest import BLOCK_SIZE, SnapshotManifest, key_generation
from localdb.snapshot_place import SnapshotPlace
from localdb.snapshot_rotation import Rotation, staying
from localdb.store import Store

_FILES_AT_A_TIME: Final = 256
_LEFT: Final = ".left-"

Steps = Generator[None, None, None]


@dataclass(frozen=True, slots=True)
class Carried:
    """What was carried.

    Attributes:
        manifest: Of the snapshot at its new place.
        damaged: ``object_id`` of each object file that is gone from this computer, or that its disk did not keep as it
            was, and that the other place has not got either; not of those that are known to be missing.
    """

    manifest: SnapshotManifest
    damaged: tuple[str, ...]


def take(
    store: Store, place: SnapshotPlace, key_file: bytes, now: dt.datetime
) -> Generator[None, None, SnapshotManifest]:
    """Take a snapshot of an open store onto a place that is as quick as the store's own disk.

    Args:
        store: What is kept.
        place: Prepared for writing.
        key_file: Content of the key file.
        now: Aware date and time.

    Returns:
        The manifest, written and read back.

    Raises:
        KnownError: ``database-busy``, ``database-damaged``, ``disk-full``, ``no-access``, ``disk-error``,
            ``snapshot-damaged`` when the disk did not keep what was written.
    """
    added: list[bytes] = []
    blocks: list[bytes] = []
    with pinned(store) as database:
        for offset in range(0, database.size, BLOCK_SIZE):
            content = database.read(offset, BLOCK_SIZE)
            name = hashlib.sha256(content).digest()
            if not place.has_block(name, len(content)):
                place.add_block(name, content)
                added.append(name)
            blocks.append(name)
            yield
        manifest = _manifest(database, place, store, tuple(blocks), now)
    yield from place.publish()
    yield from _finish(store, place, manifest, added, key_file)
    return manifest


def carry(
    store: Store, manifest: SnapshotManifest, source: SnapshotPlace, target: SnapshotPlace, key_file: bytes
) -> Generator[None, None, Carried]:
    """Carry a snapshot, and the object files of the store, to another place.

    Args:
        store: What is kept.
        manifest: Of a snapshot at ``source``.
        source: Where its blocks lie.
        target: Prepared for writing.
        key_file: Content of the key file.

    Returns:
        The manifest there, written and read back, and which object files could not be carried.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``; ``snapshot-damaged`` when a block is damaged at either
            place: it is removed there, so that the next snapshot writes it anew; ``backup-place-missing``.
    """
    carried = manifest.numbered(_next_number(target))
    added: list[bytes] = []
    for index, name in enumerate(manifest.blocks):
        if not target.has_block(name, manifest.block_size(index)):
            target.add_block(name, _proven_block(source, name))
            added.append(name)
            if target.staged_count >= _FILES_AT_A_TIME:
                yield from target.publish()
        yield
    damaged: list[str] = []
    for folder in range(FOLDERS):
        damaged += yield from _carry_objects(store, target, f"{folder:02x}", carried.number)
    yield from target.publish()
    yield from _finish(store, target, carried, added, key_file)
    _renew_key_files(source, target, carried.key_generation)
    return Carried(carried, tuple(damaged))


def check_blocks(place: SnapshotPlace, manifest: SnapshotManifest) -> Generator[None, None, int]:
    """Read every block of a snapshot; a damaged one is removed, so that the next snapshot writes it anew.

    Returns:
        How many were damaged or missing; the snapshot cannot be restored then.

    Raises:
        KnownError: ``backup-place-missing`` when the place went away meanwhile; ``no-access``, ``disk-error``.
    """
    damaged = 0
    for name in manifest.blocks:
        try:
            _proven_block(place, name)
        except KnownError as error:
            if error.code != "snapshot-damaged":
                raise
            damaged += 1
        yield
    return damaged


def prune(place: SnapshotPlace, rotation: Rotation) -> Steps:
    """Throw away the snapshots that the rotation lets go, then what nothing names any more.

    Killed in the middle it has removed too little, never too much: manifests go first and durably, and a block only
    when every manifest that is left was read and does not name it.

    Raises:
        KnownError: ``no-access``, ``disk-error``.
    """
    manifests, damaged = place.manifests()
    kept = staying(manifests, rotation)
    going = [manifest.file_name for manifest in manifests if manifest.file_name not in kept]
    remaining = [manifest for manifest in manifests if manifest.file_name in kept]
    oldest = min((manifest.number for manifest in remaining), default=0)
    # What cannot be read may name any block; it is kept until its turn would have come.
    unreadable = [path for path in damaged if not path.name[:8].isdigit() or int(path.name[:8]) >= oldest]
    going += [path.name for path in damaged if path not in unreadable]
    if not going or unreadable:
        return
    place.remove_manifests(going)
    yield
    named = {block for manifest in remaining for block in manifest.blocks}
    for folder in range(FOLDERS):
        for block in list(place.block_names(folder)):
            if block not in named:
                place.remove_block(block)
        yield
    for folder in range(FOLDERS):
        text = f"{folder:02x}"
        for name in place.object_names(text).values():
            if _LEFT in name and int(name.partition(_LEFT)[2]) <= oldest:
                place.remove_object(text, name)
        yield
    place.forget_key_files(frozenset(manifest.key_generation for manifest in remaining))


def _manifest(
    database: PinnedDatabase, place: SnapshotPlace, store: Store, blocks: tuple[bytes, ...], now: dt.datetime
) -> SnapshotManifest:
    connection = database.connection
    device = connection.row("SELECT device_id FROM workstation")
    ((count, size),) = connection.rows(
        "SELECT count(*), coalesce(sum(sealed_size), 0) FROM objects WHERE evicted_at IS NULL"
    )
    return SnapshotManifest(
        number=_next_number(place),
        taken_at=now,
        store_id=place.store_id,
        key_generation=key_generation(store.keys),
        device_id=str(device[0]) if device else "",
        schema_version=database.schema_version,
        database_size=database.size,
        object_count=count,
        object_bytes=size,
        blocks=blocks,
    )


def _next_number(place: SnapshotPlace) -> int:
    manifests, damaged = place.manifests()
    numbers = [manifest.number for manifest in manifests]
    numbers += [int(path.name[:8]) for path in damaged if path.name[:8].isdigit()]
    return max(numbers, default=0) + 1


def _finish(
    store: Store, place: SnapshotPlace, manifest: SnapshotManifest, added: list[bytes], key_file: bytes
) -> Steps:
    for name in added:
        _proven_block(place, name)
        yield
    for index, name in enumerate(manifest.blocks):
        if not place.has_block(name, manifest.block_size(index)):
            raise KnownError("snapshot-damaged", retryable=True)
        if index % _FILES_AT_A_TIME == 0:
            yield
    place.keep_key_file(manifest.key_generation, key_file)
    place.write_manifest(manifest.file_name, manifest.encode(store.keys))
    SnapshotManifest.decode_proven(place.manifest_content(manifest), store.keys)


def _proven_block(place: SnapshotPlace, name: bytes) -> bytes:
    """Read a block; a damaged one is removed, or it would be taken for whole by its size."""
    try:
        return place.read_block(name)
    except KnownError as error:
        if error.code == "snapshot-damaged":
            place.remove_block(name)
        raise


def _renew_key_files(source: SnapshotPlace, target: SnapshotPlace, present: str) -> None:
    """Carry the key files of former database keys: slots may have gone since they were kept at the other place."""
    for generation in source.key_generations() & target.key_generations() - {present}:
        try:
            content = KeyCopies(source.key_file(generation)).whole_content()
        except KnownError:
            continue  # the one that is kept there is better than none
        target.keep_key_file(generation, content)


def _carry_objects(store: Store, place: SnapshotPlace, folder: str, number: int) -> Generator[None, None, list[str]]:
    # Listed first: a file that is added meanwhile by nobody else, and a row that is added meanwhile is seen.
    lying = place.object_names(folder)
    with store.reading() as connection:
        wanted = _wanted_objects(connection, folder)
    for transport_id, name in lying.items():
        if transport_id in wanted and _LEFT in name:
            place.rename_object(folder, name, transport_id)
        elif transport_id not in wanted and _LEFT not in name:
            place.rename_object(folder, name, f"{name}{_LEFT}{number + 1:08}")
    yield
    damaged = []
    for transport_id, (object_id, is_missing) in wanted.items():
        if transport_id not in lying:
            source = store.objects.folder / relative_path(object_id)
            if not place.add_object(folder, transport_id, source) and not is_missing:
                damaged.append(object_id)
            if place.staged_count >= _FILES_AT_A_TIME:
                yield from place.publish()
            yield
    return damaged


def _wanted_objects(connection: Connection, folder: str) -> dict[str, tuple[str, bool]]:
    """Give ``object_id``, and whether it is known to be missing, by transport id."""
    rows = connection.rows(
        """SELECT transport_id, object_id, missing_at IS NOT NULL FROM objects
            WHERE object_id >= ?1 AND object_id < ?1 || 'g' AND evicted_at IS NULL""",
        (folder,),
    )
    return {transport_id: (object_id, bool(is_missing)) for transport_id, object_id, is_missing in rows}
