# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk is set up once, opens for its clerk only, and is never made anew over what may still be somebody's data."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casework.errors import KnownError
from casework.records.workplace import Role
from localdb import audit
from localdb.store import DATABASE_NAME
from tests.workstation.desk.counter import (
    PASSWORD,
    SLOT,
    UNIT,
    Hand,
    code_of,
    enrolment,
    latest_draft,
    open_desk,
    set_up_at,
    sign_in_at,
)
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.keep_draft import start_draft
from workstation.desk.set_up_desk import FirstClerk

UNTIL_A_POWER_CUT = """
import os, pathlib, pkgutil, sys
from tests.workstation.desk.counter import MONDAY_MORNING, Hand, enrolment, set_up_at
from workstation.desk.desk_folder import DeskFolder
place, _, name = sys.argv[2].rpartition(".")
setattr(pkgutil.resolve_name(place), name, lambda *_, **__: os._exit(9))
set_up_at(DeskFolder(pathlib.Path(sys.argv[1])), Hand(MONDAY_MORNING), enrolment())
"""


def everything_in(folder: DeskFolder) -> dict[str, bytes]:
    return {str(path.relative_to(folder.root)): path.read_bytes() for path in folder.root.rglob("*") if path.is_file()}


def test_a_desk_that_was_set_up_opens_for_its_clerk_with_every_role(folder: DeskFolder, clock: Hand) -> None:
    was_set_up = folder.is_set_up
    session = sign_in_at(folder, clock, enrolment("4c1d2e3f-0000-4000-8000-000000000001"))
    assert (was_set_up, folder.is_set_up) == (False, True)
    assert (session.clerk.login, session.clerk.full_name) == ("lan", "Lê Thị Lan")
    assert session.clerk.roles == frozenset(Role)
    assert session.workstation.device_id == "4c1d2e3f-0000-4000-8000-000000000001"
    assert (session.workstation.slot, session.workstation.unit) == (SLOT, UNIT)
    with session.store.reading() as connection:
        assert audit.verify(connection).chain_ok
    session.close()


def test_a_name_is_found_however_it_is_typed(folder: DeskFolder, clock: Hand) -> None:
    set_up_at(folder, clock, enrolment(), FirstClerk(" Lan ", "Lê Thị Lan", PASSWORD))
    for typed in ("lan", "LAN", " Lan"):
        open_desk(folder, clock, typed).close()


def test_a_password_typed_with_the_other_kind_of_accents_opens_too(folder: DeskFolder, clock: Hand) -> None:
    set_up_at(folder, clock, enrolment(), FirstClerk("lan", "Lê Thị Lan", "cửa sổ mở"))
    open_desk(folder, clock, password="cửa sổ mở").close()


@pytest.mark.parametrize(
    ("login", "password", "code"),
    [("lan", "một cửa đóng cửa", "wrong-password"), ("lan", "", "wrong-password"), ("hoa", PASSWORD, "no-such-clerk")],
)
def test_nobody_else_gets_in(folder: DeskFolder, clock: Hand, login: str, password: str, code: str) -> None:
    set_up_at(folder, clock, enrolment())
    before = everything_in(folder)
    assert code_of(lambda: open_desk(folder, clock, login, password)) == code
    folder.password_tries.unlink(missing_ok=True)
    assert everything_in(folder) == before


def test_a_desk_that_is_set_up_is_not_set_up_again(folder: DeskFolder, clock: Hand) -> None:
    set_up_at(folder, clock, enrolment())
    before = everything_in(folder)
    again = FirstClerk("hoa", "Trần Thị Hoa", "mật khẩu khác hẳn")
    assert code_of(lambda: set_up_at(folder, clock, enrolment(), again)) == "already-set-up"
    assert everything_in(folder) == before


@pytest.mark.parametrize(
    ("clerk", "code"),
    [
        (FirstClerk("lan", "Lê Thị Lan", "bảy chữ"), "password-too-short"),
        (FirstClerk(" ", "Lê Thị Lan", PASSWORD), "name-missing"),
        (FirstClerk("lan", "\u200b \t", PASSWORD), "name-missing"),
    ],
)
def test_a_clerk_without_name_or_with_a_short_password_sets_nothing_up(
    folder: DeskFolder, clock: Hand, clerk: FirstClerk, code: str
) -> None:
    assert code_of(lambda: set_up_at(folder, clock, enrolment(), clerk)) == code
    assert not folder.root.exists()


def test_the_shortest_password_is_said(folder: DeskFolder, clock: Hand) -> None:
    with pytest.raises(KnownError) as caught:
        set_up_at(folder, clock, enrolment(), FirstClerk("lan", "Lê Thị Lan", "1234567"))
    assert caught.value.details == {"shortest": "8"}
    set_up_at(folder, clock, enrolment(), FirstClerk("lan", "Lê Thị Lan", "12345678"))


def changed(**changes: object) -> bytes:
    return json.dumps({**json.loads(enrolment()), **changes}).encode()


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "enrolment-damaged"),
        (b"\x89PNG\r\n\x1a\n", "enrolment-damaged"),
        (enrolment()[:200], "enrolment-damaged"),
        (changed(slot=99), "enrolment-damaged"),
        (changed(gateway_seal_public="AAAA"), "enrolment-damaged"),
        (changed(version=2), "enrolment-version"),
    ],
    ids=["empty", "picture", "cut", "slot", "key", "version"],
)
def test_a_damaged_enrolment_file_sets_nothing_up(folder: DeskFolder, clock: Hand, file: bytes, code: str) -> None:
    assert code_of(lambda: set_up_at(folder, clock, file)) == code
    assert not folder.root.exists()


def test_a_missing_database_is_not_replaced_by_an_empty_one(folder: DeskFolder, clock: Hand) -> None:
    set_up_at(folder, clock, enrolment())
    (folder.root / DATABASE_NAME).unlink()
    assert code_of(lambda: open_desk(folder, clock)) == "database-missing"
    assert code_of(lambda: set_up_at(folder, clock, enrolment())) == "already-set-up"
    assert not (folder.root / DATABASE_NAME).exists()


def test_an_emptied_database_is_not_taken_for_a_new_one(folder: DeskFolder, clock: Hand) -> None:
    set_up_at(folder, clock, enrolment())
    (folder.root / DATABASE_NAME).write_bytes(b"")
    assert code_of(lambda: open_desk(folder, clock)) == "database-damaged"
    assert (folder.root / DATABASE_NAME).read_bytes() == b""


def test_the_database_of_another_desk_is_neither_opened_nor_replaced(
    folder: DeskFolder, clock: Hand, tmp_path: Path
) -> None:
    set_up_at(folder, clock, enrolment())
    other = DeskFolder(tmp_path / "other")
    set_up_at(other, clock, enrolment())
    shutil.copy(other.root / DATABASE_NAME, folder.root / DATABASE_NAME)
    foreign = (folder.root / DATABASE_NAME).read_bytes()
    assert code_of(lambda: open_desk(folder, clock)) == "wrong-key"
    assert (folder.root / DATABASE_NAME).read_bytes() == foreign


def test_a_database_whose_key_file_is_lost_is_not_set_up_over(folder: DeskFolder, clock: Hand) -> None:
    set_up_at(folder, clock, enrolment())
    for path in folder.root.glob("keys.json*"):
        path.rename(path.with_name(f"lost-{path.name}"))
    before = everything_in(folder)
    assert code_of(lambda: open_desk(folder, clock)) == "key-file-missing"
    assert code_of(lambda: set_up_at(folder, clock, enrolment())) == "key-file-missing"
    assert everything_in(folder) == before


def test_the_second_copy_of_the_key_file_brings_a_desk_back(folder: DeskFolder, clock: Hand) -> None:
    session = sign_in_at(folder, clock, enrolment())
    _, changes = start_draft(session)
    session.close()
    (folder.root / "keys.json").unlink()
    (folder.root / "keys.json.previous").rename(folder.root / "keys.json")
    session = open_desk(folder, clock)
    left = latest_draft(session)
    assert left is not None
    assert {left.dossier_id} == changes.drafts
    session.close()


@pytest.mark.parametrize(
    ("last_step", "code"),
    [
        ("localdb.store.Store.create", "database-missing"),
        ("localdb.clerks.add", "not-enrolled"),
        ("sync_agent.desk_keys.enrol", "not-enrolled"),
    ],
)
def test_a_set_up_that_a_power_cut_ended_is_neither_opened_nor_built_upon(
    folder: DeskFolder, clock: Hand, last_step: str, code: str
) -> None:
    cut = subprocess.run([sys.executable, "-c", UNTIL_A_POWER_CUT, str(folder.root), last_step], check=False)
    assert cut.returncode == 9
    assert code_of(lambda: open_desk(folder, clock)) == code
    left = everything_in(folder)
    assert code_of(lambda: set_up_at(folder, clock, enrolment())) == "already-set-up"
    assert everything_in(folder) == left


def test_the_last_copy_of_a_key_file_is_not_written_over(folder: DeskFolder, clock: Hand) -> None:
    set_up_at(folder, clock, enrolment())
    (folder.root / "keys.json").unlink()
    (folder.root / DATABASE_NAME).rename(folder.root / "backup.db")
    before = everything_in(folder)
    assert code_of(lambda: set_up_at(folder, clock, enrolment())) == "already-set-up"
    assert everything_in(folder) == before


@pytest.mark.parametrize("in_the_way", ["desk.db.new", "device.key"])
def test_a_set_up_that_failed_can_be_done_again_once_the_fault_is_mended(
    folder: DeskFolder, clock: Hand, in_the_way: str
) -> None:
    (folder.root / in_the_way).mkdir(parents=True)
    assert code_of(lambda: set_up_at(folder, clock, enrolment())) in {"disk-error", "no-access"}
    assert not folder.is_set_up
    (folder.root / in_the_way).rmdir()
    sign_in_at(folder, clock, enrolment()).close()
