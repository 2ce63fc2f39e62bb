# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from casework.errors import BugError, KnownError
from casework.records.settings import SETTING_RANGES, Settings
from localdb import backup_places, settings
from localdb.backup_places import BackupPlace
from localdb.store import Store
from tests.localdb.samples import NOON

STICK, DISK = Path("/media/stick/backup"), Path("/mnt/disk")


def test_a_new_store_has_the_settings_that_the_code_calls_the_usual_ones(store: Store) -> None:
    with store.reading() as connection:
        assert settings.load(connection) == Settings()


def test_settings_are_kept(store: Store) -> None:
    wanted = Settings(5, 30, 365, 7)
    with store.transaction() as connection:
        settings.save(connection, wanted)
    with store.reading() as connection:
        assert settings.load(connection) == wanted


@pytest.mark.parametrize("name", sorted(SETTING_RANGES))
def test_what_a_setting_may_be_is_told_and_the_database_holds_to_it(store: Store, name: str) -> None:
    allowed = SETTING_RANGES[name]
    for value in (allowed.start, allowed.stop - 1):
        with store.transaction() as connection:
            settings.save(connection, dataclasses.replace(Settings(), **{name: value}))
    for value in (allowed.start - 1, allowed.stop):
        with pytest.raises(KnownError) as caught, store.transaction() as connection:
            settings.save(connection, dataclasses.replace(Settings(), **{name: value}))
        assert (caught.value.code, caught.value.details["setting"]) == ("setting-out-of-range", name)
        with pytest.raises(BugError), store.transaction() as connection:
            connection.execute(f"UPDATE settings SET {name} = ?", (value,))  # noqa: S608 - names above
    with store.reading() as connection:
        assert getattr(settings.load(connection), name) == allowed.stop - 1


def test_folders_for_snapshots_are_kept_in_the_order_in_which_they_were_chosen(store: Store) -> None:
    with store.transaction() as connection:
        assert backup_places.add(connection, STICK, NOON)
        assert backup_places.add(connection, DISK, NOON + dt.timedelta(hours=1))
        assert not backup_places.add(connection, STICK, NOON + dt.timedelta(hours=2))
    with store.reading() as connection:
        assert [place.folder for place in backup_places.chosen(connection)] == [STICK, DISK]


def test_how_the_last_snapshot_went_is_known_at_each_folder(store: Store) -> None:
    later = NOON + dt.timedelta(hours=1)
    with store.transaction() as connection:
        backup_places.add(connection, STICK, NOON)
        backup_places.note_snapshot(connection, STICK, later)
        backup_places.note_failure(connection, STICK, "disk-full")
        assert backup_places.chosen(connection) == [BackupPlace(STICK, NOON, later, "disk-full")]
        backup_places.note_snapshot(connection, STICK, later)
        assert backup_places.chosen(connection) == [BackupPlace(STICK, NOON, later, "")]
        backup_places.remove(connection, STICK)
        assert backup_places.chosen(connection) == []


def test_a_folder_that_was_not_chosen_is_not_written_about(store: Store) -> None:
    with store.transaction() as connection:
        with pytest.raises(KnownError, match="no-such-record"):
            backup_places.remove(connection, DISK)
        with pytest.raises(KnownError, match="no-such-record"):
            backup_places.note_snapshot(connection, DISK, NOON)
        with pytest.raises(KnownError, match="no-such-record"):
            backup_places.note_failure(connection, DISK, "disk-full")
