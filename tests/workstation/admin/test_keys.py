# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin keys``: the ways into a store, and the ways back in."""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from casework.errors import KnownError
from casework.records.workplace import Role
from localdb import escrow_key
from tests.workstation.admin.conftest import Desk
from tests.workstation.desk.counter import CHEAP, CLERK
from workstation.desk.sentences import sentence

NEW_PASSWORD = "mật khẩu mới tinh"


def read_off(sheet: Path) -> tuple[str, str]:
    """What the QR code of a sheet says, and all that is printed."""
    with pypdfium2.PdfDocument(sheet) as document:
        page = document[0]
        (code,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
        text = page.get_textpage()
        printed = str(text.get_text_range())
        text.close()
        page.close()
    return str(code.text), printed


def test_the_ways_into_the_store_are_listed(program: Desk) -> None:
    listed = program.administer("keys", "slots")
    assert listed.code == 0
    assert [(slot["kind"], slot["login"]) for slot in listed.facts["slots"]] == [("clerk", CLERK.login)]


def test_after_a_rotation_the_desk_opens_as_before_and_an_old_key_file_opens_nothing(program: Desk) -> None:
    old = program.folder.key_file.read_bytes()
    assert program.administer("keys", "rotate").code == 0
    program.sign_in().close()
    for copy in program.folder.root.glob("keys.json*"):
        copy.write_bytes(old)
    with pytest.raises(KnownError) as refused:
        program.sign_in()
    assert refused.value.code in {"wrong-key", "key-file-put-back"}


def test_the_province_opens_a_desk_where_nobody_is_left(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(escrow_key, "COST", CHEAP)
    private, public = tmp_path / "escrow.private", tmp_path / "escrow.public"
    passphrase = "câu mật khẩu của tỉnh"
    made = desk.run("keys", "escrow-new", str(private), str(public), "--password-stdin", "--json", asked=(passphrase,))
    assert made.code == 0
    assert desk.administer("keys", "escrow-set", str(public)).facts == {"number": made.facts["number"]}
    assert [slot["kind"] for slot in desk.administer("keys", "slots").facts["slots"]] == ["clerk", "escrow"]
    arguments = ("keys", "recover", "--escrow", str(private), "--login", "it", "--new", "--password-stdin", "--json")
    recovered = desk.run(*arguments, asked=(passphrase, "Phạm Thanh Tùng", NEW_PASSWORD))
    assert (recovered.code, recovered.facts["roles"]) == (0, ["it-admin"])
    session = desk.sign_in("it", NEW_PASSWORD)
    assert (session.clerk.full_name, session.clerk.roles) == ("Phạm Thanh Tùng", frozenset({Role.IT_ADMIN}))
    session.close()


def test_the_recovery_sheet_gives_a_clerk_a_new_password(desk: Desk, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    made = desk.administer("keys", "recovery-sheet", str(sheet))
    assert made.code == 0
    words, printed = read_off(sheet)
    assert made.facts["number"] in printed.replace(" ", "").lower()
    if os.name == "posix":
        assert sheet.stat().st_mode & 0o777 == 0o600
    arguments = ("keys", "recover", "--login", CLERK.login, "--password-stdin", "--json")
    assert desk.run(*arguments, asked=(words, NEW_PASSWORD)).code == 0
    desk.sign_in(CLERK.login, NEW_PASSWORD).close()
    wrong = desk.run(*arguments, asked=(words.rsplit(" ", 1)[0], NEW_PASSWORD))
    assert (wrong.code, wrong.facts["error"]["code"]) == (1, "recovery-words-count")


def test_what_is_there_is_never_written_over(desk: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"photo")
    refused = desk.administer("keys", "recovery-sheet", str(photo))
    assert (refused.code, refused.facts["error"]["code"]) == (1, "file-exists")
    assert photo.read_bytes() == b"photo"
    assert [slot["kind"] for slot in desk.administer("keys", "slots").facts["slots"]] == ["clerk"]


def test_where_no_sheet_can_be_written_the_older_one_stays_good(desk: Desk, tmp_path: Path) -> None:
    assert desk.administer("keys", "recovery-sheet", str(tmp_path / "sheet.pdf")).code == 0
    before = desk.administer("keys", "slots").facts
    assert desk.administer("keys", "recovery-sheet", str(tmp_path / "nowhere" / "sheet.pdf")).code == 1
    assert desk.administer("keys", "slots").facts == before


def test_what_signing_in_had_to_mend_is_told(desk: Desk) -> None:
    desk.folder.key_file.with_name("keys.json.previous").unlink()
    listed = desk.administer("keys", "slots")
    assert listed.code == 0
    assert sentence("key-file-mended", {}, "en").happened in listed.stderr
    assert desk.administer("keys", "slots").stderr == ""
