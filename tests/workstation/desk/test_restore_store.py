# SPDX-License-Identifier: GPL-3.0-or-later
"""The drill: a day's work, a destroyed computer, the store on a new one, row by row and byte by byte."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from casework.errors import KnownError
from casework.records.workplace import Role
from localdb import objects
from localdb.durable_file import PART_SUFFIX
from localdb.store import DATABASE_NAME, Store
from tests.localdb.keys_only import open_with_password
from tests.workstation.desk import drill
from tests.workstation.desk.counter import CHEAP, CLERK, PASSWORD, Hand, ready
from workstation.desk.add_clerk import NewClerk, add_clerk
from workstation.desk.background_program import start_background
from workstation.desk.carry_snapshot import SnapshotOutcome
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.enrol_anew import enrol_anew
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.recover_store import RecoveryWords
from workstation.desk.restore_store import (
    ClerkPassword,
    KeptSnapshot,
    Proof,
    RestoreProgress,
    RestoreReport,
    RestoreStage,
    list_snapshots,
    restore_store,
)
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in
from workstation.desk.take_snapshot import FOLDER_NAME

HERS = ClerkPassword(CLERK.login, PASSWORD)


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Another disk."""
    return tmp_path / "other disk"


@pytest.fixture
def new_folder(tmp_path: Path) -> DeskFolder:
    """A new computer."""
    return DeskFolder(tmp_path / "new" / "desk")


def restore(
    snapshot: KeptSnapshot, folder: DeskFolder, clock: Hand, *, proof: Proof = HERS, replaces: bool = False
) -> RestoreReport:
    return restore_store(snapshot, proof, folder, replaces=replaces, clock=clock, random_bytes=os.urandom)


def opened(folder: DeskFolder) -> Store:
    return Store.open(folder.root, open_with_password(folder.key_file, CLERK.login, PASSWORD))


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_destroyed_desk_comes_back_whole_and_goes_on_under_a_new_identity(
    session: DeskSession, clock: Hand, disk: Path, new_folder: DeskFolder
) -> None:
    choices = random.Random(7)
    drill.choose_place(session, disk)
    for _ in range(3):
        drill.work(session, choices)
    assert drill.snapshot_while_working(session, choices) == [SnapshotOutcome(disk)]
    drill.work(session, choices)
    assert drill.snapshot_while_working(session, choices) == [SnapshotOutcome(disk)]
    assert drill.snapshot(session) == [SnapshotOutcome(disk)]
    before, digests = drill.contents(session.store), drill.object_digests(session.store)
    assert len(digests) > 3
    session.close()
    shutil.rmtree(session.folder.root)

    kept = list_snapshots(disk)
    assert [each.manifest.number for each in kept] == [3, 2, 1]
    assert all(each.is_complete for each in kept)
    progress: list[RestoreProgress] = []
    report = restore_store(
        kept[0],
        HERS,
        new_folder,
        replaces=False,
        clock=clock,
        random_bytes=os.urandom,
        on_progress=progress.append,
    )
    assert (report.copied_objects, report.found_objects, report.missing_objects) == (len(digests), 0, ())
    assert report.set_aside is None
    assert list(dict.fromkeys(step.stage for step in progress)) == list(RestoreStage)
    store = opened(new_folder)
    drill.check_restored(store, before, digests)
    store.close()
    assert not list(new_folder.root.rglob(f"*{PART_SUFFIX}"))
    assert not (new_folder.root / "restoring").exists()

    with pytest.raises(KnownError) as refused:
        sign_in(new_folder, CLERK.login, PASSWORD, clock=clock, random_bytes=os.urandom)
    assert refused.value.code == "not-enrolled"
    enrol_anew(new_folder, CLERK.login, PASSWORD, drill.successor(1), clock=clock, random_bytes=os.urandom)
    again = sign_in(new_folder, CLERK.login, PASSWORD, clock=clock, random_bytes=os.urandom)
    receive_dossier(again, ready(again))
    assert drill.snapshot(again) == [SnapshotOutcome(disk)]
    assert list_snapshots(disk)[0].manifest.number == 4
    again.close()


def test_damage_at_the_place_is_noticed_and_an_older_snapshot_does(
    session: DeskSession, clock: Hand, disk: Path, new_folder: DeskFolder
) -> None:
    choices = random.Random(8)
    drill.choose_place(session, disk)
    drill.work(session, choices)
    drill.snapshot(session)
    before, digests = drill.contents(session.store), drill.object_digests(session.store)
    drill.work(session, choices)
    drill.snapshot(session)
    session.close()
    shutil.rmtree(session.folder.root)
    newest, older = list_snapshots(disk)
    only_in_newest = set(newest.manifest.blocks) - set(older.manifest.blocks)
    block = newest.place.root / "blocks" / min(only_in_newest).hex()[:2] / min(only_in_newest).hex()
    content = bytearray(block.read_bytes())
    content[100] ^= 4
    block.write_bytes(content)
    with pytest.raises(KnownError) as damaged:
        restore(newest, new_folder, clock)
    assert damaged.value.code == "snapshot-damaged"
    assert not new_folder.is_set_up
    assert files_of(new_folder.root).keys() <= {"desk.lock", new_folder.password_tries.name}
    block.unlink()
    assert [kept.is_complete for kept in list_snapshots(disk)] == [False, True]
    restore(older, new_folder, clock)
    store = opened(new_folder)
    drill.check_restored(store, before, digests)
    store.close()


def test_a_missing_or_damaged_object_is_listed_and_the_rest_comes_back(
    session: DeskSession, clock: Hand, disk: Path, new_folder: DeskFolder
) -> None:
    drill.choose_place(session, disk)
    receive_dossier(session, ready(session))
    drill.snapshot(session)
    with session.store.reading() as connection:
        stored = [
            objects.describe(connection, object_id)
            for (object_id,) in connection.rows("SELECT object_id FROM objects ORDER BY object_id")
        ]
    session.close()
    shutil.rmtree(session.folder.root)
    (kept,) = list_snapshots(disk)
    gone, torn, *rest = stored
    kept.place.object_path(gone.object_id[:2], gone.transport_id).unlink()
    torn_path = kept.place.object_path(torn.object_id[:2], torn.transport_id)
    torn_path.write_bytes(bytes(torn_path.stat().st_size))
    report = restore(kept, new_folder, clock)
    assert report.missing_objects == (gone.object_id, torn.object_id)
    assert report.copied_objects == len(rest)


def test_a_damaged_object_file_that_lies_here_is_replaced_by_the_whole_one_of_the_place(
    session: DeskSession, clock: Hand, disk: Path
) -> None:
    drill.choose_place(session, disk)
    receive_dossier(session, ready(session))
    drill.snapshot(session)
    digests = drill.object_digests(session.store)
    damaged, lost = sorted(session.store.objects.folder.glob("??/*.enc"))[:2]
    session.close()
    damaged.write_bytes(bytes(damaged.stat().st_size))
    lost.unlink()
    report = restore(list_snapshots(disk)[0], session.folder, clock, replaces=True)
    assert (report.found_objects, report.copied_objects) == (len(digests) - 2, 2)
    store = opened(session.folder)
    assert drill.object_digests(store) == digests
    store.close()


def test_a_stick_that_is_pulled_out_while_objects_are_copied_is_no_finished_restore(
    session: DeskSession, clock: Hand, disk: Path, new_folder: DeskFolder
) -> None:
    drill.choose_place(session, disk)
    receive_dossier(session, ready(session))
    drill.snapshot(session)
    pulled = disk.with_name("pulled out")

    def pull_out(progress: RestoreProgress) -> None:
        if progress.stage is RestoreStage.OBJECTS and disk.exists():
            disk.rename(pulled)

    (kept,) = list_snapshots(disk)
    with pytest.raises(KnownError) as away:
        restore_store(
            kept, HERS, new_folder, replaces=False, clock=clock, random_bytes=os.urandom, on_progress=pull_out
        )
    assert (away.value.code, away.value.details["folder"]) == ("backup-place-missing", str(disk))
    assert not new_folder.is_set_up
    pulled.rename(disk)
    assert restore(kept, new_folder, clock).missing_objects == ()


def test_a_damaged_database_is_replaced_in_place_from_the_snapshots_beside_it(
    session: DeskSession, clock: Hand
) -> None:
    folder = session.folder
    drill.work(session, random.Random(9))
    receive_dossier(session, ready(session))
    drill.snapshot(session)
    before, digests = drill.contents(session.store), drill.object_digests(session.store)
    session.close()
    (folder.root / DATABASE_NAME).write_bytes(os.urandom(100_000))
    (kept,) = list_snapshots(folder.root / FOLDER_NAME)
    with pytest.raises(KnownError) as refused:
        restore(kept, folder, clock)
    assert refused.value.code == "store-in-the-way"
    report = restore(kept, folder, clock, replaces=True)
    assert (report.found_objects, report.copied_objects) == (len(digests), 0)
    assert report.set_aside is not None
    assert sorted(path.name for path in report.set_aside.iterdir()) == [
        DATABASE_NAME,
        "keys.json",
        "keys.json.previous",
    ]
    store = opened(folder)
    drill.check_restored(store, before, digests)
    store.close()


def test_a_damaged_copy_of_the_key_file_is_not_what_comes_back(session: DeskSession, clock: Hand) -> None:
    folder = session.folder
    drill.snapshot(session)
    session.close()
    folder.key_file.write_bytes(b"torn")
    (kept,) = list_snapshots(folder.root / FOLDER_NAME)
    restore(kept, folder, clock, replaces=True)
    opened(folder).close()
    assert folder.key_file.read_bytes() == folder.key_file.with_name("keys.json.previous").read_bytes() != b"torn"


def test_a_desk_at_work_is_not_replaced(session: DeskSession, clock: Hand) -> None:
    drill.snapshot(session)
    (kept,) = list_snapshots(session.folder.root / FOLDER_NAME)
    with pytest.raises(KnownError) as refused:
        restore(kept, session.folder, clock, replaces=True)
    assert refused.value.code == "desk-in-use"


def test_who_may_not_restore_does_not_and_a_wrong_password_opens_nothing(
    session: DeskSession, clock: Hand, disk: Path, new_folder: DeskFolder
) -> None:
    drill.choose_place(session, disk)
    add_clerk(session, NewClerk("hoa", "Trần Thị Hoa", frozenset({Role.CLERK}), "mật khẩu của Hoa"), cost=CHEAP)
    drill.snapshot(session)
    (kept,) = list_snapshots(disk)
    for proof, code in (
        (ClerkPassword("hoa", "mật khẩu của Hoa"), "not-allowed"),
        (ClerkPassword(CLERK.login, "sai"), "wrong-password"),
        (ClerkPassword("ai đó", "sai"), "no-such-clerk"),
    ):
        with pytest.raises(KnownError) as refused:
            restore(kept, new_folder, clock, proof=proof)
        assert refused.value.code == code
        assert files_of(new_folder.root).keys() <= {"desk.lock", new_folder.password_tries.name}


def test_wrong_passwords_cost_the_same_waiting_as_at_the_desk(session: DeskSession, clock: Hand) -> None:
    drill.snapshot(session)
    session.close()
    (kept,) = list_snapshots(session.folder.root / FOLDER_NAME)
    said = []
    for _ in range(4):
        with pytest.raises(KnownError) as refused:
            restore(kept, session.folder, clock, proof=ClerkPassword(CLERK.login, "sai"), replaces=True)
        said.append(refused.value.code)
    assert said == ["wrong-password"] * 3 + ["too-many-tries"]


def test_a_restore_that_was_broken_off_allows_no_later_one_to_replace_a_desk(session: DeskSession, clock: Hand) -> None:
    drill.snapshot(session)
    session.close()
    (session.folder.root / "restoring").mkdir()
    (kept,) = list_snapshots(session.folder.root / FOLDER_NAME)
    with pytest.raises(KnownError) as refused:
        restore(kept, session.folder, clock)
    assert refused.value.code == "store-in-the-way"


def test_the_recovery_sheet_restores_when_every_password_is_lost(
    session: DeskSession, clock: Hand, disk: Path, new_folder: DeskFolder
) -> None:
    drill.choose_place(session, disk)
    words = session.key_file.make_recovery_words(clock())
    receive_dossier(session, ready(session))
    drill.snapshot(session)
    (kept,) = list_snapshots(disk)
    restore(kept, new_folder, clock, proof=RecoveryWords(" ".join(words)))
    store = opened(new_folder)
    with store.reading() as connection:
        assert connection.rows("SELECT actor_id FROM audit_entries WHERE action = 'store.restored'") == [
            ("recovery-sheet",)
        ]
    store.close()


def test_too_little_room_is_said_before_anything_is_written(
    session: DeskSession, clock: Hand, disk: Path, new_folder: DeskFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill.choose_place(session, disk)
    drill.snapshot(session)
    (kept,) = list_snapshots(disk)
    monkeypatch.setattr("workstation.desk.restore_store._SPARE_BYTES", 10**18)
    with pytest.raises(KnownError) as refused:
        restore(kept, new_folder, clock)
    assert refused.value.code == "no-room-for-restore"
    assert files_of(new_folder.root).keys() <= {"desk.lock", new_folder.password_tries.name}


def test_the_background_program_takes_and_carries_snapshots_while_the_clerk_works(
    session: DeskSession, clock: Hand, disk: Path, new_folder: DeskFolder
) -> None:
    drill.choose_place(session, disk)
    receive_dossier(session, ready(session))
    program = start_background(session)
    try:
        told = []
        for news in program.news():
            told.append(news)
            receive_dossier(session, ready(session))
            if news.code == "snapshot-carried":
                break
    finally:
        program.stop()
    assert [news for news in told if news.is_trouble] == []
    (kept,) = list_snapshots(disk)
    report = restore(kept, new_folder, clock)
    assert report.missing_objects == ()
    store = opened(new_folder)
    with store.reading() as connection:
        assert connection.rows("PRAGMA cipher_integrity_check") == []
        ((received,),) = connection.rows("SELECT count(*) FROM dossiers")
    assert 1 <= received <= 1 + len(told)
    store.close()


class Interrupted(BaseException):
    """The power goes."""


@pytest.mark.parametrize("moment", range(9))
def test_a_restore_that_is_broken_off_left_the_old_store_or_none_or_the_finished_one(
    session: DeskSession, clock: Hand, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    folder = session.folder
    receive_dossier(session, ready(session))
    drill.snapshot(session)
    before, digests = drill.contents(session.store), drill.object_digests(session.store)
    session.close()
    (kept,) = list_snapshots(folder.root / FOLDER_NAME)
    renames, real = iter(range(100)), Path.replace

    def replace(self: Path, target: Path) -> Path:
        if next(renames) == moment:
            raise Interrupted
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        if moment < 7:
            with pytest.raises(Interrupted):
                restore(kept, folder, clock, replaces=True)
        else:
            restore(kept, folder, clock, replaces=True)
    if folder.is_set_up:
        opened(folder).close()
    else:
        assert (folder.root / "restoring").exists()
    if moment < 7:
        restore(kept, folder, clock, replaces=folder.is_set_up)
    store = opened(folder)
    drill.check_restored(store, before, digests)
    store.close()
