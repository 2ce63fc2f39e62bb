# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casework.errors import BugError, KnownError
from localdb import migrations, secrets, simple_disk, verified_copy
from localdb.connection import Connection
from localdb.key_file import StoreKeys
from localdb.migrations import Migration
from localdb.store import Store
from localdb.verified_copy import UpgradeProgress, UpgradeStage
from tests.localdb import killing, samples
from tests.localdb.test_full_disk import MAY_MOUNT
from tests.localdb.upgrading_desk import next_steps

NOW = len(migrations.shipped())
NEXT = NOW + 1
COPY = f"before-{NEXT:04}.db"
ON_A_SMALL_DISK = (
    'mount -t tmpfs -o size="$3"k tmpfs "$1" && cp -r "$2" "$1/data" && "$0" -m tests.localdb.upgrading_desk "$1/data" '
    '&& cd "$1/data" && sha256sum desk.db && ls'
)


def make(folder: Path, keys: StoreKeys, rows: int = 3) -> None:
    store = Store.create(folder, keys)
    samples.enrol(store)
    with store.transaction() as connection:
        for number in range(rows):
            secrets.put(connection, f"secret-{number:04}", number.to_bytes(2, "big") * 1000)
    store.close()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def secrets_in(database: Path, keys: StoreKeys) -> tuple[int, int]:
    """Give the version of the schema and the number of secrets, after checking every page."""
    connection = Connection.open(database, keys, writing=False)
    assert connection.rows("PRAGMA cipher_integrity_check") == []
    assert connection.rows("PRAGMA integrity_check") == [("ok",)]
    found = migrations.version(connection), int(connection.rows("SELECT count(*) FROM secrets")[0][0])
    connection.close()
    return found


def as_lines(keys: StoreKeys) -> str:
    return "\n".join(part.hex() for part in (keys.database_key, keys.database_salt, keys.object_name_key))


def test_before_a_step_a_copy_is_taken_that_opens_with_the_same_keys(folder: Path, keys: StoreKeys) -> None:
    make(folder, keys)
    Store.open(folder, keys, steps=next_steps()).close()
    assert names(folder) == [COPY, "desk.db"]
    assert secrets_in(folder / COPY, keys) == (NOW, 3)
    assert secrets_in(folder / "desk.db", keys) == (NEXT, 3)


def test_opening_without_a_step_takes_no_copy(folder: Path, keys: StoreKeys) -> None:
    make(folder, keys)
    Store.open(folder, keys).close()
    assert names(folder) == ["desk.db"]


def test_a_copy_is_kept_until_the_next_step_was_taken(folder: Path, keys: StoreKeys) -> None:
    make(folder, keys)
    Store.open(folder, keys, steps=next_steps()).close()
    failing = [*next_steps(), Migration(NEXT + 1, "nonsense;")]
    with pytest.raises(BugError):
        Store.open(folder, keys, steps=failing)
    assert names(folder) == [COPY, f"before-{NEXT + 1:04}.db", "desk.db"]
    Store.open(folder, keys, steps=[*next_steps(), Migration(NEXT + 1, "CREATE TABLE more (a TEXT) STRICT;")]).close()
    assert names(folder) == [f"before-{NEXT + 1:04}.db", "desk.db"]


def test_two_steps_leave_the_copy_before_the_last_one(folder: Path, keys: StoreKeys) -> None:
    make(folder, keys)
    Store.open(folder, keys, steps=[*next_steps(), Migration(NEXT + 1, "CREATE TABLE more (a TEXT) STRICT;")]).close()
    assert names(folder) == [f"before-{NEXT + 1:04}.db", "desk.db"]
    assert secrets_in(folder / f"before-{NEXT + 1:04}.db", keys) == (NEXT, 3)


def test_what_only_the_log_holds_is_in_the_copy(folder: Path, keys: StoreKeys) -> None:
    make(folder, keys)
    other = Store.open(folder, keys)
    with other.transaction() as connection:
        secrets.put(connection, "last", b"1")
    Store.open(folder, keys, steps=next_steps()).close()
    other.close()
    assert secrets_in(folder / COPY, keys) == (NOW, 4)


def test_nobody_can_write_between_the_copy_and_the_step(folder: Path, keys: StoreKeys) -> None:
    make(folder, keys)
    other = Store.open(folder, keys)
    with other.transaction() as connection:
        connection.execute("PRAGMA busy_timeout = 1")
    codes = []

    def write(_: UpgradeProgress) -> None:
        try:
            with other.transaction() as connection:
                secrets.put(connection, "in-between", b"1")
        except KnownError as error:
            codes.append(error.code)

    Store.open(folder, keys, steps=next_steps(), on_progress=write).close()
    other.close()
    assert set(codes) == {"database-busy"}
    assert secrets_in(folder / "desk.db", keys) == (NEXT, 3)


def test_the_window_can_tell_how_far_it_has_got(folder: Path, keys: StoreKeys) -> None:
    make(folder, keys, rows=3000)
    told: list[UpgradeProgress] = []
    Store.open(folder, keys, steps=next_steps(), on_progress=told.append).close()
    assert {progress.number for progress in told} == {NEXT}
    stages = [progress.stage for progress in told]
    assert stages == sorted(stages, key=list(UpgradeStage).index)
    assert set(stages) == set(UpgradeStage)
    copying = [progress for progress in told if progress.stage is UpgradeStage.COPYING]
    assert len(copying) > 1
    assert [progress.done for progress in copying] == sorted({progress.done for progress in copying})
    assert all(progress.done <= progress.total for progress in told)


def test_a_torn_page_stops_the_upgrade_and_nothing_is_changed(folder: Path, keys: StoreKeys) -> None:
    make(folder, keys, rows=300)
    torn = bytearray((folder / "desk.db").read_bytes())
    torn[len(torn) - 4096 * 20 + 77] ^= 4
    (folder / "desk.db").write_bytes(torn)
    with pytest.raises(KnownError, match="database-damaged"):
        Store.open(folder, keys, steps=next_steps())
    assert names(folder) == ["desk.db"]
    assert (folder / "desk.db").read_bytes() == torn


def test_a_copy_that_the_disk_did_not_keep_is_noticed(
    folder: Path, keys: StoreKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder, keys, rows=300)

    def show_what_was_kept(descriptor: int) -> None:
        os.pwrite(descriptor, b"\0\1\2", 4096 * 30 + 5)

    monkeypatch.setattr(simple_disk, "forget_cached", show_what_was_kept)
    with pytest.raises(KnownError, match="copy-not-verified"):
        Store.open(folder, keys, steps=next_steps())
    monkeypatch.undo()
    assert names(folder) == ["desk.db"]
    assert secrets_in(folder / "desk.db", keys) == (NOW, 300)


def test_leftovers_of_a_copy_that_was_broken_off_go(folder: Path, keys: StoreKeys) -> None:
    make(folder, keys)
    for name in (f"{COPY}.part", f"{COPY}.part-wal", "before-0001.db.part"):
        (folder / name).write_bytes(b"half")
    Store.open(folder, keys, steps=next_steps()).close()
    assert names(folder) == [COPY, "desk.db"]


def test_all_copies_can_be_removed(folder: Path, keys: StoreKeys) -> None:
    make(folder, keys)
    Store.open(folder, keys, steps=next_steps()).close()
    (folder / "before-0002.db.part").touch()
    verified_copy.remove_all(folder / "desk.db")
    assert names(folder) == ["desk.db"]


@pytest.mark.skipif(not MAY_MOUNT, reason="needs a small disk of its own")
@pytest.mark.parametrize("kilobytes", [7_000, 20_000])
def test_a_disk_without_room_for_the_copy_refuses_the_upgrade_and_keeps_the_data(
    tmp_path: Path, folder: Path, keys: StoreKeys, kilobytes: int
) -> None:
    make(folder, keys, rows=500)
    (tmp_path / "disk").mkdir()
    program = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", ON_A_SMALL_DISK, sys.executable]
    done = subprocess.run(
        [*program, str(tmp_path / "disk"), str(folder), str(kilobytes)],
        check=False,
        capture_output=True,
        text=True,
        input=as_lines(keys),
    )
    refusal, digest, *left = done.stdout.splitlines()
    assert refusal.startswith("refused no-room-for-copy megabytes=2"), done.stdout + done.stderr
    untouched = subprocess.run(["sha256sum", "desk.db"], cwd=folder, check=True, capture_output=True, text=True).stdout
    assert digest == untouched.strip()
    assert left == ["desk.db", "objects"]


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on files")
def test_a_disk_that_gets_full_while_copying_leaves_the_data_and_no_half_copy(folder: Path, keys: StoreKeys) -> None:
    make(folder, keys, rows=500)
    before = (folder / "desk.db").read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "tests.localdb.upgrading_desk", str(folder), str(len(before) // 2)],
        check=False,
        capture_output=True,
        text=True,
        input=as_lines(keys),
    )
    assert done.stdout.splitlines()[-1].split()[:2] in (["refused", "disk-full"], ["refused", "disk-error"])
    assert names(folder) == ["desk.db"]
    assert (folder / "desk.db").read_bytes() == before


def upgrade_and_be_killed(folder: Path, keys: StoreKeys, seconds: float) -> killing.End:
    """Kill an upgrade so long after it began."""
    return killing.run_and_kill("tests.localdb.upgrading_desk", [str(folder)], as_lines(keys), seconds)


def upgrade_under_kills(folder: Path, tmp_path: Path, keys: StoreKeys, kills: int, seed: int) -> set[int]:
    """Kill upgrades at random moments; give the versions that those had got to that were not done."""
    make(folder, keys, rows=2000)
    clock = random.Random(seed)
    versions = set()
    shortest = upgrade_and_be_killed(Path(shutil.copytree(folder, tmp_path / "to-the-end")), keys, 60).seconds
    killed = done = 0
    while killed < kills:
        here = tmp_path / "killed"
        shutil.copytree(folder, here)
        end = upgrade_and_be_killed(here, keys, clock.uniform(0, 1.2 * shortest))
        for copy in here.glob("before-*.db"):
            assert secrets_in(copy, keys) == (NOW, 2000)
        version, rows = secrets_in(here / "desk.db", keys)
        assert (version in {NOW, NEXT}, rows) == (True, 2000)
        assert version == NOW or (here / COPY).exists()
        Store.open(here, keys, steps=next_steps()).close()
        assert names(here) == [COPY, "desk.db"]
        assert secrets_in(here / "desk.db", keys) == (NEXT, 2000)
        shutil.rmtree(here)
        if "done\n" in end.said:
            done += 1
            assert done <= kills + 10, "it is killed too late"
            shortest = min(shortest, end.seconds)
        else:
            killed += 1
            versions.add(version)
    return versions


def test_a_killed_upgrade_leaves_the_old_schema_or_the_new_and_a_whole_copy_or_none(
    folder: Path, tmp_path: Path, keys: StoreKeys
) -> None:
    upgrade_under_kills(folder, tmp_path, keys, 4, 3)


@pytest.mark.full
@pytest.mark.timeout(590)
def test_an_upgrade_killed_a_hundred_times_leaves_old_or_new(folder: Path, tmp_path: Path, keys: StoreKeys) -> None:
    assert upgrade_under_kills(folder, tmp_path, keys, 100, 33) == {NOW, NEXT}
