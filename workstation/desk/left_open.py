# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to be done after a store was left without being closed, noted before anybody opens it.

The engine puts the log of a killed program away when it opens the database, whoever opens it and whatever becomes of
that: a sign-in that is refused, an administrator's command. The work that it asks for is done by the background
program, perhaps days later.
"""

from __future__ import annotations

from pathlib import Path

from localdb import lost_commits, write_ahead_log
from localdb.store import DATABASE_NAME
from workstation.desk.check_integrity import want_check
from workstation.desk.sweep_objects import want_sweep


def notice_how_it_was_left(folder: Path) -> None:
    """Note what a store that was left open asks for: a check of its pages, a sweep of its files, a new identity.

    Args:
        folder: The data folder; nobody may have its database open.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``.
    """
    if write_ahead_log.is_left(folder / DATABASE_NAME):
        want_check(folder)
        want_sweep(folder)
    lost_commits.notice(folder)
