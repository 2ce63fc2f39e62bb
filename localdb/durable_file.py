# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are there whole or not at all, also after a power cut: temp name, fsync, rename, fsync of the folder."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from casework.errors import KnownError

PART_SUFFIX = ".part"
"""Ends the name of a file that is still being written; whoever finds one at start may remove it."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_ACCESS = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def explain(error: OSError) -> KnownError:
    """Give the known error for a failed file operation: ``disk-full``, ``no-access`` or ``disk-error``."""
    if error.errno in _FULL:
        return KnownError("disk-full", retryable=True)
    if error.errno in _NO_ACCESS:
        return KnownError("no-access")
    return KnownError("disk-error", errno=errno.errorcode.get(error.errno or 0, "unknown"))


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Turn a failed file operation of the block into its known error."""
    try:
        yield
    except OSError as error:
        raise explain(error) from error


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a new file, readable by its owner only, that takes the name ``path`` when the block ends well.

    When the block ends with an exception, nothing under ``path`` has changed and nothing is left behind.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``.
    """
    with explained():
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=PART_SUFFIX)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder for its owner only, with its parents, durably; nothing happens when it is there.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``.
    """
    with explained():
        missing = []
        while not path.is_dir():
            missing.append(path)
            path = path.parent
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)
            sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable.

    Windows has no such call. There a new name is in the journal of NTFS at once and on the disk some seconds later: a
    power cut may take it back (not tried).
    """
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
