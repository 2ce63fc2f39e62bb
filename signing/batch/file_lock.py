# SPDX-License-Identifier: GPL-3.0-or-later
"""A lock on an open file that the operating system lets go when its holder dies."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import msvcrt
    import os

    _FAR_BEHIND = 2**62
    """Windows keeps others from reading what is locked; nothing lies here."""

    def lock(descriptor: int) -> None:
        """Take the lock.

        Raises:
            OSError: Somebody else holds it.
        """
        here = os.lseek(descriptor, 0, os.SEEK_CUR)
        os.lseek(descriptor, _FAR_BEHIND, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(descriptor, here, os.SEEK_SET)
else:
    import fcntl

    def lock(descriptor: int) -> None:
        """Take the lock.

        Raises:
            OSError: Somebody else holds it.
        """
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
