# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from pathlib import Path

import pytest

from casework.errors import BugError, KnownError
from localdb import clerks, migrations, secrets
from localdb.key_file import StoreKeys
from localdb.migrations import Migration
from localdb.store import Store
from tests.localdb import samples


def next_step(sql: str) -> list[Migration]:
    shipped = migrations.shipped()
    return [*shipped, Migration(len(shipped) + 1, sql)]


def make(folder: Path, keys: StoreKeys) -> None:
    store = Store.create(folder, keys)
    samples.enrol(store)
    with store.transaction() as connection:
        secrets.put(connection, "a", b"1")
    store.close()


def test_the_shipped_steps_are_numbered_without_gaps() -> None:
    shipped = migrations.shipped()
    assert [migration.number for migration in shipped] == list(range(1, len(shipped) + 1))


def test_a_new_step_is_taken_once_and_keeps_what_was_there(folder: Path, keys: StoreKeys) -> None:
    make(folder, keys)
    steps = next_step("CREATE TABLE more (a TEXT) STRICT;\nINSERT INTO more VALUES ('x');")
    for _ in range(2):
        store = Store.open(folder, keys, steps=steps)
        with store.reading() as connection:
            assert connection.rows("SELECT a FROM more") == [("x",)]
            assert secrets.get(connection, "a") == b"1"
        store.close()


def test_a_database_of_a_newer_program_is_refused_and_left_alone(folder: Path, keys: StoreKeys) -> None:
    make(folder, keys)
    Store.open(folder, keys, steps=next_step("CREATE TABLE more (a TEXT) STRICT;")).close()
    before = (folder / "desk.db").read_bytes()
    with pytest.raises(KnownError) as caught:
        Store.open(folder, keys)
    assert caught.value.code == "database-newer"
    assert (folder / "desk.db").read_bytes() == before


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE more (a TEXT) STRICT;\nDROP TABLE secrets;\nCREATE TABLE more (a TEXT) STRICT;",
        "DROP TABLE clerk_roles;\nnonsense;",
        "CREATE TABLE more (a TEXT) STRICT;\nCREATE TABLE half (",
        "INSERT INTO clerk_roles VALUES ('nobody', 'clerk');",
    ],
)
def test_a_step_that_fails_leaves_the_old_database(folder: Path, keys: StoreKeys, sql: str) -> None:
    make(folder, keys)
    with pytest.raises(BugError):
        Store.open(folder, keys, steps=next_step(sql))
    store = Store.open(folder, keys)
    with store.reading() as connection:
        assert migrations.version(connection) == len(migrations.shipped())
        assert secrets.get(connection, "a") == b"1"
        assert connection.rows("SELECT name FROM sqlite_schema WHERE name = 'more'") == []
    store.close()


def test_a_table_that_others_refer_to_can_be_rebuilt(folder: Path, keys: StoreKeys) -> None:
    make(folder, keys)
    sql = """
        CREATE TABLE clerks_new (clerk_id TEXT PRIMARY KEY, login TEXT NOT NULL UNIQUE, full_name TEXT NOT NULL,
            revoked_at INTEGER, email TEXT NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO clerks_new SELECT clerk_id, login, full_name, revoked_at, '' FROM clerks;
        DROP TABLE clerks;
        ALTER TABLE clerks_new RENAME TO clerks;
        """
    store = Store.open(folder, keys, steps=next_step(sql))
    with store.transaction() as connection:
        assert connection.rows("PRAGMA foreign_keys") == [(1,)]
        assert connection.rows("SELECT email FROM clerks") == [("",)]
        assert clerks.get(connection, samples.CLERK.clerk_id) == samples.CLERK
    store.close()
