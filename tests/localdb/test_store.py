# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import contextlib
import datetime as dt
import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casework.errors import BugError, KnownError
from localdb import audit, code_numbers, drafts, secrets, sync_state
from localdb.audit_findings import AuditReport
from localdb.connection import Connection
from localdb.key_file import StoreKeys
from localdb.store import Store
from tests.localdb import samples


def code_of_opening(folder: Path, keys: StoreKeys) -> str:
    with pytest.raises(KnownError) as caught:
        Store.open(folder, keys)
    return caught.value.code


def test_what_was_committed_is_there_after_opening_again(folder: Path, keys: StoreKeys) -> None:
    store = Store.create(folder, keys)
    with store.transaction() as connection:
        secrets.put(connection, "reply-key", b"\x01\x02")
    store.close()
    store = Store.open(folder, keys)
    with store.reading() as connection:
        assert secrets.get(connection, "reply-key") == b"\x01\x02"
    store.close()


def test_a_missing_database_is_not_made(folder: Path, keys: StoreKeys) -> None:
    folder.mkdir()
    assert code_of_opening(folder, keys) == "database-missing"
    assert list(folder.iterdir()) == []


def test_an_existing_database_is_never_made_anew(store: Store, folder: Path) -> None:
    with pytest.raises(KnownError) as caught:
        Store.create(folder, StoreKeys.new(os.urandom))
    assert caught.value.code == "database-exists"


def test_the_keys_of_another_store_are_refused_and_nothing_is_changed(folder: Path, keys: StoreKeys) -> None:
    Store.create(folder, keys).close()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert code_of_opening(folder, StoreKeys.new(os.urandom)) == "wrong-key"
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_right_salt_with_a_key_that_does_not_fit_is_damage(folder: Path, keys: StoreKeys) -> None:
    Store.create(folder, keys).close()
    assert (
        code_of_opening(folder, StoreKeys(os.urandom(32), keys.database_salt, keys.object_name_key))
        == "database-damaged"
    )


@pytest.mark.parametrize("size", [0, 16, 4095])
def test_a_cut_database_is_damaged_and_not_taken_for_a_new_one(folder: Path, keys: StoreKeys, size: int) -> None:
    Store.create(folder, keys).close()
    path = folder / "desk.db"
    path.write_bytes(path.read_bytes()[:size])
    assert code_of_opening(folder, keys) == "database-damaged"
    assert path.stat().st_size == size


def test_a_database_without_a_schema_is_damaged_and_not_filled(folder: Path, keys: StoreKeys) -> None:
    folder.mkdir()
    (folder / "desk.db").touch()
    Connection.create(folder / "desk.db", keys).close()
    before = (folder / "desk.db").read_bytes()
    assert code_of_opening(folder, keys) == "database-damaged"
    assert (folder / "desk.db").read_bytes() == before


def test_a_flipped_bit_in_a_page_is_found_when_the_page_is_read(store: Store, folder: Path, keys: StoreKeys) -> None:
    store.close()
    path = folder / "desk.db"
    content = bytearray(path.read_bytes())
    for page in range(len(content) // 4096):
        content[page * 4096 + 2000] ^= 1
    path.write_bytes(content)
    assert code_of_opening(folder, keys) == "database-damaged"


def test_a_half_made_database_of_a_crash_is_cleared_away(folder: Path, keys: StoreKeys) -> None:
    folder.mkdir()
    for name in ("desk.db.new", "desk.db.new-wal", "desk.db.new-shm"):
        (folder / name).write_bytes(b"half")
    Store.create(folder, keys).close()
    assert sorted(path.name for path in folder.iterdir()) == ["desk.db", "objects"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no mode bits")
def test_only_its_owner_can_read_anything_of_the_store(store: Store, folder: Path) -> None:
    samples.store_content(store, b"a page")
    for path in [folder, *folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_database_runs_with_the_settings_that_were_decided(store: Store) -> None:
    def setting(connection_sql: str) -> str:
        with store.transaction() as connection:
            row = connection.row(f"PRAGMA {connection_sql}")
        return str(row[0]) if row else ""

    assert setting("journal_mode") == "wal"
    assert setting("synchronous") == "2"
    assert setting("foreign_keys") == "1"
    assert setting("secure_delete") == "1"
    assert setting("temp_store") == "2"
    assert setting("trusted_schema") == "0"
    assert setting("cipher_memory_security") == "0"
    assert setting("cipher_page_size") == "4096"
    assert setting("cipher_use_hmac") == "1"


def is_recorded(store: Store, name: str) -> bool:
    with store.reading() as connection:
        return connection.row("SELECT 1 FROM secrets WHERE name = ?", (name,)) is not None


def test_a_transaction_that_ends_with_an_exception_leaves_nothing(store: Store) -> None:
    def change_half() -> None:
        with store.transaction() as connection:
            secrets.put(connection, "a", b"1")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        change_half()
    assert not is_recorded(store, "a")


def test_nothing_can_be_slipped_in_after_a_statement_failed(store: Store) -> None:
    def go_on_all_the_same() -> None:
        with store.transaction() as connection:
            with contextlib.suppress(BugError):
                connection.execute("INSERT INTO audit_entries (number) VALUES (1)")
            secrets.put(connection, "a", b"1")

    with pytest.raises(BugError):
        go_on_all_the_same()
    assert not is_recorded(store, "a")
    with store.transaction() as connection:
        secrets.put(connection, "a", b"2")
    assert is_recorded(store, "a")


def test_a_swallowed_failure_is_not_committed(store: Store) -> None:
    def swallow() -> None:
        with store.transaction() as connection:
            secrets.put(connection, "a", b"1")
            with contextlib.suppress(BugError):
                connection.execute("INSERT INTO audit_entries (number) VALUES (1)")

    with pytest.raises(BugError):
        swallow()
    assert not is_recorded(store, "a")


def test_a_transaction_inside_a_transaction_is_a_bug_and_does_not_hang(store: Store) -> None:
    with pytest.raises(BugError), store.transaction(), store.transaction():
        pass
    with store.transaction() as connection:
        secrets.put(connection, "a", b"1")


def test_nothing_can_be_changed_while_reading(store: Store) -> None:
    with store.reading() as connection, pytest.raises(BugError):
        secrets.put(connection, "a", b"1")
    assert not is_recorded(store, "a")


def test_a_reading_sees_one_snapshot_while_others_write(store: Store) -> None:
    with store.reading() as before:
        assert sync_state.cursor(before) == 0
        with store.transaction() as connection:
            assert sync_state.advance(connection, 0, 7)
        assert sync_state.cursor(before) == 0
        with store.reading() as inner:
            assert sync_state.cursor(inner) == 0
    with store.reading() as after:
        assert sync_state.cursor(after) == 7


def test_a_reader_does_not_wait_for_a_writer(store: Store) -> None:
    inside, done = threading.Event(), threading.Event()

    def write() -> None:
        with store.transaction() as connection:
            secrets.put(connection, "a", b"1")
            inside.set()
            assert done.wait(10)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        assert inside.wait(10)
        assert not is_recorded(store, "a")
        done.set()
        writing.result()


def test_many_threads_lose_no_change(store: Store) -> None:
    def work(_: int) -> list[int]:
        numbers = []
        for _ in range(10):
            with store.transaction() as connection:
                numbers.append(code_numbers.next_number(connection, dt.date(2026, 11, 22)))
                audit.append(connection, at=samples.NOON, actor_id="c", action="x", subject_id="s")
            with store.reading() as connection:
                drafts.open_drafts(connection, samples.CLERK.clerk_id)
        return numbers

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for result in pool.map(work, range(8)) for number in result]
    assert sorted(numbers) == list(range(1, 81))
    with store.reading() as connection:
        assert audit.verify(connection) == AuditReport(80)


def test_a_second_desk_that_writes_for_long_makes_this_one_say_busy(
    store: Store, folder: Path, keys: StoreKeys
) -> None:
    with store.transaction() as connection:
        connection.execute("PRAGMA busy_timeout = 10")
    other = Store.open(folder, keys)
    with other.transaction() as connection:
        secrets.put(connection, "a", b"1")
        with pytest.raises(KnownError) as caught, store.transaction():
            pass
    assert (caught.value.code, caught.value.retryable) == ("database-busy", True)
    with store.transaction() as connection:
        assert secrets.get(connection, "a") == b"1"
    other.close()


def test_a_reference_to_nothing_is_a_bug(store: Store) -> None:
    with pytest.raises(BugError), store.transaction() as connection:
        drafts.start(connection, samples.new_id(), "nobody", samples.NOON)


def test_no_value_of_a_refused_row_stands_in_the_error(store: Store) -> None:
    with pytest.raises(BugError) as caught, store.transaction() as connection:
        connection.execute("INSERT INTO secrets VALUES (?, ?)", ("n", samples.SECRET_NAME))
    assert samples.SECRET_NAME not in f"{caught.value!r}{caught.value.__cause__!r}"


def test_a_late_job_is_told_that_the_store_is_closed(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(BugError), store.transaction():
        pass
    with pytest.raises(BugError), store.reading():
        pass


def test_a_closed_store_has_left_no_log_files(store: Store, folder: Path) -> None:
    with store.transaction() as connection:
        secrets.put(connection, "a", b"1")
    store.close()
    assert [path.name for path in folder.iterdir() if path.name.startswith("desk.db")] == ["desk.db"]
