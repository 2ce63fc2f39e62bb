# SPDX-License-Identifier: GPL-3.0-or-later
"""New data keys: an older copy of the key file opens nothing new, and a break at any point loses nothing."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from casework.errors import KnownError
from localdb import key_file, known_key_file, rekeying, verified_copy
from localdb.connection import Connection
from localdb.search_file import SEARCH_NAME
from localdb.store import DATABASE_NAME, Store
from tests.localdb import desk_day, killing, rekeying_desk, samples
from tests.localdb.keys_only import open_with_password
from tests.localdb.rekeying_desk import PAGES, PASSWORD, key_of, open_store, unlock

ROTATE_ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from casework.errors import KnownError
from localdb import rekeying
from tests.localdb.rekeying_desk import unlock
folder, limit = Path(sys.argv[1]), int(sys.argv[2])
opened = unlock(folder)
opened.begin_data_key_rotation()
assert opened.next_keys is not None
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
try:
    rekeying.rekey(folder, opened.keys, opened.next_keys)
except KnownError as error:
    print(error.code)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "data"
    rekeying_desk.make(folder)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data"))


def rotate(folder: Path) -> None:
    opened = unlock(folder)
    opened.begin_data_key_rotation()
    rekeying.keys_in_use(folder, opened)
    opened.finish_data_key_rotation()


def check(folder: Path) -> None:
    """Open as at sign-in and look into every room."""
    opened, store = open_store(folder)
    assert desk_day.check(store) == PAGES
    assert not store.search_file.is_condemned
    search = store.search_file.open(writing=False)
    assert search.rows("PRAGMA cipher_integrity_check") == []
    search.close()
    store.close()
    assert opened.next_keys is None
    assert not list(folder.glob("*-journal"))


def code_of_opening(folder: Path, opened: key_file.StoreKeys) -> str:
    with pytest.raises(KnownError) as caught:
        Store.open(folder, opened)
    return caught.value.code


def test_everything_is_there_under_the_new_keys(folder: Path) -> None:
    old = key_of(folder)
    rotate(folder)
    assert key_of(folder).database_key != old.database_key
    check(folder)


def test_an_older_copy_of_the_key_file_opens_nothing_new(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "keys.json", tmp_path / "hers.json")
    rotate(folder)
    hers = open_with_password(tmp_path / "hers.json", "lan", PASSWORD)
    assert code_of_opening(folder, hers) == "wrong-key"
    assert not Connection.opens(folder / DATABASE_NAME, hers)
    search = (folder / SEARCH_NAME).read_bytes()
    assert not Connection.opens(folder / SEARCH_NAME, hers.with_salt(search[:16]))
    assert Connection.opens(folder / SEARCH_NAME, key_of(folder).with_salt(search[:16]))


def test_names_of_object_files_stay(folder: Path) -> None:
    before = {path.name for path in (folder / "objects").rglob("*.enc")}
    rotate(folder)
    _, store = open_store(folder)
    again = store.objects.write(b"the same page", "image/jpeg", os.urandom)
    assert store.objects.object_id(b"the same page") == again.object_id
    store.close()
    assert before < {path.name for path in (folder / "objects").rglob("*.enc")}


def test_copies_of_the_old_database_go(folder: Path) -> None:
    database = folder / DATABASE_NAME
    shutil.copy(database, verified_copy.path_before(database, 2))
    rotate(folder)
    assert not verified_copy.path_before(database, 2).exists()


def test_who_has_the_store_open_keeps_it_and_the_change_waits(folder: Path) -> None:
    opened, store = open_store(folder)
    changing = unlock(folder)
    changing.begin_data_key_rotation()
    assert changing.next_keys is not None
    with pytest.raises(KnownError) as caught:
        rekeying.rekey(folder, changing.keys, changing.next_keys)
    assert (caught.value.code, caught.value.retryable) == ("database-busy", True)
    desk_day.check(store)
    store.close()
    opened.wipe()
    check(folder)


def test_keys_of_another_store_are_refused_and_nothing_is_touched(folder: Path, tmp_path: Path) -> None:
    rekeying_desk.make(tmp_path / "other")
    before = (folder / DATABASE_NAME).read_bytes()
    strange = unlock(tmp_path / "other")
    strange.begin_data_key_rotation()
    with pytest.raises(KnownError) as caught:
        rekeying.keys_in_use(folder, strange)
    assert caught.value.code == "wrong-key"
    assert (folder / DATABASE_NAME).read_bytes() == before


def test_a_missing_database_is_not_made(folder: Path) -> None:
    (folder / DATABASE_NAME).unlink()
    opened = unlock(folder)
    opened.begin_data_key_rotation()
    with pytest.raises(KnownError) as caught:
        rekeying.keys_in_use(folder, opened)
    assert caught.value.code == "database-missing"
    assert not (folder / DATABASE_NAME).exists()


@pytest.mark.expects_log("localdb.rekeying")
@pytest.mark.parametrize("size", [0, 15, 16, 100, 8192])
def test_an_index_that_is_no_good_is_left_to_be_made_anew(folder: Path, size: int) -> None:
    (folder / SEARCH_NAME).write_bytes(os.urandom(size))
    rotate(folder)
    _, store = open_store(folder)
    assert store.search_file.is_condemned
    assert desk_day.check(store) == PAGES
    store.close()


@pytest.mark.expects_log("localdb.rekeying")
def test_an_index_that_the_disk_cannot_write_costs_nobody_the_store(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = Connection.change_key

    def change_the_database(path: Path, old: key_file.StoreKeys, new: key_file.StoreKeys) -> None:
        if path.name == SEARCH_NAME:
            raise KnownError("disk-error", errno="EIO")
        change(path, old, new)

    with monkeypatch.context() as failing:
        failing.setattr(Connection, "change_key", change_the_database)
        rotate(folder)
    _, store = open_store(folder)
    assert store.search_file.is_condemned
    assert desk_day.check(store) == PAGES
    store.close()


def test_without_room_for_it_the_keys_stay_and_the_store_opens_once_there_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = unlock(folder)
    opened.begin_data_key_rotation()
    assert opened.next_keys is not None
    usage = shutil.disk_usage(folder)
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
        with pytest.raises(KnownError) as caught:
            rekeying.rekey(folder, opened.keys, opened.next_keys)
    needed = (folder / DATABASE_NAME).stat().st_size
    assert caught.value.code == "no-room-for-rekeying"
    assert int(caught.value.details["megabytes"]) * 10**6 > needed
    check(folder)


@pytest.mark.expects_log("localdb.rekeying")
def test_a_damaged_page_stops_the_change_and_what_can_be_read_stays_readable(folder: Path) -> None:
    database = folder / DATABASE_NAME
    content = bytearray(database.read_bytes())
    content[300 * 4096 + 100] ^= 1
    database.write_bytes(content)
    opened = unlock(folder)
    opened.begin_data_key_rotation()
    assert opened.next_keys is not None
    with pytest.raises(KnownError) as caught:
        rekeying.rekey(folder, opened.keys, opened.next_keys)
    assert caught.value.code == "database-damaged"
    waiting, store = open_store(folder)
    assert store.keys == waiting.keys == opened.keys
    with store.reading() as connection:
        assert len(connection.rows("PRAGMA cipher_integrity_check")) == 1
        assert connection.rows("SELECT count(*) FROM dossier_identities") == [(PAGES,)]
    store.close()


@pytest.mark.expects_log("localdb.rekeying")
@pytest.mark.parametrize("is_begun", [False, True])
def test_without_room_the_desk_opens_under_the_old_keys_meanwhile(
    folder: Path, monkeypatch: pytest.MonkeyPatch, is_begun: bool
) -> None:
    opened = unlock(folder)
    opened.begin_data_key_rotation()
    if is_begun and sys.platform == "linux":
        subprocess.run([sys.executable, "-c", ROTATE_ON_A_FULL_DISK, str(folder), "4000000"], check=True)
    usage = shutil.disk_usage(folder)
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
        waiting, store = open_store(folder)
    assert store.keys == waiting.keys == opened.keys
    assert waiting.next_keys is not None
    assert desk_day.check(store) == PAGES
    assert not store.search_file.is_condemned
    store.close()
    check(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files as Linux does")
@pytest.mark.parametrize("megabytes", [1, 4])
def test_a_disk_that_gets_full_in_the_middle_costs_nothing(folder: Path, megabytes: int) -> None:
    limit = str(megabytes * 1_000_000)
    command = [sys.executable, "-c", ROTATE_ON_A_FULL_DISK, str(folder), limit]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    assert told in {"disk-full", "disk-error"}
    assert unlock(folder).next_keys is not None
    check(folder)


def test_the_new_salt_that_an_undone_change_leaves_is_taken_away(folder: Path) -> None:
    opened = unlock(folder)
    opened.begin_data_key_rotation()
    assert opened.next_keys is not None
    database = folder / DATABASE_NAME
    before = database.read_bytes()
    database.write_bytes(bytes(opened.next_keys.database_salt) + before[16:])
    Connection.undo_broken_change(database, opened.keys)
    assert database.read_bytes()[:16] == opened.keys.database_salt
    store = Store.open(folder, opened.keys)
    assert desk_day.check(store) == PAGES
    store.close()
    check(folder)


STEPS = ("nothing", "search", "database", "both")


@pytest.mark.parametrize("step", STEPS)
def test_a_break_between_two_steps_is_taken_up_at_the_next_opening(folder: Path, step: str) -> None:
    opened = unlock(folder)
    opened.begin_data_key_rotation()
    old, new = opened.keys, opened.next_keys
    assert new is not None
    if step in {"search", "both"}:
        salt = (folder / SEARCH_NAME).read_bytes()[:16]
        Connection.change_key(folder / SEARCH_NAME, old.with_salt(salt), new.with_salt(salt))
    if step in {"database", "both"}:
        Connection.change_key(folder / DATABASE_NAME, old, new)
    del opened
    check(folder)


def rotate_and_be_killed(folder: Path, seconds: float) -> list[str]:
    """Let a desk change its keys, kill it so many seconds after its first word, and give what it had said."""
    return killing.run_and_kill("tests.localdb.rekeying_desk", [str(folder)], f"{PASSWORD}\n", seconds).said


def rotate_under_kills(folder: Path, kills: int, seed: int) -> Counter[str]:
    """Kill a desk so often while it changes its keys; give how often it died with what half done."""
    chance = random.Random(seed)
    found: Counter[str] = Counter()
    for _ in range(kills):
        said = rotate_and_be_killed(folder, chance.uniform(0, 0.3))
        assert said[0] == "begin\n"
        opened = unlock(folder)
        found["begun"] += opened.next_keys is not None
        found["half"] += (folder / f"{DATABASE_NAME}-journal").exists()
        found["half index"] += (folder / f"{SEARCH_NAME}-journal").exists()
        if opened.next_keys is not None:
            with (folder / DATABASE_NAME).open("rb") as file:
                found["rekeyed"] += file.read(16) == opened.next_keys.database_salt
        check(folder)
    return found


def test_a_desk_killed_while_its_keys_change_opens_with_everything(folder: Path) -> None:
    rotate_under_kills(folder, 2, seed=3)


@pytest.mark.full
@pytest.mark.timeout(590)
def test_a_desk_killed_eighty_times_while_its_keys_change_opens_with_everything(folder: Path) -> None:
    found = rotate_under_kills(folder, 80, seed=5)
    assert found["half"] + found["half index"] > 3
    assert found["begun"] > found["half"]


# A key file that was put back -----------------------------------------------------------------------------------------


def test_a_key_file_that_was_put_back_is_told_from_one_that_a_crash_left_ahead(folder: Path) -> None:
    opened, store = open_store(folder)
    with store.transaction() as connection:
        known_key_file.note(connection, opened.revision)
    opened.add_clerk("hoa", "c-hoa", "another one", samples.NOON, cost=samples.CHEAP)
    # The crash: the file is written and the database is not told.
    with store.reading() as connection:
        assert known_key_file.revision(connection) == 1
        known_key_file.check(connection, unlock(folder).revision)
    before = {name: (folder / name).read_bytes() for name in ("keys.json", "keys.json.previous")}
    opened.revoke_clerk("hoa")
    with store.transaction() as connection:
        known_key_file.note(connection, opened.revision)
        known_key_file.note(connection, 2)
    for name, content in before.items():
        (folder / name).write_bytes(content)
    hers = key_file.unlock_with_password(folder / "keys.json", "hoa", "another one")
    with store.reading() as connection, pytest.raises(KnownError) as caught:
        known_key_file.check(connection, hers.revision)
    assert (caught.value.code, caught.value.details) == ("key-file-put-back", {"found": "2", "known": "3"})
    store.close()


def test_an_old_first_copy_is_passed_over_for_a_newer_second_one(folder: Path) -> None:
    opened = unlock(folder)
    old = (folder / "keys.json").read_bytes()
    opened.add_clerk("hoa", "c-hoa", "another one", samples.NOON, cost=samples.CHEAP)
    (folder / "keys.json").write_bytes(old)
    assert unlock(folder).revision == opened.revision
    assert not unlock(folder).copies_agree


# What the engine promises ---------------------------------------------------------------------------------------------


def test_the_engine_refuses_to_change_a_key_while_somebody_reads(folder: Path) -> None:
    keys = key_of(folder)
    reader = Connection.open(folder / DATABASE_NAME, keys, writing=False)
    with pytest.raises(KnownError) as caught:
        Connection.change_key(folder / DATABASE_NAME, keys, key_file.StoreKeys.new(os.urandom))
    assert caught.value.code == "database-busy"
    reader.close()
    check(folder)


def test_no_page_stays_under_the_old_key(folder: Path) -> None:
    before = (folder / DATABASE_NAME).read_bytes()
    rotate(folder)
    after = (folder / DATABASE_NAME).read_bytes()
    assert len(after) == len(before)
    pages = range(0, len(before), 4096)
    assert not any(before[start : start + 4096] == after[start : start + 4096] for start in pages)
