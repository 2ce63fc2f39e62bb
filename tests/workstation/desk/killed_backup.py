# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots and restores, to be killed.

``python -m tests.workstation.desk.killed_backup snapshot FOLDER STICK`` reads the store's keys from standard input (a
line of hexadecimal digits each), receives a dossier, takes a snapshot, carries it and prunes both places, again and
again, and prints the number of each snapshot that is there. ``… restore FOLDER PLACE`` reads login and password,
restores the newest snapshot, and prints ``restored``. Both print ``started`` first.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

from localdb import snapshots
from localdb.key_file import StoreKeys
from localdb.snapshot_manifest import store_id
from localdb.snapshot_place import SnapshotPlace
from localdb.snapshot_rotation import Rotation
from localdb.store import Store
from tests.localdb import desk_day, killing, samples
from tests.localdb.killing import End
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.restore_store import ClerkPassword, list_snapshots, restore_store

_T = TypeVar("_T")
ROTATION = Rotation(hours=3, days=1, weeks=0)


def killed_after(seconds: float, what: str, folder: Path, place: Path, said: str) -> End:
    """Start the program, and kill it so long after it has begun."""
    end = killing.run_and_kill("tests.workstation.desk.killed_backup", [what, str(folder), str(place)], said, seconds)
    assert end.said[0] == "started\n"
    return end


def run(steps: Generator[None, None, _T]) -> _T:
    """Go through all steps; give what they return."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]  # typeshed does not know what a generator returns


def take_for_ever(folder: Path, stick: Path, keys: StoreKeys) -> None:
    """Work and take snapshots until killed."""
    store = Store.open(folder, keys)
    own, other = (SnapshotPlace(place, store_id(keys)) for place in (folder / "snapshots", stick))
    for place in (own, other):
        place.folder.mkdir(exist_ok=True)
    newest = own.newest()
    start = newest.taken_at if newest else samples.NOON
    for hour in itertools.count(1):
        desk_day.receive_one(store)
        own.prepare(is_new=True)
        manifest = run(snapshots.take(store, own, b"keys", start + dt.timedelta(hours=hour)))
        run(snapshots.prune(own, ROTATION))
        other.prepare(is_new=True)
        run(snapshots.carry(store, manifest, own, other, b"keys"))
        run(snapshots.prune(other, ROTATION))
        print(manifest.number, flush=True)  # noqa: T201 - what the parent waits for


def restore(folder: Path, place: Path, login: str, password: str) -> None:
    """Restore the newest snapshot."""
    restore_store(
        list_snapshots(place)[0],
        ClerkPassword(login, password),
        DeskFolder(folder),
        replaces=True,
        clock=lambda: dt.datetime.now(dt.UTC),
        random_bytes=os.urandom,
    )
    print("restored", flush=True)  # noqa: T201 - what the parent waits for


def main() -> None:
    """See the module."""
    what, folder, place = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    said = sys.stdin.read().split("\n")
    print("started", flush=True)  # noqa: T201 - what the parent waits for
    if what == "snapshot":
        take_for_ever(folder, place, StoreKeys(*(bytes.fromhex(line) for line in said[:3])))
    else:
        restore(folder, place, said[0], said[1])


if __name__ == "__main__":
    main()
