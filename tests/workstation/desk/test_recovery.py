# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk whose passwords are lost is recovered whatever state its keys are in, and never without a trace."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.errors import KnownError
from localdb import known_key_file
from tests.workstation.desk.counter import CHEAP, CLERK, Hand, enrolment, open_desk, sign_in_at
from tests.workstation.desk.test_keys import HOA, NEW_PASSWORD, VERSION_1, deeds, words_of
from workstation.desk.add_clerk import add_clerk
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.make_recovery_sheet import make_recovery_sheet
from workstation.desk.put_escrow_key import put_escrow_key
from workstation.desk.recover_store import EscrowKey, RecoveryWords, recover_store
from workstation.desk.revoke_clerk import revoke_clerk
from workstation.desk.session import DeskSession


class Killed(BaseException):
    """A power cut, right after the key file was written."""


def recover(folder: DeskFolder, proof: RecoveryWords | EscrowKey, clock: Hand, login: str, name: str = "") -> None:
    recover_store(
        folder,
        proof,
        login=login,
        full_name=name,
        new_password=NEW_PASSWORD,
        clock=clock,
        random_bytes=os.urandom,
        cost=CHEAP,
    )


def cut_the_power(patched: pytest.MonkeyPatch) -> None:
    def die(*_: object) -> None:
        raise Killed

    patched.setattr(known_key_file, "note", die)


def test_a_recovery_that_is_broken_off_has_left_its_trace(
    folder: DeskFolder, clock: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = sign_in_at(folder, clock, enrolment())
    words = RecoveryWords(words_of(make_recovery_sheet(session)))
    session.close()
    with monkeypatch.context() as patched:
        cut_the_power(patched)
        with pytest.raises(Killed):
            recover(folder, words, clock, CLERK.login)
    session = open_desk(folder, clock, password=NEW_PASSWORD)
    assert ("recovery-sheet", "store.recovered") in deeds(session)
    session.close()


@pytest.mark.parametrize(
    ("change", "deed"),
    [
        (make_recovery_sheet, "keys.recovery-sheet-made"),
        (
            lambda session: put_escrow_key(session, X25519PrivateKey.generate().public_key().public_bytes_raw()),
            "keys.escrow-put",
        ),
    ],
)
def test_a_new_way_in_that_is_broken_off_has_left_its_trace(
    session: DeskSession, monkeypatch: pytest.MonkeyPatch, change: Callable[[DeskSession], object], deed: str
) -> None:
    with monkeypatch.context() as patched:
        cut_the_power(patched)
        with pytest.raises(Killed):
            change(session)
    assert deeds(session)[-1] == (session.clerk.clerk_id, deed)


@pytest.mark.expects_log("workstation.desk.leftover_slots")
def test_a_desk_of_version_1_is_recovered_although_its_escrow_key_is_unknown(tmp_path: Path, clock: Hand) -> None:
    folder = DeskFolder(Path(shutil.copytree(VERSION_1 / "data", tmp_path / "desk")))
    escrow = EscrowKey(bytes.fromhex(json.loads((VERSION_1 / "secrets.json").read_text())["escrow"]))
    session = open_desk(folder, clock)
    words = RecoveryWords(words_of(make_recovery_sheet(session)))
    hoa = add_clerk(session, HOA, cost=CHEAP)
    with_hoa = {path.name: path.read_bytes() for path in folder.root.glob("keys.json*")}
    with pytest.raises(KnownError, match="escrow-key-needed"):
        revoke_clerk(session, hoa.clerk_id)
    session.close()
    for name, content in with_hoa.items():  # put back, with her slot
        (folder.root / name).write_bytes(content)
    recover(folder, words, clock, CLERK.login)
    recover(folder, escrow, clock, "cntt", "Phạm Văn Quản")
    session = open_desk(folder, clock, "cntt", NEW_PASSWORD)
    assert {slot.login for slot in session.key_file.slots if slot.kind == "clerk"} == {CLERK.login, "cntt"}
    put_escrow_key(session, X25519PrivateKey.generate().public_key().public_bytes_raw())
    session.close()
