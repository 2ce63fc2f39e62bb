# SPDX-License-Identifier: GPL-3.0-or-later
"""The database file is held still while another program writes as fast as it can."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casework.errors import KnownError
from localdb.key_file import StoreKeys
from localdb.pinned_database import PinnedDatabase, pinned
from localdb.store import DATABASE_NAME, Store
from tests.localdb import samples

HARD_WRITER = """
import os, sys, time
from pathlib import Path
from localdb.key_file import StoreKeys
from localdb.store import Store
keys = StoreKeys(*(bytes.fromhex(line) for line in sys.stdin.read().split()))
store = Store.open(Path(sys.argv[1]), keys)
number = 0
while True:
    number += 1
    with store.transaction() as connection:
        connection.execute(
            "INSERT INTO secrets VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (f"writer-{number % 400}", os.urandom(3000)),
        )
        connection.execute("INSERT OR REPLACE INTO secrets VALUES ('count', ?)", (str(number).encode(),))
    time.sleep(0.001)  # without it nobody else would ever get the right to write
"""


@contextmanager
def hard_writer(folder: Path, keys: StoreKeys) -> Iterator[subprocess.Popen[bytes]]:
    """A program that writes until the block ends."""
    program = subprocess.Popen([sys.executable, "-c", HARD_WRITER, str(folder)], stdin=subprocess.PIPE)
    assert program.stdin is not None
    parts = (keys.database_key, keys.database_salt, keys.object_name_key)
    program.stdin.write("\n".join(part.hex() for part in parts).encode())
    program.stdin.close()
    try:
        yield program
    finally:
        program.kill()
        program.wait()


def count(store: Store) -> int:
    with store.reading() as connection:
        row = connection.row("SELECT value FROM secrets WHERE name = 'count'")
    return int(row[0]) if row else 0


def wait_for_writer(store: Store, more: int) -> None:
    """Wait until the other program has committed so often."""
    end = time.monotonic() + 30
    goal = count(store) + more
    while count(store) < goal:
        assert time.monotonic() < end
        time.sleep(0.005)


def digest(database: PinnedDatabase) -> str:
    return hashlib.sha256(database.read(0, database.size)).hexdigest()


def open_copy(database: PinnedDatabase, folder: Path, keys: StoreKeys) -> Store:
    """Open what lies on disk while the database is held still, and nothing else."""
    folder.mkdir()
    (folder / DATABASE_NAME).write_bytes(database.read(0, database.size))
    return Store.open(folder, keys)


def test_no_byte_moves_while_another_program_writes_and_the_file_alone_is_the_whole_database(
    store: Store, folder: Path, keys: StoreKeys, tmp_path: Path
) -> None:
    with hard_writer(folder, keys):
        wait_for_writer(store, 100)
        for round_number in range(2):
            with pinned(store) as database:
                before = digest(database)
                rows = database.connection.rows("SELECT name, value FROM secrets ORDER BY name")
                # Far more than a thousand pages, at which everybody tries to copy the log into the file.
                wait_for_writer(store, 300)
                assert digest(database) == before
                copy = open_copy(database, tmp_path / str(round_number), keys)
            with copy.reading() as connection:
                assert connection.rows("SELECT name, value FROM secrets ORDER BY name") == rows
                assert connection.rows("PRAGMA integrity_check") == [("ok",)]
            copy.close()


def test_who_lets_go_lets_the_log_be_copied_again(store: Store, folder: Path, keys: StoreKeys) -> None:
    with hard_writer(folder, keys):
        wait_for_writer(store, 10)
        with pinned(store) as database:
            before = digest(database)
            wait_for_writer(store, 300)
        wait_for_writer(store, 50)
        with pinned(store) as database:
            assert digest(database) != before


def test_a_reader_of_an_older_state_is_waited_for_and_not_for_ever(
    store: Store, folder: Path, keys: StoreKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("localdb.pinned_database._PAUSE_SECONDS", 0.001)
    other = Store.open(folder, keys)
    with other.reading() as connection:
        connection.rows("SELECT count(*) FROM drafts")
        samples.begin_draft(store)
        with pytest.raises(KnownError) as refused, pinned(store):
            pass
    assert (refused.value.code, refused.value.retryable) == ("database-busy", True)
    other.close()
    with pinned(store) as database:
        assert database.connection.rows("SELECT count(*) FROM drafts") == [(1,)]
