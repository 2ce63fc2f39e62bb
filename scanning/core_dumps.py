# SPDX-License-Identifier: GPL-3.0-or-later
"""No core dumps: what a crashing worker had in memory, pages and their text, must not land on a disk."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from pathlib import Path
from typing import Final

_PR_SET_DUMPABLE: Final = 4


def forbid_core_dumps() -> None:
    """Make this process undumpable, also for a dump handler that reads from a pipe (prctl(2), core(5))."""
    if sys.platform == "linux":
        forbid_core_dumps_of_children()
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def forbid_core_dumps_of_children() -> None:
    """Leave nothing to dump of programs that are started from now on.

    Being undumpable ends when a program starts. The limit is inherited and keeps files from being written; a handler
    behind a pipe does not heed it, and is given a dump without any memory. An undumpable process that is not root
    cannot set that filter any more, so this goes first.
    """
    if sys.platform == "linux":
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with contextlib.suppress(OSError):
            Path("/proc/self/coredump_filter").write_text("0", encoding="ascii")
