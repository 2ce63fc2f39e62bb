# SPDX-License-Identifier: GPL-3.0-or-later
"""No core dumps: what a crashing worker had in memory, pages and their text, must not land on a disk."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_PR_SET_DUMPABLE: Final = 4


def forbid_core_dumps() -> None:
    """Make this process undumpable, also for a dump handler that reads from a pipe (prctl(2), core(5))."""
    if sys.platform == "linux":
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
