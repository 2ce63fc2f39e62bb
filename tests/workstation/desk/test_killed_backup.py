# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots, pruning and restores that are killed at any moment leave every snapshot whole and every store openable."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from demo.soft_token import SoftToken
from localdb import key_file, snapshots
from localdb.key_file import StoreKeys
from localdb.snapshot_assembly import assemble, prove, remove_database
from localdb.snapshot_manifest import store_id
from localdb.snapshot_place import SnapshotPlace
from localdb.store import DATABASE_NAME, Store
from signing.signer import SignerProgram
from tests.localdb import desk_day, samples
from tests.workstation.desk import drill
from tests.workstation.desk.counter import CLERK, PASSWORD, Hand, ready
from tests.workstation.desk.killed_backup import run
from workstation.desk.background_program import start_background
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession
from workstation.desk.take_snapshot import FOLDER_NAME


def killed_after(seconds: float, what: str, folder: Path, place: Path, said: str) -> list[str]:
    """Start the program, kill it so long after it has begun, and give what it had printed."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.workstation.desk.killed_backup", what, str(folder), str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(said)
        program.stdin.close()
        assert program.stdout.readline() == "started\n"
        timer = threading.Timer(seconds, program.kill)
        timer.start()
        lines = program.stdout.readlines()
        timer.cancel()
        timer.join()
    return lines


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
        lines = killed_after(clock.uniform(0, 1.5), "snapshot", folder, stick, said)
        newest = max([newest, *(int(line) for line in lines if line.endswith("\n"))])
        assert check_places(folder, stick, keys, scratch) >= newest
    assert newest > 0
    store = Store.open(folder, keys)
    desk_day.check(store)
    store.close()


def restores_under_kills(session: DeskSession, tmp_path: Path, kills: int, seed: int) -> None:
    disk = tmp_path / "disk"
    drill.choose_place(session, disk)
    for _ in range(4):
        receive_dossier(session, ready(session))
    drill.snapshot(session)
    before, digests = drill.contents(session.store), drill.object_digests(session.store)
    session.close()
    said = f"{CLERK.login}\n{PASSWORD}"
    target = tmp_path / "target"
    start = time.monotonic()
    assert killed_after(60, "restore", target, disk, said) == ["restored\n"]
    whole = time.monotonic() - start
    clock = random.Random(seed)
    finished = 0
    for kill in range(kills):
        if kill % 4 == 0:
            shutil.rmtree(target, ignore_errors=True)
        elif kill % 4 == 2 and (target / DATABASE_NAME).exists():
            (target / DATABASE_NAME).write_bytes(os.urandom(50_000))
        lines = killed_after(whole * clock.uniform(0, 1), "restore", target, disk, said)
        if lines == ["restored\n"]:
            finished += 1
            store = Store.open(target, key_file.open_with_password(target / "keys.json", CLERK.login, PASSWORD))
            drill.check_restored(store, before, digests)
            store.close()
    assert killed_after(60, "restore", target, disk, said) == ["restored\n"]
    store = Store.open(target, key_file.open_with_password(target / "keys.json", CLERK.login, PASSWORD))
    drill.check_restored(store, before, digests)
    store.close()
    assert 0 < finished < kills


def test_snapshots_that_are_killed_leave_every_snapshot_whole(tmp_path: Path) -> None:
    snapshots_under_kills(tmp_path, 3, seed=1)


@pytest.mark.full
@pytest.mark.timeout(590)
@pytest.mark.parametrize("part", range(2))
def test_snapshots_and_pruning_killed_a_hundred_times_leave_every_snapshot_whole(tmp_path: Path, part: int) -> None:
    snapshots_under_kills(tmp_path, 100, seed=20261122 + part)


@pytest.mark.full
@pytest.mark.timeout(590)
def test_restores_killed_a_hundred_times_end_in_a_finished_store(session: DeskSession, tmp_path: Path) -> None:
    restores_under_kills(session, tmp_path, 100, seed=20261122)


@pytest.mark.full
@pytest.mark.timeout(590)
def test_a_long_day_with_signatures_and_a_background_program_that_is_killed_again_and_again_comes_back_whole(
    session: DeskSession, clock: Hand, token: SoftToken, tmp_path: Path
) -> None:
    disk, choices = tmp_path / "disk", random.Random(20261122)
    drill.choose_place(session, disk)
    with session.store.transaction() as connection:
        connection.execute("UPDATE settings SET snapshot_minutes = 5")
    with SignerProgram(token.module_path, token.allow_list, environment=token.environment) as signer:
        signer.log_in(token.serial, token.certificate_sha256, bytearray(token.pin.encode()))
        for _ in range(25):
            program = start_background(session)
            killer = threading.Timer(choices.uniform(0.3, 6), os.kill, (program.pid, signal.SIGKILL))
            killer.start()
            for _ in range(choices.randrange(3, 9)):
                drill.work(session, choices, signer=signer)
            killer.join()
            program.stop()
            # The program goes by the clock on the wall; what it took is due again.
            for manifest in (session.folder.root / FOLDER_NAME).glob("motcua-*/manifests/*.json"):
                if choices.random() < 0.5:
                    manifest.unlink()
        clock.moment = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
        for _ in range(3):
            assert [outcome.code for outcome in drill.snapshot_while_working(session, choices, signer=signer)] == [""]
    assert [outcome.code for outcome in drill.snapshot(session)] == [""]
    before, digests = drill.contents(session.store), drill.object_digests(session.store)
    assert len(before["dossiers"]) > 20
    session.close()
    shutil.rmtree(session.folder.root)
    target = tmp_path / "target"
    said = f"{CLERK.login}\n{PASSWORD}"
    for seconds in (0.2, 0.4, 0.8, 1.6, 3.2, 300):
        if killed_after(seconds, "restore", target, disk, said) == ["restored\n"]:
            break
    store = Store.open(target, key_file.open_with_password(target / "keys.json", CLERK.login, PASSWORD))
    drill.check_restored(store, before, digests)
    store.close()
