# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots of the ciphertext: taken while others write, carried elsewhere, proven, thrown away in time."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import sys
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import pytest

from casework.errors import KnownError
from localdb import migrations, object_whereabouts, objects, snapshots
from localdb.key_file import StoreKeys
from localdb.snapshot_assembly import assemble, prove
from localdb.snapshot_manifest import BLOCK_SIZE, SnapshotManifest, store_id
from localdb.snapshot_place import SnapshotPlace, places_in
from localdb.snapshot_rotation import Rotation
from localdb.store import DATABASE_NAME, Store
from tests.localdb import desk_day, samples

_T = TypeVar("_T")
KEY_FILE = b"a key file"
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="a file of Linux that cannot be read")


def run(steps: Generator[None, None, _T]) -> _T:
    """Go through all steps; give what they return."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]  # typeshed does not know what a generator returns


def place_at(folder: Path, keys: StoreKeys) -> SnapshotPlace:
    folder.mkdir(exist_ok=True)
    place = SnapshotPlace(folder, store_id(keys))
    place.prepare(is_new=True)
    return place


@pytest.fixture
def own(tmp_path: Path, keys: StoreKeys) -> SnapshotPlace:
    """The place beside the database."""
    return place_at(tmp_path / "own", keys)


@pytest.fixture
def stick(tmp_path: Path, keys: StoreKeys) -> SnapshotPlace:
    """Another disk."""
    return place_at(tmp_path / "stick", keys)


def take(store: Store, place: SnapshotPlace, now: dt.datetime = samples.NOON) -> SnapshotManifest:
    place.prepare(is_new=True)
    return run(snapshots.take(store, place, KEY_FILE, now))


def carry(store: Store, manifest: SnapshotManifest, own: SnapshotPlace, target: SnapshotPlace) -> SnapshotManifest:
    target.prepare(is_new=True)
    return run(snapshots.carry(store, manifest, own, target, KEY_FILE)).manifest


def restored(place: SnapshotPlace, manifest: SnapshotManifest, folder: Path, keys: StoreKeys) -> Store:
    folder.mkdir()
    path = folder / DATABASE_NAME
    for _ in assemble(place, manifest, path):
        pass
    prove(path, keys)
    return Store.open(folder, keys)


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.reading() as connection:
        tables = [name for (name,) in connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: connection.rows(f'SELECT * FROM "{name}"') for name in tables}  # noqa: S608 - of the schema


def blocks_of(place: SnapshotPlace) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in (place.root / "blocks").rglob("*") if path.is_file()}


def test_a_snapshot_is_the_database_of_its_moment(
    store: Store, own: SnapshotPlace, keys: StoreKeys, tmp_path: Path
) -> None:
    desk_day.receive_one(store)
    before = contents(store)
    steps = snapshots.take(store, own, KEY_FILE, samples.NOON)
    next(steps)
    desk_day.receive_one(store)
    manifest = run(steps)
    assert manifest.object_count == 1
    copy = restored(own, manifest, tmp_path / "copy", keys)
    assert contents(copy) == before != contents(store)
    copy.close()


def test_only_blocks_that_changed_are_written(store: Store, own: SnapshotPlace) -> None:
    with store.transaction() as connection:
        for number in range(200):
            connection.execute("INSERT INTO secrets VALUES (?, ?)", (f"big-{number}", os.urandom(20_000)))
    first = take(store, own)
    written = blocks_of(own)
    assert len(written) == len(first.blocks) > 50
    samples.begin_draft(store)
    second = take(store, own)
    again = blocks_of(own)
    assert {path: again[path] for path in written} == written
    assert 0 < len(again) - len(written) < 10
    assert second.number == first.number + 1
    assert second.blocks != first.blocks


def test_a_place_tells_nothing(store: Store, own: SnapshotPlace, stick: SnapshotPlace) -> None:
    desk_day.receive_one(store)
    carry(store, take(store, own), own, stick)
    with store.reading() as connection:
        ((operation,),) = connection.rows("SELECT fields FROM operations")
    everything = b"".join(path.read_bytes() for path in stick.folder.rglob("*") if path.is_file())
    assert len(everything) > 100_000
    assert samples.SECRET_NAME in str(operation)
    assert b"SQLite format 3" not in everything
    for text in (samples.SECRET_NAME, samples.SECRET_NUMBER, samples.CLERK.full_name):
        assert text.encode() not in everything
    assert store.keys.database_key.hex().encode() not in everything


def test_another_place_gets_blocks_and_objects_and_only_what_is_new(
    store: Store, own: SnapshotPlace, stick: SnapshotPlace, keys: StoreKeys, tmp_path: Path
) -> None:
    ids = [samples.store_content(store, os.urandom(300_000)) for _ in range(3)]
    carry(store, take(store, own), own, stick)
    lying = {path: path.stat().st_mtime_ns for path in stick.root.rglob("*") if path.is_file()}
    ids.append(samples.store_content(store, os.urandom(300_000)))
    manifest = carry(store, take(store, own), own, stick)
    now = {path: path.stat().st_mtime_ns for path in stick.root.rglob("*") if path.is_file()}
    assert {path: now[path] for path in lying} == lying
    shutil.rmtree(own.folder)
    copy = restored(stick, manifest, tmp_path / "copy", keys)
    with copy.reading() as connection:
        for object_id in ids:
            stored = objects.describe(connection, object_id)
            kept = stick.object_path(object_id[:2], stored.transport_id).read_bytes()
            assert kept == store.objects.path(object_id).read_bytes()
    copy.close()


def test_an_object_that_nobody_needs_goes_with_the_last_snapshot_that_names_it(
    store: Store, own: SnapshotPlace, stick: SnapshotPlace
) -> None:
    def lying() -> list[str]:
        return sorted(path.name for path in (stick.root / "objects").rglob("*") if path.is_file())

    kept, going = (samples.store_content(store, os.urandom(1000)) for _ in range(2))
    carry(store, take(store, own), own, stick)
    with store.transaction() as connection:
        stored = objects.describe(connection, going)
        objects.forget(connection, going)
    only_newest = Rotation(hours=1, days=0, weeks=0)
    assert len(lying()) == 2
    carry(store, take(store, own), own, stick)
    assert stored.transport_id not in lying()
    assert len(lying()) == 2, "the first snapshot names it, perhaps the second"
    run(snapshots.prune(stick, only_newest))
    assert len(lying()) == 2
    carry(store, take(store, own), own, stick)
    run(snapshots.prune(stick, only_newest))
    with store.reading() as connection:
        assert lying() == [objects.describe(connection, kept).transport_id]


def test_an_object_that_is_needed_again_has_its_name_again(
    store: Store, own: SnapshotPlace, stick: SnapshotPlace
) -> None:
    object_id = samples.store_content(store, os.urandom(1000))
    carry(store, take(store, own), own, stick)
    with store.transaction() as connection:
        connection.execute("UPDATE objects SET confirmed_at = 1, evicted_at = 1")
    carry(store, take(store, own), own, stick)
    assert [name for name in stick.object_names(object_id[:2]).values() if "." in name]
    with store.transaction() as connection:
        connection.execute("UPDATE objects SET evicted_at = NULL")
    carry(store, take(store, own), own, stick)
    assert not [name for name in stick.object_names(object_id[:2]).values() if "." in name]


def test_a_changed_manifest_and_one_of_another_store_are_refused(
    store: Store, own: SnapshotPlace, keys: StoreKeys
) -> None:
    manifest = take(store, own)
    content = own.manifest_content(manifest)
    assert SnapshotManifest.decode_proven(content, keys) == manifest
    older = content.replace(f'"schema_version":{len(migrations.shipped())}'.encode(), b'"schema_version":1')
    assert older != content
    for damaged in (older, content[:-40], content.replace(b'"mac"', b'"mic"'), b"", b"[]", b"{}"):
        with pytest.raises(KnownError) as refused:
            SnapshotManifest.decode_proven(damaged, keys)
        assert refused.value.code == "snapshot-damaged"
    with pytest.raises(KnownError) as refused:
        SnapshotManifest.decode_proven(content, StoreKeys.new(os.urandom))
    assert refused.value.code == "snapshot-other-key"
    with pytest.raises(KnownError) as refused:
        SnapshotManifest.decode(content.replace(b'"format":1', b'"format":2'))
    assert refused.value.code == "snapshot-newer"


def test_a_flipped_bit_and_a_missing_block_are_noticed_and_the_next_snapshot_heals(
    store: Store, own: SnapshotPlace, tmp_path: Path, keys: StoreKeys
) -> None:
    manifest = take(store, own)
    flipped, missing, *_ = blocks_of(own)
    content = bytearray(flipped.read_bytes())
    content[len(content) // 2] ^= 1
    flipped.write_bytes(content)
    missing.unlink()
    with pytest.raises(KnownError) as noticed:
        restored(own, manifest, tmp_path / "copy", keys)
    assert noticed.value.code == "snapshot-damaged"
    assert run(snapshots.check_blocks(own, manifest)) == 2
    healed = take(store, own)
    assert run(snapshots.check_blocks(own, healed)) == 0
    assert run(snapshots.check_blocks(own, manifest)) == 0


def make_unreadable(path: Path) -> None:
    """Let the kernel answer EIO to who reads this file, as it does for a bad sector."""
    path.unlink()
    path.symlink_to("/proc/self/mem")
    with pytest.raises(OSError, match="Input/output error"):
        path.read_bytes()


@ON_LINUX
def test_a_block_that_the_disk_cannot_read_is_damaged_and_the_next_snapshot_heals(
    store: Store, own: SnapshotPlace, stick: SnapshotPlace
) -> None:
    manifest = take(store, own)
    carried = carry(store, manifest, own, stick)
    for place, lying in ((own, manifest), (stick, carried)):
        bad = next(iter(blocks_of(place)))
        make_unreadable(bad)
        assert run(snapshots.check_blocks(place, lying)) == 1
        assert not os.path.lexists(bad)
    healed = take(store, own)
    assert run(snapshots.check_blocks(own, healed)) == 0
    make_unreadable(own.root / bad.relative_to(stick.root))
    with pytest.raises(KnownError, match="snapshot-damaged"):
        carry(store, healed, own, stick)  # the very block that the other place needs
    assert run(snapshots.check_blocks(stick, carry(store, take(store, own), own, stick))) == 0


@ON_LINUX
def test_a_manifest_that_the_disk_cannot_read_hides_no_other_and_stops_no_snapshot(
    store: Store, own: SnapshotPlace
) -> None:
    first, second = take(store, own), take(store, own)
    make_unreadable(own.root / "manifests" / second.file_name)
    assert own.newest() == first
    assert own.manifests() == ([first], [own.root / "manifests" / second.file_name])
    assert take(store, own).number == 3
    run(snapshots.prune(own, Rotation(hours=24, days=0, weeks=0)))


def test_a_place_that_goes_away_while_it_is_checked_is_not_called_damaged(store: Store, own: SnapshotPlace) -> None:
    steps = snapshots.check_blocks(own, take(store, own))
    next(steps)
    shutil.rmtree(own.root)
    with pytest.raises(KnownError) as away:
        run(steps)
    assert (away.value.code, away.value.retryable) == ("backup-place-missing", True)


def test_an_object_that_the_disk_did_not_keep_is_named_and_everything_else_is_carried(
    store: Store, own: SnapshotPlace, stick: SnapshotPlace
) -> None:
    whole, flipped, gone, known = (samples.store_content(store, os.urandom(1000)) for _ in range(4))
    content = bytearray(store.objects.path(flipped).read_bytes())
    content[500] ^= 1
    store.objects.path(flipped).write_bytes(content)
    store.objects.path(gone).unlink()
    store.objects.path(known).unlink()
    with store.transaction() as connection:
        object_whereabouts.note_missing(connection, [known], samples.NOON)
    carried = run(snapshots.carry(store, take(store, own), own, stick, KEY_FILE))
    assert set(carried.damaged) == {flipped, gone}
    with store.reading() as connection:
        lying = [path.name for path in (stick.root / "objects").rglob("*") if path.is_file()]
        assert lying == [objects.describe(connection, whole).transport_id]


def test_a_snapshot_left_at_any_step_is_none_and_disturbs_nobody(store: Store, own: SnapshotPlace) -> None:
    desk_day.receive_one(store)
    first = take(store, own)
    moment = 0
    while True:
        desk_day.receive_one(store)
        own.prepare(is_new=True)
        steps = snapshots.take(store, own, KEY_FILE, samples.NOON)
        done = sum(1 for _ in zip(range(moment), steps, strict=False))
        steps.close()
        if done < moment:
            break
        manifests, damaged = own.manifests()
        assert (manifests, damaged) == ([first], [])
        moment += 1
    assert moment > 5
    assert own.newest() != first
    newest = own.newest()
    assert newest is not None
    assert run(snapshots.check_blocks(own, newest)) == 0


def test_pruning_left_at_any_step_keeps_every_snapshot_that_stays_whole(store: Store, own: SnapshotPlace) -> None:
    for hour in range(6):
        samples.begin_draft(store)
        take(store, own, samples.NOON + dt.timedelta(hours=hour))
    for moment in (0, 1, 2, 100, 258, 600):
        steps = snapshots.prune(own, Rotation(hours=max(1, 5 - moment), days=0, weeks=0))
        for _ in zip(range(moment), steps, strict=False):
            pass
        steps.close()
        manifests, _ = own.manifests()
        assert manifests
        assert all(run(snapshots.check_blocks(own, manifest)) == 0 for manifest in manifests)
    run(snapshots.prune(own, Rotation(hours=1, days=0, weeks=0)))
    (newest,), _ = own.manifests()
    take(store, own)
    run(snapshots.prune(own, Rotation(hours=1, days=0, weeks=0)))
    (last,), _ = own.manifests()
    assert {bytes.fromhex(path.name) for path in blocks_of(own)} == set(last.blocks)
    assert last.number == newest.number + 1


def test_an_unreadable_manifest_keeps_what_it_may_name_until_its_turn_has_come(
    store: Store, own: SnapshotPlace
) -> None:
    take(store, own, samples.NOON - dt.timedelta(hours=1))
    path = own.root / "manifests" / take(store, own).file_name
    path.write_bytes(b"torn")
    before = len(blocks_of(own))
    for hour in range(3):
        samples.begin_draft(store)
        take(store, own, samples.NOON + dt.timedelta(hours=hour))
    run(snapshots.prune(own, Rotation(hours=24, days=0, weeks=0)))
    assert path.exists()
    assert len(blocks_of(own)) >= before
    run(snapshots.prune(own, Rotation(hours=1, days=0, weeks=0)))
    assert not path.exists()
    assert len(own.manifests()[0]) == 1


def test_a_place_that_is_gone_is_not_made_anew(store: Store, stick: SnapshotPlace, own: SnapshotPlace) -> None:
    carry(store, take(store, own), own, stick)
    shutil.rmtree(stick.root)
    with pytest.raises(KnownError) as away:
        stick.prepare(is_new=False)
    assert (away.value.code, away.value.retryable) == ("backup-place-missing", True)
    assert list(stick.folder.iterdir()) == []


def test_a_block_that_comes_twice_is_written_once(own: SnapshotPlace) -> None:
    content = os.urandom(BLOCK_SIZE)
    name = hashlib.sha256(content).digest()
    own.add_block(name, content)
    own.add_block(name, content)
    run(own.publish())
    assert own.read_block(name) == content
    assert len(blocks_of(own)) == 1


def test_the_disk_keeps_its_reserve(store: Store, tmp_path: Path, keys: StoreKeys) -> None:
    place = SnapshotPlace(tmp_path, store_id(keys), reserve=10**18)
    place.prepare(is_new=True)
    with pytest.raises(KnownError) as full:
        run(snapshots.take(store, place, KEY_FILE, samples.NOON))
    assert full.value.code == "disk-full"
    place.abandon()
    assert blocks_of(place) == {}
    assert not list(place.root.rglob("unfinished/*"))


def test_the_stores_of_a_folder_are_found(store: Store, stick: SnapshotPlace, own: SnapshotPlace) -> None:
    carry(store, take(store, own), own, stick)
    (found,) = places_in(stick.folder)
    assert found.root == stick.root
    assert found.newest() is not None
    with pytest.raises(KnownError):
        places_in(stick.folder / "nowhere")
