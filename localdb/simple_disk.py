# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked of a disk that may be a stick or a share: as much as it can do, and no more."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from typing import Final

from localdb import durable_file

_CANNOT_SYNC_FOLDERS: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES})


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
    """Let the memory of a file go: what is read next comes from the disk, and the desk keeps what it needs."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
