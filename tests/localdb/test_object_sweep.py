# SPDX-License-Identifier: GPL-3.0-or-later
"""The sweep finds what is wrong with the object files, and harms nothing that another program is just writing."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

import pytest

from localdb import durable_file, object_sweep, objects
from localdb.key_file import StoreKeys
from localdb.object_sweep import FOLDERS, LEFTOVERS_KEPT, YOUNG, Swept
from localdb.store import Store
from tests.localdb import killing
from tests.localdb.samples import missing_files, store_content

PAGE = os.urandom(300_000)
NOW = dt.datetime.now(dt.UTC)
LATER = NOW + 2 * YOUNG
"""As if what is written now were hours old."""


def sweep_all(store: Store, now: dt.datetime = LATER) -> Swept:
    parts = [object_sweep.sweep_folder(store, number, now) for number in range(FOLDERS)]
    return Swept(
        sum(part.removed for part in parts), sum(part.missing for part in parts), sum(part.found for part in parts)
    )


def missing_ids(store: Store) -> set[str]:
    with store.reading() as connection:
        return {row[0] for row in connection.rows("SELECT object_id FROM objects WHERE missing_at IS NOT NULL")}


@pytest.mark.expects_log("localdb.object_sweep", level="ERROR")
def test_what_a_crash_left_is_removed_and_what_is_missing_is_remembered(
    store: Store, folder: Path, keys: StoreKeys
) -> None:
    kept, lost, cut = (store_content(store, content) for content in (b"kept", b"lost", b"cut"))
    orphan = store.objects.write(b"written but never recorded", "image/jpeg", os.urandom)
    half = store.objects.path(kept).parent / f".half{durable_file.PART_SUFFIX}"
    half.write_bytes(b"half")
    store.close()
    store.objects.path(lost).unlink()
    os.truncate(store.objects.path(cut), 10)

    again = Store.open(folder, keys)
    assert sweep_all(again) == Swept(removed=1, missing=2)
    assert missing_ids(again) == {lost, cut}
    assert missing_files(again) == sorted([lost, cut])
    with again.reading() as connection:
        assert again.objects.read(connection, kept) == b"kept"
    assert not half.exists()
    assert again.objects.path(orphan.object_id).exists()
    assert sweep_all(again) == Swept()
    assert sweep_all(again, LATER + LEFTOVERS_KEPT) == Swept(removed=1)
    assert not again.objects.path(orphan.object_id).exists()
    assert sweep_all(again, LATER + LEFTOVERS_KEPT) == Swept()
    with again.reading() as connection:
        assert connection.rows("SELECT count(*) FROM leftover_files") == [(0,)]
    again.close()


def test_a_file_whose_row_was_lost_waits_for_it_to_come_back(store: Store) -> None:
    """The database was repaired, or is an older copy: the file is old, and no row names it any more."""
    object_id = store_content(store, PAGE)
    with store.transaction() as connection:
        stored = objects.describe(connection, object_id)
        connection.execute("DELETE FROM objects")
    assert sweep_all(store) == Swept()
    assert sweep_all(store, LATER + LEFTOVERS_KEPT - dt.timedelta(days=1)) == Swept()
    with store.transaction() as connection:
        objects.record(connection, stored)
    assert sweep_all(store, LATER + 2 * LEFTOVERS_KEPT) == Swept()
    with store.transaction() as connection:
        connection.execute("DELETE FROM objects")
    assert sweep_all(store, LATER + 2 * LEFTOVERS_KEPT) == Swept()
    assert store.objects.content(stored) == PAGE


@pytest.mark.expects_log("localdb.object_sweep", level="ERROR")
def test_what_is_here_again_is_not_missing_any_more(store: Store) -> None:
    object_id = store_content(store, PAGE)
    path = store.objects.path(object_id)
    path.rename(path.with_suffix(".away"))
    assert sweep_all(store).missing == 1
    path.with_suffix(".away").rename(path)
    assert sweep_all(store) == Swept(found=1)
    assert missing_ids(store) == set()


@pytest.mark.expects_log("localdb.object_sweep", level="ERROR")
def test_a_lost_page_that_is_scanned_again_is_not_missing_any_more(store: Store) -> None:
    object_id = store_content(store, PAGE)
    store.objects.path(object_id).unlink()
    sweep_all(store)
    assert store_content(store, PAGE) == object_id
    assert missing_ids(store) == set()


def test_a_file_whose_row_is_about_to_be_committed_stays(store: Store, folder: Path, keys: StoreKeys) -> None:
    """Two stores of one folder stand for two programs: one writes, the other sweeps in between."""
    sweeping = Store.open(folder, keys)
    stored = store.objects.write(PAGE, "image/jpeg", os.urandom)
    assert sweep_all(sweeping, now=dt.datetime.now(dt.UTC) + YOUNG / 2) == Swept()
    with store.transaction() as connection:
        objects.record(connection, stored)
        assert store.objects.read(connection, stored.object_id) == PAGE
    sweeping.close()


def test_an_old_file_that_somebody_means_to_rely_on_stays(store: Store, folder: Path, keys: StoreKeys) -> None:
    """The file was written long ago and never recorded; the same page comes again just before the sweep gets to it."""
    sweeping = Store.open(folder, keys)
    stored = store.objects.write(PAGE, "image/jpeg", os.urandom)
    long_ago = time.time() - 86_400
    os.utime(store.objects.path(stored.object_id), (long_ago, long_ago))
    assert store.objects.write(PAGE, "image/jpeg", os.urandom) == stored
    assert sweep_all(sweeping, now=dt.datetime.now(dt.UTC)) == Swept()
    os.utime(store.objects.path(stored.object_id), (long_ago, long_ago))
    assert sweep_all(sweeping, now=dt.datetime.now(dt.UTC)) == Swept()
    assert store.objects.write(PAGE, "image/jpeg", os.urandom) == stored
    later = dt.datetime.now(dt.UTC) + LEFTOVERS_KEPT
    os.utime(store.objects.path(stored.object_id), (later.timestamp(), later.timestamp()))
    assert sweep_all(sweeping, now=later) == Swept()
    os.utime(store.objects.path(stored.object_id), (long_ago, long_ago))
    assert sweep_all(sweeping, now=later) == Swept(removed=1)
    assert store.objects.write(PAGE, "image/jpeg", os.urandom) == stored
    assert store.objects.content(stored) == PAGE
    sweeping.close()


def test_a_desk_at_work_loses_nothing_to_a_sweep_without_mercy(store: Store, folder: Path, keys: StoreKeys) -> None:
    """Another process works as fast as it can while this one sweeps again and again, taking all but the last seconds
    for old."""
    secret = "\n".join(part.hex() for part in (keys.database_key, keys.database_salt, keys.object_name_key))
    with killing.running("tests.localdb.desk_day", [str(folder)], secret) as desk:
        assert desk.stdout is not None
        desk.stdout.readline()
        swept = 0
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            object_sweep.sweep_folder(store, swept % FOLDERS, dt.datetime.now(dt.UTC) + YOUNG - dt.timedelta(seconds=5))
            swept += 1
    assert swept > FOLDERS
    with store.reading() as connection:
        assert connection.rows("SELECT count(*) > 10 FROM objects") == [(1,)]
    assert missing_files(store) == []
    assert missing_ids(store) == set()
