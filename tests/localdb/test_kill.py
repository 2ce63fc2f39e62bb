# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import random
from pathlib import Path

import pytest

from localdb.key_file import StoreKeys
from localdb.store import Store
from tests.localdb import desk_day, killing, samples


def lines_of(keys: StoreKeys) -> str:
    return "\n".join(part.hex() for part in (keys.database_key, keys.database_salt, keys.object_name_key))


def work_and_be_killed(folder: Path, keys: StoreKeys, seconds: float) -> int:
    """Let a desk work for a while after its first commit, kill it, and give the last number that it had said."""
    return int(killing.run_and_kill("tests.localdb.desk_day", [str(folder)], lines_of(keys), seconds).said[-1])


def work_under_kills(folder: Path, keys: StoreKeys, kills: int) -> None:
    store = Store.create(folder, keys)
    samples.enrol(store)
    store.close()
    clock = random.Random(20261122)
    for _ in range(kills):
        said = work_and_be_killed(folder, keys, clock.uniform(0, 0.15))
        store = Store.open(folder, keys)
        recorded = desk_day.check(store)
        store.close()
        assert said <= recorded <= said + 1


def test_a_desk_does_not_outlive_a_test_that_breaks_off(folder: Path, keys: StoreKeys) -> None:
    Store.create(folder, keys).close()
    with pytest.raises(TimeoutError), killing.running("tests.localdb.desk_day", [str(folder)], lines_of(keys)) as desk:
        raise TimeoutError
    assert desk.returncode is not None


def test_a_killed_desk_has_lost_nothing_that_it_said(folder: Path, keys: StoreKeys) -> None:
    work_under_kills(folder, keys, 10)


@pytest.mark.full
@pytest.mark.timeout(590)
@pytest.mark.parametrize("part", range(3))
def test_a_desk_killed_a_hundred_times_has_lost_nothing_that_it_said(folder: Path, keys: StoreKeys, part: int) -> None:
    work_under_kills(folder, keys, 100)
