# SPDX-License-Identifier: GPL-3.0-or-later
"""That commits were lost is known until the identity is retired, whoever opens the store meanwhile."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from casework.errors import KnownError
from localdb import identity, lost_commits, secrets, write_ahead_log
from localdb.identity import Reason
from localdb.key_file import StoreKeys
from localdb.repair import repair
from localdb.store import DATABASE_NAME, Store
from tests.localdb import samples
from tests.localdb.samples import NOON

pytestmark = pytest.mark.expects_log("localdb.lost_commits", level="ERROR")

COMMITS = 12
FRAME = 24 + 4096


def left(folder: Path, keys: StoreKeys, to: Path) -> Path:
    """Give an enrolled store as a kill leaves it, most of its commits in the log."""
    store = Store.create(folder, keys)
    samples.enrol(store)
    store.empty_log()
    for number in range(COMMITS):
        with store.transaction() as connection:
            secrets.put(connection, f"name-{number}", os.urandom(500))
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns("*-shm"))
    store.close()
    return to


@pytest.fixture
def damaged(folder: Path, keys: StoreKeys, tmp_path: Path) -> Path:
    """Such a store with a flipped bit in its log."""
    store = left(folder, keys, tmp_path / "left")
    log = store / f"{DATABASE_NAME}-wal"
    content = bytearray(log.read_bytes())
    content[32 + (len(content) // FRAME // 2) * FRAME + 2000] ^= 1
    log.write_bytes(content)
    return store


def test_the_note_outlives_whoever_opens_the_store_and_puts_the_log_away(damaged: Path, keys: StoreKeys) -> None:
    count = lost_commits.notice(damaged)
    assert count > 1
    Store.open(damaged, keys).close()
    assert not write_ahead_log.is_left(damaged / DATABASE_NAME)
    assert lost_commits.notice(damaged) == count


def test_the_note_goes_when_the_identity_is_retired(damaged: Path, keys: StoreKeys, tmp_path: Path) -> None:
    lost_commits.notice(damaged)
    store = Store.open(damaged, keys)
    lost_commits.settle(store, NOON)
    with store.reading() as connection:
        assert [former.reason for former in identity.former_devices(connection)] == [Reason.ROLLED_BACK]
    with store.transaction() as connection:
        secrets.put(connection, "said under another name", b"")
    # Also after a kill: what lies behind the damage is not found another time.
    killed = Path(shutil.copytree(damaged, tmp_path / "killed", ignore=shutil.ignore_patterns("*-shm")))
    store.close()
    assert lost_commits.notice(killed) == 0
    assert lost_commits.notice(damaged) == 0


def test_a_note_that_somebody_emptied_is_one_all_the_same(damaged: Path) -> None:
    lost_commits.notice(damaged)
    (note,) = damaged.glob("commits-*")
    note.write_bytes(b"")
    assert lost_commits.notice(damaged) == 1


def test_a_repair_counts_what_the_log_lost_and_the_store_is_nobody_any_more(damaged: Path, keys: StoreKeys) -> None:
    before = {path.name: path.read_bytes() for path in damaged.glob("desk.db*")}
    report = repair(damaged, keys, NOON)
    assert report.lost_commits > 1
    assert report.has_losses
    assert report.needs_enrolment
    aside = report.kept_aside
    assert before == {
        DATABASE_NAME: aside.read_bytes(),
        f"{DATABASE_NAME}-wal": aside.with_name(f"{aside.name}-wal").read_bytes(),
    }
    assert lost_commits.notice(damaged) == 0
    store = Store.open(damaged, keys)
    with store.reading() as connection, pytest.raises(KnownError, match="not-enrolled"):
        identity.enrolled(connection)
    store.close()
