# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program at the same database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from localdb import write_ahead_log
from localdb.key_file import StoreKeys
from localdb.raw_file import RawFile
from localdb.store import DATABASE_NAME, Store
from tests.localdb import samples

VISITOR = """
import sys
from pathlib import Path
from localdb.key_file import StoreKeys
from localdb.store import Store
keys = StoreKeys(*(bytes.fromhex(line) for line in sys.stdin.read().split()))
Store.open(Path(sys.argv[1]), keys).close()
"""


LOCK_TAKER = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)
    except OSError:
        sys.exit(1)
"""
"""Takes the bytes on which the engine marks its readers, as it would before removing the log (sqlite os_unix.c)."""


def visit(folder: Path, keys: StoreKeys) -> None:
    """Let another program open the store and close it again."""
    secret = "\n".join(part.hex() for part in (keys.database_key, keys.database_salt, keys.object_name_key))
    subprocess.run([sys.executable, "-c", VISITOR, str(folder)], input=secret, text=True, check=True, timeout=60)


def test_a_program_that_comes_and_goes_leaves_the_log_of_the_one_that_stays(folder: Path, keys: StoreKeys) -> None:
    store = Store.create(folder, keys)
    samples.enrol(store)
    log = folder / f"{DATABASE_NAME}-wal"
    assert log.stat().st_size > 0
    visit(folder, keys)
    assert log.stat().st_size > 0
    dossier_id = samples.begin_draft(store)
    visit(folder, keys)
    with store.reading() as connection:
        assert connection.rows("SELECT dossier_id FROM drafts") == [(dossier_id,)]
    store.close()
    assert not log.exists()


@pytest.mark.skipif(os.name != "posix", reason="locks of POSIX")
def test_reading_past_the_engine_leaves_its_locks_in_place(folder: Path, keys: StoreKeys) -> None:
    def is_locked() -> bool:
        return (
            subprocess.run([sys.executable, "-c", LOCK_TAKER, str(database)], check=False, timeout=60).returncode == 1
        )

    database = folder / DATABASE_NAME
    store = Store.create(folder, keys)
    with RawFile(database) as file:
        assert file.read(0, 16) == keys.database_salt
    assert is_locked()
    store.close()
    assert not is_locked()


def test_who_left_without_closing_is_noticed_at_the_next_opening(folder: Path, keys: StoreKeys) -> None:
    database = folder / DATABASE_NAME
    store = Store.create(folder, keys)
    assert not write_ahead_log.is_left(database)
    visit(folder, keys)
    store.close()
    assert not write_ahead_log.is_left(database)
    store = Store.open(folder, keys)
    samples.enrol(store)
    visit(folder, keys)
    assert write_ahead_log.is_left(database)
    store.close()
    assert not write_ahead_log.is_left(database)


def test_descriptors_are_shared_and_given_back(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    before = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0
    first, second = RawFile(path), RawFile(path)
    first.close()
    first.close()
    assert (second.read(3, 4), second.size) == (b"3456", 10)
    second.close()
    assert not before or len(list(Path("/proc/self/fd").iterdir())) == before
