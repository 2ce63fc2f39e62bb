# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest

from casework.errors import BugError, KnownError
from localdb.key_file import StoreKeys
from localdb.search_indexer import SearchIndexer
from localdb.store import Store
from tests.localdb import samples, searched
from tests.localdb.searched import BINH, DAO, Facts


def _flip(path: Path, offset: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        byte = file.read(1)
        file.seek(offset)
        file.write(bytes([byte[0] ^ 1]))


@pytest.mark.expects_log("localdb.search")
@pytest.mark.parametrize("offset", [0, 20, 4096 + 100, 2 * 4096 + 17, 5 * 4096 + 1000])
def test_a_damaged_index_is_noticed_and_made_anew_and_the_newest_are_found_meanwhile(
    store: Store, folder: Path, keys: StoreKeys, offset: int
) -> None:
    searched.receive(store, DAO)
    searched.index(store)
    store.close()
    _flip(folder / "search.db", offset)
    store = Store.open(folder, keys)
    assert searched.codes(store, "đào") == [DAO.code]
    with searched.indexing(store) as indexer:
        indexer.run_slice()
        searched.read_all(indexer)
        assert searched.codes(store, "đào") == [DAO.code]
        assert not store.search_file.is_condemned
    store.close()


@pytest.mark.expects_log("localdb.search")
@pytest.mark.parametrize("content", [b"", b"x", b"\x00" * 8192, os.urandom(8192)])
def test_a_file_that_is_no_index_is_replaced(store: Store, folder: Path, content: bytes) -> None:
    searched.receive(store, DAO)
    (folder / "search.db").write_bytes(content)
    assert searched.codes(store, "đào") == [DAO.code]
    assert searched.index(store) == 1
    assert searched.codes(store, "đào") == [DAO.code]


def test_damage_that_only_the_reader_sees_makes_the_indexer_begin_anew(store: Store, folder: Path) -> None:
    searched.receive(store, DAO)
    with searched.indexing(store) as indexer:
        searched.read_all(indexer)
        assert searched.codes(store, "đào") == [DAO.code]
        store.search_file.condemn()
        assert searched.codes(store, "đào") == [DAO.code]
        assert searched.read_all(indexer) == 1
        assert searched.codes(store, "đào") == [DAO.code]
    assert {path.name for path in folder.glob("search.db*")} <= {"search.db", "search.db-wal", "search.db-shm"}


def _take_a_table_away(store: Store) -> None:
    connection = store.search_file.open(writing=True)
    connection.execute("DROP TABLE documents")
    connection.close()


@pytest.mark.expects_log("localdb.search")
def test_an_index_that_the_engine_does_not_understand_is_made_anew_when_somebody_searches(store: Store) -> None:
    searched.receive(store, DAO)
    searched.index(store)
    _take_a_table_away(store)
    assert searched.codes(store, "đào") == [DAO.code]
    assert searched.index(store) == 1
    assert searched.codes(store, "đào") == [DAO.code]


def test_an_index_that_the_engine_does_not_understand_is_made_anew_when_something_changes(store: Store) -> None:
    searched.receive(store, DAO)
    searched.index(store)
    _take_a_table_away(store)
    searched.receive(store, BINH)
    with searched.indexing(store) as indexer:
        with pytest.raises(BugError):
            indexer.run_slice()
        assert searched.read_all(indexer) == 2


@pytest.mark.expects_log("localdb.search")
def test_an_index_of_another_key_is_dropped_and_made_anew(store: Store, folder: Path) -> None:
    searched.receive(store, DAO)
    searched.index(store)
    kept = (folder / "search.db").read_bytes()
    store.close()
    other_keys = StoreKeys.new(os.urandom)
    other_folder = folder.parent / "other"
    other = Store.create(other_folder, other_keys)
    samples.enrol(other)
    searched.receive(other, BINH)
    (other_folder / "search.db").write_bytes(kept)
    assert searched.codes(other, "bình") == [BINH.code]
    assert searched.index(other) == 1
    assert searched.codes(other, "bình") == [BINH.code]
    assert searched.codes(other, "đào") == []
    assert (other_folder / "search.db").read_bytes()[:16] != kept[:16]
    other.close()


@pytest.mark.expects_log("localdb.search")
def test_an_index_of_another_format_is_made_anew(store: Store) -> None:
    searched.receive(store, DAO)
    searched.index(store)
    connection = store.search_file.open(writing=True)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert searched.codes(store, "đào") == [DAO.code]
    assert searched.index(store) == 1
    assert searched.codes(store, "đào") == [DAO.code]


@pytest.mark.parametrize("changes_since", [0, 1, 5])
def test_an_index_that_is_ahead_of_a_restored_database_is_made_anew(
    store: Store, folder: Path, keys: StoreKeys, changes_since: int
) -> None:
    searched.receive(store, DAO)
    store.close()
    kept = (folder / "desk.db").read_bytes()
    store = Store.open(folder, keys)
    searched.receive(store, BINH)
    searched.index(store)
    store.close()
    (folder / "desk.db").write_bytes(kept)
    store = Store.open(folder, keys)
    for number in range(changes_since):
        searched.receive(store, Facts(name="Lý Thị Sen", code=f"H56.14-261122-001{number}"))
    searched.index(store)
    assert searched.codes(store, "trần văn") == []
    assert len(searched.codes(store, "sen")) == changes_since
    assert searched.codes(store, "đào") == [DAO.code]
    store.close()


def test_an_index_that_is_behind_its_database_catches_up(store: Store, folder: Path) -> None:
    searched.receive(store, DAO)
    searched.index(store)
    kept = (folder / "search.db").read_bytes()
    searched.receive(store, BINH)
    searched.index(store)
    store.search.close()
    (folder / "search.db").write_bytes(kept)
    searched.index(store)
    assert searched.codes(store, "0602") == [BINH.code]


def test_a_removed_index_is_made_anew(store: Store, folder: Path) -> None:
    searched.receive(store, DAO)
    searched.index(store)
    store.search.close()
    for path in folder.glob("search.db*"):
        path.unlink()
    assert searched.codes(store, "đào") == [DAO.code]
    assert searched.index(store) == 1


def test_an_indexer_that_is_stopped_anywhere_goes_on_where_it_was(store: Store) -> None:
    for number in range(6):
        searched.receive(store, Facts(code=f"H56.14-261122-000{number}", minute=number))
    ticks = iter(range(10_000))
    count = 0
    for _ in range(20):
        indexer = SearchIndexer(store, os.urandom, lambda: float(next(ticks)))
        count += indexer.run_slice(1.5).dossiers
        indexer.close()
    assert len(searched.codes(store, "bình")) == 6
    assert count == 6


def test_damage_of_the_database_itself_is_said_and_costs_no_index(store: Store, folder: Path, keys: StoreKeys) -> None:
    searched.receive(store, DAO)
    searched.index(store)
    searched.receive(store, dataclasses.replace(BINH, pages=("Giấy chứng nhận " * 40_000,)))
    store.close()
    _flip(folder / "desk.db", (folder / "desk.db").stat().st_size * 3 // 4)  # amid the long text
    store = Store.open(folder, keys)
    with searched.indexing(store) as indexer:
        for _ in range(2):
            with pytest.raises(KnownError, match="database-damaged"):
                indexer.run_slice()
    assert not store.search_file.is_condemned
    store.close()
