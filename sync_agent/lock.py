# SPDX-License-Identifier: GPL-3.0-or-later
"""A lock that the operating system lets go when its holder dies."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from casework.errors import KnownError
from localdb import durable_file

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def take(path: Path) -> BinaryIO | None:
    """Take the lock of a file, which is made when it is not there.

    Returns:
        The open file, which holds the lock until it is closed; None when somebody else holds it, also within this
        process.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``.
    """
    with durable_file.explained(), contextlib.ExitStack() as undo:
        file = undo.enter_context(path.open("ab"))
        try:
            _lock(file.fileno())
        except OSError:
            return None
        undo.pop_all()
        return file


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock of a file for the length of the block.

    Raises:
        KnownError: ``courier-running``: another process holds it; ``disk-full``, ``no-access``, ``disk-error``.
    """
    held = take(path)
    if held is None:
        raise KnownError("courier-running", retryable=True)
    with held:
        yield
