# SPDX-License-Identifier: GPL-3.0-or-later
"""A lock that the operating system lets go when its holder dies."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

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


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock of a file for the length of the block.

    Raises:
        KnownError: ``courier-running``: another process holds it; ``disk-full``, ``no-access``, ``disk-error``.
    """
    try:
        opened = path.open("ab")
    except OSError as error:
        raise durable_file.explain(error) from error
    with opened as file:
        try:
            _lock(file.fileno())
        except OSError:
            raise KnownError("courier-running", retryable=True) from None
        yield
