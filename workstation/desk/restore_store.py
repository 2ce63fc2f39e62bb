# SPDX-License-Identifier: GPL-3.0-or-later
"""Restore a store from a snapshot; afterwards it needs a new enrolment, because what it was went on without it.

Everything is put together and proven in a folder of its own inside the data folder. Only then what is in the way is set
aside, and the restored files take its place, the key file last: without a key file there is no desk. So a restore that
is killed anywhere has left nothing or a finished store, and is done again with the same call.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import enum
import heapq
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from casework import rights
from casework.errors import KnownError
from casework.identifiers import RandomBytes
from casework.rights import Right
from casework.text import clean
from localdb import audit, clerks, durable_file, identity, key_file, migrations, object_copy
from localdb.key_copies import PREVIOUS_SUFFIX, KeyCopies
from localdb.object_sweep import FOLDERS
from localdb.objects import relative_path
from localdb.open_key_file import OpenKeyFile
from localdb.password_tries import PasswordTries
from localdb.search_file import SEARCH_NAME
from localdb.snapshot_assembly import assemble, prove, remove_database
from localdb.snapshot_manifest import SnapshotManifest, key_generation, store_id
from localdb.snapshot_place import SnapshotPlace, places_in
from localdb.store import DATABASE_NAME, OBJECTS_NAME, Store
from localdb.store_keys import StoreKeys
from sync_agent import lock
from sync_agent.data_folder import make_folder
from workstation.desk.check_integrity import note_check_passed
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.recover_store import EscrowKey, RecoveryWords
from workstation.desk.session import Clock

_WORK_FOLDER: Final = "restoring"
_SPARE_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ClerkPassword:
    """What a clerk who may restore knows.

    Attributes:
        login: Sign-in name.
        password: Hers.
    """

    login: str
    password: str = field(repr=False)


Proof = ClerkPassword | RecoveryWords | EscrowKey
"""What opens the key file."""


@dataclass(frozen=True, slots=True)
class KeptSnapshot:
    """A snapshot that can be chosen.

    Attributes:
        place: Where it lies.
        manifest: What it consists of; not proven before it is opened.
        is_complete: Whether every block is there; what is in them is proven when they are read.
    """

    place: SnapshotPlace
    manifest: SnapshotManifest
    is_complete: bool


class RestoreStage(enum.StrEnum):
    """What is being done."""

    DATABASE = "database"
    CHECKING = "checking"
    OBJECTS = "objects"
    FINISHING = "finishing"


@dataclass(frozen=True, slots=True)
class RestoreProgress:
    """How far it is.

    Attributes:
        stage: What is being done.
        done: Bytes of the database, or object files, so far.
        total: Out of so many.
    """

    stage: RestoreStage
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What came back.

    Attributes:
        taken_at: The moment that the store is of now.
        copied_objects: Number of object files that came from the snapshot's place.
        found_objects: Number of object files that lay in the data folder; whole, where the place has them too.
        missing_objects: ``object_id`` of those that lie nowhere, or only damaged; the gateway may have them.
        set_aside: Where the damaged store lies now; None when there was none.
    """

    taken_at: dt.datetime
    copied_objects: int
    found_objects: int
    missing_objects: tuple[str, ...]
    set_aside: Path | None


OnProgress = Callable[[RestoreProgress], None]


def list_snapshots(folder: Path) -> list[KeptSnapshot]:
    """Give the snapshots in a folder, of whichever stores, the newest first. Needs no key.

    Those of one store are in the order of their numbers, whatever its clock said; only between stores the time counts.

    Args:
        folder: A chosen place, or ``snapshots`` in a data folder.

    Raises:
        KnownError: ``backup-place-missing``, ``no-access``, ``disk-error``.
    """
    stores = []
    for place in places_in(folder):
        lying = {name for number in range(FOLDERS) for name in place.block_names(number)}
        manifests = place.manifests()[0]
        stores.append([KeptSnapshot(place, manifest, lying.issuperset(manifest.blocks)) for manifest in manifests])
    return list(heapq.merge(*stores, key=lambda kept: kept.manifest.taken_at, reverse=True))


def restore_store(
    snapshot: KeptSnapshot,
    proof: Proof,
    folder: DeskFolder,
    *,
    replaces: bool,
    clock: Clock,
    random_bytes: RandomBytes,
    ticks: Callable[[], float] = time.monotonic,
    on_progress: OnProgress = lambda _: None,
) -> RestoreReport:
    """Make the store of a snapshot the store of a data folder.

    Args:
        snapshot: Chosen among ``list_snapshots``; when it turns out to be damaged, choose an older one.
        proof: Opens the data folder's own key file when that fits the snapshot, else the one kept beside the snapshot.
        folder: Where the store shall be; need not exist.
        replaces: Whether a store that is there may be set aside (it is moved, not removed).
        clock: The present moment.
        random_bytes: Source of randomness.
        ticks: A clock that nobody can turn back, in seconds.
        on_progress: Told how far it has got.

    Raises:
        KnownError: ``snapshot-damaged``, ``snapshot-newer``, ``snapshot-other-key``; ``snapshot-other-desk`` when the
            folder's own key file opens and is of another store; ``store-in-the-way``, ``desk-in-use``,
            ``no-room-for-restore`` (details ``megabytes``); ``not-allowed``; ``too-many-tries`` (details ``seconds``)
            and what else opening a key file raises; ``database-newer``; ``disk-full``, ``no-access``, ``disk-error``.
            ``backup-place-missing`` when it went away meanwhile. The data folder is as it was, but for the count of
            wrong passwords and for object files that came already.
    """
    with contextlib.ExitStack() as afterwards:
        make_folder(folder.root)
        held = lock.take(folder.desk_lock)
        if held is None:
            raise KnownError("desk-in-use", retryable=True)
        afterwards.enter_context(held)
        work = folder.root / _WORK_FOLDER
        # A database without a key file is what a restore that was broken off has left, when there was one.
        is_leftover = work.exists() and not folder.is_set_up
        if not replaces and not is_leftover and (folder.is_set_up or (folder.root / DATABASE_NAME).exists()):
            raise KnownError("store-in-the-way")
        opened, key_path = _unlock(
            snapshot, proof, folder, PasswordTries(folder.password_tries, clock, ticks), random_bytes
        )
        afterwards.callback(opened.wipe)
        keys = _fitting_keys(opened, snapshot.manifest)
        manifest = SnapshotManifest.decode_proven(snapshot.place.manifest_content(snapshot.manifest), keys)
        with durable_file.explained():
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(mode=0o700)
            keys_content = KeyCopies(key_path).whole_content()
        afterwards.callback(shutil.rmtree, work, ignore_errors=True)
        _see_that_there_is_room(folder, _database_need(manifest))
        _assemble(snapshot.place, manifest, work / DATABASE_NAME, keys, on_progress)
        store = Store.open(work, keys)
        try:
            _begin_anew(store, proof, manifest, clock())
            found, copied, missing = _bring_objects(snapshot.place, store, folder, on_progress)
        finally:
            store.close()
        if missing:
            _see_that_it_is_still_there(snapshot.place)
        on_progress(RestoreProgress(RestoreStage.FINISHING, 0, 1))
        set_aside = _take_place(work, folder, keys_content, clock())
        on_progress(RestoreProgress(RestoreStage.FINISHING, 1, 1))
    return RestoreReport(manifest.taken_at, copied, found, missing, set_aside)


def _unlock(
    snapshot: KeptSnapshot, proof: Proof, folder: DeskFolder, tries: PasswordTries, random_bytes: RandomBytes
) -> tuple[OpenKeyFile, Path]:
    with tries.one() if isinstance(proof, ClerkPassword) else contextlib.nullcontext():
        return _unlocked(snapshot, proof, folder, random_bytes)


def _unlocked(
    snapshot: KeptSnapshot, proof: Proof, folder: DeskFolder, random_bytes: RandomBytes
) -> tuple[OpenKeyFile, Path]:
    """Open the desk's own key file, which knows best who may open it, or the one that was kept with the snapshot."""
    refusal: KnownError | None = None
    for path in (folder.key_file, snapshot.place.key_file(snapshot.manifest.key_generation)):
        if not path.exists():
            continue
        try:
            opened = _open(path, proof, random_bytes)
        except KnownError as error:
            refusal = refusal or error
            continue
        try:
            _fitting_keys(opened, snapshot.manifest)
        except KnownError as error:
            opened.wipe()
            if error.code == "snapshot-other-desk":
                raise
            refusal = refusal or error
            continue
        return opened, path
    raise refusal or KnownError("key-file-missing")


def _open(path: Path, proof: Proof, random_bytes: RandomBytes) -> OpenKeyFile:
    if isinstance(proof, RecoveryWords):
        return key_file.unlock_with_words(path, proof.words, random_bytes=random_bytes)
    if isinstance(proof, EscrowKey):
        return key_file.unlock_with_escrow(path, proof.private_key, random_bytes=random_bytes)
    return key_file.unlock_with_password(path, clean(proof.login).lower(), proof.password, random_bytes=random_bytes)


def _fitting_keys(opened: OpenKeyFile, manifest: SnapshotManifest) -> StoreKeys:
    """Give the keys of the snapshot; while a rotation is under way a key file holds two."""
    if store_id(opened.keys) != manifest.store_id:
        raise KnownError("snapshot-other-desk")
    for keys in (opened.keys, opened.next_keys):
        if keys is not None and key_generation(keys) == manifest.key_generation:
            return keys
    raise KnownError("snapshot-other-key")


def _database_need(manifest: SnapshotManifest) -> int:
    is_older = manifest.schema_version < migrations.shipped()[-1].number
    return manifest.database_size * (2 if is_older else 1)


def _see_that_there_is_room(folder: DeskFolder, needed: int) -> None:
    with durable_file.explained():
        if shutil.disk_usage(folder.root).free < needed + _SPARE_BYTES:
            raise KnownError("no-room-for-restore", megabytes=str(-(-(needed + _SPARE_BYTES) // 10**6)))


def _assemble(
    place: SnapshotPlace, manifest: SnapshotManifest, path: Path, keys: StoreKeys, on_progress: OnProgress
) -> None:
    total = manifest.database_size
    for written in assemble(place, manifest, path):
        on_progress(RestoreProgress(RestoreStage.DATABASE, written, total))
    on_progress(RestoreProgress(RestoreStage.CHECKING, 0, 1))
    prove(path, keys)
    on_progress(RestoreProgress(RestoreStage.CHECKING, 1, 1))


def _begin_anew(store: Store, proof: Proof, manifest: SnapshotManifest, now: dt.datetime) -> None:
    """End the identity of the copy before anything else is written, and tell the trail who did it."""
    with store.reading() as connection:
        actor_id = "escrow" if isinstance(proof, EscrowKey) else "recovery-sheet"
        if isinstance(proof, ClerkPassword):
            clerk = clerks.with_login(connection, clean(proof.login).lower())
            rights.require(clerk, Right.RESTORE)
            actor_id = clerk.clerk_id
    with store.transaction() as connection:
        identity.retire(connection, now)
        audit.append(
            connection, at=now, actor_id=actor_id, action="store.restored", subject_id=Path(manifest.file_name).stem
        )


def _bring_objects(
    place: SnapshotPlace, store: Store, folder: DeskFolder, on_progress: OnProgress
) -> tuple[int, int, tuple[str, ...]]:
    target = folder.root / OBJECTS_NAME
    with store.reading() as connection:
        ((count, size),) = connection.rows(
            "SELECT count(*), coalesce(sum(sealed_size), 0) FROM objects WHERE evicted_at IS NULL"
        )
    if not target.exists():
        _see_that_there_is_room(folder, size)
    found = copied = 0
    missing: list[str] = []
    for number in range(FOLDERS):
        prefix = f"{number:02x}"
        kept = place.object_names(prefix)
        for object_id, transport_id, sealed_size in _objects_of(store, prefix):
            path = target / relative_path(object_id)
            is_here = path.exists() and path.stat().st_size == sealed_size
            if is_here and (transport_id not in kept or object_copy.is_whole(path, transport_id)):
                found += 1
            elif transport_id in kept and object_copy.bring(
                place.object_path(prefix, kept[transport_id]), path, transport_id
            ):
                copied += 1
            else:
                missing.append(object_id)
        on_progress(RestoreProgress(RestoreStage.OBJECTS, found + copied + len(missing), max(count, 1)))
    return found, copied, tuple(missing)


def _see_that_it_is_still_there(place: SnapshotPlace) -> None:
    with durable_file.explained():
        if not place.is_there:
            raise KnownError("backup-place-missing", retryable=True, folder=str(place.folder))


def _objects_of(store: Store, prefix: str) -> Iterator[tuple[str, str, int]]:
    with store.reading() as connection:
        rows = connection.rows(
            """SELECT object_id, transport_id, sealed_size FROM objects
                WHERE object_id >= ?1 AND object_id < ?1 || 'g' AND evicted_at IS NULL""",
            (prefix,),
        )
    yield from ((object_id, transport_id, sealed_size) for object_id, transport_id, sealed_size in rows)


def _take_place(work: Path, folder: DeskFolder, keys_content: bytes, now: dt.datetime) -> Path | None:
    """Set aside what is in the way, then move in; the key file goes first and comes last."""
    root = folder.root
    with durable_file.explained():
        previous = folder.key_file.with_name(folder.key_file.name + PREVIOUS_SUFFIX)
        in_the_way = [folder.key_file, previous]
        in_the_way += [root / f"{DATABASE_NAME}{suffix}" for suffix in ("", "-wal", "-shm", "-journal")]
        in_the_way = [path for path in in_the_way if path.exists()]
        set_aside = None
        if in_the_way:
            set_aside = root / f"set-aside-{now.astimezone(dt.UTC):%Y%m%dT%H%M%S%fZ}"
            set_aside.mkdir(mode=0o700)
            for path in in_the_way:
                path.replace(set_aside / path.name)
                # In this order: better in two places than in none.
                durable_file.sync_folder(set_aside)
                durable_file.sync_folder(root)
        # The index is of what was there before; it is made anew.
        remove_database(root / SEARCH_NAME)
        (work / DATABASE_NAME).replace(root / DATABASE_NAME)
        note_check_passed(root)
        durable_file.sync_folder(root)
        for path in (previous, folder.key_file):
            with durable_file.replacing(path) as file:
                file.write(keys_content)
    return set_aside
