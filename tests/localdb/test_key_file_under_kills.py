# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever moment a program dies in that changes the key file, the file opens, and what was said to be done is done."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from localdb import key_file
from localdb.key_file import StoreKeys, create_key_file
from tests.localdb import killing
from tests.localdb.samples import CHEAP

PASSWORD = "câu mở khóa của chị Lan"


def change_and_be_killed(path: Path, seconds: float) -> tuple[int, str]:
    """Let a program change the file, kill it so long after its first word; give the last thing that it said."""
    end = killing.run_and_kill("tests.localdb.changing_key_file", [str(path)], f"{PASSWORD}\n", seconds)
    revision, logins = end.said[-1].split()
    return int(revision), logins


def change_under_kills(path: Path, keys: StoreKeys, kills: int, seed: int) -> int:
    """Kill the program so often; give how often it left two different copies."""
    chance = random.Random(seed)
    different = 0
    for _ in range(kills):
        revision, logins = change_and_be_killed(path, chance.uniform(0, 0.05))
        opened = key_file.unlock_with_password(path, "lan", PASSWORD)
        assert opened.keys == keys
        assert revision <= opened.revision <= revision + 1
        if opened.revision == revision:
            assert ",".join(sorted(slot.login for slot in opened.slots if slot.login)) == logins
        different += not opened.copies_agree
        opened.mend()
        assert key_file.unlock_with_password(path.with_name("keys.json.previous"), "lan", PASSWORD).keys == keys
    return different


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def keys(path: Path) -> StoreKeys:
    return create_key_file(
        path, login="lan", password=PASSWORD, escrow_public_key=None, random_bytes=os.urandom, cost=CHEAP
    )


def test_a_key_file_whose_program_is_killed_opens_with_what_was_said(path: Path, keys: StoreKeys) -> None:
    change_under_kills(path, keys, 3, seed=1)


@pytest.mark.full
@pytest.mark.timeout(590)
def test_a_key_file_whose_program_is_killed_a_hundred_times_opens_every_time(path: Path, keys: StoreKeys) -> None:
    assert change_under_kills(path, keys, 100, seed=2) > 5
