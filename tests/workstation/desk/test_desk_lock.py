# SPDX-License-Identifier: GPL-3.0-or-later
"""One program at a time works at a desk."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from casework.errors import KnownError
from tests.workstation.desk.counter import CLERK, PASSWORD, Hand, reopened
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.desk_lock import hold_desk
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in


def test_a_second_program_is_told_that_the_desk_is_in_use(session: DeskSession, clock: Hand) -> None:
    with pytest.raises(KnownError) as refused:
        sign_in(session.folder, CLERK.login, PASSWORD, clock=clock, random_bytes=os.urandom)
    assert refused.value.code == "desk-in-use"
    assert refused.value.retryable


def test_who_closes_lets_the_next_one_in(session: DeskSession) -> None:
    again = reopened(session)
    again.close()
    hold_desk(session.folder).close()


def test_a_refused_sign_in_lets_go(session: DeskSession, clock: Hand) -> None:
    session.close()
    with pytest.raises(KnownError):
        sign_in(session.folder, CLERK.login, "another password", clock=clock, random_bytes=os.urandom)
    hold_desk(session.folder).close()


def test_a_program_that_was_killed_holds_nothing(session: DeskSession) -> None:
    session.close()
    program = "import sys; from pathlib import Path; from workstation.desk.desk_folder import DeskFolder; "
    program += "from workstation.desk.desk_lock import hold_desk; held = hold_desk(DeskFolder(Path(sys.argv[1]))); "
    program += "print(flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", program, str(session.folder.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline()
        with pytest.raises(KnownError):
            hold_desk(session.folder)
        holder.kill()
    hold_desk(session.folder).close()


def test_where_no_desk_is_nothing_is_made(folder: DeskFolder) -> None:
    with pytest.raises(KnownError) as refused:
        hold_desk(folder)
    assert refused.value.code == "desk-not-set-up"
    assert not folder.root.exists()
