# SPDX-License-Identifier: GPL-3.0-or-later
"""No core dumps: who holds a key of this contract (desk, courier, gateway) must not leave it in a file of a crash."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_PR_SET_DUMPABLE: Final = 4


def forbid_core_dumps() -> None:
    """Make this process undumpable, also for a dump handler that reads from a pipe (prctl(2), core(5)); first of all.

    Programs that it starts may dump again: each of ours says it for itself.
    """
    if sys.platform == "linux":
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
