# SPDX-License-Identifier: GPL-3.0-or-later
"""Restores that are killed at any moment end in a finished store; a long day comes back whole."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import signal
import threading
from pathlib import Path

import pytest

from demo.soft_token import SoftToken
from localdb.store import DATABASE_NAME, Store
from signing.signer import SignerProgram
from tests.localdb.keys_only import open_with_password
from tests.workstation.desk import drill
from tests.workstation.desk.counter import CLERK, PASSWORD, Hand, ready
from tests.workstation.desk.killed_backup import killed_after
from workstation.desk.background_program import start_background
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession
from workstation.desk.take_snapshot import FOLDER_NAME

RESTORED = "restored\n"


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
    end = killed_after(60, "restore", target, disk, said)
    assert RESTORED in end.said
    shortest = end.seconds
    clock = random.Random(seed)
    killed = finished = 0
    while killed < kills:
        if (killed + finished) % 4 == 0:
            shutil.rmtree(target, ignore_errors=True)
        elif (killed + finished) % 4 == 2 and (target / DATABASE_NAME).exists():
            (target / DATABASE_NAME).write_bytes(os.urandom(50_000))
        end = killed_after(clock.uniform(0, 1.2 * shortest), "restore", target, disk, said)
        if RESTORED not in end.said:
            killed += 1
        else:
            finished += 1
            assert finished <= kills + 10, "it is killed too late"
            shortest = min(shortest, end.seconds)
            store = Store.open(target, open_with_password(target / "keys.json", CLERK.login, PASSWORD))
            drill.check_restored(store, before, digests)
            store.close()
    assert RESTORED in killed_after(60, "restore", target, disk, said).said
    store = Store.open(target, open_with_password(target / "keys.json", CLERK.login, PASSWORD))
    drill.check_restored(store, before, digests)
    store.close()


def test_restores_that_are_killed_end_in_a_finished_store(session: DeskSession, tmp_path: Path) -> None:
    restores_under_kills(session, tmp_path, 4, seed=3)


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
        if RESTORED in killed_after(seconds, "restore", target, disk, said).said:
            break
    store = Store.open(target, open_with_password(target / "keys.json", CLERK.login, PASSWORD))
    drill.check_restored(store, before, digests)
    store.close()
