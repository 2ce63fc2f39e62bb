# SPDX-License-Identifier: GPL-3.0-or-later
"""Desk and background program are killed again and again while one works and the other makes room beside it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from localdb import object_whereabouts, objects
from localdb.key_file import StoreKeys
from localdb.store import Store
from tests.localdb.keys_only import open_with_password
from tests.localdb.samples import missing_files
from tests.workstation.desk.counter import CLERK, PASSWORD, Hand, enrolment, set_up_at
from tests.workstation.desk.let_go_and_fetch import LONG_AGO
from workstation.desk.background_wire import BackgroundOrders
from workstation.desk.desk_folder import DeskFolder

PROGRAM = [sys.executable, "-m", "tests.workstation.desk.let_go_and_fetch"]
ROOT = Path(__file__).parents[3]


def run_and_kill(folder: DeskFolder, kept: Path, keys: StoreKeys, chance: random.Random) -> list[str]:
    """Let both work for a while, kill one, then the other; gives what the desk said was durable."""
    orders = BackgroundOrders(folder.root, keys)
    with (
        subprocess.Popen([*PROGRAM, "background", str(folder.root)], cwd=ROOT, stdin=subprocess.PIPE) as background,
        subprocess.Popen(
            [*PROGRAM, "desk", str(folder.root), str(kept)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as desk,
    ):
        try:
            assert background.stdin is not None
            assert desk.stdout is not None
            background.stdin.write(orders.to_line())
            background.stdin.flush()
            said = [desk.stdout.readline()]
            first, second = chance.sample([background.kill, desk.kill], 2)
            timers = [threading.Timer(chance.uniform(1.2, 2.2), first), threading.Timer(2.4, second)]
            for timer in timers:
                timer.start()
            said += desk.stdout.readlines()
            for timer in timers:
                timer.join()
            assert {background.wait(20), desk.wait(20)} == {-signal.SIGKILL}
        finally:
            # Neither ends by itself, and leaving the block waits for both.
            background.kill()
            desk.kill()
    return [line.strip() for line in said if line.endswith("\n")]


def check(folder: DeskFolder, kept: Path, keys: StoreKeys, said: list[str]) -> int:
    """See that nothing is lost: each paper lies here whole, or was let go, and then the gateway has it."""
    store = Store.open(folder.root, keys)
    let_go = 0
    with store.reading() as connection:
        assert connection.rows("PRAGMA cipher_integrity_check") == []
        assert connection.rows("PRAGMA foreign_key_check") == []
        assert missing_files(store) == []
        for object_id in said:
            where = object_whereabouts.find(connection, object_id)
            if where.is_here:
                assert store.objects.object_id(store.objects.content(where.stored)) == object_id
            else:
                let_go += 1
                assert where.is_at_gateway
                assert (kept / where.stored.transport_id).stat().st_size == where.stored.sealed_size
        unsent = connection.rows("SELECT object_id FROM objects WHERE confirmed_at IS NULL")
        for (object_id,) in unsent:
            store.objects.content(objects.describe(connection, object_id))
    store.close()
    return let_go


def work_under_kills(tmp_path: Path, rounds: int) -> None:
    folder, kept = DeskFolder(tmp_path / "desk"), tmp_path / "gateway"
    kept.mkdir()
    set_up_at(folder, Hand(LONG_AGO), enrolment())
    keys = open_with_password(folder.key_file, CLERK.login, PASSWORD)
    chance = random.Random(20261122)
    said: list[str] = []
    let_go = 0
    for _ in range(rounds):
        said += run_and_kill(folder, kept, keys, chance)
        let_go += check(folder, kept, keys, said)
    assert let_go > 0
    assert rounds == 1 or (kept / "fetched").exists()
    assert len(said) > 10 * rounds


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_whoever_is_killed_nothing_unsent_goes_and_nothing_expected_is_missing(tmp_path: Path) -> None:
    work_under_kills(tmp_path, 1)


@pytest.mark.full
@pytest.mark.timeout(590)
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("part", range(2))
def test_forty_kills_while_room_is_made_lose_nothing(tmp_path: Path, part: int) -> None:
    work_under_kills(tmp_path, 20)
