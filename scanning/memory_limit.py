# SPDX-License-Identifier: GPL-3.0-or-later
"""An upper end for the memory of a worker, so that a hostile file fails there instead of starving the desk."""

from __future__ import annotations

import sys


def limit_memory(gibibytes: int) -> None:
    """Let this process have no more address space; what asks for more gets ``MemoryError``.

    Linux only: on Windows the size limits that are checked before decoding have to do.
    """
    if sys.platform == "linux":
        import resource  # not on Windows

        limit = gibibytes << 30
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
