# SPDX-License-Identifier: GPL-3.0-or-later
"""A lock between the programs that write into one folder; the operating system lets go when its holder dies."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock of a file, which is made when it is not there; wait for whoever holds it.

    Raises:
        OSError: The file cannot be opened or locked; on Windows also when somebody holds it for ten seconds.
    """
    with path.open("ab") as file:
        _lock(file.fileno())
        yield
