# SPDX-License-Identifier: GPL-3.0-or-later
"""When snapshots are taken, where they go, and what becomes of a place that is away, full or damaged."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casework.errors import KnownError
from casework.records.workplace import Role
from localdb import object_whereabouts, objects, pages, settings
from localdb.key_file import unlock_with_password
from localdb.snapshot_manifest import key_generation
from localdb.store import DATABASE_NAME, Store
from tests.workstation.desk import drill
from tests.workstation.desk.counter import CHEAP, CLERK, PASSWORD, Hand, filled_in, ready
from workstation.desk.add_clerk import NewClerk, add_clerk
from workstation.desk.background_wire import BackgroundNews
from workstation.desk.backup_jobs import CarrySnapshots, ProveSnapshots, TakeSnapshots
from workstation.desk.carry_snapshot import SnapshotOutcome, carry_snapshot, check_places
from workstation.desk.check_integrity import is_check_wanted
from workstation.desk.choose_backup_places import remove_backup_place
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.restore_store import list_snapshots
from workstation.desk.revoke_clerk import revoke_clerk
from workstation.desk.rotate_keys import rotate_keys
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in
from workstation.desk.take_snapshot import (
    FOLDER_NAME,
    beside_the_database,
    check_snapshot,
    is_checked_today,
    is_snapshot_due,
    take_snapshot,
)

IN_A_NAME_SPACE = ["unshare", "--user", "--map-root-user", "--mount"]
MAY_MOUNT = (
    os.name == "posix"
    and subprocess.run(
        [*IN_A_NAME_SPACE, "sh", "-c", "mount -t tmpfs tmpfs /mnt"], check=False, capture_output=True
    ).returncode
    == 0
)


@pytest.fixture
def disk(session: DeskSession, tmp_path: Path) -> Path:
    """Another disk, chosen for snapshots."""
    drill.choose_place(session, tmp_path / "disk")
    return tmp_path / "disk"


def run_out(job: TakeSnapshots | CarrySnapshots | ProveSnapshots, now: dt.datetime) -> None:
    while job.run_slice(now):
        pass


def test_it_is_time_by_the_settings_and_by_what_lies_there(session: DeskSession, clock: Hand) -> None:
    assert is_snapshot_due(session.store, clock())
    drill.snapshot(session)
    assert not is_snapshot_due(session.store, clock())
    clock.go_on(minutes=59)
    assert not is_snapshot_due(session.store, clock())
    clock.go_on(minutes=2)
    assert is_snapshot_due(session.store, clock())
    clock.go_on(minutes=-58)
    with session.store.transaction() as connection:
        connection.execute("UPDATE settings SET snapshot_minutes = 5")
        assert settings.load(connection).snapshot_minutes == 5
    assert not is_snapshot_due(session.store, clock())
    clock.go_on(minutes=10)
    assert is_snapshot_due(session.store, clock())


@pytest.mark.parametrize("jump", [730, -730])
def test_a_clock_that_jumps_stops_no_snapshots(session: DeskSession, clock: Hand, jump: int) -> None:
    drill.snapshot(session)
    clock.go_on(days=jump)
    assert is_snapshot_due(session.store, clock())
    drill.snapshot(session)
    clock.go_on(days=-jump)
    assert is_snapshot_due(session.store, clock())
    drill.snapshot(session)
    place = beside_the_database(session.store)
    newest = place.newest()
    assert newest is not None
    assert newest.number == 3


@pytest.mark.expects_log("workstation.desk.carry_snapshot")
def test_jobs_take_carry_and_prove_and_tell_each_trouble_once(session: DeskSession, clock: Hand, disk: Path) -> None:
    told: list[BackgroundNews] = []
    taking, carrying = TakeSnapshots(session.store, told.append), CarrySnapshots(session.store, told.append)
    run_out(taking, clock())
    run_out(carrying, clock())
    assert told == [
        BackgroundNews("take-snapshot", "snapshot-taken"),
        BackgroundNews("carry-snapshot", "snapshot-carried", details={"folder": str(disk)}),
    ]
    place = beside_the_database(session.store)
    assert not is_checked_today(place, clock())
    run_out(ProveSnapshots(session.store, told.append), clock())
    assert is_checked_today(place, clock())
    run_out(taking, clock())
    run_out(carrying, clock())
    assert len(told) == 2, "nothing is due"
    shutil.rmtree(disk)
    for _ in range(3):
        clock.go_on(hours=1)
        run_out(taking, clock())
        run_out(carrying, clock())
    assert [news.code for news in told[2:]] == ["snapshot-taken"] * 3, "a stick may be away for a day"
    clock.go_on(days=1)
    for _ in range(3):
        clock.go_on(hours=1)
        run_out(taking, clock())
        run_out(carrying, clock())
    assert [news.code for news in told[5:] if news.is_trouble] == ["backup-place-missing"]


@pytest.mark.expects_log("workstation.desk.carry_snapshot")
def test_a_block_that_a_disk_did_not_keep_is_found_within_a_day_and_written_anew(
    session: DeskSession, clock: Hand, disk: Path
) -> None:
    drill.snapshot(session)
    (kept,) = list_snapshots(disk)
    assert [outcome for outcome in check_places(session.store, clock()) if outcome] == []
    clock.go_on(days=1)
    block = next(path for path in (kept.place.root / "blocks").rglob("*") if path.is_file())
    block.write_bytes(bytes(block.stat().st_size))
    assert [outcome for outcome in check_places(session.store, clock()) if outcome] == [
        SnapshotOutcome(disk, "snapshot-damaged", is_trouble=True)
    ]
    assert not list_snapshots(disk)[0].is_complete
    drill.snapshot(session)
    assert list_snapshots(disk)[0].is_complete
    assert [outcome for outcome in check_places(session.store, clock()) if outcome] == []


@pytest.mark.expects_log("workstation.desk.carry_snapshot")
def test_a_bad_block_at_a_place_is_told_once_read_once_and_healed_by_the_next_snapshot(
    session: DeskSession, clock: Hand, disk: Path
) -> None:
    told: list[BackgroundNews] = []
    taking, carrying = TakeSnapshots(session.store, told.append), CarrySnapshots(session.store, told.append)
    run_out(taking, clock())
    run_out(carrying, clock())
    (kept,) = list_snapshots(disk)
    block = next(path for path in (kept.place.root / "blocks").rglob("*") if path.is_file())
    block.write_bytes(bytes(block.stat().st_size))
    clock.go_on(days=1)
    run_out(carrying, clock())
    assert not block.exists()
    (other,) = (path for path in (kept.place.root / "manifests").iterdir())
    other.rename(other.with_suffix(".away"))  # what is not read again needs no manifest
    run_out(carrying, clock())
    other.with_suffix(".away").rename(other)
    run_out(taking, clock())
    run_out(carrying, clock())
    assert list_snapshots(disk)[0].is_complete
    assert is_checked_today(kept.place, clock()), "what is healed is proven again"
    assert [news.code for news in told] == [
        *("snapshot-taken", "snapshot-carried", "snapshot-damaged-at", "snapshot-taken", "snapshot-carried")
    ]


@pytest.mark.expects_log("workstation.desk.carry_snapshot")
def test_a_proof_that_cannot_be_noted_keeps_no_snapshot_away(session: DeskSession, clock: Hand, disk: Path) -> None:
    drill.snapshot(session)
    (kept,) = list_snapshots(disk)
    note = kept.place.root / "checked"
    note.with_name("checked.part").mkdir()
    told: list[BackgroundNews] = []
    carrying = CarrySnapshots(session.store, told.append)
    run_out(carrying, clock())
    assert not note.exists()
    clock.go_on(hours=1)
    run_out(TakeSnapshots(session.store, told.append), clock())
    run_out(carrying, clock())
    assert len(list_snapshots(disk)) == 2
    assert [news.code for news in told] == ["snapshot-taken", "snapshot-carried"]


@pytest.mark.skipif(sys.platform != "linux", reason="a file of Linux that cannot be read")
@pytest.mark.expects_log("workstation.desk.carry_snapshot", "ERROR")
@pytest.mark.expects_log("localdb.object_sweep", "ERROR")
def test_damaged_scans_are_noticed_while_they_are_carried_told_once_and_fetched_back_if_somebody_else_has_them(
    session: DeskSession, clock: Hand, disk: Path
) -> None:
    store, dossier_id = session.store, filled_in(session)
    for _ in range(3):
        drill.scan_page(session, dossier_id)
    with store.transaction() as connection:
        only_here, flipped, unreadable = (page.object_id for page in pages.of_dossier(connection, dossier_id))
        for object_id in (flipped, unreadable):
            stored = objects.describe(connection, object_id)
            object_whereabouts.confirm(connection, object_id, stored.transport_id, "", clock())
    for object_id in (only_here, flipped):
        path = store.objects.path(object_id)
        path.write_bytes(bytes(path.stat().st_size))
    store.objects.path(unreadable).unlink()
    store.objects.path(unreadable).symlink_to("/proc/self/mem")  # whoever reads it is told EIO
    told: list[BackgroundNews] = []
    run_out(TakeSnapshots(store, told.append), clock())
    run_out(CarrySnapshots(store, told.append), clock())
    assert told[1:] == [
        BackgroundNews("carry-snapshot", "objects-missing", is_trouble=True, details={"count": "3"}),
        BackgroundNews("carry-snapshot", "snapshot-carried", details={"folder": str(disk)}),
    ]
    with store.reading() as connection:
        for object_id in (only_here, flipped, unreadable):
            assert not object_whereabouts.find(connection, object_id).is_here
            assert os.path.lexists(store.objects.path(object_id)) is (object_id == only_here)
    clock.go_on(hours=1)
    run_out(TakeSnapshots(store, told.append), clock())
    run_out(CarrySnapshots(store, told.append), clock())
    assert [news.code for news in told[3:]] == ["snapshot-taken", "snapshot-carried"]


def test_a_place_that_is_taken_off_the_list_while_a_snapshot_is_carried_there_is_no_trouble(
    session: DeskSession, clock: Hand, disk: Path
) -> None:
    for _ in take_snapshot(session.store, clock()):
        pass
    steps = carry_snapshot(session.store, clock())
    next(steps)
    remove_backup_place(session, disk)
    assert [outcome for outcome in steps if outcome is not None] == []
    assert len(list_snapshots(disk)) == 1


def test_a_proof_that_was_left_leaves_no_copy_behind_when_room_is_short(
    session: DeskSession, clock: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill.snapshot(session)
    left = beside_the_database(session.store).root / "rehearsal.db"
    left.write_bytes(bytes(100_000))  # by a program that was killed
    monkeypatch.setattr("workstation.desk.take_snapshot._RESERVE", 10**18)
    assert list(check_snapshot(session.store, clock())) == []
    assert not left.exists()


def test_a_damaged_block_beside_the_database_is_removed_and_a_damaged_database_is_told_from_it(
    session: DeskSession, clock: Hand
) -> None:
    drill.snapshot(session)
    place = beside_the_database(session.store)
    block = next(path for path in (place.root / "blocks").rglob("*") if path.is_file())
    block.write_bytes(bytes(block.stat().st_size))
    told: list[BackgroundNews] = []
    proving = ProveSnapshots(session.store, told.append)
    for _ in range(3):
        run_out(proving, clock())
    assert told == [
        BackgroundNews("prove-snapshot", "snapshot-damaged-at", is_trouble=True, details={"folder": str(place.folder)})
    ]
    assert not block.exists()
    assert not (place.root / "rehearsal.db").exists()
    # Now the database itself: a page that nobody reads for a snapshot.
    drill.snapshot(session)
    with session.store.reading() as connection:
        ((page,),) = connection.rows("SELECT rootpage FROM sqlite_schema WHERE name = 'audit_entries'")
    with (session.folder.root / DATABASE_NAME).open("r+b") as file:
        file.seek((page - 1) * 4096 + 2000)
        file.write(b"bad")
    clock.go_on(hours=1)
    run_out(TakeSnapshots(session.store, told.append), clock())
    assert not is_check_wanted(session.folder.root)
    run_out(ProveSnapshots(session.store, told.append), clock())
    assert [news.code for news in told[1:]] == ["snapshot-taken"]
    assert is_check_wanted(session.folder.root)


def test_a_damaged_page_that_a_snapshot_reads_is_told_as_that_and_the_database_is_checked(
    session: DeskSession, clock: Hand
) -> None:
    with session.store.reading() as connection:
        ((page,),) = connection.rows("SELECT rootpage FROM sqlite_schema WHERE name = 'objects'")
    session.store.close()
    with (session.folder.root / DATABASE_NAME).open("r+b") as file:
        file.seek((page - 1) * 4096 + 2000)
        file.write(b"bad")
    store = Store.open(session.folder.root, session.key_file.keys)
    told: list[BackgroundNews] = []
    with pytest.raises(KnownError) as refused:
        run_out(TakeSnapshots(store, told.append), clock())
    store.close()
    assert dict(refused.value.details) == {"reason": "database-damaged"}
    assert [dict(news.details) for news in told] == [{"reason": "database-damaged"}]
    assert is_check_wanted(session.folder.root)


def test_too_little_room_is_told_and_the_older_snapshots_make_way(
    session: DeskSession, clock: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        receive_dossier(session, ready(session))
        drill.snapshot(session)
    monkeypatch.setattr("workstation.desk.take_snapshot._RESERVE", 10**18)
    told: list[BackgroundNews] = []
    job = TakeSnapshots(session.store, told.append)
    receive_dossier(session, ready(session))
    for _ in range(2):
        clock.go_on(hours=1)
        with pytest.raises(KnownError) as refused:
            run_out(job, clock())
        assert (refused.value.code, refused.value.retryable) == ("snapshot-not-taken", True)
    assert told == [
        BackgroundNews("take-snapshot", "snapshot-not-taken", is_trouble=True, details={"reason": "disk-full"})
    ]
    (left,) = list_snapshots(session.folder.root / FOLDER_NAME)
    assert left.is_complete


def test_after_a_change_of_keys_a_snapshot_is_due_and_old_ones_stay_readable_as_long_as_they_last(
    session: DeskSession, clock: Hand, disk: Path
) -> None:
    drill.snapshot(session)
    rotate_keys(session)
    session = sign_in(session.folder, CLERK.login, PASSWORD, clock=clock, random_bytes=os.urandom)
    assert is_snapshot_due(session.store, clock())
    assert list(check_snapshot(session.store, clock())) == []
    assert drill.snapshot(session) == [SnapshotOutcome(disk)]
    newest, older = list_snapshots(disk)
    assert newest.manifest.key_generation != older.manifest.key_generation
    for kept in (newest, older):
        assert kept.place.key_file(kept.manifest.key_generation).exists()
    session.close()


def test_who_was_revoked_before_the_keys_were_changed_opens_no_older_snapshot_with_the_stick_alone(
    session: DeskSession, clock: Hand, disk: Path
) -> None:
    her = add_clerk(session, NewClerk("binh", "Phạm Văn Bình", frozenset({Role.CLERK}), PASSWORD), cost=CHEAP)
    drill.snapshot(session)
    (older,) = list_snapshots(disk)
    key_file = older.place.key_file(older.manifest.key_generation)
    unlock_with_password(key_file, "binh", PASSWORD, random_bytes=os.urandom).wipe()
    revoke_clerk(session, her.clerk_id)
    rotate_keys(session)
    session = sign_in(session.folder, CLERK.login, PASSWORD, clock=clock, random_bytes=os.urandom)
    drill.snapshot(session)
    for place in (older.place, beside_the_database(session.store)):
        kept = place.key_file(older.manifest.key_generation)
        with pytest.raises(KnownError, match="no-such-clerk"):
            unlock_with_password(kept, "binh", PASSWORD, random_bytes=os.urandom)
        opened = unlock_with_password(kept, CLERK.login, PASSWORD, random_bytes=os.urandom)
        assert key_generation(opened.keys) == older.manifest.key_generation
        opened.wipe()
    session.close()


def test_names_at_a_place_fit_any_file_system(session: DeskSession, disk: Path) -> None:
    receive_dossier(session, ready(session))
    drill.snapshot(session)
    names = [path.name for path in disk.rglob("*")]
    assert len(names) > 10
    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9.\-]{1,100}", name)] == []


@pytest.mark.skipif(not MAY_MOUNT, reason="name spaces")
def test_a_stick_may_be_too_small_write_protected_or_pulled_out(tmp_path: Path) -> None:
    program = [*IN_A_NAME_SPACE, sys.executable, "-m", "tests.workstation.desk.stick", str(tmp_path)]
    done = subprocess.run(program, check=False, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "too-small disk-full True True 0",
        "leftovers 0",
        "room '' '' 1",
        "write-protected no-access True",
        "pulled-out backup-place-missing False backup-place-missing",
        "away-for-a-day backup-place-missing True",
        "below-the-mount-point []",
    ]


def test_a_damaged_copy_of_the_key_file_spoils_no_backup(session: DeskSession, disk: Path) -> None:
    folder = session.folder
    whole = folder.key_file.read_bytes()
    folder.key_file.write_bytes(b"torn")
    drill.snapshot(session)
    for kept in (*list_snapshots(folder.root / FOLDER_NAME), *list_snapshots(disk)):
        assert kept.place.key_file(kept.manifest.key_generation).read_bytes() == whole
