# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords, sheets of paper and keys of a desk change: nobody gets in who should not, nobody is shut out for good."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.records.workplace import Role
from demo.plaintext_check import find_leaks
from localdb import key_file
from localdb.connection import Connection
from localdb.store import DATABASE_NAME
from tests.localdb.keys_only import open_with_password
from tests.workstation.desk.counter import (
    CHEAP,
    CLERK,
    PASSWORD,
    Hand,
    code_of,
    enrolment,
    latest_draft,
    open_desk,
    set_up_at,
    sign_in_at,
    trail,
)
from workstation.desk.add_clerk import NewClerk, add_clerk
from workstation.desk.change_password import change_password
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.keep_draft import start_draft
from workstation.desk.make_recovery_sheet import RecoverySheet, make_recovery_sheet
from workstation.desk.put_escrow_key import put_escrow_key
from workstation.desk.recover_store import EscrowKey, RecoveryWords, recover_store
from workstation.desk.revoke_clerk import revoke_clerk
from workstation.desk.rotate_keys import rotate_keys
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in

NEW_PASSWORD = "cửa mới mở ra"
HOA = NewClerk("hoa", "Trần Thị Hoa", frozenset({Role.CLERK}), "mật khẩu của Hoa")
VERSION_1 = Path(__file__).parents[2] / "localdb" / "versions" / "1"


def deeds(session: DeskSession) -> list[tuple[str, str]]:
    """Who did what."""
    return [(actor, action) for actor, action, _ in trail(session)]


def words_of(sheet: RecoverySheet) -> str:
    """Read the QR code of a printed sheet."""
    page = pypdfium2.PdfDocument(io.BytesIO(sheet.document))[0]
    (code,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    return code.text


def key_files(folder: DeskFolder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.root.glob("keys.json*")}


# Passwords -----------------------------------------------------------------------------------------------------------


def test_a_clerk_chooses_another_password(folder: DeskFolder, clock: Hand, session: DeskSession) -> None:
    change_password(session, PASSWORD, NEW_PASSWORD, cost=CHEAP)
    assert deeds(session)[-1] == (session.clerk.clerk_id, "clerk.password-changed")
    session.close()
    assert code_of(lambda: open_desk(folder, clock)) == "wrong-password"
    open_desk(folder, clock, password=NEW_PASSWORD).close()


def test_whoever_finds_a_desk_open_cannot_change_its_password(session: DeskSession) -> None:
    before = key_files(session.folder)
    assert code_of(lambda: change_password(session, "chắc là cái này", NEW_PASSWORD)) == "wrong-password"
    assert code_of(lambda: change_password(session, PASSWORD, "ngắn")) == "password-too-short"
    assert key_files(session.folder) == before
    assert session.folder.password_tries.exists()


def test_wrong_passwords_make_everybody_wait_and_the_right_one_ends_it(folder: DeskFolder, clock: Hand) -> None:
    set_up_at(folder, clock, enrolment())
    ticks = iter(range(1000, 2000, 1))

    def attempt(password: str) -> DeskSession:
        return sign_in(
            folder, CLERK.login, password, clock=clock, random_bytes=os.urandom, ticks=lambda: float(next(ticks))
        )

    codes = [code_of(lambda: attempt("đoán bừa")) for _ in range(6)]
    assert codes[:3] == ["wrong-password"] * 3
    assert "too-many-tries" in codes
    for _ in range(40):
        next(ticks)
    attempt(PASSWORD).close()
    assert not folder.password_tries.exists()


# The key file --------------------------------------------------------------------------------------------------------


def test_a_desk_of_version_1_has_a_key_file_of_version_2_after_the_next_sign_in(tmp_path: Path, clock: Hand) -> None:
    folder = DeskFolder(Path(shutil.copytree(VERSION_1 / "data", tmp_path / "desk")))
    for path in [folder.root, *folder.root.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)
    session = open_desk(folder, clock)
    assert session.notices == ()
    (slot, escrow) = session.key_file.slots
    assert (slot.login, slot.clerk_id, escrow.kind) == ("lan", session.clerk.clerk_id, "escrow")
    session.close()
    assert all(b'"version": 2' in content for content in key_files(folder).values())
    open_desk(folder, clock).close()


@pytest.mark.parametrize("name", ["keys.json", "keys.json.previous"])
def test_a_damaged_copy_of_the_key_file_is_mended_and_the_clerk_is_told(
    folder: DeskFolder, clock: Hand, name: str
) -> None:
    sign_in_at(folder, clock, enrolment()).close()
    (folder.root / name).write_bytes(os.urandom(700))
    session = open_desk(folder, clock)
    assert session.notices == ("key-file-mended",)
    assert deeds(session)[-2:] == [
        (session.clerk.clerk_id, "keys.file-mended"),
        (session.clerk.clerk_id, "clerk.signed-in"),
    ]
    session.close()
    assert len(set(key_files(folder).values())) == 1
    session = open_desk(folder, clock)
    assert session.notices == ()
    session.close()


def test_a_key_file_that_was_put_back_lets_nobody_in_any_more(folder: DeskFolder, clock: Hand) -> None:
    session = sign_in_at(folder, clock, enrolment())
    hoa = add_clerk(session, HOA, cost=CHEAP)
    before = key_files(folder)
    revoke_clerk(session, hoa.clerk_id)
    session.close()
    for name, content in before.items():
        (folder.root / name).write_bytes(content)
    for login, password in ((HOA.login, HOA.password), (CLERK.login, PASSWORD)):
        assert code_of(lambda login=login, password=password: open_desk(folder, clock, login, password)) == (  # type: ignore[misc]
            "key-file-put-back"
        )
    assert key_files(folder) == before


# Rotation ------------------------------------------------------------------------------------------------------------


def test_after_a_rotation_an_old_key_file_opens_nothing_and_the_clerk_notices_nothing(
    folder: DeskFolder, clock: Hand, tmp_path: Path
) -> None:
    session = sign_in_at(folder, clock, enrolment())
    _, changes = start_draft(session)
    shutil.copy(folder.key_file, tmp_path / "keys.json")
    rotate_keys(session)
    old = open_with_password(tmp_path / "keys.json", CLERK.login, PASSWORD)
    assert (folder.root / DATABASE_NAME).read_bytes()[:16] != old.database_salt
    session = open_desk(folder, clock)
    assert session.store.keys != old
    left = latest_draft(session)
    assert left is not None
    assert {left.dossier_id} == changes.drafts
    told = [action for _, action in deeds(session)]
    assert told[-3:] == ["keys.rotation-begun", "keys.rotated", "clerk.signed-in"]
    session.close()


def test_a_rotation_that_somebody_is_in_the_way_of_is_finished_at_the_next_sign_in(
    folder: DeskFolder, clock: Hand
) -> None:
    session = sign_in_at(folder, clock, enrolment())
    old = session.store.keys.copy()
    in_the_way = Connection.open(folder.root / DATABASE_NAME, old, writing=False)
    assert code_of(lambda: rotate_keys(session)) == "database-busy"
    in_the_way.close()
    session = open_desk(folder, clock)
    assert session.store.keys != old
    assert session.key_file.next_keys is None
    session.close()


def test_whoever_may_not_rotate_keys_stays_signed_in(folder: DeskFolder, clock: Hand, session: DeskSession) -> None:
    add_clerk(session, HOA, cost=CHEAP)
    session.close()
    hers = open_desk(folder, clock, HOA.login, HOA.password)
    for verb in (rotate_keys, make_recovery_sheet, lambda each: put_escrow_key(each, bytes(range(32)))):
        assert code_of(lambda verb=verb: verb(hers)) == "not-allowed"  # type: ignore[misc]
    start_draft(hers)
    hers.close()


# Recovery ------------------------------------------------------------------------------------------------------------


def test_a_recovery_sheet_opens_a_desk_whose_passwords_are_lost(folder: DeskFolder, clock: Hand) -> None:
    session = sign_in_at(folder, clock, enrolment())
    sheet = make_recovery_sheet(session)
    clerk_id = session.clerk.clerk_id
    assert deeds(session)[-1] == (clerk_id, "keys.recovery-sheet-made")
    session.close()
    clerk = recover_store(
        folder,
        RecoveryWords(words_of(sheet)),
        login="LAN ",
        new_password=NEW_PASSWORD,
        clock=clock,
        random_bytes=os.urandom,
        cost=CHEAP,
    )
    assert (clerk.clerk_id, clerk.roles) == (clerk_id, frozenset(Role))
    assert code_of(lambda: open_desk(folder, clock)) == "wrong-password"
    session = open_desk(folder, clock, password=NEW_PASSWORD)
    assert deeds(session)[-2:] == [("recovery-sheet", "store.recovered"), (clerk_id, "clerk.signed-in")]
    session.close()


def test_a_sheet_that_cannot_be_typeset_leaves_the_older_one_valid(
    folder: DeskFolder, clock: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = sign_in_at(folder, clock, enrolment())
    sheet = make_recovery_sheet(session)
    before, told = key_files(folder), deeds(session)

    def no_memory(_: object) -> bytes:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr("workstation.desk.make_recovery_sheet.recovery_sheet_pdf", no_memory)
        with pytest.raises(MemoryError):
            make_recovery_sheet(session)
    assert (key_files(folder), deeds(session)) == (before, told)
    assert sheet.number in {slot.number for slot in session.key_file.slots}
    session.close()
    key_file.unlock_with_words(folder.key_file, words_of(sheet)).wipe()


def test_the_province_makes_itself_an_administrator_where_nobody_is_left(folder: DeskFolder, clock: Hand) -> None:
    session = sign_in_at(folder, clock, enrolment())
    escrow = X25519PrivateKey.generate()
    put_escrow_key(session, escrow.public_key().public_bytes_raw())
    assert deeds(session)[-1] == (session.clerk.clerk_id, "keys.escrow-put")
    session.close()
    proof = EscrowKey(escrow.private_bytes_raw())

    def recover(login: str, full_name: str) -> object:
        return recover_store(
            folder,
            proof,
            login=login,
            full_name=full_name,
            new_password=NEW_PASSWORD,
            clock=clock,
            random_bytes=os.urandom,
            cost=CHEAP,
        )

    assert code_of(lambda: recover("cntt", "")) == "no-such-clerk"
    assert code_of(lambda: recover("lan", "Ai đó")) == "login-taken"
    assert code_of(lambda: recover("", "Ai đó")) == "name-missing"
    recover("cntt", "Phạm Văn Quản")
    session = open_desk(folder, clock, "cntt", NEW_PASSWORD)
    assert session.clerk.roles == {Role.IT_ADMIN}
    assert ("escrow", "store.recovered") in deeds(session)
    session.close()
    open_desk(folder, clock).close()


def test_recovery_takes_a_key_file_that_was_put_back_without_those_who_were_revoked(
    folder: DeskFolder, clock: Hand
) -> None:
    session = sign_in_at(folder, clock, enrolment())
    sheet = make_recovery_sheet(session)
    hoa = add_clerk(session, HOA, cost=CHEAP)
    before = key_files(folder)
    revoke_clerk(session, hoa.clerk_id)
    session.close()
    for name, content in before.items():
        (folder.root / name).write_bytes(content)
    recover_store(
        folder,
        RecoveryWords(words_of(sheet)),
        login="lan",
        new_password=NEW_PASSWORD,
        clock=clock,
        random_bytes=os.urandom,
        cost=CHEAP,
    )
    assert code_of(lambda: open_desk(folder, clock, HOA.login, HOA.password)) == "no-such-clerk"
    session = open_desk(folder, clock, password=NEW_PASSWORD)
    assert ("recovery-sheet", "keys.put-back-accepted") in deeds(session)
    assert [slot.login for slot in session.key_file.slots if slot.kind == "clerk"] == ["lan"]
    session.close()


def test_wrong_words_and_a_strangers_key_change_nothing(folder: DeskFolder, clock: Hand) -> None:
    session = sign_in_at(folder, clock, enrolment())
    old, new = make_recovery_sheet(session), make_recovery_sheet(session)
    session.close()
    before = key_files(folder)
    refused = {
        "other-recovery-sheet": RecoveryWords(words_of(old)),
        "recovery-words-count": RecoveryWords("anh bac"),
        "recovery-word-unknown": RecoveryWords(words_of(new).replace(words_of(new).split()[3], "windows", 1)),
        "no-escrow-slot": EscrowKey(X25519PrivateKey.generate().private_bytes_raw()),
        "escrow-key-invalid": EscrowKey(b"short"),
    }
    for code, proof in refused.items():
        assert (
            code_of(
                lambda proof=proof: recover_store(  # type: ignore[misc]
                    folder, proof, login="lan", new_password=NEW_PASSWORD, clock=clock, random_bytes=os.urandom
                )
            )
            == code
        )
        assert "anh" not in repr(proof)
    assert key_files(folder) == before
    assert not folder.password_tries.exists()


def test_a_sheet_is_never_written_to_disk(
    session: DeskSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sheet = make_recovery_sheet(session)
    session.close()
    assert find_leaks([tmp_path], [words_of(sheet)]) == ()
    assert repr(sheet) == f"RecoverySheet(number='{sheet.number}')"


# Without keys --------------------------------------------------------------------------------------------------------


def test_nothing_that_fails_to_open_a_desk_makes_a_new_database(folder: DeskFolder, clock: Hand) -> None:
    session = sign_in_at(folder, clock, enrolment())
    sheet = make_recovery_sheet(session)
    session.close()
    database = (folder.root / DATABASE_NAME).read_bytes()
    kept = key_files(folder)

    def refused(login: str = "lan", password: str = PASSWORD) -> str:
        code = code_of(lambda: open_desk(folder, clock, login, password))
        folder.password_tries.unlink(missing_ok=True)
        return code

    assert refused(password="") == refused(password="khác hẳn đi") == "wrong-password"
    assert refused(login="ai") == "no-such-clerk"
    for path in folder.root.glob("keys.json*"):
        path.write_bytes(b"")
    assert refused() == "key-file-damaged"
    for path in folder.root.glob("keys.json*"):
        path.unlink()
    assert refused() == "key-file-missing"
    assert (folder.root / DATABASE_NAME).read_bytes() == database
    for name, content in kept.items():
        (folder.root / name).write_bytes(content)
    (folder.root / DATABASE_NAME).unlink()
    assert refused() == "database-missing"
    assert (
        code_of(
            lambda: recover_store(
                folder,
                RecoveryWords(words_of(sheet)),
                login="lan",
                new_password=NEW_PASSWORD,
                clock=clock,
                random_bytes=os.urandom,
                cost=CHEAP,
            )
        )
        == "database-missing"
    )
    assert not (folder.root / DATABASE_NAME).exists()
    (folder.root / DATABASE_NAME).write_bytes(b"")
    assert refused() == "database-damaged"
    assert (folder.root / DATABASE_NAME).read_bytes() == b""
    (folder.root / DATABASE_NAME).write_bytes(database)
    open_desk(folder, clock).close()
