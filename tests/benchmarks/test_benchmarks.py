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
from benchmarks import localdb as area
from benchmarks.big_store import PAGES_PER_DOSSIER, BigStore, big_store
from benchmarks.query_mix import query_mix
from benchmarks.rows import Row
from localdb import audit, dossiers, search_words
from localdb.search_indexer import SearchIndexer
from localdb.store import Store

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
