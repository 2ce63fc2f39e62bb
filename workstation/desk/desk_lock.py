# SPDX-License-Identifier: GPL-3.0-or-later
"""One program at a time works in a desk's folder: the window, or the administrator's command.

Tidying up what a crash left, changing keys, restoring and repairing take for granted that nobody else is at it. The
operating system lets the lock go when its holder dies. Whoever takes the desk first notes how it was left: opening the
database wipes that away.
"""

from __future__ import annotations

from typing import BinaryIO

from casework.errors import KnownError
from sync_agent import lock
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.left_open import notice_how_it_was_left


def hold_desk(folder: DeskFolder) -> BinaryIO:
    """Take the desk for this program.

    Returns:
        Holds the desk until it is closed.

    Raises:
        KnownError: ``desk-in-use``; ``desk-not-set-up`` when there is no desk at all; ``no-access``, ``disk-full``,
            ``disk-error``.
    """
    if not folder.root.is_dir():
        raise KnownError("desk-not-set-up")
    held = lock.take(folder.desk_lock)
    if held is None:
        raise KnownError("desk-in-use", retryable=True)
    try:
        notice_how_it_was_left(folder.root)
    except BaseException:
        held.close()
        raise
    return held
