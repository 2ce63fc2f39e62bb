# SPDX-License-Identifier: GPL-3.0-or-later
"""One program at a time works in a desk's folder: the window, or the administrator's command.

Tidying up what a crash left, changing keys, restoring and repairing take for granted that nobody else is at it. The
operating system lets the lock go when its holder dies.
"""

from __future__ import annotations

from typing import BinaryIO

from casework.errors import KnownError
from sync_agent import lock
from workstation.desk.desk_folder import DeskFolder


def hold_desk(folder: DeskFolder) -> BinaryIO:
    """Take the desk for this program.

    Returns:
        Holds the desk until it is closed.

    Raises:
        KnownError: ``desk-in-use``; ``key-file-missing`` when there is no desk at all; ``no-access``, ``disk-full``,
            ``disk-error``.
    """
    if not folder.root.is_dir():
        raise KnownError("key-file-missing")
    held = lock.take(folder.desk_lock)
    if held is None:
        raise KnownError("desk-in-use", retryable=True)
    return held
