# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway's folder: its keys, its database, and what it refuses to begin with."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import BugError, KnownError
from gateway.folder import open_gateway, serving_place
from gateway.keys import create_keys, read_keys
from gateway.schema import MIGRATIONS
from gateway.sealed_columns import SealedColumns
from gateway.sqlite_storage import SqliteDatabase


def test_the_keys_stay_and_belong_to_their_owner_alone(tmp_path: Path) -> None:
    first = create_keys(tmp_path / "keys")
    again = create_keys(tmp_path / "keys")
    assert first.data == again.data
    assert first.signing.private_bytes_raw() == again.signing.private_bytes_raw()
    assert first.sealing.private_bytes_raw() == again.sealing.private_bytes_raw()
    assert len({first.data, first.signing.private_bytes_raw(), first.sealing.private_bytes_raw()}) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()} == {0o600}
    assert first.data.hex() not in repr(first)
    assert repr(first.data) not in repr(first)


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    create_keys(tmp_path)
    (tmp_path / "data.key").chmod(0o640)
    with pytest.raises(KnownError) as caught:
        read_keys(tmp_path)
    assert caught.value.code == "key-file-exposed"


def test_a_key_of_the_wrong_size_is_not_used(tmp_path: Path) -> None:
    create_keys(tmp_path)
    (tmp_path / "sign.key").write_bytes(b"short")
    with pytest.raises(KnownError) as caught:
        read_keys(tmp_path)
    assert caught.value.code == "key-file-damaged"


def test_lost_keys_are_never_replaced_by_new_ones(tmp_path: Path) -> None:
    with open_gateway(tmp_path) as gateway:
        epoch = gateway.epoch
    data_key = (tmp_path / "keys" / "data.key").read_bytes()
    (tmp_path / "keys" / "data.key").unlink()
    with pytest.raises(KnownError) as caught, open_gateway(tmp_path):
        pass
    assert caught.value.code == "gateway-keys-missing"
    (tmp_path / "keys" / "data.key").write_bytes(bytes(32))
    (tmp_path / "keys" / "data.key").chmod(0o600)
    with pytest.raises(KnownError) as caught, open_gateway(tmp_path):
        pass
    assert caught.value.code == "gateway-keys-mismatch"
    (tmp_path / "keys" / "data.key").write_bytes(data_key)
    with open_gateway(tmp_path) as gateway:
        assert gateway.epoch == epoch


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_everything_in_the_folder_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "gateway"
    with serving_place(folder), open_gateway(folder):
        modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}
        folders = {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*")) if path.is_dir()}
    assert (modes, folders) == ({0o600}, {0o700})


def test_a_database_of_a_later_release_is_left_alone(tmp_path: Path) -> None:
    with open_gateway(tmp_path):
        pass
    connection = sqlite3.connect(tmp_path / "gateway.db")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(KnownError) as caught, open_gateway(tmp_path):
        pass
    assert caught.value.code == "gateway-database-newer"


def test_a_failed_transaction_changes_nothing(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "gateway.db")
    with pytest.raises(RuntimeError), database.write() as transaction:  # noqa: PT012 — the block is what fails
        transaction.execute("INSERT INTO nonces (device_id, nonce, seen_at) VALUES ('a', 'b', 1)")
        raise RuntimeError
    with database.read() as transaction:
        assert transaction.rows("SELECT * FROM nonces") == []
    database.close()


def test_a_reader_sees_one_state_while_a_writer_works(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "gateway.db")
    with database.read() as reader:
        assert reader.rows("SELECT * FROM nonces") == []
        with database.write() as transaction:
            transaction.execute("INSERT INTO nonces (device_id, nonce, seen_at) VALUES ('a', 'b', 1)")
        assert reader.rows("SELECT * FROM nonces") == []
    with database.read() as reader:
        assert reader.rows("SELECT nonce FROM nonces") == [("b",)]
    database.close()


@pytest.mark.parametrize(("durable", "level"), [(True, 2), (False, 1)])
def test_only_what_may_be_forgotten_skips_the_sync(tmp_path: Path, durable: bool, level: int) -> None:
    database = SqliteDatabase(tmp_path / "gateway.db")
    with database.write(durable=durable) as transaction:
        assert transaction.row("PRAGMA synchronous") == (level,)
    database.close()


def test_a_writer_that_waits_too_long_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.sqlite_storage._BUSY_TIMEOUT_MS", 50)
    one, other = SqliteDatabase(tmp_path / "gateway.db"), SqliteDatabase(tmp_path / "gateway.db")
    with one.write(), pytest.raises(KnownError) as caught, other.write():
        pass
    assert (caught.value.code, caught.value.retryable) == ("gateway-busy", True)
    one.close()
    other.close()


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "gateway.db")
    with pytest.raises(KnownError) as caught, database.write() as transaction:  # noqa: PT012 — the block is what fails
        transaction.row("PRAGMA max_page_count = 60")
        transaction.execute("INSERT INTO nonces (device_id, nonce, seen_at) VALUES ('a', ?, 1)", "n" * 500_000)
    assert (caught.value.code, caught.value.retryable) == ("gateway-disk-full", True)
    with database.read() as transaction:
        assert transaction.rows("SELECT * FROM nonces") == []
    database.close()


@given(value=st.binary(max_size=200))
def test_a_sealed_column_opens_in_its_own_row_only(value: bytes) -> None:
    columns = SealedColumns(bytes(32))
    sealed = columns.seal("feed", "14797/1", value)
    assert columns.open("feed", "14797/1", sealed) == value
    assert len(value) < 8 or value not in sealed
    for table, row, key in [
        ("feed", "14797/2", bytes(32)),
        ("operations", "14797/1", bytes(32)),
        ("feed", "14797/1", b"k" * 32),
    ]:
        with pytest.raises(BugError):
            SealedColumns(key).open(table, row, sealed)


@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_changed_sealed_column_does_not_open(place: int, bit: int) -> None:
    columns = SealedColumns(bytes(32))
    sealed = bytearray(columns.seal("feed", "14797/1", b"content"))
    sealed[place % len(sealed)] ^= 1 << bit
    with pytest.raises(BugError):
        columns.open("feed", "14797/1", bytes(sealed))
