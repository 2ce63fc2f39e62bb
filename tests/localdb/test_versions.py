# SPDX-License-Identifier: GPL-3.0-or-later
"""Stores that earlier programs made, opened by this one: nothing in them is lost. Schema N made ``versions/N``."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from localdb import audit, dossiers, drafts, history, migrations, outbox, pages, papers, verified_copy
from localdb.connection import Connection
from localdb.store import Store
from localdb.verified_copy import UpgradeStage
from tests.localdb.keys_only import open_with_escrow, open_with_password
from tests.workstation.desk.counter import MONDAY_MORNING, Hand
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.list_dossiers import list_dossiers, show_dossier
from workstation.desk.sign_in import sign_in

VERSIONS = sorted(Path(__file__).with_name("versions").glob("[0-9]*"), key=lambda folder: int(folder.name))
NEWEST = len(migrations.shipped())
GONE: dict[str, frozenset[str]] = {}
"""Columns by table that a later step took away on purpose."""


class Made:
    """A copy of an old store.

    Attributes:
        version: Schema of the program that made it.
        folder: The workstation's folder.
        truth: What that program read from it: rows by column, by table.
        secrets: What opens it.
    """

    def __init__(self, source: Path, folder: Path) -> None:
        self.version = int(source.name)
        self.folder = folder
        truth = gzip.decompress((source / "truth.json.gz").read_bytes())
        self.truth: dict[str, list[dict[str, Any]]] = json.loads(truth)
        self.secrets: dict[str, str] = json.loads((source / "secrets.json").read_text())
        shutil.copytree(source / "data", folder)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o700 if path.is_dir() else 0o600)

    @property
    def desk(self) -> DeskFolder:
        return DeskFolder(self.folder)

    def open(self) -> Store:
        """Open it with today's program."""
        keys = open_with_password(self.desk.key_file, self.secrets["login"], self.secrets["password"])
        return Store.open(self.folder, keys)

    def assert_kept_in(self, connection: Connection) -> None:
        """See that every row is there, in every column that was not taken away on purpose, and no other row."""
        for table, rows in self.truth.items():
            columns = [name for name in _columns(connection, table) if not rows or name in rows[0]]
            lost = {name for row in rows[:1] for name in row} - set(columns)
            assert lost == GONE.get(table, frozenset()), table
            found = connection.rows(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608 - names of the schema
            assert Counter(map(_as_text, found)) == Counter(
                _as_text([_value(row[name]) for name in columns]) for row in rows
            ), table


@pytest.fixture(params=VERSIONS, ids=lambda folder: f"schema-{folder.name}")
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Made:
    return Made(request.param, tmp_path / "data")


def _columns(connection: Connection, table: str) -> list[str]:
    return [row[1] for row in connection.rows(f"PRAGMA table_info({table})")]


def _value(value: Any) -> Any:
    return bytes.fromhex(value["hex"]) if isinstance(value, dict) else value


def _as_text(row: Any) -> str:
    return repr(tuple(row))


def test_there_is_a_store_of_every_schema_that_was_released() -> None:
    assert [int(folder.name) for folder in VERSIONS] == list(range(1, NEWEST))


def test_everything_in_it_is_there_after_the_upgrade_and_in_the_copy_before(made: Made) -> None:
    store = made.open()
    with store.reading() as connection:
        assert migrations.version(connection) == NEWEST
        made.assert_kept_in(connection)
        assert connection.rows("PRAGMA integrity_check") == [("ok",)]
        assert connection.rows("PRAGMA foreign_key_check") == []
        keys = store.keys
    store.close()
    if made.version == NEWEST - 1:
        before = verified_copy.path_before(made.folder / "desk.db", NEWEST)
        copy = Connection.open(before, keys, writing=False)
        assert migrations.version(copy) == made.version
        made.assert_kept_in(copy)
        copy.close()


def test_the_upgraded_schema_is_the_same_as_that_of_a_new_store(made: Made, tmp_path: Path) -> None:
    def schema(store: Store) -> list[tuple[str, str, str]]:
        with store.reading() as connection:
            rows = connection.rows("SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
        store.close()
        return rows

    old = made.open()
    assert schema(old) == schema(Store.create(tmp_path / "new", old.keys))


def test_todays_modules_read_it(made: Made) -> None:
    store = made.open()
    with store.reading() as connection:
        for row in made.truth["dossiers"]:
            dossier = dossiers.get(connection, row["dossier_id"])
            assert dossier.code == row["code"]
            assert len(papers.of_dossier(connection, dossier.dossier_id)) > 0
            assert len(pages.of_dossier(connection, dossier.dossier_id)) > 0
            assert len(history.of_dossier(connection, dossier.dossier_id)) == 1
            assert len(outbox.operations_of(connection, dossier.dossier_id)) > 3
        clerk_id = made.truth["clerks"][0]["clerk_id"]
        assert [draft.dossier_id for draft in drafts.open_drafts(connection, clerk_id)] == [
            row["dossier_id"] for row in made.truth["drafts"] if row["closed_at"] is None
        ]
        answers = made.truth["outbox"]
        assert outbox.summary(connection).rejected == sum(row["rejection_code"] is not None for row in answers)
        assert outbox.summary(connection).count == sum(
            row["rejection_code"] is None and row["acknowledged_sequence"] is None for row in answers
        )
        for row in made.truth["objects"]:
            assert len(store.objects.read(connection, row["object_id"])) == row["plaintext_size"]
    store.close()


def test_its_trail_holds(made: Made) -> None:
    store = made.open()
    with store.reading() as connection:
        report = audit.verify(connection)
    assert (report.chain_ok, report.entries) == (True, len(made.truth["audit_entries"]))
    store.close()


def test_its_clerk_signs_in_and_finds_her_dossiers(made: Made) -> None:
    stages: list[UpgradeStage] = []
    session = sign_in(
        made.desk,
        made.secrets["login"],
        made.secrets["password"],
        clock=Hand(MONDAY_MORNING),
        random_bytes=os.urandom,
        on_upgrade=lambda progress: stages.append(progress.stage),
    )
    assert set(stages) == set(UpgradeStage)
    found = list_dossiers(session)
    assert {row.dossier.code for row in found} == {row["code"] for row in made.truth["dossiers"]}
    for row in found:
        assert show_dossier(session, row.dossier.dossier_id).papers
    session.close()


def test_the_provinces_key_opens_it(made: Made) -> None:
    with_password = open_with_password(made.desk.key_file, made.secrets["login"], made.secrets["password"])
    with_escrow = open_with_escrow(made.desk.key_file, bytes.fromhex(made.secrets["escrow"]))
    assert with_escrow == with_password
