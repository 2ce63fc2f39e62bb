# SPDX-License-Identifier: GPL-3.0-or-later
"""The made-up store and the runner; never how fast anything is."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import __main__ as runner
from benchmarks import desk_speed, search_speed
from benchmarks import localdb as area
from benchmarks.big_store import PAGES_PER_DOSSIER, BigStore, big_store
from benchmarks.query_mix import query_mix
from benchmarks.rows import Row
from localdb import audit, dossiers, search_words
from localdb.search_indexer import SearchIndexer
from localdb.store import DATABASE_NAME, Store
from localdb.store_keys import StoreKeys
from workstation.desk.background_program import BackgroundProgram
from workstation.desk.background_wire import BackgroundOrders

DOSSIERS = 120


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> BigStore:
    return big_store(tmp_path_factory.mktemp("big"), DOSSIERS, lambda _: None)


@pytest.fixture
def store(made: BigStore) -> Iterator[Store]:
    store = Store.open(made.folder, made.keys)
    yield store
    store.close()


def test_a_made_up_store_agrees_with_itself(store: Store) -> None:
    with store.reading() as connection:
        assert connection.rows("PRAGMA foreign_key_check") == []
        assert connection.rows("PRAGMA integrity_check") == [("ok",)]
        assert audit.verify(connection).chain_ok
        for table, count in (("dossiers", DOSSIERS), ("pages", DOSSIERS * PAGES_PER_DOSSIER)):
            assert connection.rows(f"SELECT count(*) FROM {table}") == [(count,)]  # noqa: S608 - names above
        newest = dossiers.newest(connection, 10)
        assert [row.page_count for row in newest] == [PAGES_PER_DOSSIER] * 10
        texts = [text for (text,) in connection.rows("SELECT text FROM pages")]
    assert len(set(texts)) > len(texts) * 0.8
    assert 100 < sum(len(search_words.words(text)) for text in texts) / len(texts) < 250


def test_a_store_of_the_same_size_is_used_again_and_one_of_another_size_made_anew(made: BigStore) -> None:
    said: list[str] = []
    assert big_store(made.folder, DOSSIERS, said.append) == made
    assert said == []


def test_the_same_seed_makes_the_same_store(made: BigStore, tmp_path: Path) -> None:
    other = big_store(tmp_path, DOSSIERS, lambda _: None)
    stores = [Store.open(one.folder, one.keys) for one in (made, other)]
    for sql in ("SELECT code, applicant_id FROM dossiers ORDER BY 1", "SELECT page_id, text FROM pages ORDER BY 1"):
        contents = []
        for store in stores:
            with store.reading() as connection:
                contents.append(connection.rows(sql))
        assert contents[0] == contents[1]
    for store in stores:
        store.close()


def test_what_the_mix_asks_for_is_found(store: Store) -> None:
    indexer = SearchIndexer(store, os.urandom)
    while indexer.run_slice(2.0).is_more:
        pass
    indexer.close()
    with store.reading() as connection:
        mix = query_mix(connection)
        assert mix == query_mix(connection)
        assert len(mix["common words"]) == 20
        for texts in mix.values():
            for text in texts:
                found = store.search.find(connection, text, 50)
                assert found.dossiers, text
                assert found.is_complete


def test_what_making_the_index_from_nothing_took_is_told_again_later(tmp_path: Path) -> None:
    made = big_store(tmp_path, 10, lambda _: None)
    first: list[str] = []
    search_speed.make_index(made, first.append)
    assert first[0].startswith("10 dossiers indexed in ")
    again: list[str] = []
    search_speed.make_index(made, again.append)
    assert again == first


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the hands at the counter be quick and few."""
    for name, value in {
        "_ROUNDS": 1,
        "_RECEPTIONS_A_ROUND": 2,
        "_COMMITS": 21,
        "_LONGEST_PAUSE": 0.01,
        "_BREATH": 0.3,
    }.items():
        monkeypatch.setattr(desk_speed, name, value)


@pytest.mark.usefixtures("hurry")
def test_receiving_leaves_the_made_up_store_as_it_was(made: BigStore) -> None:
    before = (made.folder / DATABASE_NAME).read_bytes()
    rows = desk_speed.receiving(made)
    assert [row.name for row in rows] == ["receive_dossier", "reception_whole"]
    assert (made.folder / DATABASE_NAME).read_bytes() == before


@pytest.mark.usefixtures("hurry")
def test_commits_go_on_until_the_background_program_has_done_its_first_work(made: BigStore) -> None:
    names = [row.name for row in desk_speed.committing_beside_the_background(made)]
    assert names[:2] == ["desk_commit_alone", "desk_commit_with_background"]
    assert set(names[2:]) <= {"desk_commit_while_publishing"}


@pytest.mark.usefixtures("hurry")
def test_a_row_says_that_the_background_program_was_not_done(made: BigStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_speed, "_LONGEST_SECONDS", 0.01)
    names = [row.name for row in desk_speed.committing_beside_the_background(made)]
    assert names == ["desk_commit_alone", "desk_commit_with_background_unfinished"]


@pytest.mark.usefixtures("hurry")
def test_beside_a_background_program_that_ended_nothing_is_measured(
    made: BigStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def that_cannot_open(orders: BackgroundOrders) -> BackgroundProgram:
        return BackgroundProgram(dataclasses.replace(orders, keys=StoreKeys.new(os.urandom)))

    monkeypatch.setattr(desk_speed, "BackgroundProgram", that_cannot_open)
    with pytest.raises(RuntimeError, match="ended"):
        desk_speed.committing_beside_the_background(made)


def test_a_row_says_what_its_ratio_means() -> None:
    assert Row.limit("search", 12.0, 30.0, "ms").ratio == 0.4
    assert Row.overhead("commit", 3.0, 2.0, "plain", "ms").ratio == 1.5
    assert Row.against("object_write", 2.0, 5.0, "BLOB", "ms").ratio == 2.5


def test_the_runner_prints_a_table_and_writes_the_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = Row.limit("search", 12.345, 30.0, "ms p95")
    monkeypatch.setattr(area, "measure", lambda options: [row] * (options.dossiers == 7))
    assert runner.main(["localdb", "--dossiers", "7", "--json", str(tmp_path / "rows.json")]) == 0
    first, last = json.loads((tmp_path / "rows.json").read_text())
    assert first == dataclasses.asdict(row)
    assert set(first) == {"name", "ours", "peer", "peer_name", "ratio", "unit"}
    assert last["name"] == "calibration"
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["name", "search", "calibration"]
    assert "12.35" in lines[1] or "12.34" in lines[1]


@pytest.mark.parametrize("arguments", [[], ["nothing"], ["localdb", "--dossiers", "many"], ["localdb", "--only", "x"]])
def test_a_wrong_command_line_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        runner.main(arguments)
    assert ending.value.code == 2
    assert "usage" in capsys.readouterr().err
