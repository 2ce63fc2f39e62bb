# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots and pruning that are killed at any moment leave every snapshot whole."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from localdb import snapshots
from localdb.key_file import StoreKeys
from localdb.snapshot_assembly import assemble, prove, remove_database
from localdb.snapshot_manifest import store_id
from localdb.snapshot_place import SnapshotPlace
from localdb.store import DATABASE_NAME, Store
from tests.localdb import desk_day, samples
from tests.workstation.desk.killed_backup import killed_after, run


def check_places(folder: Path, stick: Path, keys: StoreKeys, scratch: Path) -> int:
    """Check that every snapshot is whole and the newest ones open; give the number of the newest beside the store."""
    numbers = []
    for place in (SnapshotPlace(parent, store_id(keys)) for parent in (folder / "snapshots", stick)):
        manifests, damaged = place.manifests()
        assert damaged == []
        for manifest in manifests:
            assert run(snapshots.check_blocks(place, manifest)) == 0
        if manifests:
            path = scratch / DATABASE_NAME
            for _ in assemble(place, manifests[0], path):
                pass
            prove(path, keys)
            copy = Store.open(scratch, keys)
            with copy.reading() as connection:
                wanted = connection.rows("SELECT object_id, transport_id FROM objects")
            copy.close()
            remove_database(path)
            if place.folder == stick:
                lying = {name for number in range(256) for name in place.object_names(f"{number:02x}")}
                assert {transport_id for _, transport_id in wanted} <= lying
        numbers.append(manifests[0].number if manifests else 0)
    return numbers[0]


def snapshots_under_kills(tmp_path: Path, kills: int, seed: int) -> None:
    folder, stick, scratch = tmp_path / "data", tmp_path / "stick", tmp_path / "scratch"
    scratch.mkdir()
    keys = StoreKeys.new(os.urandom)
    store = Store.create(folder, keys)
    samples.enrol(store)
    for _ in range(30):
        desk_day.receive_one(store)
    store.close()
    said = "\n".join(part.hex() for part in (keys.database_key, keys.database_salt, keys.object_name_key))
    clock = random.Random(seed)
    newest = 0
    for _ in range(kills):
        end = killed_after(clock.uniform(0, 1.5), "snapshot", folder, stick, said)
        newest = max([newest, *(int(line) for line in end.said[1:])])
        assert check_places(folder, stick, keys, scratch) >= newest
    assert newest > 0
    store = Store.open(folder, keys)
    desk_day.check(store)
    store.close()


def test_snapshots_that_are_killed_leave_every_snapshot_whole(tmp_path: Path) -> None:
    snapshots_under_kills(tmp_path, 3, seed=1)


@pytest.mark.full
@pytest.mark.timeout(590)
def test_snapshots_and_pruning_killed_a_hundred_times_leave_every_snapshot_whole(tmp_path: Path) -> None:
    snapshots_under_kills(tmp_path, 100, seed=20261122)
