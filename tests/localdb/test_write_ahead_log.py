# SPDX-License-Identifier: GPL-3.0-or-later
"""A damaged write-ahead log loses commits in silence; the store counts them. A torn one has lost nothing."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from localdb import secrets, write_ahead_log
from localdb.key_file import StoreKeys
from localdb.store import DATABASE_NAME, Store

COMMITS = 12
FRAME = 24 + 4096
HEADER = 32


@pytest.fixture
def killed(folder: Path, keys: StoreKeys, tmp_path: Path) -> Path:
    """A store as a kill leaves it."""
    store = Store.create(folder, keys)
    for number in range(COMMITS):
        with store.transaction() as connection:
            secrets.put(connection, f"name-{number}", os.urandom(500))
    left = tmp_path / "left"
    shutil.copytree(folder, left)
    store.close()
    return left


def opened(folder: Path, keys: StoreKeys) -> tuple[int, int]:
    """Give how many commits are there, and how many are said to be lost."""
    lost = write_ahead_log.lost_commits(write_ahead_log.read(folder / DATABASE_NAME))
    store = Store.open(folder, keys)
    with store.reading() as connection:
        ((there,),) = connection.rows("SELECT count(*) FROM secrets")
    store.close()
    return there, lost


def test_a_log_that_a_kill_left_has_lost_nothing(killed: Path, keys: StoreKeys) -> None:
    assert opened(killed, keys) == (COMMITS, 0)
    assert opened(killed, keys) == (COMMITS, 0)


def test_a_log_whose_end_is_torn_has_lost_nothing_that_was_told(killed: Path, keys: StoreKeys) -> None:
    log = killed / "desk.db-wal"
    os.truncate(log, log.stat().st_size - 1000)
    assert opened(killed, keys) == (COMMITS - 1, 0)


@pytest.mark.parametrize(
    "bit", [*range(0, HEADER * 8, 67), *(HEADER * 8 + place for place in (1, 33, 70, 130, 170, 200, 20_000))]
)
def test_a_flipped_bit_in_the_log_is_noticed_by_the_commits_behind_it(killed: Path, keys: StoreKeys, bit: int) -> None:
    log = killed / "desk.db-wal"
    content = bytearray(log.read_bytes())
    whole = len(content) // FRAME
    chance = random.Random(bit)
    if bit >= HEADER * 8:
        bit += chance.randrange(whole // 2, whole - 6) * FRAME * 8
    content[bit // 8] ^= 1 << bit % 8
    log.write_bytes(content)
    there, lost = opened(killed, keys)
    # The last commit might as well be one that was never finished.
    assert COMMITS - there - lost in {0, 1}
    assert lost > 0
