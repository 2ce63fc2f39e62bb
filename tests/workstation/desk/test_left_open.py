# SPDX-License-Identifier: GPL-3.0-or-later
"""How a desk was left is known to whoever comes next, however many were turned away meanwhile."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casework.errors import KnownError
from localdb.key_file import unlock_with_password
from tests.workstation.desk.counter import (
    CHEAP,
    CLERK,
    FIRST_DEVICE,
    PASSWORD,
    Hand,
    enrolment,
    sign_in_at,
)
from workstation.desk.check_integrity import is_check_wanted, note_check_passed
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.enrol_anew import enrol_anew, former_identities
from workstation.desk.keep_draft import start_draft
from workstation.desk.recover_store import RecoveryWords, recover_store
from workstation.desk.repair_store import as_document, repair_store
from workstation.desk.restore_store import ClerkPassword
from workstation.desk.sign_in import sign_in

NEXT_DEVICE = "0b1f8a52-8a3e-4c58-9d6e-1f2b3c4d5e70"
NEW_PASSWORD = "mật khẩu mới của chị Lan"
FRAME = 24 + 4096


@pytest.fixture
def killed(folder: DeskFolder, clock: Hand, tmp_path: Path) -> DeskFolder:
    """A desk as a kill leaves it, with changes that only its log holds."""
    session = sign_in_at(folder, clock, enrolment())
    session.store.empty_log()
    for _ in range(6):
        start_draft(session)
    left = shutil.copytree(folder.root, tmp_path / "left", ignore=shutil.ignore_patterns("*-shm"))
    session.close()
    return DeskFolder(Path(left))


@pytest.fixture
def damaged(killed: DeskFolder) -> DeskFolder:
    """Such a desk whose log the disk has changed."""
    log = killed.root / "desk.db-wal"
    content = bytearray(log.read_bytes())
    content[32 + len(content) // FRAME // 2 * FRAME + 2000] ^= 1
    log.write_bytes(content)
    return killed


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as caught:
        action()
    return caught.value.code


def test_a_check_is_wanted_although_an_administrators_command_came_first(killed: DeskFolder, clock: Hand) -> None:
    swept = killed.root / "objects" / "swept"
    swept.touch()
    former_identities(killed, CLERK.login, PASSWORD, clock=clock, random_bytes=os.urandom)
    assert is_check_wanted(killed.root)
    assert not swept.exists()
    note_check_passed(killed.root)
    sign_in(killed, CLERK.login, PASSWORD, clock=clock, random_bytes=os.urandom).close()
    assert not is_check_wanted(killed.root)


@pytest.mark.expects_log("localdb.lost_commits", level="ERROR")
def test_a_desk_that_lost_commits_and_was_recovered_asks_for_a_new_enrolment(damaged: DeskFolder, clock: Hand) -> None:
    def enter() -> None:
        sign_in(damaged, CLERK.login, NEW_PASSWORD, clock=clock, random_bytes=os.urandom).close()

    before = unlock_with_password(damaged.key_file, CLERK.login, PASSWORD)
    words = RecoveryWords(" ".join(before.make_recovery_words(clock())))
    before.wipe()
    recover_store(
        damaged,
        words,
        login=CLERK.login,
        new_password=NEW_PASSWORD,
        clock=clock,
        random_bytes=os.urandom,
        cost=CHEAP,
    )
    assert code_of(enter) == "rolled-back"
    new = enrolment(NEXT_DEVICE, FIRST_DEVICE)
    enrol_anew(damaged, CLERK.login, NEW_PASSWORD, new, clock=clock, random_bytes=os.urandom)
    enter()
    assert is_check_wanted(damaged.root)


@pytest.mark.expects_log("localdb.lost_commits", level="ERROR")
def test_a_repair_of_a_desk_that_lost_commits_says_so_and_asks_for_a_new_enrolment(
    damaged: DeskFolder, clock: Hand
) -> None:
    hers = ClerkPassword(CLERK.login, PASSWORD)
    report = repair_store(damaged, hers, clock=clock, random_bytes=os.urandom)
    assert report.needs_enrolment
    assert as_document(report)["lost_commits"] == report.lost_commits > 0
    refused = code_of(lambda: sign_in(damaged, CLERK.login, PASSWORD, clock=clock, random_bytes=os.urandom))
    assert refused == "not-enrolled"
