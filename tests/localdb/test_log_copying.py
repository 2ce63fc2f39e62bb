# SPDX-License-Identifier: GPL-3.0-or-later
"""The write-ahead log is copied by somebody who has time for it."""

from __future__ import annotations

import os
from pathlib import Path

from localdb import secrets
from localdb.key_file import StoreKeys
from localdb.log_copying import LogCopier
from localdb.store import DATABASE_NAME, Store

COMMITS = 100
PAGES_OF_A_COMMIT = 15


def commit(store: Store, number: int) -> None:
    with store.transaction() as connection:
        secrets.put(connection, f"number-{number}", os.urandom(4000 * PAGES_OF_A_COMMIT))


def test_looking_copies_nothing_and_copying_leaves_nothing(store: Store) -> None:
    log = LogCopier(store)
    assert log.copy() == 0
    commit(store, 0)
    waiting = log.waiting_pages()
    assert waiting >= PAGES_OF_A_COMMIT
    assert log.waiting_pages() == waiting
    assert log.copy() == 0
    assert log.waiting_pages() == 0
    log.close()


def test_what_an_older_reading_needs_stays_in_the_log(store: Store, folder: Path, keys: StoreKeys) -> None:
    log = LogCopier(store)
    other = Store.open(folder, keys)
    commit(store, 0)
    with other.reading() as connection:
        connection.rows("SELECT count(*) FROM secrets")
        commit(store, 1)
        assert log.copy() > 0
    assert log.copy() == 0
    log.close()
    other.close()


def test_a_log_that_is_copied_in_time_never_grows_long(store: Store, folder: Path) -> None:
    log = LogCopier(store)
    for number in range(COMMITS):
        commit(store, number)
        if log.waiting_pages() >= 200:
            assert log.copy() == 0
    log.close()
    # Long before the thousand pages at which a commit would have had to copy them.
    assert (folder / f"{DATABASE_NAME}-wal").stat().st_size < 500 * 4096
    assert COMMITS * PAGES_OF_A_COMMIT > 1000
