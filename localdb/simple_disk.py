# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked of a disk that may be a stick or a share: as much as it can do, and no more."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from localdb import durable_file

_UNREADABLE: Final = frozenset({errno.EIO, errno.EBADMSG, getattr(errno, "EUCLEAN", errno.EIO)})
_CANNOT_SYNC_FOLDERS: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES})


def is_unreadable(error: OSError) -> bool:
    """Tell whether a disk says that it cannot give back what was written; when it was pulled out it says the same."""
    return error.errno in _UNREADABLE


def files_in(folder: Path) -> list[Path]:
    """List a folder; empty when there is none.

    Raises:
        KnownError: ``no-access``, ``disk-error``.
    """
    with durable_file.explained():
        try:
            return list(folder.iterdir())
        except FileNotFoundError:
            return []


def size_of(path: Path) -> int | None:
    """Give the bytes of a file; None when there is none, or the disk cannot tell.

    Raises:
        KnownError: ``no-access``, ``disk-error``.
    """
    with durable_file.explained():
        try:
            return path.stat().st_size
        except OSError as error:
            if isinstance(error, FileNotFoundError) or is_unreadable(error):
                return None
            raise


def pieces_of(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Read a file piece by piece, up to where the disk cannot read on.

    Raises:
        OSError: What else the disk says.
    """
    try:
        while piece := file.read(size):
            yield piece
    except OSError as error:
        if not is_unreadable(error):
            raise


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in the place of an earlier one; it has its name only when it is whole.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``.
    """
    part = path.with_name(path.name + durable_file.PART_SUFFIX)
    with durable_file.explained():
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the file system knows how.

    Raises:
        OSError: What the disk says.
    """
    try:
        durable_file.sync_folder(folder)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC_FOLDERS:
            raise


def forget_cached(descriptor: int) -> None:
    """Let the memory of a file that was synced go: the desk keeps what it needs, and what is read next was kept.

    Windows cannot be asked for that: what is read there right after writing may come from memory.
    """
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
