# SPDX-License-Identifier: GPL-3.0-or-later
"""Manages people in a program of its own that is killed between key file and database.

``python -m tests.workstation.desk.killed_while_managing FOLDER {add|revoke|reset} {before|after}``: ``before`` kills it
in front of the second of the two writings, ``after`` behind it. The password comes from standard input.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from casework.records.workplace import Role
from localdb import known_key_file
from localdb.open_key_file import OpenKeyFile
from tests.workstation.desk.counter import CHEAP, CLERK, MONDAY_MORNING, Hand
from workstation.desk.add_clerk import NewClerk, add_clerk
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.list_clerks import list_clerks
from workstation.desk.reset_password import reset_password
from workstation.desk.revoke_clerk import revoke_clerk
from workstation.desk.sign_in import sign_in

HOA = NewClerk("hoa", "Trịnh Thị Hoa", frozenset({Role.CLERK}), "tám chữ cái")
OTHER_PASSWORD = "chín chữ cái"


def die(*_: object, **__: object) -> NoReturn:
    """End as a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def main() -> None:
    """Sign in, begin, and be killed."""
    folder, deed, moment = sys.argv[1:]
    session = sign_in(
        DeskFolder(Path(folder)),
        CLERK.login,
        sys.stdin.readline().rstrip("\n"),
        clock=Hand(MONDAY_MORNING),
        random_bytes=os.urandom,
    )
    who = next((row.clerk.clerk_id for row in list_clerks(session) if row.clerk.login == HOA.login), "")
    if (deed, moment) in {("add", "before"), ("revoke", "after"), ("reset", "after")}:
        known_key_file.note = die
    elif moment == "before":
        OpenKeyFile.revoke_clerk = OpenKeyFile.reset_password = die  # type: ignore[method-assign]
    if deed == "add":
        add_clerk(session, HOA, cost=CHEAP)
    elif deed == "revoke":
        revoke_clerk(session, who)
    else:
        reset_password(session, who, OTHER_PASSWORD, cost=CHEAP)
    die()


if __name__ == "__main__":
    main()
